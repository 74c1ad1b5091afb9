"""The balloons: a player's own, and those far away that only drift."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Joint, Player, Point, Rng, Surface, Symbol, popped

INFLATE_S = 0.5
BLINK_SHARE = 0.3
MIDLINE_M = 0.08
FAR_COUNT = 7


@dataclass(frozen=True, slots=True)
class Balloon:
    """A balloon that `player_id` may pop until `born_s` + `life_s`."""

    player_id: int
    place: Point
    radius_m: float
    born_s: float
    life_s: float
    color: Color
    symbol: Symbol

    def left(self, t_s: float) -> float:
        """Share of its time left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def is_across(self, player: Player) -> bool:
        """Whether the hand that popped it had to cross the middle of the body."""
        left, right = player.joints[Joint.LEFT_INDEX], player.joints[Joint.RIGHT_INDEX]
        nearer_left = self.place.distance_m(Point(left.x_m, left.y_m)) < self.place.distance_m(
            Point(right.x_m, right.y_m)
        )
        middle_m = (player.joints[Joint.LEFT_HIP].x_m + player.joints[Joint.RIGHT_HIP].x_m) / 2
        side_m = self.place.x_m - middle_m
        return side_m > MIDLINE_M if nearer_left else side_m < -MIDLINE_M

    def draw(self, canvas: Canvas, t_s: float) -> None:
        age_s, left = t_s - self.born_s, self.left(t_s)
        size_m = self.radius_m * max(0.05, popped(age_s / INFLATE_S))
        sway_rad = 0.12 * math.sin(1.7 * t_s + 9 * self.place.x_m)
        opacity = min(1.0, left / BLINK_SHARE) * 0.6 + 0.4
        canvas.glow(self.place, 1.9 * size_m, self.color, opacity=0.35)
        canvas.balloon(self.place, size_m, self.color, turn_rad=sway_rad, opacity=opacity)
        canvas.symbol(self.symbol, self.place, 0.34 * size_m, Color(1.6, 1.5, 1.3), opacity=0.85 * opacity)


class Drift:
    """Small balloons in the distance, for the eye alone."""

    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface = surface
        self._starts = [
            (rng.uniform(0.05, 0.95), rng.random(), rng.uniform(0.05, 0.09), rng.random())
            for _ in range(FAR_COUNT)
        ]

    def draw(self, canvas: Canvas, t_s: float) -> None:
        for x_share, y_share, size, tint in self._starts:
            rise = (y_share + 0.03 * t_s * (0.5 + size * 6)) % 1.0
            x_m = self._surface.width_m * x_share + 0.05 * math.sin(0.7 * t_s + 9 * tint)
            radius_m = 0.5 * size * min(1.0, self._surface.height_m)
            color = Color(0.30 + 0.25 * tint, 0.10, 0.30 - 0.2 * tint)
            fade = min(1.0, 5 * rise, 5 * (1 - rise))
            canvas.balloon(Point(x_m, self._surface.height_m * rise), radius_m, color, opacity=0.7 * fade)
