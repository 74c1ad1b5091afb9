"""Going to the floor: what no body may do wrong while it sits, falls, lies and gets up."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pytest

from didim.geometry import FloatArray, Point
from didim.people import Joint
from didim.sim import Body, Footfall, Motion, Pose3D, Side, fall, sit

FEET = [Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX]
HEADING_RAD = 0.7
MOVES: dict[str, Callable[[Motion], None]] = {
    "sit": sit,
    "ahead": partial(fall, way="ahead"),
    "left": partial(fall, way="left"),
    "right": partial(fall, way="right"),
}


class Track(NamedTuple):
    name: str
    motion: Motion
    poses: list[Pose3D]
    joints_m: FloatArray

    @property
    def hips_m(self) -> FloatArray:
        return np.asarray(self.joints_m[:, [Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=1))


@pytest.fixture(
    scope="module",
    params=[(name, height_m) for name in MOVES for height_m in (1.0, 1.75)],
    ids=lambda param: f"{param[0]} {param[1]} m",
)
def track(request: pytest.FixtureRequest) -> Track:
    name, height_m = request.param
    motion = Motion(Body.of(height_m, 3), Point(1.0, 1.0), HEADING_RAD)
    MOVES[name](motion)
    poses = [motion.pose(float(t_s)) for t_s in np.arange(0.0, motion.planned_until_s, 1 / 120)]
    return Track(name, motion, poses, np.array([pose.joints_m for pose in poses]))


def test_limbs_keep_their_length(track: Track) -> None:
    body = track.motion.body
    for right in (0, 1):
        for first, second, length_m in (
            (Joint.LEFT_HIP, Joint.LEFT_KNEE, body.thigh_m),
            (Joint.LEFT_KNEE, Joint.LEFT_ANKLE, body.shank_m),
            (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, body.upper_arm_m),
            (Joint.LEFT_ELBOW, Joint.LEFT_WRIST, body.forearm_m),
        ):
            bone = track.joints_m[:, first + right] - track.joints_m[:, second + right]
            np.testing.assert_allclose(np.linalg.norm(bone, axis=1), length_m, rtol=1e-6)


def test_feet_keep_their_place_and_bear_all_the_time(track: Track) -> None:
    stays = FEET[2:] if track.name == "ahead" else FEET
    assert np.ptp(track.joints_m[:, stays], axis=0).max() < 1e-9
    assert all(pose.left.down and pose.right.down for pose in track.poses)
    assert (track.poses[-1].steps, track.poses[-1].jumps) == (0, 0)


def test_nothing_is_under_the_floor(track: Track) -> None:
    assert track.joints_m[:, :, 2].min() > 0.009 * track.motion.body.height_m
    assert track.hips_m[:, 2].min() > 0.05 * track.motion.body.height_m


def test_nothing_leaps(track: Track) -> None:
    speed_m_s = np.linalg.norm(np.diff(track.joints_m, axis=0), axis=2) * 120
    assert speed_m_s.max() < 12.0
    turned = np.linalg.norm(np.diff(track.joints_m, n=2, axis=0), axis=2) * 120
    assert turned[:, [Joint.NOSE, Joint.LEFT_HIP, Joint.RIGHT_HIP]].max() < 1.2


def test_the_person_goes_down_where_told_and_stands_where_it_stood(track: Track) -> None:
    ahead = np.array([math.cos(HEADING_RAD), math.sin(HEADING_RAD)])
    left = np.array([-ahead[1], ahead[0]])
    tall_m = track.motion.body.height_m
    lowest = int(track.hips_m[:, 2].argmin())
    assert track.hips_m[lowest, 2] < 0.12 * tall_m
    way_m = track.hips_m[lowest, :2] - track.hips_m[0, :2]
    expected = {"sit": -ahead, "ahead": ahead, "left": left, "right": -left}[track.name]
    assert way_m @ expected > 0.2 * tall_m
    assert abs(way_m @ np.array([-expected[1], expected[0]])) < 0.1 * tall_m
    np.testing.assert_allclose(track.hips_m[-1], track.hips_m[0], atol=0.01)
    assert track.joints_m[-1, Joint.NOSE, 2] > 0.85 * tall_m


def test_who_has_fallen_lies_with_the_head_low() -> None:
    motion = Motion(Body.of(1.2, 0), Point(1.0, 1.0), 0.0)
    fall(motion, "ahead", lie_s=2.0)
    nose_m = [motion.pose(t_s).joints_m[Joint.NOSE, 2] for t_s in np.arange(1.4, 3.0, 0.1)]
    assert max(nose_m) < 0.2 * 1.2


def test_the_trunk_can_be_read_and_is_the_one_in_the_pose() -> None:
    motion = Motion(Body.of(1.2, 0), Point(1.0, 1.0), 0.4)
    fall(motion, "left")
    for t_s in (0.0, 0.6, 1.5, 3.0):
        trunk, joints_m = motion.trunk(t_s), motion.pose(t_s).joints_m
        hips = joints_m[[Joint.LEFT_HIP, Joint.RIGHT_HIP]]
        np.testing.assert_allclose(hips.mean(axis=0), trunk.hips_m, atol=1e-12)
        across = (hips[0] - hips[1]) / np.linalg.norm(hips[0] - hips[1])
        np.testing.assert_allclose(across, trunk.pelvis[:, 1], atol=1e-12)
        for part in (trunk.pelvis, trunk.chest, trunk.head):
            np.testing.assert_allclose(part @ part.T, np.eye(3), atol=1e-12)


def test_a_fall_begins_from_standing_and_has_three_ways() -> None:
    motion = Motion(Body.of(1.2, 0), Point(1.0, 1.0), 0.0)
    with pytest.raises(ValueError, match="'ahead', 'left' or 'right', got 'up'"):
        fall(motion, "up")  # type: ignore[arg-type]  # what a caller without a type checker may do
    motion.step(Footfall(Side.LEFT, Point(1.2, 1.1), 0.0, 0.5, exit_m_s=(0.5, 0.0)))
    with pytest.raises(ValueError, match="begins from standing"):
        sit(motion)
