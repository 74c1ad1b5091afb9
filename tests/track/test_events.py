"""What simulated people do, as a pose engine would see it, against their truth."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from didim.geometry import PinholeCamera, Point, Surface
from didim.people import Event
from didim.sim import (
    Body,
    Crowd,
    Motion,
    Performance,
    Person,
    Side,
    Wanderer,
    camera_over,
    jump,
    skeletons,
    squat,
    wave,
)
from didim.track import FloorTracker

FLOOR = Surface("floor", 4.0, 3.0)
CAMERA: PinholeCamera = camera_over((2.0, -1.4, 2.5), (2.0, 1.5, 0.0), hfov_deg=76.0, size_px=(640, 480))


def _watched(motion: Performance, seconds: float, rate_hz: float = 30.0) -> tuple[FloorTracker, list[Event]]:
    tracker, rng = FloorTracker(CAMERA, FLOOR), np.random.default_rng(3)
    events: list[Event] = []
    for i in range(int(seconds * rate_hz)):
        bodies = skeletons([motion.pose(i / rate_hz)], CAMERA, rng, noise_px=0.7)
        tracker.follow(bodies, round(i / rate_hz * 1e9) + 1)
        events += tracker.events
    return tracker, events


def _standing(seed: int = 1) -> Motion:
    motion = Motion(Body.of(1.4, seed), Point(2.0, 1.4), -math.pi / 2, seed=seed)
    motion.stand(1.0)
    return motion


def test_jumps_are_told_with_landing_and_height() -> None:
    motion = _standing()
    heights_m = (0.12, 0.2, 0.25)
    for height_m in heights_m:
        jump(motion, height_m)
        motion.stand(0.8)
    _, events = _watched(motion, motion.planned_until_s)
    jumps = [event for event in events if event.kind == "jump"]
    assert len(jumps) == len(heights_m)
    for event, (_, landed_s), height_m in zip(jumps, motion.flights_s, heights_m, strict=True):
        assert event.t_s == pytest.approx(landed_s, abs=0.05)
        assert event.size_m == pytest.approx(height_m, abs=0.10)
        assert 0.0 < event.size_sd_m < 0.08


def test_a_squat_and_a_wave_are_told_and_no_steps_with_them() -> None:
    motion = _standing()
    squat(motion)
    motion.stand(0.5)
    wave(motion, Side.LEFT)
    motion.stand(2.5)
    _, events = _watched(motion, motion.planned_until_s)
    kinds = Counter((event.kind, event.side) for event in events)
    assert kinds["squat", None] == 1
    assert kinds["raise", "left"] == 1
    assert kinds["raise", "right"] == 0
    assert not any(kind in ("down", "jump", "hop") for kind, _ in kinds)


def test_who_sits_in_a_chair_is_where_the_chair_is_and_takes_no_steps() -> None:
    crowd = Crowd(FLOOR, [Person(Body.of(1.3, 4), Wanderer(FLOOR, 4), wheelchair=True)], 4)
    tracker, rng, errors_m = FloorTracker(CAMERA, FLOOR), np.random.default_rng(4), []
    kinds: Counter[str] = Counter()
    for i in range(450):
        poses = crowd.advance(i / 30)
        players = tracker.follow(skeletons(poses, CAMERA, rng, noise_px=0.7), round(i / 30 * 1e9) + 1)
        if i > 90:
            kinds.update(event.kind for event in tracker.events)
            (player,) = players
            assert player.plays == "seated"
            assert player.left == player.right
            assert player.left.down
            hips = poses[0].joints_m[[23, 24], :2].mean(axis=0)
            errors_m.append(math.dist(player.feet, hips))
    assert np.median(errors_m) < 0.15
    assert player.steps == 0
    assert kinds["down"] > 0
    assert kinds["jump"] == kinds["hop"] == 0


def test_who_is_out_of_sight_does_nothing() -> None:
    motion = _standing()
    tracker, rng = FloorTracker(CAMERA, FLOOR), np.random.default_rng(5)
    for i in range(60):
        bodies = skeletons([motion.pose(0.5)], CAMERA, rng, noise_px=0.7) if i < 30 else ()
        tracker.follow(bodies, round(i / 30 * 1e9) + 1)
        assert not tracker.events


def test_the_cameras_own_delay_is_taken_off() -> None:
    motion = _standing()
    jump(motion, 0.2)
    motion.stand(0.8)
    left_s = []
    for late_s in (0.0, 0.1):
        tracker, rng = FloorTracker(CAMERA, FLOOR, camera_latency_s=late_s), np.random.default_rng(3)
        for i in range(int(motion.planned_until_s * 30)):
            bodies = skeletons([motion.pose(i / 30)], CAMERA, rng, noise_px=0.7)
            tracker.follow(bodies, round(i / 30 * 1e9) + 1)
            left_s += [event.t_s for event in tracker.events if event.kind == "take_off"]
    assert left_s[0] - left_s[1] == pytest.approx(0.1, abs=1e-6)
