"""Where in the picture to look for people: squares that cover the play area at the size people have there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Surface
from didim.rig import footing_of

PERSON_HEIGHTS_M = (1.0, 1.35, 1.8)
BODY_RADIUS = 0.14  # of a person's height, arms hanging
SPACING_M = 0.4
MOST_PLACES = 12  # along a side: a large hall is looked at more coarsely
LEAST_SIDES, MOST_SIDES = 1.4, 2.8  # of a tile, by the size of the person in it
TRIED_SIDES = (1.7, 2.1, 2.6)
MOST_TILES = 40  # a round of more would take too long; the far end of a large hall goes without
MARGIN = 0.03  # of a tile's side, between a body and the rim
FROM_ABOVE = 0.75  # of a body's extent, its size at least, where it is seen from above
LEAST_IN_SIGHT = 0.6  # of a body's extent: who is cut off further is nobody's business

PYRAMID = (1.0, 0.62)  # sides of tiles by the picture's shorter side, below the picture as a whole
PYRAMID_OVERLAP = 0.15


@dataclass(frozen=True, slots=True)
class Tile:
    """An upright square of a picture; it may reach beyond the picture's rim.

    Attributes:
        x_px, y_px: the middle.
    """

    x_px: float
    y_px: float
    side_px: float


def floor_tiles(
    view: PinholeCamera | PlaneMap | None, surface: Surface, size_px: tuple[int, int]
) -> tuple[Tile, ...]:
    """The few tiles in which everybody on the surface is seen at a good size, most useful first.

    A calibrated camera over the floor that players stand on tells how large people of 1.0 to 1.8 m are at
    each place: all who are in sight there lie whole in a tile of 1.4 to 2.8 times their size, as far as 40
    tiles go. Any other view tells nothing: its tiles are the picture as a whole and, in two steps, squares
    that cover it.

    Args:
        view: the camera's, for pictures of `size_px`, which is (width, height).
    """
    footing = None if view is None else footing_of(view, surface)
    if footing is not None and isinstance(footing.view, PinholeCamera):
        return _cover(_bodies(footing.view, footing.floor, size_px)) or _pyramid(size_px)
    return _pyramid(size_px)


def _bodies(view: PinholeCamera, surface: Surface, size_px: tuple[int, int]) -> FloatArray:
    """Boxes in the picture of people all over the floor: (n, 5) x0, y0, x1, y1 in sight, size."""
    boxes = [
        box
        for height_m in PERSON_HEIGHTS_M
        for x_m in _places(surface.width_m)
        for y_m in _places(surface.height_m)
        if (box := _body(view, np.array([x_m, y_m]), height_m, size_px)) is not None
    ]
    return np.array(boxes, np.float64).reshape(-1, 5)


def _places(side_m: float) -> FloatArray:
    count = min(MOST_PLACES, math.ceil(side_m / SPACING_M) + 1)
    return np.linspace(0.0, side_m, count)


def _body(
    view: PinholeCamera, place_m: FloatArray, height_m: float, size_px: tuple[int, int]
) -> FloatArray | None:
    radius_m = BODY_RADIUS * height_m
    reach_m = radius_m * np.array([[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1]])
    foot_m, head_m = (np.c_[place_m + reach_m, np.full(5, z_m)] for z_m in (0.0, height_m))
    corners_m = np.concatenate((foot_m, head_m))
    seen = view.project(corners_m)
    # A lens model folds back what lies far outside the picture: who is seen must be where they are seen.
    again_m = view.surface_points(seen, corners_m[:, 2])
    if not (np.abs(again_m - corners_m[:, :2]) < radius_m / 2).all():
        return None
    whole = np.concatenate((seen.min(axis=0), seen.max(axis=0)))
    shown = np.clip(whole, 0.0, np.tile(np.array(size_px, np.float64) - 1, 2))
    extent, extent_shown = (float((box[2:] - box[:2]).max()) for box in (whole, shown))
    if (shown[2:] <= shown[:2]).any() or extent_shown < LEAST_IN_SIGHT * extent:
        return None
    height_px = math.dist(seen[0], seen[len(foot_m)])
    return np.append(shown, max(height_px, FROM_ABOVE * extent))


def _cover(bodies: FloatArray) -> tuple[Tile, ...]:
    """Greedy set cover: time and again the tile that shows most of those whom none shows yet.

    V. Chvatal, "A greedy heuristic for the set-covering problem", Math. Oper. Res. 4 (1979).
    """
    middle, extent = (bodies[:, 0:2] + bodies[:, 2:4]) / 2, bodies[:, 4]
    tried = np.concatenate([np.c_[middle, sides * extent] for sides in TRIED_SIDES])
    shows = np.array([_shows(tile, bodies) for tile in tried]).reshape(len(tried), len(bodies))
    tiles: list[Tile] = []
    missing = np.ones(len(bodies), np.bool_)
    while missing.any() and len(tiles) < MOST_TILES:
        best = int((shows & missing).sum(axis=1).argmax())
        tiles.append(Tile(*(float(value) for value in tried[best])))
        missing &= ~shows[best]
    return tuple(tiles)


def _shows(tile: FloatArray, bodies: FloatArray) -> FloatArray:
    """Whether each of the bodies lies well inside a tile (x, y, side) of fitting size, (n,) bool."""
    half = (0.5 - MARGIN) * tile[2]
    inside = (bodies[:, 0:2] >= tile[:2] - half).all(axis=1) & (bodies[:, 2:4] <= tile[:2] + half).all(axis=1)
    sides = tile[2] / bodies[:, 4]
    return np.asarray(inside & (sides >= LEAST_SIDES) & (sides <= MOST_SIDES))


def _pyramid(size_px: tuple[int, int]) -> tuple[Tile, ...]:
    width_px, height_px = size_px
    tiles = [Tile(width_px / 2, height_px / 2, float(max(size_px)))]
    for share in PYRAMID:
        side_px = share * min(size_px)
        tiles += [
            Tile(x_px, y_px, side_px) for y_px in _row(height_px, side_px) for x_px in _row(width_px, side_px)
        ]
    return tuple(tiles)


def _row(length_px: int, side_px: float) -> list[float]:
    """Middles of squares that overlap along a side of the picture."""
    if side_px >= length_px:
        return [length_px / 2]
    count = 1 + math.ceil((length_px - side_px) / (side_px * (1 - PYRAMID_OVERLAP)))
    return [float(middle) for middle in np.linspace(side_px / 2, length_px - side_px / 2, count)]
