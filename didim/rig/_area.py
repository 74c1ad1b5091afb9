"""Which part of a surface may be played on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray

Corner = tuple[float, float]
Polygon = tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """The part of a surface that may be played on, as polygons in the surface's metres.

    Attributes:
        usable: what a camera sees and a projector lights, its margin taken off; empty: all of the surface.
        keep_out: what nobody plays on all the same: furniture, a stage, where parents sit.

    Raises:
        ValueError: a polygon has fewer than three corners.
    """

    usable: tuple[Polygon, ...] = ()
    keep_out: tuple[Polygon, ...] = ()

    def __post_init__(self) -> None:
        for polygon in (*self.usable, *self.keep_out):
            if len(polygon) < 3:
                raise ValueError(f"a polygon has three corners or more, got {list(polygon)}")

    def holds(self, points_m: FloatArray) -> NDArray[np.bool_]:
        """Which of (n, 2) points lie inside, (n,) bool."""
        usable = _inside(self.usable, points_m) if self.usable else np.ones(len(points_m), bool)
        return np.asarray(usable & ~_inside(self.keep_out, points_m))

    def keeps_off(self, x_m: float, y_m: float) -> bool:
        """Whether a place lies in a part that is kept off."""
        return bool(self.keep_out) and bool(_inside(self.keep_out, np.array([[x_m, y_m]]))[0])


def _inside(polygons: tuple[Polygon, ...], points_m: FloatArray) -> NDArray[np.bool_]:
    """Whether points lie in any of the polygons, by the number of edges that a ray to the right crosses."""
    x, y = np.asarray(points_m, np.float64).reshape(-1, 2).T
    found = np.zeros(len(x), bool)
    for polygon in polygons:
        odd = np.zeros(len(x), bool)
        for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if y0 != y1:
                crosses = (y0 > y) != (y1 > y)
                odd ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        found |= odd
    return found
