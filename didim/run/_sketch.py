"""The room in lines, at once: for a camera whose picture is not drawn yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.people import BONES, Joint
from didim.sim.venue import Venue, VenueCamera, camera_in_room, surface_from_room

_GROUND = (24, 26, 30)
_EDGE, _GRID, _RIM, _BONE = (90, 96, 104), (70, 80, 92), (150, 190, 220), (255, 220, 120)
_NEAR_M = 0.05

Line = tuple[FloatArray, FloatArray]


def sketch(venue: Venue, camera: VenueCamera, people_m: Sequence[FloatArray]) -> NDArray[np.uint8]:
    """What `camera` would see, as (h, w, 3) uint8 RGB: walls, furniture, the surface in metres, bones.

    `people_m` holds each person's (33, 3) joints in room metres.
    """
    width, height = camera.size_px
    rgb = np.full((height, width, 3), _GROUND, np.uint8)
    room = venue.room
    _draw(rgb, camera, _edges(np.array([room.x_m, room.y_m, (0.0, room.height_m)])), _EDGE)
    _draw(rgb, camera, [line for box in _boxes(venue) for line in box], _EDGE)
    grid, rim = _surface(venue)
    _draw(rgb, camera, grid, _GRID)
    _draw(rgb, camera, rim, _RIM)
    for joints_m in people_m:
        neck = 0.5 * (joints_m[Joint.LEFT_SHOULDER] + joints_m[Joint.RIGHT_SHOULDER])
        head = (neck, joints_m[Joint.NOSE])
        _draw(rgb, camera, [head, *((joints_m[a], joints_m[b]) for a, b in BONES)], _BONE)
    return rgb


def _edges(sides_m: FloatArray) -> list[Line]:
    """The twelve edges of the box between (3, 2) sides."""
    corners = [
        (which, np.take_along_axis(sides_m, np.array([which]).T, 1)[:, 0])
        for which in product((0, 1), repeat=3)
    ]
    return [
        (start, end)
        for one, start in corners
        for other, end in corners
        if one < other and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    ]


def _boxes(venue: Venue) -> Iterable[list[Line]]:
    for box in venue.box:
        half = 0.5 * np.array(box.size_m)
        turn = np.radians(box.turn_deg)
        turned = np.array([[np.cos(turn), np.sin(turn), 0], [-np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        middle = np.array(box.at_m) + half * (0.0, 0.0, 1.0)
        yield [(a @ turned + middle, b @ turned + middle) for a, b in _edges(np.stack([-half, half], axis=1))]


def _surface(venue: Venue) -> tuple[list[Line], list[Line]]:
    """The lines of whole metres across the surface, and its rim."""
    room_from_surface = surface_from_room(venue).inverse()
    width_m, height_m = venue.surface.width_m, venue.surface.height_m

    def line(*xy: float) -> Line:
        ends = room_from_surface.apply(np.array([[*xy[:2], 0.0], [*xy[2:], 0.0]]))
        return ends[0], ends[1]

    grid = [line(x, 0, x, height_m) for x in range(1, int(np.ceil(width_m)))]
    grid += [line(0, y, width_m, y) for y in range(1, int(np.ceil(height_m)))]
    rim = [line(x, 0, x, height_m) for x in (0, width_m)] + [line(0, y, width_m, y) for y in (0, height_m)]
    return grid, rim


def _draw(
    rgb: NDArray[np.uint8], camera: VenueCamera, lines: Sequence[Line], color: tuple[int, int, int]
) -> None:
    seen = camera_in_room(camera)
    camera_from_room = seen.surface_from_camera.inverse()
    for line in lines:
        start, end = camera_from_room.apply(np.array(line))
        if max(start[2], end[2]) <= _NEAR_M:
            continue
        ahead = [_before_camera(a, b) @ seen.matrix.T for a, b in ((start, end), (end, start))]
        # OpenCV's lines take 32 bits; a line cut near the camera may end far outside the picture
        first, second = (
            np.clip(point[:2] / point[2], -1e4, 1e4).round().astype(int).tolist() for point in ahead
        )
        cv2.line(rgb, first, second, color, 1, cv2.LINE_AA)


def _before_camera(point: FloatArray, other: FloatArray) -> FloatArray:
    """`point`, or where the line to it from `other` comes too near to the camera."""
    if point[2] >= _NEAR_M:
        return point
    share = (_NEAR_M - point[2]) / (other[2] - point[2])
    return np.asarray(point + share * (other - point))
