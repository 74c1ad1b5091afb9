"""Who is led by keys walks where they point, stops dead, jumps, and is its own master otherwise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from didim.geometry import FloatArray, Point, Surface
from didim.people import Joint
from didim.sim import Body, Crowd, PadSeeker, Person, Steered

FLOOR = Surface("floor", 8.0, 6.0)


def led(*, taken: bool = True) -> tuple[Steered, Crowd]:
    mind = Steered(FLOOR, PadSeeker(FLOOR, 0, skill=1.0, joy=0.0), 0)
    mind.taken = taken
    return mind, Crowd(FLOOR, [Person(Body.of(1.3, 0), mind)], 0)


def hips_m(crowd: Crowd, t_s: float) -> FloatArray:
    (pose,) = crowd.advance(t_s)
    return np.asarray(pose.joints_m[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0))


@pytest.mark.parametrize("way", [(1.0, 0.0), (-2.0, 0.0), (0.0, 1.0), (1.0, -1.0)])
def test_walks_where_it_is_told(way: tuple[float, float]) -> None:
    mind, crowd = led()
    to_middle = np.array([4.0, 3.0]) - hips_m(crowd, 0.5)[:2]
    mind.steer((to_middle[0], to_middle[1]))
    hips_m(crowd, 2.0)
    mind.steer(way)
    start_m = hips_m(crowd, 3.5)[:2]  # time to turn round
    gone_m = hips_m(crowd, 4.5)[:2] - start_m
    assert np.linalg.norm(gone_m) > 0.5
    assert gone_m @ way / (np.linalg.norm(gone_m) * math.hypot(*way)) > 0.95


def test_stops_dead_and_stays_when_released() -> None:
    mind, crowd = led()
    mind.steer((4.0 - hips_m(crowd, 0.0)[0], 0.0))
    hips_m(crowd, 2.0)
    mind.steer(None)
    hips_m(crowd, 3.5)
    steps = crowd.advance(3.5)[0].steps
    assert steps > 2
    before_m, after_m = hips_m(crowd, 3.5), hips_m(crowd, 5.0)
    assert np.linalg.norm(after_m - before_m) < 0.02
    assert crowd.advance(5.0)[0].steps == steps


def test_a_jump_leaves_the_floor_once() -> None:
    mind, crowd = led()
    crowd.advance(0.5)
    mind.jump()
    heights_m = [hips_m(crowd, 0.5 + 0.05 * k)[2] for k in range(50)]
    assert crowd.advance(3.0)[0].jumps == 1
    assert max(heights_m) > heights_m[0] + 0.04


def test_a_jump_out_of_a_walk_waits_for_both_feet() -> None:
    mind, crowd = led()
    mind.steer((4.0 - hips_m(crowd, 0.0)[0], 0.0))
    hips_m(crowd, 1.5)
    mind.jump()
    assert crowd.advance(4.0)[0].jumps == 1
    assert crowd.motions[0].planned_until_s > 4.0


def test_the_rim_is_the_end_of_the_way() -> None:
    mind, crowd = led()
    mind.steer((1.0, 0.0))
    hips_m(crowd, 12.0)
    steps = crowd.advance(12.0)[0].steps
    for t_s in np.arange(12.0, 14.0, 0.25):
        (pose,) = crowd.advance(float(t_s))
        assert FLOOR.contains(pose.left.place)
        assert FLOOR.contains(pose.right.place)
    assert pose.steps == steps


def test_its_own_mind_leads_while_nobody_does() -> None:
    mind, crowd = led(taken=False)
    mind.steer((1.0, 0.0))
    pad = Point(1.0, 1.0)
    for t_s in np.arange(0.0, 10.0, 0.25):
        crowd.advance(float(t_s), (pad,))
    (pose,) = crowd.advance(10.0, (pad,))
    assert min(foot.place.distance_m(pad) for foot in (pose.left, pose.right)) < 0.3
    mind.taken = True
    mind.steer((1.0, 0.0))
    crowd.advance(14.0)
    assert hips_m(crowd, 14.0)[0] > 2.0
