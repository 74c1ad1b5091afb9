"""Hands on a wall: a reach that brings a fingertip to a place, and who touches what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from didim.geometry import FloatArray
from didim.people import Joint
from didim.sim._feet import Side
from didim.sim._figure import Arm
from didim.sim._gesture import Gesture
from didim.sim._motion import Pose3D

RISE_S, HOLD_S, FALL_S = 0.45, 0.5, 0.45
TOUCH_M = 0.03
"""A fingertip that is nearer to the wall's plane touches it."""
_ROUNDS = 5
_INDEX = {Side.LEFT: Joint.LEFT_INDEX, Side.RIGHT: Joint.RIGHT_INDEX}
_FINGERS = {
    Side.LEFT: [Joint.LEFT_INDEX, Joint.LEFT_PINKY, Joint.LEFT_THUMB],
    Side.RIGHT: [Joint.RIGHT_INDEX, Joint.RIGHT_PINKY, Joint.RIGHT_THUMB],
}


class Gesturing(Protocol):
    """A motion with arms, on feet or on wheels."""

    gestures: list[Gesture]

    @property
    def planned_until_s(self) -> float: ...

    def pose(self, t_s: float) -> Pose3D: ...


def touch(motion: Gesturing, side: Side, place_m: FloatArray, stay: Callable[[float], None]) -> None:
    """Lay one hand on a wall that is met along y, its index finger at a place, (3,) metres; and let go.

    The finger that is foremost meets the wall. `stay` plans that the body stays as long. Who cannot reach so
    far stretches towards it.
    """
    start_s = motion.planned_until_s
    end_s = start_s + RISE_S + HOLD_S + FALL_S
    arms = {side: Arm(0.9, 0.2, 0.0, 0.4)}
    gesture = Gesture(start_s, end_s, RISE_S, FALL_S, arms, target_m=np.array(place_m, np.float64))
    motion.gestures.append(gesture)
    stay(end_s - start_s)
    # a gesture leads the wrist: how the hand goes on from it is found out by trying
    for _ in range(_ROUNDS):
        joints_m = motion.pose(start_s + RISE_S + 0.5 * HOLD_S).joints_m
        miss_m = place_m - joints_m[_INDEX[side]]
        miss_m[1] = place_m[1] - joints_m[_FINGERS[side], 1].max()
        gesture = replace(gesture, target_m=gesture.target_m + miss_m)
        motion.gestures[-1] = gesture


def resting(gestures: Sequence[Gesture], t_s: float) -> list[tuple[Side, float]]:
    """Hands that rest where they reached for, and since when."""
    return [
        (side, gesture.start_s + gesture.rise_s)
        for gesture in gestures
        if gesture.target_m is not None
        and gesture.start_s + gesture.rise_s <= t_s <= gesture.end_s - gesture.fall_s
        for side in gesture.arms
    ]


def hand_on_wall(joints_m: FloatArray, side: Side) -> tuple[float, float, float]:
    """The index finger's place on the wall and the nearest finger's distance; (33, 3) in the wall's frame."""
    x_m, y_m, _ = joints_m[_INDEX[side]].tolist()
    return x_m, y_m, float(joints_m[_FINGERS[side], 2].min())
