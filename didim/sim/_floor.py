"""Moves that go to the floor and up again, feet staying where they are: sit, fall ahead, fall aside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from didim.geometry import FloatArray
from didim.sim._feet import Side
from didim.sim._figure import Arm
from didim.sim._gesture import Gesture
from didim.sim._motion import Motion
from didim.sim._posture import Posture, pass_through

_TOPPLE = tuple(step / 8 for step in range(1, 9))
_TOPPLE_POWER = 2.2
"""A body that topples turns ever faster: share of the way to the floor by share of the time."""
_UPRIGHT = Posture()
_PALM_UP = 0.035


@dataclass(frozen=True, slots=True)
class _Key:
    """Where the hips are, (ahead, left, up) in metres of the place between the feet, and the posture."""

    after_s: float
    hips_m: tuple[float, float, float]
    posture: Posture = _UPRIGHT


def sit(motion: Motion, *, hold_s: float = 1.5) -> None:
    """Sit down on the floor behind the feet, hands on the knees, and stand up again.

    Raises:
        ValueError: the person is in the middle of a step.
    """
    home = _Home(motion)
    tall_m, start_s = motion.body.height_m, motion.planned_until_s
    low = _Key(0.65, (-0.13 * tall_m, 0.0, 0.20 * tall_m))
    seat_m = (-0.30 * tall_m, 0.0, 0.065 * tall_m)
    seated = Posture(1.0, pelvis_lean=-0.30, chest_lean=-0.05, head_lean=0.10)
    keys = [
        low,
        _Key(0.50, seat_m, seated),
        _Key(hold_s, seat_m, seated),
        _Key(0.55, low.hips_m),
        _Key(0.65, home.rest_m),
    ]
    down_s, hold_until_s = start_s + 1.15, start_s + 1.15 + hold_s
    end_s = home.lay(keys)
    ahead = {side: Arm(1.45, 0.12, 0.0, 0.25) for side in Side}
    motion.gestures.append(Gesture(start_s, end_s, 0.6, 0.6, ahead))
    for side in Side:
        knee_m = home.point_m(-0.155 * tall_m, side * 1.3 * motion.body.hip_half_m, 0.295 * tall_m)
        hand = {side: Arm(0.6, 0.15, 0.0, 0.6)}
        motion.gestures.append(Gesture(down_s - 0.35, hold_until_s + 0.35, 0.45, 0.45, hand, target_m=knee_m))


def fall(motion: Motion, way: Literal["ahead", "left", "right"] = "ahead", *, lie_s: float = 1.0) -> None:
    """Topple over the own feet, catch the fall with the hands, lie for a while and get up again.

    Toes and soles keep their place: ahead the body turns about the toes, aside about the rims of the shoes.

    Raises:
        ValueError: the person is in the middle of a step, or the way is none of the three.
    """
    ways = {"left": Side.LEFT, "right": Side.RIGHT}
    if way != "ahead" and way not in ways:
        raise ValueError(f"a fall goes 'ahead', 'left' or 'right', got {way!r}")
    if way == "ahead":
        _fall_ahead(motion, lie_s)
    else:
        _fall_aside(motion, ways[way], lie_s)


def _fall_ahead(motion: Motion, lie_s: float) -> None:
    home, body = _Home(motion), motion.body
    tall_m, start_s = body.height_m, motion.planned_until_s
    topple_s = _topple_s(tall_m)

    def leaning(fallen: float, pitch: float, knees: float) -> tuple[float, float, float]:
        """Hips over the ankles of feet that have rolled onto their toes."""
        ankle = home.ankle_m(Side.LEFT, Posture(foot_pitch=pitch))
        leg_m = (0.995 - knees) * body.leg_m
        return ankle[0] + leg_m * math.sin(fallen), 0.0, ankle[2] + leg_m * math.cos(fallen)

    keys = []
    for share in _TOPPLE:
        gone = share**_TOPPLE_POWER
        held = Posture(1.0, 1.50 * gone, 1.38 * gone, 1.0 * gone, foot_pitch=1.15 * gone)
        keys.append(_Key(topple_s / 8, leaning(0.03 + 1.55 * gone, 1.15 * gone, 0.010), held))
    lying = Posture(1.0, 1.55, 1.50, 0.80, foot_pitch=2.2)
    prone_m = leaning(1.60, 2.2, 0.010)
    tucked = home.ankle_m(Side.LEFT, Posture(foot_pitch=1.3))
    kneeling = Posture(1.0, 1.25, 1.35, 0.80, foot_pitch=1.3)
    keys += [
        _Key(0.28, prone_m, lying),
        _Key(lie_s, prone_m, lying),
        _Key(0.9, (tucked[0] + 0.23 * tall_m, 0.0, 0.31 * tall_m), kneeling),
        _Key(0.8, (-0.12 * tall_m, 0.0, 0.22 * tall_m)),
        _Key(0.8, home.rest_m),
    ]
    up_s = start_s + topple_s + 0.28 + lie_s
    home.lay(keys)
    catch_m, push_m = prone_m[0] + 0.33 * tall_m, tucked[0] + 0.55 * tall_m
    home.hands((start_s + 0.2 * topple_s, up_s + 0.5), 0.65 * topple_s, (catch_m, 0.17 * tall_m))
    home.hands((up_s + 0.1, up_s + 1.5), 0.6, (push_m, 0.13 * tall_m))


def _fall_aside(motion: Motion, side: Side, lie_s: float) -> None:
    home, body = _Home(motion), motion.body
    tall_m, start_s = body.height_m, motion.planned_until_s
    topple_s = _topple_s(tall_m)
    keys = []
    for share in _TOPPLE:
        gone = share**_TOPPLE_POWER
        held = _rolled(side, 1.45 * gone, 1.20 * gone, 1.0 * gone, 1.0 * gone)
        ankle = home.ankle_m(side.other, held)
        fallen, leg_m = 0.01 + 1.25 * gone, (0.995 - 0.025 * share) * body.leg_m
        hip_left_m, hip_up_m = ankle[1] + side * leg_m * math.sin(fallen), ankle[2] + leg_m * math.cos(fallen)
        left_m = hip_left_m + side * body.hip_half_m * math.cos(held.pelvis_roll)
        up_m = hip_up_m + side * body.hip_half_m * math.sin(held.pelvis_roll)
        keys.append(_Key(topple_s / 8, (home.rest_m[0], left_m, up_m), held))
    lying = _rolled(side, 1.45, 1.20, 1.5, 1.0)
    lain_m = (home.rest_m[0], keys[-1].hips_m[1] + side * 0.005 * tall_m, 0.098 * tall_m)
    keys += [
        _Key(0.28, lain_m, lying),
        _Key(lie_s, lain_m, lying),
        _Key(0.9, (-0.12 * tall_m, side * 0.24 * tall_m, 0.085 * tall_m), _rolled(side, 0.6, 0.35, 0.1, 0.7)),
        _Key(0.8, (-0.12 * tall_m, 0.0, 0.22 * tall_m)),
        _Key(0.8, home.rest_m),
    ]
    up_s = start_s + topple_s + 0.28 + lie_s
    home.lay(keys)
    caught = (start_s + 0.2 * topple_s, up_s + 0.5)
    far_m, near_m = side * 0.80 * tall_m, side * 0.62 * tall_m
    home.hand(side, caught, 0.65 * topple_s, (0.16 * tall_m, far_m))
    home.hand(side.other, caught, 0.75 * topple_s, (0.28 * tall_m, near_m))
    home.hand(side, (up_s + 0.1, up_s + 1.5), 0.6, (0.02 * tall_m, side * 0.46 * tall_m))


def _rolled(side: Side, pelvis: float, chest: float, head: float, feet: float) -> Posture:
    """A trunk that leans over to that side."""
    return Posture(
        1.0,
        0.10,
        0.12,
        0.15,
        pelvis_roll=-side * pelvis,
        chest_roll=-side * chest,
        head_roll=-side * head,
        foot_roll=-side * feet,
    )


def _topple_s(height_m: float) -> float:
    """A tree of that height that is pushed off takes about this long."""
    return 2.4 * math.sqrt(height_m / 9.81)


class _Home:
    """The place between the feet of somebody who stands, with axes ahead and left.

    Raises:
        ValueError: the person is in the middle of a step.
    """

    def __init__(self, motion: Motion) -> None:
        if not motion.standing:
            raise ValueError("going to the floor begins from standing: end the walk with a step that stops")
        self._motion = motion
        heading_rad = motion.heading_rad
        self._ahead = np.array([math.cos(heading_rad), math.sin(heading_rad)])
        self._left = np.array([-self._ahead[1], self._ahead[0]])
        places = [np.array(track.last.place) for track in motion.feet.values()]
        self._middle_m = 0.5 * (places[0] + places[1])
        self._rest = motion.hips.end
        self.rest_m = self._own(self._rest[:3])

    def point_m(self, ahead_m: float, left_m: float, up_m: float) -> FloatArray:
        return np.array([*(self._middle_m + ahead_m * self._ahead + left_m * self._left), up_m])

    def ankle_m(self, side: Side, posture: Posture) -> tuple[float, float, float]:
        """The ankle of a foot that is tipped so."""
        track, tilt = self._motion.feet[side], posture.feet
        return self._own(track.planted(track.last, tilt.pitch, tilt.roll).ankle_m)

    def lay(self, keys: Sequence[_Key]) -> float:
        """Add the keys to the plan; returns when the last is reached."""
        motion, start_s = self._motion, self._motion.planned_until_s
        times_s = [start_s + float(after_s) for after_s in np.cumsum([key.after_s for key in keys])]
        hips = [np.array([*self.point_m(*key.hips_m), self._rest[3]]) for key in keys]
        motion.postures.add(start_s, times_s, [key.posture for key in keys])
        pass_through(motion.hips, times_s, hips)
        return times_s[-1]

    def hands(self, during_s: tuple[float, float], rise_s: float, at_m: tuple[float, float]) -> None:
        """Both hands on the floor, each on its side."""
        for side in Side:
            self.hand(side, during_s, rise_s, (at_m[0], side * at_m[1]))

    def hand(
        self, side: Side, during_s: tuple[float, float], rise_s: float, at_m: tuple[float, float]
    ) -> None:
        """A hand on the floor, ahead and left of the place between the feet."""
        target_m = self.point_m(*at_m, _PALM_UP * self._motion.body.height_m)
        bent = {side: Arm(2.3, 0.5, 0.0, 0.5)}
        self._motion.gestures.append(Gesture(*during_s, rise_s, 0.45, bent, target_m=target_m))

    def _own(self, place_m: FloatArray) -> tuple[float, float, float]:
        from_middle_m = place_m[:2] - self._middle_m
        return float(from_middle_m @ self._ahead), float(from_middle_m @ self._left), float(place_m[2])
