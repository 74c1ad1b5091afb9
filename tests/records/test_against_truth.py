"""Simulated children, followed by the tracker itself: what the measures say of them against what they did."""

from __future__ import annotations

import math

import numpy as np
import pytest

from didim.geometry import PinholeCamera, Surface
from didim.people import Joint
from didim.records.measures import Meter
from didim.sim import Body, Crowd, Person, Pose3D, Wanderer, camera_over, skeletons
from didim.track import FloorTracker

FLOOR = Surface("floor", 4.0, 3.0)
CAMERA: PinholeCamera = camera_over((2.0, -1.4, 2.5), (2.0, 1.5, 0.0), hfov_deg=76.0, size_px=(640, 480))
SOLES = [Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX]
HZ, SECONDS, SETTLED = 15, 30, 15


def middle(pose: Pose3D) -> tuple[float, float]:
    x, y = pose.joints_m[SOLES, :2].mean(axis=0)
    return float(x), float(y)


@pytest.mark.parametrize("seed", [5, 6])
def test_steps_and_ways_are_those_of_the_child(seed: int) -> None:
    crowd = Crowd(FLOOR, [Person(Body.of(1.25, seed), Wanderer(FLOOR, seed))], seed, collides=True)
    tracker, rng = FloorTracker(CAMERA, FLOOR), np.random.default_rng(seed)
    meter, way_m = Meter(1, 8), 0.0
    truth: list[Pose3D] = []
    for index in range(SECONDS * HZ):
        t_s = index / HZ
        truth += crowd.advance(t_s)
        way_m += math.dist(middle(truth[-1]), middle(truth[-2])) if index > SETTLED else 0.0
        players = tracker.follow(skeletons(truth[-1:], CAMERA, rng, noise_px=1.0), round(t_s * 1e9) + 1)
        if index >= SETTLED:
            meter.see(t_s, players[0] if players else None)
            for event in tracker.events:
                meter.hear(event)
    marks = meter.marks(SECONDS)
    assert marks.tracked_share is not None
    assert marks.tracked_share > 0.95
    assert marks.steps == pytest.approx(truth[-1].steps - truth[SETTLED].steps, rel=0.15)
    assert marks.distance_m == pytest.approx(way_m, rel=0.1)
    assert marks.jumps is not None
    assert marks.jumps <= truth[-1].jumps
