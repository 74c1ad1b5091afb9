"""One player's way across: from gem to gem, with both feet on the stones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from didim.play import Canvas, Color, Point, Rng, Seat, popped

from .bridge import Bridge

GEM_EVERY_M, JITTER = 0.38, 0.2
REACH_M = 0.17
SLIP_S = 0.35  # a foot that only brushes the lava has not slipped
NUDGE_M = 0.05
CREAM, RIM = Color(1.6, 1.5, 1.3), Color(1.5, 1.4, 1.2)


class Event(NamedTuple):
    """What happened: onto the bridge, a gem taken, a slip, over; and whether without a slip."""

    kind: Literal["on", "gem", "slip", "over"]
    place: Point
    clean: bool


class Crossing:
    """Attributes: wide_m: of the bridge now; upwards: which way it goes; began: the first pad is reached."""

    def __init__(self, bridge: Bridge, wide_m: float, feet: Point, t_s: float, rng: Rng) -> None:
        self.bridge = bridge
        self.wide_m = wide_m
        middle_m = bridge.near.y_m + bridge.length_m / 2
        self.upwards = feet.y_m <= middle_m
        count = max(2, round(bridge.length_m / GEM_EVERY_M))
        between = [(index + rng.uniform(-JITTER, JITTER)) / count for index in range(1, count)]
        shares = [0.0, *between, 1.0]
        self._shares = shares if self.upwards else shares[::-1]
        self._next = 0
        self._moved_s = t_s
        self._nudge_m = 0.0
        self._off_s: float | None = None
        self._slipped = self._slipping = False
        self._clean = True

    @property
    def began(self) -> bool:
        return self._next > 0

    @property
    def place(self) -> Point:
        """Where the next gem is."""
        return self.bridge.at(self._shares[self._next]).moved(0.0, self._nudge_m)

    def update(self, feet: Sequence[Point], t_s: float, help_after_s: float) -> list[Event]:
        events = self._balance(feet, t_s) if self.began else []
        if any(foot.distance_m(self.place) <= REACH_M for foot in feet):
            return [*events, *self._take(t_s)]
        if t_s - self._moved_s >= help_after_s:  # it hops, and so catches the eye
            self._moved_s = t_s
            self._nudge_m = -self._nudge_m if self._nudge_m else NUDGE_M * (-1 if self.upwards else 1)
        return events

    def _balance(self, feet: Sequence[Point], t_s: float) -> list[Event]:
        """A slip counts once until both feet are on the stones again."""
        off = [foot for foot in feet if not self.bridge.holds(foot, self.wide_m, upwards=self.upwards)]
        if not off:
            self._off_s, self._slipping = None, False
            return []
        self._off_s = t_s if self._off_s is None else self._off_s
        if self._slipping or t_s - self._off_s < SLIP_S:
            return []
        self._slipping = self._slipped = True
        self._clean = False
        return [Event("slip", off[0], False)]

    def _take(self, t_s: float) -> list[Event]:
        place, clean, first = self.place, not self._slipped, not self.began
        self._next += 1
        self._moved_s, self._nudge_m, self._slipped = t_s, 0.0, self._slipping
        if first:
            return [Event("on", place, True)]
        if self._next < len(self._shares):
            return [Event("gem", place, clean)]
        self._next = len(self._shares) - 1
        return [Event("gem", place, clean), Event("over", place, self._clean)]

    def draw(self, canvas: Canvas, t_s: float, seat: Seat) -> None:
        self.bridge.draw(canvas, t_s, self.wide_m, upwards=self.upwards, seat=seat)
        for share in self._shares[self._next :]:
            if share != self._shares[self._next]:
                self._draw_gem(canvas, self.bridge.at(share), 0.06, t_s + 3 * share, seat, 0.85)
        size_m = 0.11 * max(0.1, popped(3 * (t_s - self._moved_s)))
        for wave in range(2):
            share = (0.7 * t_s + 0.5 * wave) % 1.0
            canvas.ring(self.place, 0.1 + 0.14 * share, seat.color, width_m=0.014, opacity=1 - share)
        hop = self.place.moved(0.0, 0.012 * abs(math.sin(4 * t_s)))
        self._draw_gem(canvas, hop, size_m, t_s, seat, 1.0)

    def _draw_gem(
        self, canvas: Canvas, place: Point, size_m: float, t_s: float, seat: Seat, opacity: float
    ) -> None:
        turn_rad = 0.5 * math.sin(1.5 * t_s)
        canvas.glow(place, 3 * size_m, seat.color, opacity=0.6 * opacity)
        canvas.polygon(place, size_m, RIM, sides=6, turn_rad=turn_rad, opacity=opacity)
        canvas.polygon(
            place, 0.6 * size_m, seat.color.times(2.2), sides=6, turn_rad=turn_rad, opacity=opacity
        )
        glint = place.moved(-0.3 * size_m, 0.35 * size_m)
        canvas.star(glint, 0.3 * size_m, CREAM, turn_rad=2 * t_s, opacity=opacity)
