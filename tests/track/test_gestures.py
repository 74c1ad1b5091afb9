"""What arms and one leg do, joint by joint as it was made up, against what is told of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera, Point, Surface
from didim.people import Event, Joint
from didim.sim import Body, Motion, Pose3D, camera_over, jump, skeletons, squat
from didim.track import FloorTracker

FLOOR = Surface("floor", 4.0, 3.0)
CAMERA: PinholeCamera = camera_over((2.0, -1.4, 2.5), (2.0, 1.5, 0.0), hfov_deg=76.0, size_px=(640, 480))
RATE_HZ, NOISE_PX = 30.0, 0.7
ARM = (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST)
HAND = (Joint.LEFT_WRIST, Joint.LEFT_INDEX, Joint.LEFT_PINKY, Joint.LEFT_THUMB)
FOOT = (Joint.LEFT_ANKLE, Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX)
HANDS = ("raise", "lower", "reach", "dwell", "swipe", "circle")

Joints = Callable[[FloatArray, float], FloatArray]
"""(33, 3) joints of a body that stands and a time, to those that are seen."""


def _told(change: Joints, seconds: float, seed: int = 3) -> list[Event]:
    motion = _standing()
    motion.stand(seconds)

    def pose(t_s: float) -> Pose3D:
        stood = motion.pose(t_s)
        return replace(stood, joints_m=change(stood.joints_m.copy(), t_s))

    return _watched(pose, seconds, seed)


def _standing() -> Motion:
    return Motion(Body.of(1.4, 1), Point(2.0, 1.4), -math.pi / 2, seed=1)


def _watched(pose: Callable[[float], Pose3D], seconds: float, seed: int = 3) -> list[Event]:
    tracker, rng = FloorTracker(CAMERA, FLOOR), np.random.default_rng(seed)
    events: list[Event] = []
    for i in range(int(seconds * RATE_HZ)):
        bodies = skeletons([pose(i / RATE_HZ)], CAMERA, rng, noise_px=NOISE_PX)
        tracker.follow(bodies, round(i / RATE_HZ * 1e9) + 1)
        events += tracker.events
    return events


def _ramp(t_s: float, start_s: float, lasts_s: float) -> float:
    return min(max((t_s - start_s) / lasts_s, 0.0), 1.0)


def _held(t_s: float, start_s: float, end_s: float, moves_s: float) -> float:
    """0, and 1 from `moves_s` after the start until the end; then 0 again."""
    return _ramp(t_s, start_s, moves_s) - _ramp(t_s, end_s, moves_s)


def _hand_at(joints: FloatArray, wrist_m: FloatArray) -> FloatArray:
    """The left hand there, the elbow bent outwards as far as the lengths of the arm ask for."""
    shoulder, elbow, wrist = (joints[each].copy() for each in ARM)
    half_m = 0.5 * float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))
    along = wrist_m - shoulder
    bend_m = math.sqrt(max(half_m**2 - 0.25 * float(along @ along), 0.0))
    joints[Joint.LEFT_ELBOW] = shoulder + 0.5 * along + bend_m * np.array([1.0, 0.0, 0.0])
    joints[list(HAND)] += wrist_m - wrist
    return joints


def _arm_m(joints: FloatArray) -> float:
    shoulder, elbow, wrist = (joints[each] for each in ARM)
    return float(np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow))


def _only(events: list[Event], kind: str) -> Event:
    (event,) = [event for event in events if event.kind == kind]
    return event


def test_a_hand_is_raised_and_lowered_at_its_time() -> None:
    def change(joints: FloatArray, t_s: float) -> FloatArray:
        up_m = 1.1 * _held(t_s, 1.5, 3.0, 0.4) * np.array([0.1, 0.0, 0.65])
        return _hand_at(joints, joints[Joint.LEFT_WRIST] + up_m)

    events = _told(change, 5.0)
    raised, lowered = _only(events, "raise"), _only(events, "lower")
    assert raised.side == lowered.side == "left"
    assert 1.5 < raised.t_s < 1.95
    assert 3.0 < lowered.t_s < 3.45


def test_an_arm_stretched_to_the_side_reaches_there() -> None:
    def change(joints: FloatArray, t_s: float) -> FloatArray:
        out = joints[Joint.LEFT_SHOULDER] + 0.97 * _arm_m(joints) * np.array([1.0, 0.0, 0.05])
        near = joints[Joint.LEFT_SHOULDER] + np.array([0.15, -0.05, -0.1])
        return _hand_at(joints, near + _held(t_s, 1.5, 2.6, 0.3) * (out - near))

    event = _only(_told(change, 4.5), "reach")
    assert event.side == "left"
    assert 1.5 < event.t_s < 1.9
    assert abs(event.heading_rad) < 0.5  # the person's left is along x


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hand_that_stays_dwells_and_one_that_goes_on_does_not(seed: int) -> None:
    def stays(joints: FloatArray, t_s: float) -> FloatArray:
        to = joints[Joint.LEFT_SHOULDER] + np.array([0.3, -0.1, 0.1])
        at = joints[Joint.LEFT_WRIST]
        return _hand_at(joints, at + _held(t_s, 1.5, 4.0, 0.3) * (to - at))

    def goes_on(joints: FloatArray, t_s: float) -> FloatArray:
        joints = stays(joints, t_s)
        on = 0.2 * math.sin(4.0 * t_s) * np.array([0.0, 0.0, 1.0])
        return _hand_at(joints, joints[Joint.LEFT_WRIST] + _held(t_s, 1.5, 4.0, 0.3) * on)

    event = _only([each for each in _told(stays, 5.5, seed) if each.side == "left"], "dwell")
    assert event.t_s == pytest.approx(1.8 + event.lasted_s, abs=0.3)
    assert not [each for each in _told(goes_on, 5.5, seed) if each.kind == "dwell"]


@pytest.mark.parametrize(("lasts_s", "count"), [(0.25, 1), (1.6, 0)])
def test_a_quick_straight_way_is_a_swipe_and_a_slow_one_is_none(lasts_s: float, count: int) -> None:
    def change(joints: FloatArray, t_s: float) -> FloatArray:
        middle = joints[Joint.LEFT_SHOULDER] + np.array([0.0, -0.25, -0.05])
        share = _ramp(t_s, 2.0, lasts_s)
        return _hand_at(joints, middle + np.array([0.3 - 0.6 * share, 0.0, 0.0]))

    swipes = [each for each in _told(change, 5.0) if each.kind == "swipe"]
    assert len(swipes) == count
    for swipe in swipes:
        assert swipe.side == "left"
        assert swipe.t_s == pytest.approx(2.0 + lasts_s, abs=0.1)
        assert swipe.size_m == pytest.approx(0.6, abs=0.2)
        assert abs(math.remainder(swipe.heading_rad - math.pi, 2.0 * math.pi)) < 0.5


@pytest.mark.parametrize(("turns", "count"), [(1.15, 1), (0.6, 0)])
def test_an_arm_that_goes_all_round_is_a_circle(turns: float, count: int) -> None:
    def change(joints: FloatArray, t_s: float) -> FloatArray:
        angle_rad = -0.5 * math.pi + 2.0 * math.pi * turns * _ramp(t_s, 1.5, 1.6 * turns)
        out_m = 0.9 * _arm_m(joints)
        round_m = out_m * np.array([math.cos(angle_rad), -0.05, math.sin(angle_rad)])
        return _hand_at(joints, joints[Joint.LEFT_SHOULDER] + round_m)

    circles = [each for each in _told(change, 5.5) if each.kind == "circle"]
    assert len(circles) == count
    assert all(circle.side == "left" and circle.lasted_s < 2.2 for circle in circles)


@pytest.mark.parametrize("seed", [1, 2])
def test_standing_on_one_leg_is_a_balance_as_long_as_it_lasts(seed: int) -> None:
    def change(joints: FloatArray, t_s: float) -> FloatArray:
        lift_m = 0.28 * _held(t_s, 1.5, 3.7, 0.25)
        joints[list(FOOT)] += [0.0, 0.05 * lift_m, lift_m]
        joints[Joint.LEFT_KNEE] += [0.0, -0.6 * lift_m, 0.5 * lift_m]
        return joints

    event = _only(_told(change, 5.5, seed), "balance")
    assert event.side == "right"
    assert event.lasted_s == pytest.approx(2.45, abs=0.3)
    assert event.t_s == pytest.approx(3.95, abs=0.15)
    assert event.size_m < 0.05  # the hips kept their place


@pytest.mark.parametrize("depth", [0.35, 0.45])
def test_a_squat_is_as_deep_as_it_was(depth: float) -> None:
    motion = _standing()
    motion.stand(1.5)
    squat(motion, depth=depth)
    motion.stand(1.5)
    hips = [Joint.LEFT_HIP, Joint.RIGHT_HIP]
    heights_m = [
        motion.pose(i / 30).joints_m[hips, 2].mean() for i in range(int(30 * motion.planned_until_s))
    ]
    event = _only(_watched(motion.pose, motion.planned_until_s), "squat")
    assert event.size_m == pytest.approx(max(heights_m) - min(heights_m), abs=0.10)
    assert 0.4 < event.lasted_s < 2.0


@pytest.mark.parametrize("height_m", [0.12, 0.25])
def test_a_jump_tells_of_no_squat_swipe_or_balance(height_m: float) -> None:
    motion = _standing()
    motion.stand(1.5)
    jump(motion, height_m)
    motion.stand(1.5)
    kinds = {event.kind for event in _watched(motion.pose, motion.planned_until_s)}
    assert "jump" in kinds
    assert not kinds & {"squat", "balance", "swipe", "dwell", "circle", "hop", "reach"}


def test_who_stands_still_does_nothing_with_the_hands() -> None:
    assert not [each for each in _told(lambda joints, _: joints, 8.0) if each.kind in HANDS]
