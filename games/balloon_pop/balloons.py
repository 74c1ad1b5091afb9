"""The balloons: each shows the hand that is to pop it, left or right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Joint, Player, Point, Symbol, popped

from .hand import Side, draw_hand

INFLATE_S = 0.5
BLINK_SHARE = 0.3
MIDLINE_M = 0.10
GOLD = Color(2.2, 1.35, 0.14)


@dataclass(frozen=True, slots=True)
class Balloon:
    """A balloon that `player_id` may pop until `born_s` + `life_s`.

    Attributes:
        hand: the one it shows; across: that hand has to cross the middle of the body for it.
    """

    player_id: int
    place: Point
    radius_m: float
    born_s: float
    life_s: float
    color: Color
    symbol: Symbol
    hand: Side
    across: bool

    def left(self, t_s: float) -> float:
        """Share of its time left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def holds(self, hand: Point) -> bool:
        return self.place.distance_m(hand) <= self.radius_m

    def draw(self, canvas: Canvas, t_s: float) -> None:
        age_s, left = t_s - self.born_s, self.left(t_s)
        size_m = self.radius_m * max(0.05, popped(age_s / INFLATE_S))
        sway_rad = 0.12 * math.sin(1.7 * t_s + 9 * self.place.x_m)
        opacity = min(1.0, left / BLINK_SHARE) * 0.6 + 0.4
        canvas.glow(self.place, 1.9 * size_m, self.color, opacity=0.28 * opacity)
        if self.across:
            canvas.glow(self.place, 2.1 * size_m, GOLD, opacity=0.6)
        canvas.balloon(self.place, size_m, self.color.times(1.35), turn_rad=sway_rad, opacity=opacity)
        draw_hand(canvas, self.place, 0.62 * size_m, self.hand, opacity=opacity)
        tail = self.place.moved(0.0, -1.28 * size_m)
        canvas.symbol(self.symbol, tail, 0.2 * size_m, self.color.times(1.4), opacity=opacity)
        if self.across:  # worth double: stars that go round it
            for index in range(3):
                angle_rad = 1.6 * age_s + math.tau * index / 3
                star = self.place.moved(
                    1.2 * size_m * math.cos(angle_rad), 1.2 * size_m * math.sin(angle_rad)
                )
                canvas.star(star, 0.2 * size_m, GOLD, turn_rad=angle_rad)


def side_of(player: Player, place: Point) -> Side | None:
    """On which side of the body's middle a place is; None where it is before the body."""
    if not player.joints:
        return None
    middle_m = (player.joints[Joint.LEFT_HIP].x_m + player.joints[Joint.RIGHT_HIP].x_m) / 2
    if abs(place.x_m - middle_m) < MIDLINE_M:
        return None
    return "left" if place.x_m < middle_m else "right"
