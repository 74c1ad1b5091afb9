"""People before a wall: they stand on the floor, walk up to what is lit and lay a hand on it."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from didim.geometry import Point
from didim.people import Joint
from didim.sim import Body, Crowd, Person, Side, Touch, Walker, WallPlayer
from didim.sim._motion import Motion
from didim.sim._touch import FALL_S, HOLD_S, RISE_S, TOUCH_M, touch
from didim.sim.people import people_of
from didim.sim.venue import People, Venue, VenueError, ground_of, open_venue

TARGETS = (Point(0.7, 0.8), Point(2.3, 0.9))


@pytest.fixture(scope="module")
def venue() -> Venue:
    return open_venue("wall")


def _touches(
    venue: Venue,
    people: tuple[Person, ...],
    targets: tuple[Point, ...],
    until_s: float,
    deep_m: float = 0.035,
) -> set[tuple[int, Touch]]:
    """Every touch on the way, told as `World` tells it but without drawing."""
    from didim.sim.world import World

    world = World.__new__(World)  # the people alone: nothing is drawn
    world.venue, world._people, world._ground, world._poses = venue, people, ground_of(venue), {}
    world._crowd = Crowd(world._ground.surface, people, 3)
    seen = set()
    for index in range(round(until_s * 20)):
        world.advance(index / 20, targets)
        for pose in world.truth(index / 20):
            first = int(np.argmin(pose.joints_m[:, 2]))
            assert pose.joints_m[first, 2] > -deep_m, f"{Joint(first).name} is behind the wall"
            seen |= {(pose.person, each) for each in pose.touches}
    return seen


def test_a_fingertip_comes_to_its_place_and_rests_there() -> None:
    motion = Motion(Body.of(1.3, 2), Point(1.0, 1.7), math.pi / 2)
    walker = Walker(motion, Point(1.0, 1.7))
    place_m = np.array([1.1, 1.985, 1.1])
    walker.touch(Side.RIGHT, place_m)
    fingers = [Joint.RIGHT_INDEX, Joint.RIGHT_PINKY, Joint.RIGHT_THUMB]
    for t_s in (RISE_S + 0.01, RISE_S + 0.5 * HOLD_S, RISE_S + HOLD_S - 0.01):
        joints_m = motion.pose(t_s).joints_m
        assert joints_m[Joint.RIGHT_INDEX, [0, 2]] == pytest.approx(place_m[[0, 2]], abs=0.01)
        assert joints_m[fingers, 1].max() == pytest.approx(place_m[1], abs=0.005)
    free_m = motion.pose(RISE_S + HOLD_S + FALL_S).joints_m[Joint.RIGHT_INDEX]
    assert np.linalg.norm(free_m - place_m) > 0.3


def test_who_cannot_reach_stretches_and_keeps_all_bones() -> None:
    body = Body.of(1.1, 2)
    motion = Motion(body, Point(1.0, 1.7), math.pi / 2)
    touch(motion, Side.LEFT, np.array([1.0, 1.98, 1.9]), motion.stand)
    joints_m = motion.pose(RISE_S + 0.1).joints_m
    upper_m = np.linalg.norm(joints_m[Joint.LEFT_SHOULDER] - joints_m[Joint.LEFT_ELBOW])
    assert upper_m == pytest.approx(body.upper_arm_m, abs=1e-6)
    assert joints_m[Joint.LEFT_WRIST, 2] > joints_m[Joint.LEFT_SHOULDER, 2]


def test_people_stand_on_the_floor_before_the_wall_and_touch_what_is_lit(venue: Venue) -> None:
    seen = _touches(venue, people_of(venue, 0), TARGETS, 14.0)
    for target in TARGETS:
        off_m = [each.place.distance_m(target) for _, each in seen]
        assert min(off_m) < 0.1
    assert {person for person, _ in seen} == {1, 2}


def test_a_better_player_comes_nearer(venue: Venue) -> None:
    ground = ground_of(venue)

    def misses_m(skill: float) -> list[float]:
        found = []
        for seed in range(4):
            targets = (Point(0.6 + 0.5 * seed, 0.85),)
            mind = WallPlayer(ground.surface, ground.surface_from_ground.inverse(), seed, skill=skill)
            alone = (Person(Body.of(1.3, 5), mind),)
            touched = _touches(venue, alone, targets, 9.0)
            assert touched
            found.append(min(each.place.distance_m(targets[0]) for _, each in touched))
        return found

    assert np.mean(misses_m(1.0)) < 0.025
    assert np.mean(misses_m(0.0)) > 2.0 * np.mean(misses_m(1.0))


def test_each_skill_plays_at_the_wall(venue: Venue) -> None:
    def touched(skill: str) -> int:
        people = msgspec.structs.replace(venue, people=People(count=1, heights_m=(1.3,), skill=skill))
        lit = [Point(0.5 + 0.4 * number, 0.85) for number in range(6)]
        return len(_touches(people, people_of(people, 4), tuple(lit), 25.0, deep_m=0.05))

    assert touched("perfect") > touched("toddler")


def test_a_skill_that_is_none_is_named(venue: Venue) -> None:
    strange = msgspec.structs.replace(venue, people=People(skill="olympic"))
    with pytest.raises(VenueError, match=r"'olympic' is not one of mixed, perfect, good, beginner, toddler"):
        people_of(strange, 0)


def test_what_is_out_of_reach_is_left_alone(venue: Venue) -> None:
    assert _touches(venue, people_of(venue, 0), (Point(1.5, 1.95),), 6.0) == set()


def test_the_ground_lies_before_the_wall(venue: Venue) -> None:
    ground = ground_of(venue)
    along = ground.surface.width_m
    foot = ground.room_from_ground.apply(np.array([[0.0, ground.surface.height_m, 0.0]]))[0]
    assert foot == pytest.approx([-1.2 + 0.8, 0.0, 0.0])
    assert along == pytest.approx(3.8)
    # a place on the wall that is 1 m up is 1 m over the ground, at its far rim
    at = ground.surface_from_ground.inverse().apply(np.array([[1.0, 0.85, 0.0]]))[0]
    assert at == pytest.approx([1.4, ground.surface.height_m, 1.0])


def test_a_floor_is_its_own_ground() -> None:
    hall = open_venue("small-hall")
    ground = ground_of(hall)
    assert (ground.surface.width_m, ground.surface.height_m) == (4.0, 3.0)
    assert ground.surface_from_ground.apply(np.eye(3)) == pytest.approx(np.eye(3))


@pytest.mark.parametrize("skill", [-0.1, 1.1])
def test_a_skill_lies_between_0_and_1(venue: Venue, skill: float) -> None:
    ground = ground_of(venue)
    with pytest.raises(ValueError, match="skill"):
        WallPlayer(ground.surface, ground.surface_from_ground.inverse(), 0, skill=skill)


def test_one_on_wheels_keeps_the_feet_out_of_the_wall(venue: Venue) -> None:
    rolling = msgspec.structs.replace(venue, people=People(count=1, heights_m=(1.4,), wheelchairs=1))
    _touches(rolling, people_of(rolling, 1), TARGETS, 8.0)
    assert TOUCH_M < 0.05
