"""Steps and jumps of a simulated person, told and true."""

from __future__ import annotations

import math

import pytest

from didim.bench.contacts import Count, count, paired
from didim.geometry import Point
from didim.people import Event
from didim.sim import Body, Motion, Side, jump


def _jumped() -> Motion:
    motion = Motion(Body.of(1.4, 1), Point(2.0, 1.4), -math.pi / 2, seed=1)
    motion.stand(2.0)
    jump(motion, 0.2)
    motion.stand(1.0)
    return motion


def test_what_is_told_is_paired_once_the_nearest_first() -> None:
    assert paired([1.1, 1.02, 5.0], [1.0, 3.0]) == [pytest.approx(0.02)]


def test_a_jump_is_a_landing_of_both_feet_and_a_jump() -> None:
    motion, steps, jumps = _jumped(), Count(), Count()
    ((_, landed_s),) = motion.flights_s
    events = [
        Event(1, "down", 1, landed_s + 0.02, Point(0, 0), side="left"),
        Event(2, "jump", 1, landed_s + 0.01, Point(0, 0)),
    ]
    count(events, motion, motion.planned_until_s, steps, jumps)
    assert (steps.told, steps.true, jumps.told, jumps.true) == (1, 2, 1, 1)
    assert steps.errors_s == [pytest.approx(0.02)]
    assert steps.off == pytest.approx(0.5)
    assert jumps.off == 0.0


def test_nothing_told_and_nothing_true_is_right() -> None:
    motion, steps, jumps = _jumped(), Count(), Count()
    count([], motion, 1.5, steps, jumps)
    assert steps.off == jumps.off == 0.0
    assert [stance.down_s for stance in motion.feet[Side.LEFT].stances[1:]]
