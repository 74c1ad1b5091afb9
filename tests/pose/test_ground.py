"""Who stands on the floor or near it is let pass; what hangs on a wall is nobody."""

from __future__ import annotations

import math

import numpy as np
import pytest

from didim.geometry import PinholeCamera, PlaneMap, RigidPose, Surface
from didim.people import JOINT_COUNT, Joint
from didim.pose import Ground, Skeleton, ground_of

FLOOR = Surface("floor", 4.0, 3.0)
DOWN = math.radians(30)
VIEW = PinholeCamera(
    np.array([[600.0, 0, 319.5], [0, 600.0, 239.5], [0, 0, 1]]),
    RigidPose(
        np.array([[1, 0, 0], [0, -math.sin(DOWN), math.cos(DOWN)], [0, -math.cos(DOWN), -math.sin(DOWN)]]),
        np.array([2.0, -2.5, 2.5]),
    ),
)


def body(x_m: float, y_m: float, height_m: float = 0.09, score: float = 0.9, size_m: float = 1.3) -> Skeleton:
    """A body whose ankles are there, and whose other joints are above them."""
    up_m = np.linspace(height_m, height_m + size_m, JOINT_COUNT)[::-1]
    points_px = VIEW.project(np.stack((np.full(JOINT_COUNT, x_m), np.full(JOINT_COUNT, y_m), up_m), axis=1))
    ankles_m = np.array([[x_m - 0.1, y_m, height_m], [x_m + 0.1, y_m, height_m]])
    points_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]] = VIEW.project(ankles_m)
    return Skeleton(points_px, np.full(JOINT_COUNT, score), np.full((JOINT_COUNT, 3), np.nan), 0.9)


@pytest.mark.parametrize(
    ("found", "bears"),
    [
        (body(2.0, 1.5), True),
        (body(0.1, 2.9), True),
        (body(-0.8, 1.0), True),  # beside the floor, about to come in
        (body(2.0, 1.5, 0.45), True),  # in the air
        (body(2.0, 6.0, 1.2), False),  # a poster on the far wall
        (body(2.0, 6.5), False),
        (body(2.0, 4.5, score=0.2), True),  # legs hidden: nobody knows where they stand
        (body(2.0, 1.5, size_m=2.0), True),
        (body(2.0, 1.5, size_m=3.0), False),  # limbs of several people, put together
        (body(2.0, 1.5, size_m=3.4, score=0.2), False),
    ],
)
def test_only_who_can_be_there_is_somebody(found: Skeleton, bears: bool) -> None:
    assert Ground(VIEW, FLOOR).bears([found, body(2.0, 1.5)]).tolist() == [bears, True]


def test_nobody_is_borne_where_nobody_is() -> None:
    assert not len(Ground(VIEW, FLOOR).bears([]))


def test_a_wall_and_a_plane_map_tell_nothing() -> None:
    assert ground_of(VIEW, FLOOR) is not None
    assert ground_of(VIEW, Surface("wall", 3.0, 2.0)) is None
    assert ground_of(PlaneMap(np.eye(3)), FLOOR) is None
