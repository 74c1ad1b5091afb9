"""The arithmetic of the venue's benchmark, and that its views see what they claim."""

from __future__ import annotations

import numpy as np
import pytest

from didim.bench.venue import SIZES, VIEWS, Seen, View, seen_from
from didim.geometry import PinholeCamera, Point
from didim.people import Foot, JointPlace, Player
from didim.pose import Skeleton
from didim.sim import Body, Contact, Motion, Pose3D
from didim.sim.venue import true_rig


def skeleton(points_px: np.ndarray) -> Skeleton:
    return Skeleton(points_px, np.ones(33), np.zeros((33, 3)), 1.0)


def pose(left: Contact) -> Pose3D:
    up = Contact(False, 0.0, Point(9.0, 9.0), 0.0)
    return Pose3D(1, 5.0, np.zeros((33, 3)), left, up, 0, 0)


def player(number: int, at: Point) -> Player:
    foot = Foot(at, 0.0, True, 1.0)
    return Player(number, at, foot, foot, (JointPlace(0.0, 0.0, 0.0, 1.0),) * 33, (0.0, 0.0), 0)


TRUE_PX = np.column_stack([np.full(33, 50.0), np.linspace(0.0, 100.0, 33)])


@pytest.mark.parametrize(("off_px", "found"), [(10.0, 1), (20.0, 0)])
def test_a_skeleton_far_from_the_person_finds_nobody(off_px: float, found: int) -> None:
    seen = Seen()
    seen.add(
        pose(Contact(True, 0.0, Point(1.0, 1.0), 0.0)),
        TRUE_PX,
        [skeleton(TRUE_PX + np.array([off_px, 0.0]))],
        (),
    )
    assert (seen.found, seen.pictures, seen.heights_px) == (found, 1, [100.0])


def test_only_a_foot_that_has_settled_is_measured_against_the_nearest_player() -> None:
    seen, players = Seen(), [player(1, Point(3.0, 3.0)), player(2, Point(1.0, 1.04))]
    seen.add(pose(Contact(True, 4.0, Point(1.0, 1.0), 0.0)), TRUE_PX, [], players)
    seen.add(pose(Contact(True, 4.95, Point(1.0, 1.0), 0.0)), TRUE_PX, [], players)
    assert seen.foot_errors_cm == pytest.approx([4.0])
    assert seen.found == 0


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_looks_as_far_down_as_it_says_and_holds_everyone_whole(view: View) -> None:
    rig = true_rig(seen_from(view))
    camera, surface = rig.cameras[0], rig.surfaces["play"]
    assert isinstance(camera.view, PinholeCamera)
    ahead = camera.view.surface_from_camera.rotation[:, 2]
    assert np.degrees(np.arcsin(-ahead[2])) == pytest.approx(view.tilt_deg, abs=6.0 if view.up_m < 2 else 0.1)
    for x_m in (0.2, surface.width_m - 0.2):
        for y_m in (0.2, surface.height_m - 0.2):
            joints_m = Motion(Body.of(1.7, 0), Point(x_m, y_m), 0.0).pose(0.0).joints_m
            points_px = camera.view.project(joints_m)
            assert points_px.min() > 0
            assert (points_px < camera.size_px).all()


def test_both_picture_sizes_are_measured_with_one_and_four_people() -> None:
    assert [tuple(people) for people in SIZES.values()] == [(1, 4), (1, 4)]
