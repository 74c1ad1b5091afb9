"""Pushes to a goal: a wheelchair turns on the spot, rolls, and stops with its centre on the target."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim._feet import Side
from didim.sim._figure import Arm
from didim.sim._gesture import Gesture
from didim.sim._touch import touch
from didim.sim._walker import Free
from didim.sim._wheelchair import WheelchairMotion

_PUSH_S = 0.8
_FASTEST_TURN_RAD_S = 1.6
_SPEED_UP_M_S = 0.45
_BRAKE_M_S2 = 1.1
_ALIGNED_RAD, _BEHIND_RAD = 0.35, 1.2
_DETOURS_RAD = (0.0, 0.5, -0.5, 1.0, -1.0)
_SHARES = (1.0, 0.6, 0.3)


class Roller:
    """A motion on wheels, led like a Walker: each call adds one push, turn or pause to its plan.

    Attributes:
        center: where the plan ends, perhaps still rolling.
        way: the points that the chair's centre passes on the piece planned last, and while it brakes.
    """

    girth = 0.155
    room_m = 0.45
    margin_m = 0.36

    def __init__(self, motion: WheelchairMotion) -> None:
        self.motion = motion
        self.way: tuple[Point, ...] = (motion.center, motion.center)

    @property
    def center(self) -> Point:
        return self.motion.center

    @property
    def squared_up(self) -> bool:
        """At rest."""
        return self.motion.speed_m_s == 0.0

    def pause(self, duration_s: float) -> None:
        """Brake, or, once that is done, rest."""
        speed_m_s = self.motion.speed_m_s
        self._push(max(speed_m_s / _BRAKE_M_S2, 0.35) if speed_m_s else duration_s, 0.0, 0.0)

    def rest(self, duration_s: float) -> None:
        """Stay on the target."""
        self.pause(duration_s)

    def halt(self, free: Free) -> None:
        """Grip the rims and stop as fast as a chair can without tipping."""
        self._push(max(0.4 * self.motion.speed_m_s, 0.25), 0.0, 0.0)

    def toward(self, goal: Point, speed_m_s: float, free: Free, *, short_m: float = 0.0) -> bool:
        """Push towards `goal`, or stop `short_m` before it; around what is not free.

        Returns whether that brought the chair nearer or better turned.
        """
        error_rad = self._error_rad(goal)
        left_m = max(self.center.distance_m(goal) - short_m, 0.0)
        if self.squared_up and abs(error_rad) > _ALIGNED_RAD:
            self._turn(error_rad)
            return True
        if left_m < 0.1 or abs(error_rad) > _BEHIND_RAD:
            rolled = not self.squared_up
            self.pause(0.3)
            return rolled
        best = self._best_push(goal, error_rad, min(speed_m_s, 1.6), left_m, free)
        if best is None:
            self.pause(0.3)
            return False
        before_m = self.center.distance_m(goal)
        self._push(_PUSH_S, *best)
        return self.center.distance_m(goal) < before_m - 0.02

    def cover(self, target: Point, free: Free) -> bool:
        """Turn, roll and stop right over `target`, if the chair is near, at rest and the way is free."""
        distance_m = self.center.distance_m(target)
        if not self.squared_up or distance_m > 1.2 or not free(self.center, target):
            return False
        if distance_m < 0.02:
            self.pause(0.2)
            return True
        self._turn(self._error_rad(target))
        start = self.center
        # Speed rises and falls evenly: the way is half of top speed times the whole time.
        roll_s = max(2.0 * math.sqrt(2.0 * distance_m / _BRAKE_M_S2), 0.8)
        self._push(0.5 * roll_s, 2.0 * distance_m / roll_s, 0.0)
        self._push(0.5 * roll_s, 0.0, 0.0)
        self.way = (start, self.center)
        return True

    def touch(self, side: Side, place_m: FloatArray) -> None:
        """Reach for a place with one hand, at rest."""
        touch(self.motion, side, place_m, lambda duration_s: self._push(duration_s, 0.0, 0.0))

    def rejoice(self, rng: np.random.Generator) -> None:
        """Both arms up."""
        high = {side: Arm(2.4, 0.5, 0.0, 0.3) for side in Side}
        self._gesture(high, float(rng.uniform(1.4, 2.0)))

    def play(self, rng: np.random.Generator, free: Free) -> None:
        """Spin round, wave, or rejoice, by chance."""
        choice = rng.integers(3)
        if choice == 0:
            self._turn(2.0 * math.pi * (1.0 if rng.random() < 0.5 else -1.0))
        elif choice == 1:
            side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
            self._gesture({side: Arm(0.25, 1.75, 1.45, 1.05)}, 1.8, wag_rad=0.35)
        else:
            self.rejoice(rng)

    def fall(self, rng: np.random.Generator, free: Free) -> None:
        """A chair does not fall over: its sitter startles instead."""
        self.rejoice(rng)

    def _gesture(self, arms: dict[Side, Arm], duration_s: float, wag_rad: float = 0.0) -> None:
        start_s = self.motion.planned_until_s
        gesture = Gesture(start_s, start_s + duration_s, 0.6, 0.6, arms, wag_rad=wag_rad)
        self.motion.gestures.append(gesture)
        self._push(duration_s, 0.0, 0.0)

    def _turn(self, turn_rad: float) -> None:
        # An eased turn is fastest in its middle, at one and a half times its mean rate.
        self._push(max(1.5 * abs(turn_rad) / _FASTEST_TURN_RAD_S, 0.35), 0.0, turn_rad)

    def _best_push(
        self, goal: Point, error_rad: float, speed_m_s: float, left_m: float, free: Free
    ) -> tuple[float, float] | None:
        """Speed and turn of the open push after which, braking at once, the least way is left."""
        best, least = None, math.inf
        motion = self.motion
        for detour_rad in _DETOURS_RAD:
            most_rad = _FASTEST_TURN_RAD_S * _PUSH_S / 1.5
            turn_rad = min(max(error_rad + detour_rad, -most_rad), most_rad)
            for share in _SHARES:
                to_m_s = min(share * speed_m_s, motion.speed_m_s + _SPEED_UP_M_S)
                to_m_s *= max(math.cos(error_rad + detour_rad), 0.2)
                end = motion.would_reach(_PUSH_S, to_m_s, turn_rad)
                rest = _after_braking(end, motion.heading_rad + turn_rad, to_m_s)
                if self.center.distance_m(rest) > left_m + 0.02 and detour_rad == 0.0:
                    continue
                if not (free(self.center, end) and free(end, rest)):
                    continue
                cost = rest.distance_m(goal) + 0.25 * abs(error_rad - turn_rad) + 0.05 * abs(detour_rad)
                if cost < least:
                    best, least = (to_m_s, turn_rad), cost
        return best

    def _push(self, duration_s: float, to_m_s: float, turn_rad: float) -> None:
        start = self.center
        self.motion.push(duration_s, to_m_s, turn_rad)
        self.way = (start, self.center, _after_braking(self.center, self.motion.heading_rad, to_m_s))

    def _error_rad(self, goal: Point) -> float:
        """How far the way to the goal turns from where the chair faces, -pi to pi."""
        if self.center.distance_m(goal) < 0.02:
            return 0.0
        wanted_rad = math.atan2(goal.y_m - self.center.y_m, goal.x_m - self.center.x_m)
        return math.remainder(wanted_rad - self.motion.heading_rad, 2.0 * math.pi)


def _after_braking(at: Point, heading_rad: float, speed_m_s: float) -> Point:
    """Where a chair comes to rest that begins to brake now."""
    way_m = 0.5 * speed_m_s * max(speed_m_s / _BRAKE_M_S2, 0.35) if speed_m_s else 0.0
    return at.moved(way_m * math.cos(heading_rad), way_m * math.sin(heading_rad))
