"""Where nobody plays: zones drawn with a finger on the plan of the surface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui.element import Element

Polygon = Sequence[tuple[float, float]]
NEW_ZONE_SHARE = 0.22


class AreaEditor(Element, component="area_editor.js"):
    """The surface in metres with its usable part and its zones; corners are dragged or moved by arrow keys.

    Attributes:
        zones: the polygons as they stand, metres.
    """

    def __init__(
        self,
        size_m: tuple[float, float],
        usable: Sequence[Polygon],
        zones: Sequence[Polygon],
        label: str,
        corner: str,
        on_change: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__()
        self.zones: list[list[tuple[float, float]]] = [list(zone) for zone in zones]
        self._size_m, self._changed = size_m, on_change
        self._props |= {
            "width-m": size_m[0],
            "height-m": size_m[1],
            "usable": [list(map(list, polygon)) for polygon in usable],
            "label": label,
            "corner": corner,
        }
        self._send()
        self.on("zones", self._take)

    def add(self) -> None:
        """One more zone, in the middle."""
        (x, y), (w, h) = (self._size_m[0] / 2, self._size_m[1] / 2), self._size_m
        dx, dy = NEW_ZONE_SHARE * w / 2, NEW_ZONE_SHARE * h / 2
        self.zones.append([(x - dx, y - dy), (x + dx, y - dy), (x + dx, y + dy), (x - dx, y + dy)])
        self._send()
        self._tell()

    def remove_last(self) -> None:
        """Without the newest zone."""
        if self.zones:
            self.zones.pop()
            self._send()
            self._tell()

    def _take(self, event: Any) -> None:
        wide, high = self._size_m
        self.zones = [
            [(min(max(float(x), 0.0), wide), min(max(float(y), 0.0), high)) for x, y in zone]
            for zone in event.args
        ]
        self._tell()

    def _send(self) -> None:
        self._props["zones"] = [[list(corner) for corner in zone] for zone in self.zones]

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()
