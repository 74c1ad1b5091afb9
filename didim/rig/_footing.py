"""The floor on which people stand: the play surface, or what lies before a wall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from didim.geometry import PinholeCamera, PlaneMap, RigidPose, Surface

BESIDE_M, BEFORE_M = 0.5, 2.5
"""How far to both sides of a wall, and before it, people are looked for."""

_STANDING = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
"""From a frame over the floor whose y is towards a wall to that of the wall, whose y is up."""


@dataclass(frozen=True, slots=True)
class Footing:
    """A floor as a camera sees it.

    Attributes:
        view: the camera in the floor's own frame.
        floor: the play surface, or what lies before a wall, its y towards it.
        surface_from_floor: to the frame of the play surface.
    """

    view: PinholeCamera | PlaneMap
    floor: Surface
    surface_from_floor: RigidPose


def footing_of(view: PinholeCamera | PlaneMap, surface: Surface) -> Footing | None:
    """The floor on which the players of a surface stand; None before a wall of which too little is known.

    A wall stands upright, its rows level: it has to be known how high it hangs, and the camera has to be
    calibrated.

    Args:
        view: the camera in the frame of the surface.
    """
    if surface.kind == "floor":
        return Footing(view, surface, RigidPose(np.eye(3), np.zeros(3)))
    if surface.above_floor_m is None or not isinstance(view, PinholeCamera):
        return None
    corner_m = np.array([-BESIDE_M, -surface.above_floor_m, BEFORE_M])
    wall_from_floor = RigidPose(_STANDING, corner_m)
    pose = wall_from_floor.inverse().after(view.surface_from_camera)
    floor = Surface("floor", surface.width_m + 2 * BESIDE_M, BEFORE_M)
    return Footing(PinholeCamera(view.matrix, pose, view.distortion), floor, wall_from_floor)


def why_unfollowed(view: PinholeCamera | PlaneMap, surface: Surface) -> str | None:
    """Why nobody before a surface can be followed, and what to do about it; None where everybody is."""
    if footing_of(view, surface) is not None:
        return None
    if surface.above_floor_m is None:
        return (
            "nobody before the wall can be followed: measure from the floor to the lower edge of its play "
            "area and tell it by `didim calibrate area --above-floor METRES` (above_floor_m in the rig file)"
        )
    return (
        "nobody before the wall can be followed: its camera is known by surface_from_picture alone; "
        "calibrate it with `didim calibrate --wall`"
    )
