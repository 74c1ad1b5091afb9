"""Where cameras and projectors of a venue truly are and what their lenses do."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, RigidPose, Surface
from didim.sim.venue._description import Bump, Room, Triple, Venue, VenueCamera, VenueProjector, WallName

# Each wall as seen from inside: its left end's (x, y) as indices into the room's sides, the way along it.
_WALLS: dict[WallName, tuple[tuple[int, int], Triple]] = {
    "back": ((0, 1), (1.0, 0.0, 0.0)),
    "right": ((1, 1), (0.0, -1.0, 0.0)),
    "front": ((1, 0), (-1.0, 0.0, 0.0)),
    "left": ((0, 0), (0.0, 1.0, 0.0)),
}
_UP = np.array([0.0, 0.0, 1.0])
_BESIDE_M, _BEFORE_M, _WALL_M = 0.4, 2.0, 0.1
"""How far people go beside and before a wall that is played on, and how near they come to other walls."""


def wall_frame(room: Room, wall: WallName) -> RigidPose:
    """`room_from_wall`: x along the wall from its left end as seen from inside, y up, z into the room."""
    (x_end, y_end), along = _WALLS[wall]
    right = np.array(along)
    rotation = np.stack([right, _UP, np.cross(right, _UP)], axis=1)
    return RigidPose(rotation, np.array([room.x_m[x_end], room.y_m[y_end], 0.0]))


def surface_from_room(venue: Venue) -> RigidPose:
    """From room metres to the play surface's own frame."""
    surface = venue.surface
    x, y, z = surface.origin_m
    if surface.kind == "floor":
        return RigidPose(np.eye(3), -np.array([x, y, z]))
    frame = wall_frame(venue.room, surface.wall)
    corner = RigidPose(frame.rotation, frame.apply(np.array([x, z, 0.0])))
    return corner.inverse()


@dataclass(frozen=True, slots=True)
class Ground:
    """Where people of a venue stand and walk.

    Attributes:
        surface: a floor in its own frame: the play surface, or what lies before a wall, its y towards it.
        room_from_ground: z is up in both.
        surface_from_ground: to the play surface's frame.
    """

    surface: Surface
    room_from_ground: RigidPose
    surface_from_ground: RigidPose


def ground_of(venue: Venue) -> Ground:
    """The floor on which people stand: a wall's players have the floor before it, a little to both sides."""
    surface = venue.surface
    surface_from = surface_from_room(venue)
    if surface.kind == "floor":
        floor = Surface("floor", surface.width_m, surface.height_m)
        return Ground(floor, surface_from.inverse(), RigidPose(np.eye(3), np.zeros(3)))
    sides = (venue.room.y_m, venue.room.x_m)
    along, out = sides if surface.wall in ("left", "right") else sides[::-1]
    left_m = max(surface.origin_m[0] - _BESIDE_M, _WALL_M)
    right_m = min(surface.origin_m[0] + surface.width_m + _BESIDE_M, along[1] - along[0] - _WALL_M)
    depth_m = min(_BEFORE_M, 0.7 * (out[1] - out[0]))
    upright = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
    wall_from_ground = RigidPose(upright, np.array([left_m, 0.0, depth_m]))
    room_from_ground = wall_frame(venue.room, surface.wall).after(wall_from_ground)
    floor = Surface("floor", right_m - left_m, depth_m)
    return Ground(floor, room_from_ground, surface_from.after(room_from_ground))


def _looking(at_m: FloatArray, look_at_m: FloatArray, up: FloatArray) -> RigidPose:
    """`room_from_device` for a device that looks along its +z with +y down."""
    ahead = look_at_m - at_m
    ahead = ahead / np.linalg.norm(ahead)
    right = np.cross(ahead, up)
    if np.linalg.norm(right) < 1e-9:
        right = np.array([1.0, 0.0, 0.0])
    right = right / np.linalg.norm(right)
    return RigidPose(np.stack([right, np.cross(ahead, right), ahead], axis=1), at_m)


def _knocked(pose: RigidPose, bump: Bump) -> RigidPose:
    turned = pose.rotation
    for axis, degrees in enumerate(bump.turn_deg):
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        a, b = (axis + 1) % 3, (axis + 2) % 3
        turn = np.eye(3)
        turn[a, a] = turn[b, b] = c
        turn[b, a], turn[a, b] = s, -s
        turned = turned @ turn
    return RigidPose(turned, pose.translation_m + np.array(bump.shift_m))


def camera_in_room(camera: VenueCamera) -> PinholeCamera:
    """The exact camera, with the room as its surface's frame."""
    pose = _looking(np.array(camera.at_m), np.array(camera.look_at_m), _UP)
    return PinholeCamera(
        _intrinsics(camera.hfov_deg, camera.size_px, (0.0, 0.0)), pose, np.array(camera.distortion)
    )


def projector_in_room(projector: VenueProjector, t_s: float = 0.0) -> PinholeCamera:
    """The exact projector at a time, as a camera that sees what it lights, in room metres."""
    pose = _looking(np.array(projector.at_m), np.array(projector.look_at_m), np.array(projector.up))
    if projector.bump is not None and t_s >= projector.bump.at_s:
        pose = _knocked(pose, projector.bump)
    matrix = _intrinsics(projector.hfov_deg, projector.size_px, projector.shift)
    return PinholeCamera(matrix, pose, np.array(projector.distortion))


def _intrinsics(hfov_deg: float, size_px: tuple[int, int], shift: tuple[float, float]) -> FloatArray:
    """Square pixels, integers at their centres; a shift moves the picture right and up, not the axis."""
    width, height = size_px
    focal_px = 0.5 * width / math.tan(0.5 * math.radians(hfov_deg))
    x_px = 0.5 * (width - 1) - shift[0] * width
    y_px = 0.5 * (height - 1) + shift[1] * height
    return np.array([[focal_px, 0.0, x_px], [0.0, focal_px, y_px], [0.0, 0.0, 1.0]])
