"""Jumps and hops: how long both feet are off the surface, and how high that carries."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from didim.geometry import Point
from didim.people import Side
from didim.track._contact import Touch
from didim.track._feet import FootSight
from didim.track._happening import Happening

GRAVITY_M_S2 = 9.81
TOGETHER_S = 0.14
FLIGHT_S = (0.13, 0.9)
RISES_SHARE = 0.35
"""Of what a flight of that length lifts: less, and nobody was in the air."""
TOUCH_SD_S = 0.3
"""Standard deviation of a contact's time, in pictures."""
KEPT_S = 1.2


@dataclass(slots=True)
class _Foot:
    up: Touch | None = None
    down: Touch | None = None

    @property
    def up_s(self) -> float:
        return self.up.t_s if self.up else -math.inf

    @property
    def down_s(self) -> float:
        return self.down.t_s if self.down else 0.0

    @property
    def stands(self) -> bool:
        return self.down_s > self.up_s


class Leaps:
    """Puts the touches of both feet together with how high their soles were in the picture.

    In a jump both feet leave and land together; in a hop one does while the other is held up. Both feet
    rise, as far as free flight lifts a body in that time: it is that which tells a jump from a step. Runners
    fly as well, but land on the other foot: they neither jump nor hop.
    """

    def __init__(self) -> None:
        self._feet: dict[Side, _Foot] = {"left": _Foot(), "right": _Foot()}
        self._seen: deque[tuple[float, tuple[FootSight, FootSight]]] = deque()
        self._told_s = -math.inf

    def flip(self) -> None:
        """Left was right all along."""
        self._feet = {"left": self._feet["right"], "right": self._feet["left"]}
        self._seen = deque((t_s, (right, left)) for t_s, (left, right) in self._seen)

    def see(self, feet: tuple[FootSight, FootSight], t_s: float) -> None:
        """Take the newest sight of both feet."""
        self._seen.append((t_s, feet))
        while self._seen[0][0] < t_s - KEPT_S:
            self._seen.popleft()

    def add(self, side: Side, touch: Touch, picture_s: float) -> tuple[list[Happening], bool]:
        """Take a touch; `picture_s` is the time from picture to picture.

        Returns what it tells, and whether the other foot, of which no touch told, has landed with it.
        """
        foot, other = self._feet[side], self._feet["right" if side == "left" else "left"]
        if not touch.down:
            foot.up = touch
            return self._taken_off(foot, other), False
        foot.down = touch
        if foot.up is None or foot.up_s < self._told_s or not self._flew(foot.up_s, foot.down_s):
            return [], False
        if abs(foot.up_s - other.up_s) < TOGETHER_S + picture_s:
            if not other.stands:
                return [], False  # it is about to land
            left_s, landed_s = max(foot.up_s, other.up_s), min(foot.down_s, other.down_s)
            return self._told("jump", None, (left_s, landed_s), picture_s), False
        if other.stands and other.down_s < foot.up_s:
            other.up, other.down = foot.up, touch
            return self._told("jump", None, (foot.up_s, foot.down_s), picture_s), True
        if not other.stands and other.up_s < foot.up_s:
            return self._told("hop", side, (foot.up_s, foot.down_s), picture_s), False
        return [], False

    def _taken_off(self, foot: _Foot, other: _Foot) -> list[Happening]:
        if other.stands or abs(foot.up_s - other.up_s) > TOGETHER_S:
            return []
        return [Happening("take_off", max(foot.up_s, other.up_s), self._middle(), score=self._score())]

    def _flew(self, left_s: float, landed_s: float) -> bool:
        """Whether both soles rose over the line from leaving to landing, as free flight would lift them."""
        flight_s = landed_s - left_s
        if not FLIGHT_S[0] <= flight_s <= FLIGHT_S[1]:
            return False
        return all(self._rise_m(i, left_s, landed_s) > RISES_SHARE * _height_m(flight_s) for i in (0, 1))

    def _rise_m(self, foot: int, left_s: float, landed_s: float) -> float:
        seen = [(t_s, feet[foot]) for t_s, feet in self._seen if feet[foot].seen]
        if len(seen) < 3:
            return 0.0
        times_s = [t_s for t_s, _ in seen]
        up_m = np.array([sight.up_m / max(sight.upright, 0.3) for _, sight in seen])
        start_m, end_m = np.interp([left_s, landed_s], times_s, up_m)
        middle_s = [
            t_s
            for t_s in times_s
            if left_s + 0.25 * (landed_s - left_s) <= t_s <= left_s + 0.75 * (landed_s - left_s)
        ]
        middle_s = middle_s or [0.5 * (left_s + landed_s)]
        middle_m = float(np.median(np.interp(middle_s, times_s, up_m)))
        return middle_m - 0.5 * float(start_m + end_m)

    def _told(
        self, kind: Literal["jump", "hop"], side: Side | None, flight: tuple[float, float], picture_s: float
    ) -> list[Happening]:
        left_s, landed_s = flight
        flight_s = landed_s - left_s
        if flight_s < FLIGHT_S[0] or left_s < self._told_s:
            return []
        self._told_s = landed_s
        flight_sd_s = math.sqrt(2.0) * TOUCH_SD_S * picture_s
        touch = self._feet[side].down if side else None
        place = Point(*touch.place.tolist()) if touch else self._middle()
        size_sd_m = GRAVITY_M_S2 * flight_s / 4.0 * flight_sd_s
        return [
            Happening(
                kind, landed_s, place, side, flight_s, _height_m(flight_s), size_sd_m, score=self._score()
            )
        ]

    def _middle(self) -> Point:
        touches = [foot.down or foot.up for foot in self._feet.values()]
        return Point(*np.mean([touch.place for touch in touches if touch], axis=0).tolist())

    def _score(self) -> float:
        touches = [foot.down or foot.up for foot in self._feet.values()]
        return min((touch.score for touch in touches if touch), default=0.0)


def _height_m(flight_s: float) -> float:
    """How high free flight of that length carries, up and down again: g t^2 / 8."""
    return GRAVITY_M_S2 * flight_s**2 / 8.0
