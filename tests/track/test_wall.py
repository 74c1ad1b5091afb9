"""People before a wall, followed on the floor before it, and their hands on it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Point, RigidPose, Surface
from didim.people import Event, Joint, Player
from didim.pose import Skeleton, floor_tiles, ground_of
from didim.rig import footing_of, why_unfollowed
from didim.sim import Body, Motion, Pose3D, camera_over, skeletons
from didim.sim._feet import Side
from didim.sim._touch import FALL_S, HOLD_S, RISE_S, touch
from didim.track import FloorTracker
from didim.track._turned import OTHER_SIDE, turned

WALL = Surface("wall", 3.0, 2.0, 0.15)
RATE_HZ, SIZE_PX = 30.0, (640, 480)
DEPTH_M = 2.0
GROUND_FROM_WALL = RigidPose(
    np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]), np.array([0.0, DEPTH_M, 0.15])
)
"""A floor before the wall, its y towards it; another than the one that people are followed on."""

OVER_GROUND = camera_over((2.6, -1.2, 2.4), (1.4, 1.6, 0.8), hfov_deg=78.0, size_px=SIZE_PX)
WALL_FROM_GROUND = GROUND_FROM_WALL.inverse()
CAMERA = PinholeCamera(OVER_GROUND.matrix, WALL_FROM_GROUND.after(OVER_GROUND.surface_from_camera))


def _on_wall(pose: Pose3D) -> Pose3D:
    return replace(pose, joints_m=WALL_FROM_GROUND.apply(pose.joints_m))


def _followed(
    motion: Motion, seconds: float, seed: int = 3
) -> tuple[list[tuple[float, tuple[Player, ...]]], list[Event]]:
    tracker, rng = FloorTracker(CAMERA, WALL), np.random.default_rng(seed)
    players: list[tuple[float, tuple[Player, ...]]] = []
    events: list[Event] = []
    for index in range(int(seconds * RATE_HZ)):
        t_s = index / RATE_HZ
        bodies = skeletons([_on_wall(motion.pose(t_s))], CAMERA, rng, noise_px=0.7, size_px=SIZE_PX)
        players.append((t_s, tracker.follow(bodies, round(t_s * 1e9) + 1)))
        events += tracker.events
    return players, events


def _touching(side: Side, place_m: FloatArray, off_m: float = 0.4) -> tuple[Motion, float]:
    """Somebody who stands for a second, then lays a hand on the wall; and when the hand comes to it."""
    motion = Motion(Body.of(1.35, 2), Point(1.4, DEPTH_M - off_m), math.pi / 2)
    motion.stand(1.0)
    touch(motion, side, place_m, motion.stand)
    motion.stand(1.0)
    return motion, 1.0 + RISE_S


def test_the_floor_before_a_wall_is_that_under_it() -> None:
    footing = footing_of(CAMERA, WALL)
    assert footing is not None
    over_floor_m = np.array([[1.0, 0.5, 0.0], [2.2, 1.8, 1.3]])
    assert isinstance(footing.view, PinholeCamera)
    assert footing.view.project(over_floor_m) == pytest.approx(
        CAMERA.project(footing.surface_from_floor.apply(over_floor_m))
    )
    # the wall's lower left corner, as people on that floor have it
    corner_m = footing.surface_from_floor.inverse().apply(np.zeros(3))
    assert corner_m[2] == pytest.approx(0.15)
    assert footing.floor.contains(Point(*corner_m[:2].tolist()))


def test_a_floor_is_its_own() -> None:
    floor = Surface("floor", 4.0, 3.0)
    footing = footing_of(OVER_GROUND, floor)
    assert footing is not None
    assert (footing.view, footing.floor) == (OVER_GROUND, floor)


def test_who_is_before_a_wall_of_which_too_little_is_known_is_refused_with_what_to_do() -> None:
    for view, wall, wanted in (
        (CAMERA, Surface("wall", 3.0, 2.0), "above_floor_m"),
        (PlaneMap(np.eye(3)), WALL, "didim calibrate --wall"),
    ):
        assert footing_of(view, wall) is None
        why = why_unfollowed(view, wall)
        assert why is not None
        assert wanted in why
        with pytest.raises(ValueError, match=wanted):
            FloorTracker(view, wall)
    assert why_unfollowed(CAMERA, WALL) is None


def test_people_are_looked_for_on_that_floor() -> None:
    assert ground_of(CAMERA, WALL) is not None
    assert ground_of(CAMERA, Surface("wall", 3.0, 2.0)) is None
    assert floor_tiles(CAMERA, WALL, SIZE_PX) != floor_tiles(None, WALL, SIZE_PX)


def test_feet_are_told_along_the_wall_and_off_it_and_joints_before_it() -> None:
    motion = Motion(Body.of(1.35, 2), Point(1.4, DEPTH_M - 0.6), math.pi / 2)
    motion.stand(1.0)
    moments, _ = _followed(motion, 1.0)
    (player,) = moments[-1][1]
    assert player.feet.distance_m(Point(1.4, 0.6)) < 0.05
    assert player.heading_rad == pytest.approx(-math.pi / 2, abs=0.3)  # it faces the wall: off_m falls
    truth = _on_wall(motion.pose(moments[-1][0])).joints_m
    for joint in (Joint.NOSE, Joint.LEFT_HIP, Joint.RIGHT_WRIST):
        assert player.joint(joint)[:3] == pytest.approx(truth[joint].tolist(), abs=0.12)


@pytest.mark.parametrize(("side", "x_m"), [(Side.LEFT, 1.2), (Side.RIGHT, 1.6)])
def test_a_hand_on_the_wall_is_told_with_its_place_and_time(side: Side, x_m: float) -> None:
    motion, touched_s = _touching(side, np.array([x_m, DEPTH_M - 0.015, 1.15]))
    _, events = _followed(motion, touched_s + HOLD_S + FALL_S + 1.0)
    told = [each for each in events if each.kind in ("touch", "release")]
    assert [(each.kind, each.side) for each in told] == [
        ("touch", side.name.lower()),
        ("release", side.name.lower()),
    ]
    assert told[0].t_s == pytest.approx(touched_s, abs=0.15)
    assert told[0].place.distance_m(Point(x_m, 1.0)) < 0.15
    assert told[1].t_s == pytest.approx(touched_s + HOLD_S + 0.5 * FALL_S, abs=0.3)
    assert told[1].place == told[0].place


def test_a_hand_held_out_far_from_the_wall_touches_nothing() -> None:
    motion, touched_s = _touching(Side.RIGHT, np.array([1.6, DEPTH_M - 0.8, 1.15]), off_m=1.2)
    _, events = _followed(motion, touched_s + HOLD_S + FALL_S)
    assert "touch" not in {each.kind for each in events}


def test_a_back_taken_for_a_front_is_turned_where_a_hand_is_lifted_at_the_wall() -> None:
    motion, touched_s = _touching(Side.RIGHT, np.array([1.6, DEPTH_M - 0.015, 1.15]))
    rng, tracker = np.random.default_rng(5), FloorTracker(CAMERA, WALL)
    events: list[Event] = []
    for index in range(int((touched_s + HOLD_S) * RATE_HZ)):
        t_s = index / RATE_HZ
        (seen,) = skeletons([_on_wall(motion.pose(t_s))], CAMERA, rng, noise_px=0.7, size_px=SIZE_PX)
        footing = footing_of(CAMERA, WALL)
        assert footing is not None
        wrong = turned(footing.view, seen, np.array([1.9, 2.1]))
        tracker.follow((wrong,), round(t_s * 1e9) + 1)
        events += tracker.events
    assert [each.side for each in events if each.kind == "touch"] == ["right"]


def test_turning_twice_changes_nothing() -> None:
    body = _on_wall(Motion(Body.of(1.35, 2), Point(1.4, 1.5), math.pi / 2).pose(0.0))
    (seen,) = skeletons([body], CAMERA, np.random.default_rng(1), size_px=SIZE_PX)
    footing = footing_of(CAMERA, WALL)
    assert footing is not None
    middle = np.array([1.9, 2.0])
    once = turned(footing.view, seen, middle)
    twice: Skeleton = turned(footing.view, once, middle)
    assert twice.points_m == pytest.approx(seen.points_m)
    assert np.array_equal(twice.points_px, seen.points_px)
    assert np.array_equal(once.points_px[Joint.LEFT_WRIST], seen.points_px[Joint.RIGHT_WRIST])
    assert OTHER_SIDE[Joint.NOSE] == Joint.NOSE
