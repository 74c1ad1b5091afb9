"""The drops of paint that players step on, and the wave that rinses a floor that is full."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.play import Canvas, Color, Player, Point, Seat, Surface, eased, popped

POP_S = 0.5
LAST_SHARE = 0.25
GOLD = Color(2.0, 1.3, 0.14)
DARK = Color(0.004, 0.012, 0.03)
CREAM = Color(1.6, 1.5, 1.3)
FOAM = Color(0.5, 1.0, 1.5)
CHEER_S, WASH_S = 1.6, 2.2


@dataclass(frozen=True, slots=True)
class Drop:
    """A drop of paint for one player; it dries at `born_s` + `life_s`."""

    player_id: int
    place: Point
    radius_m: float
    born_s: float
    life_s: float
    seat: Seat
    color: Color

    def left(self, t_s: float) -> float:
        """Share of its time left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        age_s, left = t_s - self.born_s, self.left(t_s)
        wobble = 1 + 0.05 * math.sin(4.1 * age_s)
        size_m = self.radius_m * max(0.05, popped(age_s / POP_S)) * wobble
        opacity = min(1.0, 0.25 + left / LAST_SHARE)
        canvas.glow(self.place, 3.0 * size_m, self.color, opacity=0.45 + 0.15 * math.sin(3 * age_s))
        canvas.disc(self.place, 1.25 * size_m, DARK, opacity=0.6 * opacity)
        canvas.splat(self.place, 1.05 * size_m, self.color.times(1.5), seed=self.born_s, opacity=opacity)
        canvas.symbol(self.seat.symbol, self.place, 0.42 * size_m, CREAM, opacity=opacity)
        canvas.ring(
            self.place,
            1.45 * size_m,
            self.color.times(1.8),
            width_m=0.1 * self.radius_m,
            progress=left,
            opacity=opacity,
        )
        for index in range(3):  # paint that jumps off the drop
            hop = (1.3 * age_s + index / 3) % 1.0
            angle_rad = 2.4 * index + 1.7 * math.floor(1.3 * age_s + index / 3)
            far_m = (0.6 + 1.3 * hop) * size_m
            bead = self.place.moved(far_m * math.cos(angle_rad), far_m * math.sin(angle_rad))
            canvas.disc(bead, max(0.004, 0.16 * size_m * (1 - hop)), self.color.times(1.6), opacity=1 - hop)


@dataclass(frozen=True, slots=True)
class Wave:
    """What happens from when the floor is full: a cheer, then water from the left."""

    since_s: float

    def share(self, t_s: float) -> float:
        """How much of the floor is rinsed."""
        return eased((t_s - self.since_s - CHEER_S) / WASH_S)

    def is_over(self, t_s: float) -> bool:
        return t_s - self.since_s >= CHEER_S + WASH_S

    def draw(self, canvas: Canvas, t_s: float, surface: Surface) -> None:
        share = self.share(t_s)
        if not 0.0 < share < 1.0:
            return
        count = 14
        for index in range(count):
            y_m = surface.height_m * (index + 0.5) / count
            swell_m = 0.05 * surface.height_m * math.sin(5 * t_s + 0.9 * index)
            x_m = min(surface.width_m, max(0.0, share * surface.width_m + swell_m))
            size_m = surface.height_m / count
            canvas.glow(Point(x_m, y_m), 2.6 * size_m, FOAM, opacity=0.5)
            canvas.ripple(Point(x_m, y_m), 1.2 * size_m, FOAM, opacity=0.6)


def draw_cover(canvas: Canvas, surface: Surface, share: float, color: Color) -> None:
    """How much of the floor is painted, as a stripe along the left and the right edge."""
    width_m = 0.012 * min(surface.width_m, surface.height_m)
    for x_m in (width_m, surface.width_m - width_m):
        low, high = Point(x_m, 0.2 * surface.height_m), Point(x_m, 0.8 * surface.height_m)
        canvas.line(low, high, Color(0.05, 0.06, 0.1), width_m=width_m, opacity=0.7)
        if share > 0.01:
            top = Point(x_m, (0.2 + 0.6 * min(1.0, share)) * surface.height_m)
            canvas.line(low, top, color, width_m=width_m)
            canvas.glow(top, 5 * width_m, color, opacity=0.7)


def draw_shade(canvas: Canvas, players: Sequence[Player]) -> None:
    """Darkness under feet, so that prints stay apart from paint of their own color."""
    for player in players:
        for foot in (player.left, player.right):
            canvas.disc(foot.place, 0.16, DARK, opacity=0.4)
