"""Where to lay the sheet next, and whether the places seen are enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.camera._place import SheetPlace
from calibration.camera._sheet import Sheet
from calibration.camera._solution import SolvedCamera
from didim.geometry import FloatArray

LEAST_PLACES, MOST_PLACES = 3, 5
WANTED_P95_M = 0.006
"""Expected error on the surface with which children's feet and the light under them agree."""
WANTED_ABOVE_P95_M = 0.025

_RIM_SHARE = 0.04
_COLUMNS, _ROWS = 13, 9
_FIRST_PX_SHARE = (0.5, 0.55)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next.

    Attributes:
        enough: the expected errors are below what is wanted, or no more places are worth the walk.
        next_px: (4, 2) outline of the sheet's next place in the camera's picture, from its top left
            clockwise; None when it is enough.
        place: the same on the surface.
    """

    enough: bool
    next_px: FloatArray | None
    place: SheetPlace | None


def first_place_px(size_px: tuple[int, int]) -> FloatArray:
    """(2,) where the middle of the very first sheet should be seen: a little below the picture's middle."""
    return np.array(_FIRST_PX_SHARE) * size_px


def next_place(solved: SolvedCamera, sheet: Sheet, *, region_px: FloatArray | None = None) -> Advice:
    """Say where the next sheet tells most: far from those seen, well inside the view, large in the picture.

    Args:
        region_px: (n, 2) corners of the convex part of the picture that may be used, such as what the
            projector lights; else the whole picture.
    """
    if _is_enough(solved):
        return Advice(True, None, None)
    candidates = _candidates(solved, sheet, region_px)
    if not candidates:
        return Advice(len(solved.places) >= LEAST_PLACES, None, None)
    seen_px = np.array([_outline_px(solved, place, sheet).mean(axis=0) for place in solved.places])
    size = np.array(solved.size_px)

    def worth(pair: tuple[SheetPlace, FloatArray]) -> float:
        outline = pair[1] / size
        apart = float(np.linalg.norm(seen_px / size - outline.mean(axis=0), axis=1).min())
        tall = float(np.ptp(outline[:, 1]))
        return apart * min(1.0, tall / 0.05)

    place, outline = max(candidates, key=worth)
    return Advice(False, outline, place)


def _is_enough(solved: SolvedCamera) -> bool:
    count = len(solved.places)
    if count < LEAST_PLACES or count >= MOST_PLACES:
        return count >= MOST_PLACES
    accuracy = solved.accuracy()
    return accuracy.p95_m <= WANTED_P95_M and accuracy.above_p95_m <= WANTED_ABOVE_P95_M


def _candidates(
    solved: SolvedCamera, sheet: Sheet, region_px: FloatArray | None
) -> list[tuple[SheetPlace, FloatArray]]:
    """Places whose whole sheet is in view, with their outlines in the picture."""
    width, height = solved.size_px
    shares = np.stack(np.meshgrid(np.linspace(0, 1, _COLUMNS), np.linspace(0, 1, _ROWS)), -1).reshape(-1, 2)
    middles = solved.camera.surface_points(shares * [width - 1, height - 1])
    found = []
    for x, y in middles[np.isfinite(middles).all(axis=1)].tolist():
        place = SheetPlace(x, y)
        outline = _outline_px(solved, place, sheet)
        rim = _RIM_SHARE * width
        if not ((outline >= rim) & (outline <= np.array([width, height]) - 1 - rim)).all():
            continue
        if region_px is None or _inside(outline, region_px):
            found.append((place, outline))
    return found


def _outline_px(solved: SolvedCamera, place: SheetPlace, sheet: Sheet) -> FloatArray:
    return solved.camera.project(np.c_[place.outline(sheet), np.zeros(4)])


def _inside(points: FloatArray, region: FloatArray) -> bool:
    """Whether all points lie in a convex polygon, whichever way it turns."""
    edges = np.roll(region, -1, axis=0) - region
    aside = points[:, None] - region
    cross = edges[:, 0] * aside[..., 1] - edges[:, 1] * aside[..., 0]
    return bool((cross >= 0).all() or (cross <= 0).all())
