"""Walking, running and moves: what no body may do wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest

from didim.geometry import FloatArray, Point
from didim.people import Joint
from didim.sim import (
    Body,
    Footfall,
    Motion,
    Pose3D,
    Side,
    hop,
    jump,
    reach,
    squat,
    star_jump,
    step_length_m,
    stop_dead,
    wave,
)

G_M_S2 = 9.81
HEEL = {Side.LEFT: Joint.LEFT_HEEL, Side.RIGHT: Joint.RIGHT_HEEL}
TOE = {Side.LEFT: Joint.LEFT_FOOT_INDEX, Side.RIGHT: Joint.RIGHT_FOOT_INDEX}


def standing(height_m: float = 1.2, heading_rad: float = 0.7) -> Motion:
    return Motion(Body.of(height_m, 3), Point(1.0, 1.0), heading_rad, seed=1)


def walk(
    motion: Motion, speed_m_s: float, steps: int, *, turn_rad: float = 0.0, flight: float = 0.0
) -> Motion:
    """Walk, each step turned by `turn_rad`, and stop with the feet together; a run speeds up and slows."""
    body, center, heading_rad, side = motion.body, Point(1.0, 1.0), motion.heading_rad, Side.LEFT
    fastest_m_s = speed_m_s
    for i in range(steps):
        last = i == steps - 1
        if flight:
            speed_m_s = min(0.7 * (i + 1), 0.7 * (steps - i), fastest_m_s)
        length_m = step_length_m(body, speed_m_s)
        heading_rad += turn_rad
        ahead = np.array([math.cos(heading_rad), math.sin(heading_rad)])
        if not last:
            center = center.moved(*(length_m * ahead))
        place = center.moved(*(side * 0.8 * body.hip_half_m * np.array([-ahead[1], ahead[0]])))
        duration_s = length_m / speed_m_s
        exit_m_s = (0.0, 0.0) if last else (speed_m_s * ahead[0], speed_m_s * ahead[1])
        in_air_s = flight * duration_s if speed_m_s > 1.2 else 0.0
        motion.step(Footfall(side, place, heading_rad + 0.1 * side, duration_s, exit_m_s, in_air_s))
        side = side.other
    return motion


def stopped(motion: Motion, speeds_m_s: tuple[float, ...]) -> Motion:
    """Walk or run straight at those speeds, step by step, and stop dead."""
    body, center, heading_rad, side = motion.body, Point(1.0, 1.0), motion.heading_rad, Side.LEFT
    ahead = np.array([math.cos(heading_rad), math.sin(heading_rad)])
    for speed_m_s in speeds_m_s:
        length_m = step_length_m(body, speed_m_s)
        center = center.moved(*(length_m * ahead))
        place = center.moved(*(side * 0.8 * body.hip_half_m * np.array([-ahead[1], ahead[0]])))
        duration_s = length_m / speed_m_s
        flight_s = 0.25 * duration_s if speed_m_s > 1.2 else 0.0
        exit_m_s = (speed_m_s * ahead[0], speed_m_s * ahead[1])
        motion.step(Footfall(side, place, heading_rad + 0.1 * side, duration_s, exit_m_s, flight_s))
        side = side.other
    stop_dead(motion)
    motion.stand(0.5)
    return motion


def moved(move: Callable[[Motion], None]) -> Motion:
    motion = standing()
    move(motion)
    motion.stand(1.7)
    return motion


MOTIONS = {
    "walk": lambda: walk(standing(), 0.9, 7),
    "adult walk": lambda: walk(standing(1.8), 1.3, 7),
    "turning walk": lambda: walk(standing(), 0.7, 8, turn_rad=0.3),
    "run": lambda: walk(standing(), 1.9, 9, flight=0.25),
    "run and stop dead": lambda: stopped(standing(), (0.7, 1.4, 1.9, 1.9)),
    "walk and stop dead": lambda: stopped(standing(), (0.7, 0.9)),
    "jump": lambda: moved(lambda motion: jump(motion, 0.2)),
    "jump ahead": lambda: moved(lambda motion: jump(motion, 0.15, by_m=(0.25, 0.2))),
    "hop": lambda: moved(lambda motion: hop(motion, Side.RIGHT)),
    "star jump": lambda: moved(star_jump),
    "squat": lambda: moved(squat),
    "wave": lambda: moved(lambda motion: wave(motion, Side.LEFT)),
    "reach": lambda: moved(lambda motion: reach(motion, Side.RIGHT, np.array([1.3, 1.2, 1.2]))),
}


class Track(NamedTuple):
    motion: Motion
    times_s: FloatArray
    poses: list[Pose3D]
    joints_m: FloatArray


@pytest.fixture(scope="module", params=MOTIONS)
def track(request: pytest.FixtureRequest) -> Track:
    motion = MOTIONS[request.param]()
    times_s = np.arange(0.0, motion.planned_until_s, 1 / 120)
    poses = [motion.pose(float(t_s)) for t_s in times_s]
    return Track(motion, times_s, poses, np.array([pose.joints_m for pose in poses]))


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
        foot = track.joints_m[:, Joint.LEFT_HEEL + right] - track.joints_m[:, Joint.LEFT_FOOT_INDEX + right]
        assert np.ptp(np.linalg.norm(foot, axis=1)) < 1e-6 * body.foot_m


def test_a_foot_that_is_down_stays_where_it_is(track: Track) -> None:
    for side in Side:
        for stance in track.motion.feet[side].stances:
            for joint, since_s, until_s in (
                (HEEL[side], stance.down_s, stance.heel_off_s),
                (TOE[side], stance.flat_s, stance.up_s),
            ):
                if stance.strike_rad > 0.0 and joint == HEEL[side]:
                    since_s = stance.flat_s
                during = (track.times_s >= since_s) & (track.times_s <= until_s)
                if during.any():
                    assert np.ptp(track.joints_m[during, joint], axis=0).max() < 1e-6


def test_contact_is_when_heel_or_toe_is_on_the_floor(track: Track) -> None:
    body = track.motion.body
    for side in Side:
        over_m = np.minimum(
            track.joints_m[:, HEEL[side], 2] - body.heel_height_m,
            track.joints_m[:, TOE[side], 2] - body.toe_height_m,
        )
        down = np.array([(pose.left if side is Side.LEFT else pose.right).down for pose in track.poses])
        assert over_m.min() > -1e-9
        assert over_m[down].max(initial=0.0) < 1e-9
        assert over_m[~down].min(initial=1.0) > 0.0


def test_nothing_leaps(track: Track) -> None:
    assert np.isfinite(track.joints_m).all()
    speed_m_s = np.linalg.norm(np.diff(track.joints_m, axis=0), axis=2) * 120
    assert speed_m_s.max() < 9.0
    turned = np.linalg.norm(np.diff(track.joints_m, n=2, axis=0), axis=2) * 120
    assert turned[:, [Joint.NOSE, Joint.LEFT_HIP, Joint.RIGHT_HIP]].max() < 1.2  # m/s between two pictures


def test_no_leg_is_overstretched(track: Track) -> None:
    for right in (0, 1):
        leg = track.joints_m[:, Joint.LEFT_HIP + right] - track.joints_m[:, Joint.LEFT_ANKLE + right]
        assert np.linalg.norm(leg, axis=1).max() < 0.9986 * track.motion.body.leg_m


@pytest.mark.parametrize("height_m", [0.05, 0.2, 0.35])
def test_a_jump_obeys_gravity(height_m: float) -> None:
    motion = standing()
    jump(motion, height_m)
    ((leave_s, land_s),) = motion.flights_s
    flight_s = land_s - leave_s
    assert flight_s == pytest.approx(math.sqrt(8 * height_m / G_M_S2))

    def hips_up_m(t_s: float) -> float:
        joints_m = motion.pose(t_s).joints_m
        return float(0.5 * (joints_m[Joint.LEFT_HIP, 2] + joints_m[Joint.RIGHT_HIP, 2]))

    top_m = hips_up_m(0.5 * (leave_s + land_s))
    assert top_m - hips_up_m(leave_s) == pytest.approx(G_M_S2 * flight_s**2 / 8, abs=1e-9)
    for share in (0.1, 0.35, 0.8):
        fallen_s = (share - 0.5) * flight_s
        there_m = hips_up_m(leave_s + share * flight_s)
        assert top_m - there_m == pytest.approx(0.5 * G_M_S2 * fallen_s**2, abs=1e-9)


def test_contacts_turn_exactly_at_the_stated_times() -> None:
    motion = standing()
    jump(motion, 0.2)
    ((leave_s, land_s),) = motion.flights_s
    assert motion.pose(leave_s).left.down
    assert not motion.pose(leave_s + 1e-6).left.down
    assert motion.pose(leave_s + 0.1).left.since_s == leave_s
    assert not motion.pose(land_s - 1e-6).right.down
    landed = motion.pose(land_s)
    assert (landed.right.down, landed.right.since_s, landed.jumps, landed.steps) == (True, land_s, 1, 2)


def test_steps_and_jumps_are_counted() -> None:
    walked = walk(standing(), 0.9, 7)
    assert walked.pose(walked.planned_until_s).steps == 7
    hopped = moved(lambda motion: hop(motion, Side.LEFT, count=3))
    end = hopped.pose(hopped.planned_until_s)
    assert (end.steps, end.jumps) == (4, 3)  # three landings and the foot that was held up


@pytest.mark.parametrize(
    ("height_m", "speed_m_s", "flight"), [(1.2, 0.8, 0.0), (1.75, 1.3, 0.0), (1.2, 2.0, 0.25)]
)
def test_a_walker_is_as_fast_as_told(height_m: float, speed_m_s: float, flight: float) -> None:
    motion = walk(standing(height_m), speed_m_s, 11, flight=flight)
    stances = motion.feet[Side.LEFT].stances
    early_s, late_s = stances[3].down_s, stances[4].down_s
    early, late = (motion.pose(t_s).joints_m for t_s in (early_s, late_s))
    gone = (late - early)[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0)
    assert np.linalg.norm(gone) / (late_s - early_s) == pytest.approx(speed_m_s, rel=0.02)


def test_who_stops_dead_brakes_within_half_a_metre_and_stands() -> None:
    motion = stopped(standing(), (0.7, 1.4, 1.9, 1.9))
    running_s = motion.planned_until_s - 1.5
    places = [motion.hips.at(t_s)[0][:2] for t_s in np.arange(running_s, motion.planned_until_s, 0.01)]
    speeds_m_s = np.linalg.norm(np.diff(places, axis=0), axis=1) / 0.01
    fast = int(np.flatnonzero(speeds_m_s > 1.8)[-1])
    assert np.linalg.norm(places[-1] - places[fast]) < 0.5
    assert speeds_m_s[fast + 45 :].max() < 0.01
    assert motion.standing
    with pytest.raises(ValueError, match="walks or runs"):
        stop_dead(motion)


def test_a_hand_reaches_its_target() -> None:
    motion = standing(heading_rad=0.0)
    target_m = np.array([1.30, 0.95, 0.95])
    reach(motion, Side.RIGHT, target_m, duration_s=2.0)
    motion.stand(2.0)
    np.testing.assert_allclose(motion.pose(1.0).joints_m[Joint.RIGHT_WRIST], target_m, atol=1e-9)


def test_moves_wait_for_the_end_of_a_walk() -> None:
    motion = standing()
    motion.step(Footfall(Side.LEFT, Point(1.2, 1.2), 0.7, 0.5, exit_m_s=(0.5, 0.4)))
    with pytest.raises(ValueError, match="begins from standing"):
        squat(motion)
    with pytest.raises(ValueError, match="must step next"):
        motion.step(Footfall(Side.LEFT, Point(1.4, 1.4), 0.7, 0.5))
