"""A rig from a calibration that came with a recording: cameras in metres, and a projector to play with."""

from __future__ import annotations

import numpy as np

from calibration._formats import CalibrationError, PublishedCamera, read_calibration
from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Point, RigidPose, Surface
from didim.rig import Camera, Projector, Rig

__all__ = ["CalibrationError", "PublishedCamera", "make_rig", "read_calibration", "seen_share"]

FLOOR = "floor"
PROJECTOR_LONG_SIDE_PX = 1280
SEARCH_M, GRID_M = 5.0, 0.1
AREA_LEAST_M, AREA_MOST_M = 1.0, 6.0


def make_rig(
    cameras: tuple[PublishedCamera, ...],
    *,
    name: str,
    area_m: tuple[float, float] | None = None,
    center_m: Point | None = None,
    level_m: float = 0.0,
) -> Rig:
    """Place a play area in the recording's world and see it with its cameras.

    The area's sides follow the world's x and y; its origin is its lower left corner. A projector straight
    above, of which nothing stands in the room, maps the area to a picture of the same shape.

    A world whose z axis points down, as a board's does, is turned over about its x axis.

    Args:
        area_m: width and depth; without it the largest rectangle that the most cameras see.
        center_m: the area's middle in the recording's world; without it that rectangle's.
        level_m: the height of the play floor in the recording's world.

    Raises:
        CalibrationError: the area is out of range, no camera sees a floor to choose one from, or the world
            does not stand on the floor.
    """
    cameras = _upright(cameras)
    if area_m is None or center_m is None:
        found_center_m, found_area_m = _common_floor(cameras, level_m)
        center_m, area_m = center_m or found_center_m, area_m or found_area_m
    try:
        surface = Surface("floor", *area_m)
    except ValueError as error:
        raise CalibrationError(f"{error}; give --area in metres, such as 4x3") from None
    corner_m = [center_m.x_m - surface.width_m / 2, center_m.y_m - surface.height_m / 2, level_m]
    surface_from_world = RigidPose(np.eye(3), -np.array(corner_m))
    return Rig(
        name=name,
        surfaces={FLOOR: surface},
        cameras=tuple(_camera(camera, surface_from_world) for camera in cameras),
        projectors=(_virtual_projector(surface),),
    )


def seen_share(camera: Camera, surface: Surface) -> float:
    """The share of the surface that lies in the camera's picture, 0 to 1."""
    across = np.linspace(0, surface.width_m, 41)
    along = np.linspace(0, surface.height_m, 41)
    return float(_sees(camera, np.stack(np.meshgrid(across, along), axis=-1)).mean())


def _camera(published: PublishedCamera, surface_from_world: RigidPose) -> Camera:
    pose = surface_from_world.after(published.world_from_camera)
    view = PinholeCamera(published.matrix, pose, published.distortion)
    return Camera(published.name, FLOOR, published.size_px, view)


def _virtual_projector(surface: Surface) -> Projector:
    px_per_m = PROJECTOR_LONG_SIDE_PX / max(surface.width_m, surface.height_m)
    # video encoders want even sides
    width, height = (2 * round(side * px_per_m / 2) for side in (surface.width_m, surface.height_m))
    across, down = width / surface.width_m, height / surface.height_m
    projector_from_surface = np.array([[across, 0, -0.5], [0, -down, height - 0.5], [0, 0, 1]])
    return Projector("virtual", FLOOR, (width, height), PlaneMap(projector_from_surface))


def _common_floor(cameras: tuple[PublishedCamera, ...], level_m: float) -> tuple[Point, tuple[float, float]]:
    """The largest rectangle of floor that the most cameras see whole: its middle and its sides, metres."""
    middle = np.mean([_aim(camera, level_m) for camera in cameras], axis=0)
    steps = np.arange(-SEARCH_M, SEARCH_M + GRID_M / 2, GRID_M)
    floor = np.stack(np.meshgrid(middle[0] + steps, middle[1] + steps), axis=-1)
    down = RigidPose(np.eye(3), np.array([0.0, 0.0, -level_m]))
    seen_by = np.sum([_sees(_camera(camera, down), floor) for camera in cameras], axis=0)
    for wanted in range(len(cameras), 0, -1):
        found = _largest_rectangle(seen_by >= wanted)
        if found is not None:
            top, left, rows, columns = found
            first, last = floor[top, left], floor[top + rows, left + columns]
            area_m = (round(columns * GRID_M, 1), round(rows * GRID_M, 1))
            return Point(*np.round((first + last) / 2, 2).tolist()), area_m
    raise CalibrationError("no camera sees a metre of floor; give the place with --area and --center")


def _aim(camera: PublishedCamera, level_m: float) -> FloatArray:
    """Where the middle of the picture meets the floor, held within 4 m of the camera; (2,) metres."""
    place_m, looks = camera.world_from_camera.translation_m, camera.world_from_camera.rotation[:, 2]
    reach_m = (place_m[2] - level_m) / max(-looks[2], 1e-6)
    return np.asarray(place_m[:2] + looks[:2] * min(reach_m, 4.0))


def _sees(camera: Camera, floor: FloatArray) -> np.ndarray:
    """Which of (rows, columns, 2) surface points lie in the picture; (rows, columns) bool."""
    points = floor.reshape(-1, 2)
    assert isinstance(camera.view, PinholeCamera)
    px = camera.view.project(np.c_[points, np.zeros(len(points))])
    inside = ((px >= 0) & (px <= np.array(camera.size_px) - 1)).all(axis=1)
    # a strong lens model folds the far outside back into the picture: the way back tells
    true = np.zeros(len(points), bool)
    back = camera.view.surface_points(px[inside])
    true[inside] = np.linalg.norm(back - points[inside], axis=1) < 1e-3
    return true.reshape(floor.shape[:2])


def _largest_rectangle(mask: np.ndarray) -> tuple[int, int, int, int] | None:
    """The largest all-true rectangle with sides in range: top, left, rows, columns; by summed areas."""
    sums = np.zeros(np.add(mask.shape, 1), int)
    sums[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    sides = range(round(AREA_LEAST_M / GRID_M), round(AREA_MOST_M / GRID_M) + 1)
    best: tuple[int, int, int, int] | None = None
    for rows in sides:
        for columns in sides:
            if best is not None and rows * columns <= best[2] * best[3]:
                continue
            r, c = rows + 1, columns + 1  # a side of n steps has n + 1 points
            filled = sums[r:, c:] - sums[:-r, c:] - sums[r:, :-c] + sums[:-r, :-c] == r * c
            if filled.any():
                top, left = np.argwhere(filled)[len(np.argwhere(filled)) // 2].tolist()
                best = (top, left, rows, columns)
    return best


def _upright(cameras: tuple[PublishedCamera, ...]) -> tuple[PublishedCamera, ...]:
    above = [camera.world_from_camera.translation_m[2] > 0 for camera in cameras]
    if all(above):
        return cameras
    if any(above):
        raise CalibrationError(
            "some cameras stand above the world's z = 0 and some below: its z axis is not the floor's; "
            "a board that lies on the floor, or points measured on it, give such a world"
        )
    over = RigidPose(np.diag([1.0, -1.0, -1.0]), np.zeros(3))
    return tuple(
        PublishedCamera(c.name, c.size_px, c.matrix, c.distortion, over.after(c.world_from_camera))
        for c in cameras
    )
