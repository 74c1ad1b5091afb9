"""Crowds: same seed same motion, nobody walks through anybody or off the floor, players find their pads."""

from __future__ import annotations

import numpy as np
import pytest

from didim.geometry import FloatArray, Point, Surface
from didim.people import Joint
from didim.sim import Body, Crowd, Motion, PadSeeker, Person, Wanderer, children

FLOOR = Surface("floor", 4.0, 3.0)


def wanderers(count: int, seed: int) -> Crowd:
    people = [Person(Body.of(1.0 + 0.15 * i, i), Wanderer(FLOOR, seed + i)) for i in range(count)]
    return Crowd(FLOOR, people, seed)


def hips_m(joints_m: FloatArray) -> FloatArray:
    return np.asarray(joints_m[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_wanderers_stay_on_the_floor_and_apart(seed: int) -> None:
    crowd = wanderers(5, seed)
    gone_m = np.zeros(5)
    before = None
    for tick in range(200):
        poses = crowd.advance(tick / 8)
        places = np.array([hips_m(pose.joints_m) for pose in poses])
        for first in range(5):
            for second in range(first):
                assert np.linalg.norm(places[first] - places[second]) > 0.3
        for pose in poses:
            assert FLOOR.contains(pose.left.place)
            assert FLOOR.contains(pose.right.place)
        if before is not None:
            gone_m += np.linalg.norm(places - before, axis=1)
        before = places
    assert gone_m.min() > 2.0


def test_the_same_seed_gives_the_same_motion_however_it_is_asked() -> None:
    targets = (Point(1.0, 1.0), Point(3.0, 2.0))
    crowds = [Crowd(FLOOR, children(3, FLOOR, 4), 4) for _ in range(2)]
    for tick in range(1, 31):
        often = crowds[0].advance(tick * 0.1, targets)
    seldom = crowds[1].advance(3.0, targets)
    for one, other in zip(often, seldom, strict=True):
        np.testing.assert_array_equal(one.joints_m, other.joints_m)
    other_seed = Crowd(FLOOR, children(3, FLOOR, 5), 5).advance(3.0, targets)
    assert not np.allclose(often[0].joints_m, other_seed[0].joints_m)


def test_the_past_may_be_read_again() -> None:
    crowd = wanderers(2, 1)
    then = crowd.advance(2.0)
    crowd.advance(9.0)
    np.testing.assert_array_equal(crowd.motions[1].pose(2.0).joints_m, then[1].joints_m)


def test_a_skilled_player_steps_right_on_the_pads() -> None:
    body = Body.of(1.3, 0)
    crowd = Crowd(FLOOR, [Person(body, PadSeeker(FLOOR, 0, skill=1.0, reaction_s=0.2, joy=0.0))], 0)
    pads = [Point(0.7, 0.7), Point(3.3, 2.2), Point(0.9, 2.3), Point(2.0, 1.2)]
    missed_m = []
    for pad in pads:
        start_s = crowd.motions[0].planned_until_s
        for t_s in np.arange(start_s, start_s + 8.0, 0.1):
            crowd.advance(float(t_s), (pad,))
        motion = crowd.motions[0]
        assert isinstance(motion, Motion)
        stances = [s for track in motion.feet.values() for s in track.stances if s.down_s >= start_s]
        missed_m.append(min(stance.place.distance_m(pad) for stance in stances))
    assert max(missed_m) < 0.04


def test_legs_do_not_cross_and_feet_do_not_point_apart() -> None:
    crowd = Crowd(FLOOR, children(4, FLOOR, 2), 2)
    rng = np.random.default_rng(2)
    for second in range(15):
        targets = tuple(Point(*xy) for xy in rng.uniform((0.4, 0.4), (3.6, 2.6), (3, 2)).tolist())
        for tick in range(10):
            for pose in crowd.advance(second + tick / 10, targets):
                hips = pose.joints_m[Joint.LEFT_HIP] - pose.joints_m[Joint.RIGHT_HIP]
                ankles = pose.joints_m[Joint.LEFT_ANKLE] - pose.joints_m[Joint.RIGHT_ANKLE]
                assert hips @ ankles > -0.01 * np.linalg.norm(hips)
                assert abs(pose.left.heading_rad - pose.right.heading_rad) < 1.2


def test_nobody_moves_before_the_reaction_time() -> None:
    crowd = Crowd(FLOOR, [Person(Body.of(1.3, 0), PadSeeker(FLOOR, 0, reaction_s=0.4))], 0)
    start = crowd.advance(0.0)[0]
    assert crowd.advance(0.39, (Point(3.0, 2.5),))[0].left.place == start.left.place
    assert crowd.advance(2.0, (Point(3.0, 2.5),))[0].steps > 0


def test_time_does_not_run_back_and_a_full_floor_is_refused() -> None:
    crowd = wanderers(1, 0)
    crowd.advance(1.0)
    with pytest.raises(ValueError, match="time runs forward"):
        crowd.advance(0.5)
    with pytest.raises(ValueError, match="no room for 60"):
        Crowd(FLOOR, children(60, FLOOR, 0), 0)


def jostling(seed: int) -> Crowd:
    people = [Person(Body.of(1.0 + 0.15 * i, i), Wanderer(FLOOR, seed + i)) for i in range(5)]
    return Crowd(FLOOR, people, seed, collides=True)


@pytest.mark.parametrize("seed", [0, 1])
def test_people_who_collide_touch_and_part_but_do_not_merge(seed: int) -> None:
    crowd = jostling(seed)
    deepest_m = 1.0
    for tick in range(240):
        poses = crowd.advance(tick / 8)
        for first in range(5):
            for second in range(first):
                one, other = crowd.motions[first].body, crowd.motions[second].body
                apart_m = np.linalg.norm(hips_m(poses[first].joints_m) - hips_m(poses[second].joints_m))
                deepest_m = min(deepest_m, float(apart_m) - 0.115 * (one.height_m + other.height_m))
    assert -0.06 < deepest_m < 0.05
    assert len(crowd.bumps) >= 2
    assert all(bump.first < bump.second for bump in crowd.bumps)


def test_who_was_bumped_into_moves_away() -> None:
    crowd = jostling(0)
    crowd.advance(30.0)
    parted = 0
    for bump in crowd.bumps:
        one, other = (crowd.motions[number - 1] for number in (bump.first, bump.second))
        gaps_m = [
            float(np.linalg.norm((one.trunk(t_s).hips_m - other.trunk(t_s).hips_m)[:2]))
            for t_s in np.arange(bump.t_s, min(bump.t_s + 3.0, 29.5), 0.25)
        ]
        parted += gaps_m[0] + 0.1 < max(gaps_m)
    assert parted >= 0.7 * len(crowd.bumps)


def test_nobody_bumps_where_people_keep_their_distance() -> None:
    crowd = wanderers(5, 0)
    crowd.advance(15.0)
    assert crowd.bumps == []
