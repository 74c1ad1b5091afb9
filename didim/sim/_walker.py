"""Footsteps to a goal: length and pace by size and speed, turns by what hips allow."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim import _floor as floor
from didim.sim import _moves as moves
from didim.sim._body import GRAVITY_M_S2, Body
from didim.sim._feet import Side
from didim.sim._motion import TOES_OUT_RAD, Footfall, Motion, aside_of_m, beside
from didim.sim._touch import touch

Free = Callable[[Point, Point], bool]
"""Whether the way from one point to another is open to a person."""

_OPEN_TURN_RAD, _CROSS_TURN_RAD = 0.85, 0.40
_WALK_WIDTH, _STAND_WIDTH = 0.75, 1.10
_SPEED_UP_M_S = 0.7
_DETOURS_RAD = (0.0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2)
_SHARES = (1.0, 0.6, 0.3)
_WAYS: tuple[tuple[Literal["ahead", "left", "right"], float], ...] = (
    ("ahead", 0.0),
    ("left", 0.5 * math.pi),
    ("right", -0.5 * math.pi),
)


def step_length_m(body: Body, speed_m_s: float) -> float:
    """R. McN. Alexander, "Estimates of speeds of dinosaurs", Nature 261 (1976): stride = 2.3 leg Fr^0.3."""
    froude = speed_m_s**2 / (GRAVITY_M_S2 * body.leg_m)
    return float(1.15 * body.leg_m * froude**0.3)


def flight_share(body: Body, speed_m_s: float) -> float:
    """Share of a step spent in the air: none below a Froude number of 0.45, where people begin to run."""
    froude = speed_m_s**2 / (GRAVITY_M_S2 * body.leg_m)
    share = 0.28 * min((froude - 0.40) / 0.30, 1.0)
    return share if froude > 0.45 else 0.0


@dataclass(frozen=True, slots=True)
class _Stride:
    """A step under consideration: how far the walk turns and goes on, and where it then is."""

    turn_rad: float
    length_m: float
    center: Point


class Walker:
    """A motion that walks: each call adds one step or one pause to its plan.

    Attributes:
        center: where the person stands when the next step only brings the feet together.
        way: the points that the body's middle passes on the piece planned last.
    """

    def __init__(self, motion: Motion, at: Point) -> None:
        self.motion = motion
        self.center = at
        self.way: tuple[Point, ...] = (at, at)
        self._heading_rad = motion.heading_rad
        self._speed_m_s = 0.0
        self._last_side = Side.RIGHT

    @property
    def squared_up(self) -> bool:
        """Standing with both feet side by side."""
        first, second = (track.last.place for track in self.motion.feet.values())
        return self.motion.standing and first.distance_m(second) < 2.6 * self.motion.body.hip_half_m

    girth = 0.115
    room_m = 0.275
    margin_m = 0.28

    def pause(self, duration_s: float) -> None:
        """Stop, bring the feet together, or, once that is done, stand."""
        if self.squared_up:
            self.motion.stand(duration_s)
            self.way = (self.center, self.center)
        else:
            self._take(_Stride(0.0, 0.0, self.center), self._side(0.0), 0.0)

    def rest(self, duration_s: float) -> None:
        """Stand as the feet are."""
        self.motion.stand(duration_s)
        self.way = (self.center, self.center)

    def halt(self, free: Free) -> None:
        """Stop dead out of a walk or run, where the way is free for that; else stop as ever."""
        before, way_m = self._hips(), moves.halting_m(self.motion)
        ahead = before.moved(way_m * math.cos(self._heading_rad), way_m * math.sin(self._heading_rad))
        if self.motion.next_side is None or self._speed_m_s < 0.4 or not free(before, ahead):
            self.pause(0.1)
            return
        side = self.motion.next_side
        moves.stop_dead(self.motion)
        self.center, self._last_side, self._speed_m_s = self._hips(), side, 0.0
        self.way = (before, self.center)

    def toward(self, goal: Point, speed_m_s: float, free: Free, *, short_m: float = 0.0) -> bool:
        """Step towards `goal` or, `short_m` before it, turn to face it; around what is not free.

        Returns whether that brought the person nearer or better turned.
        """
        error_rad = self._error_rad(goal)
        side = self._side(error_rad)
        turning = max(math.cos(min(abs(error_rad), 1.4)), 0.3)
        speed_m_s = min(max(speed_m_s * turning, 0.3), self._speed_m_s + _SPEED_UP_M_S)
        length_m = step_length_m(self.motion.body, speed_m_s)
        left_m = max(self.center.distance_m(goal) - short_m, 0.0)
        best = self._best_stride(goal, side, error_rad, length_m, left_m, free)
        if best is None:
            self.pause(0.25)
            return False
        nearer = best.center.distance_m(goal) < self.center.distance_m(goal) - 0.02
        turned = abs(error_rad) > 0.3 and abs(error_rad - best.turn_rad) < abs(error_rad) - 0.2
        self._take(best, side, speed_m_s)
        return nearer or turned

    def cover(self, target: Point, free: Free) -> bool:
        """Put the next foot right on `target` and stop there, if one step can; returns whether it did."""
        body = self.motion.body
        longest_m = 1.15 * step_length_m(body, body.walk_speed_m_s)
        sides = [self.motion.next_side] if self.motion.next_side else [self._last_side.other, self._last_side]
        for side in sides:
            aside_m = side * _WALK_WIDTH * body.hip_half_m
            aside_rad = math.asin(aside_m / max(self.center.distance_m(target), abs(aside_m)))
            turn_rad = self._held(self._error_rad(target) - aside_rad, side)
            heading_rad = self._heading_rad + turn_rad
            center = beside(target, heading_rad, side.other, body, _WALK_WIDTH)
            ahead_m = (center.x_m - self.center.x_m) * math.cos(heading_rad) + (
                center.y_m - self.center.y_m
            ) * math.sin(heading_rad)
            length_m = self.center.distance_m(center)
            if (
                length_m <= longest_m
                and (ahead_m >= 0.7 * length_m or length_m < 0.35 * body.leg_m)
                and self._crossing_m(side, target, heading_rad) <= 0.0
                and free(self.center, center)
            ):
                self._take(_Stride(turn_rad, length_m, center), side, body.walk_speed_m_s, stops=True)
                return True
        return False

    def touch(self, side: Side, place_m: FloatArray) -> None:
        """Reach for a place with one hand, feet together."""
        self._on_the_spot()
        touch(self.motion, side, place_m, self.motion.stand)

    def rejoice(self, rng: np.random.Generator) -> None:
        """Jump for joy, from standing with the feet together."""
        self._on_the_spot()
        moves.jump(self.motion, float(rng.uniform(0.06, 0.15)))

    def play(self, rng: np.random.Generator, free: Free) -> None:
        """One move on the spot, by chance, from standing with the feet together."""
        self._on_the_spot()
        motion = self.motion
        side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
        choice = rng.integers(6)
        if choice == 0:
            moves.jump(motion, float(rng.uniform(0.08, 0.22)))
        elif choice == 1:
            moves.star_jump(motion)
        elif choice == 2:
            moves.hop(motion, side, count=int(rng.integers(1, 4)))
        elif choice == 3:
            moves.squat(motion, depth=float(rng.uniform(0.25, 0.45)))
        elif choice == 4:
            self._sit(float(rng.uniform(0.8, 2.5)), free)
        else:
            moves.wave(motion, side)
            motion.stand(2.0)

    def fall(self, rng: np.random.Generator, free: Free) -> None:
        """Fall over to a side that is free and get up again, or else sit down; from feet together."""
        self._on_the_spot()
        start, length_m = int(rng.integers(len(_WAYS))), self.motion.body.height_m
        for way, aside_rad in (*_WAYS[start:], *_WAYS[:start]):
            toward_rad = self._heading_rad + aside_rad
            lain = self.center.moved(length_m * math.cos(toward_rad), length_m * math.sin(toward_rad))
            if free(self.center, lain):
                self.way = (self.center, lain)
                floor.fall(self.motion, way, lie_s=float(rng.uniform(0.4, 1.5)))
                return
        self._sit(1.0, free)

    def _sit(self, hold_s: float, free: Free) -> None:
        """Sit down, where there is room behind, else only squat."""
        back_m = 0.4 * self.motion.body.height_m
        seat = self.center.moved(-back_m * math.cos(self._heading_rad), -back_m * math.sin(self._heading_rad))
        if free(self.center, seat):
            self.way = (self.center, seat)
            floor.sit(self.motion, hold_s=hold_s)
        else:
            moves.squat(self.motion)

    def _on_the_spot(self) -> None:
        self.way = (self.center, self.center)

    def _hips(self) -> Point:
        hips_m = self.motion.hips.end
        return Point(float(hips_m[0]), float(hips_m[1]))

    def _best_stride(
        self, goal: Point, side: Side, error_rad: float, length_m: float, left_m: float, free: Free
    ) -> _Stride | None:
        """The open stride that leaves the least way and turn to go, at most `left_m` straight ahead."""
        best, least = None, math.inf
        for detour_rad in _DETOURS_RAD:
            turn_rad = self._held(error_rad + detour_rad, side)
            heading_rad = self._heading_rad + turn_rad
            facing = math.cos(error_rad + detour_rad - turn_rad)
            for share in _SHARES if facing > 0.2 else (0.0,):
                forward_m = min(share * length_m, left_m) if abs(detour_rad) < 0.1 else share * length_m
                center = self.center.moved(
                    forward_m * math.cos(heading_rad), forward_m * math.sin(heading_rad)
                )
                if not free(self.center, center):
                    continue
                cost = center.distance_m(goal) + 0.25 * abs(error_rad - turn_rad) + 0.05 * abs(detour_rad)
                if cost < least:
                    best, least = _Stride(turn_rad, forward_m, center), cost
        return best

    def _take(self, stride: _Stride, side: Side, speed_m_s: float, *, stops: bool = False) -> None:
        motion, body = self.motion, self.motion.body
        stops = stops or stride.length_m < 0.03
        nominal_m_s = max(speed_m_s, 0.75 * body.walk_speed_m_s)
        nominal_m = step_length_m(body, nominal_m_s)
        share = min(stride.length_m / nominal_m, 1.25)
        duration_s = nominal_m / nominal_m_s * (0.75 + 0.25 * share)
        if motion.standing:
            duration_s *= 1.15
        heading_rad = self._heading_rad + stride.turn_rad
        pace_m_s = 0.0 if stops else stride.length_m / duration_s
        flight_s = 0.0 if stops or self._speed_m_s < 0.7 * pace_m_s else flight_share(body, pace_m_s)
        width = _STAND_WIDTH if stride.length_m < 0.03 else _WALK_WIDTH
        place = beside(stride.center, heading_rad, side, body, width)
        crossing_m = self._crossing_m(side, place, heading_rad)
        if crossing_m > 0.0:
            place = beside(place, heading_rad, side, body, crossing_m / body.hip_half_m)
        start = self._hips()
        motion.step(
            Footfall(
                side=side,
                place=place,
                heading_rad=heading_rad + side * TOES_OUT_RAD,
                duration_s=duration_s,
                exit_m_s=(pace_m_s * math.cos(heading_rad), pace_m_s * math.sin(heading_rad)),
                flight_s=flight_s * duration_s,
            )
        )
        self.way = (start, self.center, stride.center)
        self.center, self._heading_rad, self._last_side = stride.center, heading_rad, side
        self._speed_m_s = pace_m_s

    def _crossing_m(self, side: Side, place: Point, heading_rad: float) -> float:
        """How far a foot at `place` lacks a clear way past the standing foot."""
        support = self.motion.feet[side.other].last
        facing_rad = 0.5 * (heading_rad + support.heading_rad)
        aside_m = aside_of_m(place, support.place, facing_rad)
        return 1.3 * self.motion.body.hip_half_m - side * aside_m

    def _error_rad(self, goal: Point) -> float:
        """How far the way to the goal turns from the way walked, -pi to pi."""
        if self.center.distance_m(goal) < 0.05:
            return 0.0
        wanted_rad = math.atan2(goal.y_m - self.center.y_m, goal.x_m - self.center.x_m)
        return math.remainder(wanted_rad - self._heading_rad, 2.0 * math.pi)

    def _side(self, error_rad: float) -> Side:
        """The foot to step with: the free one, else the one that can turn further, else the other one."""
        if self.motion.next_side is not None:
            return self.motion.next_side
        same, other = self._last_side, self._last_side.other
        gain_rad = abs(error_rad - self._held(error_rad, other)) - abs(
            error_rad - self._held(error_rad, same)
        )
        return same if self.squared_up and gain_rad > 0.1 else other

    def _held(self, turn_rad: float, side: Side) -> float:
        """A turn as far as one step can: wide to the side of the stepping foot, narrow across the other."""
        stood_rad = self.motion.feet[side.other].last.heading_rad - side.other * TOES_OUT_RAD
        wide, narrow = side * _OPEN_TURN_RAD, -side * _CROSS_TURN_RAD
        from_rad = stood_rad - self._heading_rad
        return min(max(turn_rad, from_rad + min(wide, narrow)), from_rad + max(wide, narrow))
