"""Where children may play: what camera and projector both see, less a margin."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.projector._surface_map import ProjectorMaps
from calibration.projector.failures import NotEnoughOverlap
from didim.geometry import PinholeCamera, PlaneMap, Point, Surface

Mask = NDArray[np.bool_]
GRID_M = 0.05
MARGIN_M = 0.1
SIDE_LEAST_M = 0.6


@dataclass(frozen=True, slots=True)
class PlayArea:
    """What may be used of a surface.

    Attributes:
        outlines: polygons, metres, around every part that both see, margin taken off.
        corner: the lower left corner of the largest upright rectangle inside; size_m: its sides.
        usable: (rows, columns) bool over the surface, a cell each 5 cm, first row at y = 0; its inverse is
            the keep-out mask.
    """

    outlines: tuple[tuple[Point, ...], ...]
    corner: Point
    size_m: tuple[float, float]
    usable: Mask


def play_area(
    surface: Surface,
    views: list[tuple[PinholeCamera | PlaneMap, tuple[int, int]]],
    projectors: list[tuple[ProjectorMaps, tuple[int, int]]],
    *,
    margin_m: float = MARGIN_M,
    keep_out: tuple[tuple[Point, ...], ...] = (),
) -> PlayArea:
    """Find the part that at least one camera sees and at least one projector lights.

    Args:
        views: each camera's view and picture size; projectors: their maps and frame sizes.
        keep_out: polygons that an installer drew by hand.

    Raises:
        NotEnoughOverlap: no rectangle of 60 cm is left.
    """
    columns, rows = (max(2, round(side / GRID_M)) for side in (surface.width_m, surface.height_m))
    x, y = (np.arange(columns) + 0.5) * GRID_M, (np.arange(rows) + 0.5) * GRID_M
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    seen = np.any([_in_picture(view, places, size) for view, size in views], axis=0)
    lit = np.any([_in_frame(maps, places, size) for maps, size in projectors], axis=0)
    usable = (seen & lit).reshape(rows, columns)
    usable &= ~_filled(keep_out, rows, columns)
    usable = _shrunk(usable, margin_m)
    found = _largest_rectangle(usable)
    if found is None or min(found[2:]) * GRID_M < SIDE_LEAST_M:
        raise NotEnoughOverlap(
            f"camera and projector share {usable.mean():.0%} of the surface and no rectangle of "
            f"{SIDE_LEAST_M} m in it. Turn the camera or the projector so that both see the same place."
        )
    top, left, high, wide = found
    corner = Point(round(left * GRID_M, 3), round(top * GRID_M, 3))
    return PlayArea(_outlines(usable), corner, (round(wide * GRID_M, 3), round(high * GRID_M, 3)), usable)


def _in_picture(view: PinholeCamera | PlaneMap, places: np.ndarray, size_px: tuple[int, int]) -> Mask:
    if isinstance(view, PlaneMap):
        px = view.inverse().apply(places)
    else:
        px = view.project(np.c_[places, np.zeros(len(places))])
        back = view.surface_points(px)  # a strong lens model folds the far outside back into the picture
        px = np.where((np.abs(back - places).max(axis=1) < 1e-3)[:, None], px, np.nan)
    with np.errstate(invalid="ignore"):
        return np.asarray(((px >= 0) & (px <= np.array(size_px) - 1)).all(axis=1))


def _in_frame(maps: ProjectorMaps, places: np.ndarray, size_px: tuple[int, int]) -> Mask:
    px = maps.projector_from_surface.apply(places)
    return np.asarray(((px >= 0) & (px <= np.array(size_px) - 1)).all(axis=1))


def _shrunk(usable: Mask, margin_m: float) -> Mask:
    cells = max(0, round(margin_m / GRID_M))
    framed = np.pad(usable, 1).astype(
        np.uint8
    )  # beyond the surface nobody plays, yet its rim needs no margin
    framed[0], framed[-1], framed[:, 0], framed[:, -1] = framed[1], framed[-2], framed[:, 1], framed[:, -2]
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * cells + 1, 2 * cells + 1))
    return np.asarray(cv2.erode(framed, disc, borderType=cv2.BORDER_REPLICATE)[1:-1, 1:-1] > 0)


def _filled(polygons: tuple[tuple[Point, ...], ...], rows: int, columns: int) -> Mask:
    mask = np.zeros((rows, columns), np.uint8)
    for polygon in polygons:
        corners = np.array([[p.x_m / GRID_M - 0.5, p.y_m / GRID_M - 0.5] for p in polygon])
        cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 1)
    return mask > 0


def _outlines(usable: Mask) -> tuple[tuple[Point, ...], ...]:
    found, _ = cv2.findContours(usable.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return tuple(
        tuple(Point(float(x + 0.5) * GRID_M, float(y + 0.5) * GRID_M) for x, y in contour.reshape(-1, 2))
        for contour in found
        if len(contour) >= 3
    )


def _largest_rectangle(mask: Mask) -> tuple[int, int, int, int] | None:
    """Top, left, rows and columns of the largest all-true rectangle, by heights of columns and a stack."""
    best: tuple[int, int, int, int] | None = None
    heights = np.zeros(mask.shape[1] + 1, int)
    for row in range(mask.shape[0]):
        heights[:-1] = np.where(mask[row], heights[:-1] + 1, 0)
        stack: list[int] = []
        for column in range(len(heights)):
            while stack and heights[stack[-1]] >= heights[column]:
                high = int(heights[stack.pop()])
                left = stack[-1] + 1 if stack else 0
                if high and (best is None or high * (column - left) > best[2] * best[3]):
                    best = (row - high + 1, left, high, column - left)
            stack.append(column)
    return best
