"""A canvas that writes down what a game draws: for tests, and for simulated players who look at the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from didim.drawing import Background, Canvas, Color
from didim.geometry import Point


@dataclass(frozen=True, slots=True)
class Drawn:
    """One word drawn, as `Canvas.lay` took it in; of a picture its shape alone, of a layer its size."""

    word: str
    places: tuple[Point, ...]
    size_m: float
    color: Color
    opacity: float
    details: Mapping[str, Any] = field(default_factory=dict)


class RecordingCanvas(Canvas):
    """`background` is the last fill, `drawn` what lies on it, lowest first."""

    def __init__(self) -> None:
        self.background: Background | None = None
        self.drawn: list[Drawn] = []

    def fill(self, background: Background) -> None:
        self.background = background
        self.drawn.clear()

    def lay(
        self,
        word: str,
        places: tuple[Point, ...],
        size_m: float,
        color: Color,
        opacity: float,
        **details: Any,
    ) -> None:
        if "rgba" in details:
            details["shape"] = details.pop("rgba").shape
        if "surface" in details:
            details["size_px"] = details.pop("surface").get_size()
        self.drawn.append(Drawn(word, places, size_m, color, opacity, details))
