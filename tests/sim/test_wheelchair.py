"""People on wheels: they roll smoothly, stop on their targets and never touch the floor with a foot."""

from __future__ import annotations

import math

import numpy as np
import pytest

from didim.geometry import Point, Surface
from didim.people import Joint
from didim.sim import SKILLS, Body, Crowd, PadSeeker, Person, Roller, WheelchairMotion

FLOOR = Surface("floor", 4.0, 3.0)


def free(start: Point, end: Point) -> bool:
    return FLOOR.contains(end, margin_m=0.3)


def rolled_to(target: Point, height_m: float = 1.3) -> WheelchairMotion:
    motion = WheelchairMotion(Body.of(height_m, 3), Point(1.0, 1.0), 0.4)
    roller = Roller(motion)
    for _ in range(40):
        if roller.cover(target, free):
            return motion
        roller.toward(target, 1.1, free, short_m=0.2)
    pytest.fail("the chair never came to its target")


@pytest.mark.parametrize("target", [Point(3.2, 2.2), Point(1.0, 2.3), Point(0.6, 0.9), Point(1.02, 1.0)])
def test_the_chair_stops_with_its_centre_on_the_target(target: Point) -> None:
    motion = rolled_to(target)
    assert motion.center.distance_m(target) < 0.03
    assert motion.speed_m_s == 0.0
    center, _ = motion.axle(motion.planned_until_s + 1.0)
    assert center == motion.center


def test_wheels_roll_and_never_slip_aside() -> None:
    motion = rolled_to(Point(3.2, 2.2))
    for t_s in np.arange(0.01, motion.planned_until_s, 0.05):
        before, _ = motion.axle(float(t_s) - 0.005)
        after, _ = motion.axle(float(t_s) + 0.005)
        _, heading_rad = motion.axle(float(t_s))
        dx_m, dy_m = after.x_m - before.x_m, after.y_m - before.y_m
        assert abs(dy_m * math.cos(heading_rad) - dx_m * math.sin(heading_rad)) < 1e-5


@pytest.mark.parametrize("height_m", [1.0, 1.75])
def test_a_rolling_body_keeps_its_bones_and_does_not_leap(height_m: float) -> None:
    motion = rolled_to(Point(3.0, 2.2), height_m)
    roller, rng = Roller(motion), np.random.default_rng(0)
    roller.rejoice(rng)
    body, times_s = motion.body, np.arange(0.0, motion.planned_until_s, 1 / 120)
    joints_m = np.array([motion.pose(float(t_s)).joints_m for t_s in times_s])
    for first, second, length_m in (
        (Joint.LEFT_HIP, Joint.LEFT_KNEE, body.thigh_m),
        (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, body.shank_m),
        (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, body.upper_arm_m),
        (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, body.forearm_m),
    ):
        bone = joints_m[:, first] - joints_m[:, second]
        np.testing.assert_allclose(np.linalg.norm(bone, axis=1), length_m, rtol=1e-6)
    turned_m_s = np.linalg.norm(np.diff(joints_m, n=2, axis=0), axis=2) * 120
    assert turned_m_s[:, [Joint.NOSE, Joint.LEFT_HIP, Joint.RIGHT_HIP]].max() < 0.2
    assert joints_m[:, Joint.LEFT_WRIST, 2].max() > joints_m[:, Joint.NOSE, 2].max()


def test_feet_ride_on_the_footrest_and_never_bear() -> None:
    motion = rolled_to(Point(3.0, 2.2))
    poses = [motion.pose(float(t_s)) for t_s in np.arange(0.0, motion.planned_until_s, 0.1)]
    for pose in poses:
        assert not pose.left.down
        assert not pose.right.down
        assert (pose.steps, pose.jumps, pose.left.since_s) == (0, 0, 0.0)
        heels_m = pose.joints_m[[Joint.LEFT_HEEL, Joint.RIGHT_HEEL], 2]
        np.testing.assert_allclose(heels_m, motion.chair.footrest_m + motion.body.heel_height_m)


def test_a_hand_that_pushes_goes_with_the_rim() -> None:
    motion = WheelchairMotion(Body.of(1.3, 3), Point(1.0, 1.0), 0.0)
    motion.push(0.8, 0.6)
    hands = [motion.pose(t_s).joints_m[Joint.LEFT_WRIST] for t_s in (0.0, 0.4)]
    places = [motion.axle(t_s)[0] for t_s in (0.0, 0.4)]
    radius_m = motion.chair.wheel_m + 0.02 * motion.body.height_m
    angles_rad = [
        math.atan2(hand[0] - place.x_m, hand[2] - motion.chair.wheel_m)
        for hand, place in zip(hands, places, strict=True)
    ]
    rolled_m = places[1].x_m - places[0].x_m
    assert angles_rad[1] - angles_rad[0] == pytest.approx(rolled_m / motion.chair.wheel_m, rel=0.02)
    for hand, place in zip(hands, places, strict=True):
        reach_m = math.hypot(hand[0] - place.x_m, hand[2] - motion.chair.wheel_m)
        assert reach_m == pytest.approx(radius_m, abs=0.01)


def test_a_wheelchair_user_plays_among_walkers() -> None:
    people = [
        Person(Body.of(1.4, 0), PadSeeker(FLOOR, 0, skill=1.0, reaction_s=0.2, joy=0.0), wheelchair=True),
        Person(Body.of(1.3, 1), SKILLS["good"].mind(FLOOR, 1)),
    ]
    crowd = Crowd(FLOOR, people, 2)
    pads = (Point(1.0, 0.9), Point(3.0, 2.2))
    nearest_m = [9.0, 9.0]
    for t_s in np.arange(0.0, 15.0, 0.1):
        chair, walker = (np.array(pose.joints_m) for pose in crowd.advance(float(t_s), pads))
        apart = chair[[Joint.LEFT_HIP, Joint.RIGHT_HIP]] - walker[[Joint.LEFT_HIP, Joint.RIGHT_HIP]]
        assert np.linalg.norm(apart.mean(axis=0)[:2]) > 0.45
        motion = crowd.motions[0]
        assert isinstance(motion, WheelchairMotion)
        center, _ = motion.axle(float(t_s))
        nearest_m = [min(m, center.distance_m(pad)) for m, pad in zip(nearest_m, pads, strict=True)]
    assert min(nearest_m) < 0.05
