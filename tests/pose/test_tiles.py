"""Tiles against the geometry that they come from."""

import math

import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.pose import Tile, floor_tiles

FLOOR = Surface("floor", 4.0, 3.0)
SIZE_PX = (1280, 720)


def camera(
    *, tilt_deg: float, height_m: float = 2.5, back_m: float = 1.6, focal_px: float = 720
) -> PinholeCamera:
    """In front of the middle of the floor, looking down along +y."""
    sin, cos = math.sin(math.radians(tilt_deg)), math.cos(math.radians(tilt_deg))
    right, down, ahead = np.array([1.0, 0, 0]), np.array([0, -sin, -cos]), np.array([0, cos, -sin])
    pose = RigidPose(np.column_stack([right, down, ahead]), np.array([2.0, -back_m, height_m]))
    matrix = np.array([[focal_px, 0, 640.0], [0, focal_px, 360.0], [0, 0, 1]])
    return PinholeCamera(matrix, pose, np.array([-0.09, 0.012, 0.0, 0.0, 0.0]))


def body(view: PinholeCamera, x_m: float, y_m: float, height_m: float) -> FloatArray:
    """The box of somebody as wide as their shoulders: x0, y0, x1, y1 in the picture."""
    reach_m = 0.1 * height_m
    corners = [[x_m + dx, y_m, z] for dx in (-reach_m, reach_m) for z in (0.0, height_m)]
    seen = view.project(np.array(corners))
    return np.concatenate((seen.min(axis=0), seen.max(axis=0)))


def sides_of(box: FloatArray, tile: Tile) -> float | None:
    """The tile's side by the size of who lies whole in it."""
    middle, half = np.array([tile.x_px, tile.y_px]), tile.side_px / 2
    inside = (box[:2] >= middle - half).all() and (box[2:] <= middle + half).all()
    return float(tile.side_px / (box[2:] - box[:2]).max()) if inside else None


@pytest.mark.parametrize("tilt_deg", [25.0, 40.0])
@pytest.mark.parametrize("height_m", [1.0, 1.35, 1.8])
def test_whoever_stands_in_sight_lies_in_a_tile_of_fitting_size(tilt_deg: float, height_m: float) -> None:
    view = camera(tilt_deg=tilt_deg)
    tiles = floor_tiles(view, FLOOR, SIZE_PX)
    checked = 0
    for x_m in np.arange(0.1, 4.0, 0.55):
        for y_m in np.arange(0.1, 3.0, 0.55):
            box = body(view, float(x_m), float(y_m), height_m)
            if (box < 0).any() or (box[2:] >= SIZE_PX).any():
                continue
            fits = [sides for tile in tiles if (sides := sides_of(box, tile)) is not None]
            assert any(1.35 <= sides <= 3.1 for sides in fits), (x_m, y_m, fits)  # between the places tried
            checked += 1
    assert checked > 15


def test_tiles_are_few_and_lie_about_the_floor() -> None:
    view = camera(tilt_deg=30.0)
    tiles = floor_tiles(view, FLOOR, SIZE_PX)
    assert 2 <= len(tiles) <= 24
    assert len(set(tiles)) == len(tiles)
    floor_px = view.project(np.array([[0.0, 3.0, 0], [4.0, 3.0, 0]]))
    top_px = view.project(np.array([[2.0, 3.0, 1.8]]))[0, 1]
    for tile in tiles:
        assert tile.y_px + tile.side_px / 2 > top_px
        assert floor_px[0, 0] - tile.side_px < tile.x_px or tile.y_px > floor_px[0, 1]


def test_a_farther_camera_has_smaller_tiles() -> None:
    def largest(back_m: float) -> float:
        view = camera(tilt_deg=20.0, back_m=back_m)
        return max(tile.side_px for tile in floor_tiles(view, FLOOR, SIZE_PX))

    assert largest(6.0) < 0.7 * largest(2.0)


def test_a_large_hall_takes_no_more_than_some_tens() -> None:
    view = camera(tilt_deg=20.0, height_m=6.0, back_m=5.0)
    assert 2 <= len(floor_tiles(view, Surface("floor", 20.0, 20.0), SIZE_PX)) <= 40


def test_a_camera_that_looks_away_gets_squares_all_over_the_picture() -> None:
    away = camera(tilt_deg=-60.0)
    assert floor_tiles(away, FLOOR, SIZE_PX) == floor_tiles(None, FLOOR, SIZE_PX)


@pytest.mark.parametrize("size_px", [(1280, 720), (640, 480), (720, 1280)])
@pytest.mark.parametrize(
    ("view", "surface"),
    [(None, FLOOR), (PlaneMap(np.eye(3)), FLOOR), (camera(tilt_deg=30.0), Surface("wall", 4.0, 3.0))],
)
def test_a_view_that_tells_no_size_gets_the_whole_picture_and_squares_in_two_sizes(
    view: PinholeCamera | PlaneMap | None, surface: Surface, size_px: tuple[int, int]
) -> None:
    whole, *squares = floor_tiles(view, surface, size_px)
    assert whole == Tile(size_px[0] / 2, size_px[1] / 2, max(size_px))
    assert len({tile.side_px for tile in squares}) == 2
    smallest = [tile for tile in squares if tile.side_px < min(size_px)]
    for x_px in np.linspace(0, size_px[0], 9):
        for y_px in np.linspace(0, size_px[1], 9):
            assert any(max(abs(x_px - t.x_px), abs(y_px - t.y_px)) <= t.side_px / 2 + 1e-6 for t in smallest)
