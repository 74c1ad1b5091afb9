"""The leaves to step on: how long they float, what they are worth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Surface, popped

POP_S = 0.45
BLOOM_S = 1.5
SINK_SHARE = 0.15
LANDING_SLACK_M = 0.04

GREEN = Color(0.03, 0.42, 0.12)
TEAL = Color(0.015, 0.28, 0.38)
GOLDEN = Color(0.70, 0.29, 0.02)
STAR = Color(2.4, 1.4, 0.14)
FRESH = Color(1.6, 0.85, 0.05)
LATE = Color(1.6, 0.14, 0.12)
LOTUS = Color(1.10, 0.24, 0.55)


@dataclass(frozen=True, slots=True)
class Pad:
    """A leaf that floats from `born_s` for `life_s`; a golden one carries a star and counts double.

    It rises near the player `risen_for`, and is anybody's.
    """

    risen_for: int
    center: Point
    radius_m: float
    born_s: float
    life_s: float
    golden: bool
    turn_rad: float

    def left(self, t_s: float) -> float:
        """Share of its life left, from 1 (fresh) down to 0 (sunk)."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def points(self, t_s: float) -> int:
        """10 at once, 5 at the last moment."""
        return (5 + round(5 * self.left(t_s))) * (2 if self.golden else 1)

    def holds(self, foot: Point) -> bool:
        """A foot stands on it; standing still counts as much as stamping."""
        return self.center.distance_m(foot) <= self.radius_m + LANDING_SLACK_M

    @property
    def color(self) -> Color:
        return GOLDEN if self.golden else (GREEN if self.turn_rad > 0 else TEAL)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        left, age_s = self.left(t_s), t_s - self.born_s
        opacity = min(1.0, left / SINK_SHARE)
        size_m = self.radius_m * max(0.02, popped(age_s / POP_S)) * (0.75 + 0.25 * opacity)
        turn_rad = self.turn_rad + 0.12 * math.sin(0.9 * age_s + self.turn_rad)
        if self.golden:
            canvas.glow(self.center, 2.1 * size_m, GOLDEN, opacity=0.55 * opacity)
        canvas.lily(self.center, size_m, self.color, turn_rad=turn_rad, opacity=opacity)
        ring_m = size_m + 0.22 * self.radius_m
        width_m = 0.1 * self.radius_m
        canvas.ring(self.center, ring_m, Color(0.10, 0.11, 0.2), width_m=0.6 * width_m, opacity=0.6 * opacity)
        canvas.ring(
            self.center, ring_m, LATE.mixed(FRESH, left), width_m=width_m, progress=left, opacity=opacity
        )
        if self.golden:
            beat = 1 + 0.06 * math.sin(4 * age_s)
            canvas.star(
                self.center, 0.52 * size_m * beat, STAR, turn_rad=0.2 * math.sin(age_s), opacity=opacity
            )


@dataclass(frozen=True, slots=True)
class Bloom:
    """A lotus that opens where somebody landed."""

    pad: Pad
    at_s: float

    def left(self, t_s: float) -> float:
        """Share of its time left, from 1 (just landed) down to 0."""
        return max(0.0, 1 - (t_s - self.at_s) / BLOOM_S)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        left, pad = self.left(t_s), self.pad
        opacity = min(1.0, 2.5 * left)
        size_m = 0.8 * pad.radius_m * max(0.02, popped((t_s - self.at_s) / POP_S))
        canvas.glow(pad.center, 2.2 * pad.radius_m, FRESH, opacity=0.25 * left)
        canvas.lily(pad.center, pad.radius_m, pad.color, turn_rad=pad.turn_rad, opacity=0.7 * opacity)
        canvas.lotus(
            pad.center, size_m, LOTUS, turn_rad=pad.turn_rad + 0.4 * (1 - left), opacity=0.9 * opacity
        )


def fitting_radius_m(surface: Surface, players: int, wanted_m: float) -> float:
    """The radius of a pad that leaves this many players room for theirs."""
    short_m = min(surface.width_m, surface.height_m)
    room_m = math.sqrt(surface.width_m * surface.height_m / players)
    return min(wanted_m, 0.14 * short_m, 0.14 * room_m)


def path(source: Point, target: Point) -> list[Point]:
    """A gently bent way between two points."""
    dx_m, dy_m = target.x_m - source.x_m, target.y_m - source.y_m
    shares = [0.2 + 0.6 * step / 8 for step in range(9)]
    bends = [0.12 * math.sin(math.pi * share) for share in shares]
    return [
        source.moved(dx_m * share - dy_m * bend, dy_m * share + dx_m * bend)
        for share, bend in zip(shares, bends, strict=True)
    ]
