"""The falling stars: where they come from, where they land, and the great one that all catch together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Surface, eased, popped

STAR = Color(2.4, 1.4, 0.14)
PALE = Color(0.75, 0.95, 1.7)
LATE = Color(1.7, 0.3, 0.25)
VIOLET = Color(1.25, 0.5, 2.0)
HOME_S = 0.7
SLACK_M = 0.04
TAIL_M = 0.7


@dataclass(frozen=True, slots=True)
class Star:
    """A star that falls from the rim at `source` to `place`, where a ring waits for `fall_s`.

    It falls near the player `falls_for`, None for the great star; anybody may catch it.
    """

    falls_for: int | None
    source: Point
    place: Point
    radius_m: float
    born_s: float
    fall_s: float

    @property
    def great(self) -> bool:
        return self.falls_for is None

    @property
    def due_s(self) -> float:
        """When it is down: who stands in its ring by then has caught it."""
        return self.born_s + self.fall_s

    def left(self, t_s: float) -> float:
        """Share of its fall that is left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.fall_s)

    def holds(self, foot: Point) -> bool:
        return self.place.distance_m(foot) <= self.radius_m + SLACK_M

    def at(self, t_s: float) -> Point:
        """Where it flies: slow at the rim, quicker towards its ring."""
        return between(self.source, self.place, min(1.0, (1 - self.left(t_s)) ** 1.15))

    def draw(self, canvas: Canvas, t_s: float, *, timed: bool) -> None:
        age_s, left, at = t_s - self.born_s, self.left(t_s), self.at(t_s)
        color = VIOLET if self.great else PALE
        ring_m = self.radius_m * max(0.05, popped(age_s / 0.5))
        beat = 0.5 + 0.5 * math.sin(5 * age_s)
        canvas.glow(self.place, 1.7 * ring_m, color, opacity=0.22 + 0.12 * beat)
        canvas.ring(self.place, ring_m, color.times(0.5), width_m=0.1 * self.radius_m, opacity=0.5)
        if timed:
            hue = LATE.mixed(STAR, left)
            canvas.ring(self.place, ring_m, hue, width_m=0.1 * self.radius_m, progress=left)
        for wave in range(2):  # rings that close in on the place call the feet
            share = (0.55 * age_s + 0.5 * wave) % 1.0
            canvas.ring(
                self.place,
                ring_m * (1 - 0.8 * share),
                color,
                width_m=0.012,
                opacity=0.5 * share * (1 - share) * 4,
            )
        self._draw_flight(canvas, at, age_s)

    def _draw_flight(self, canvas: Canvas, at: Point, age_s: float) -> None:
        size_m = (0.62 if self.great else 0.55) * min(self.radius_m, 0.4)
        way_m = max(self.source.distance_m(at), 1e-6)
        tail = between(at, self.source, min(1.0, TAIL_M * (1.6 if self.great else 1.0) / way_m))
        if way_m > 0.1:
            canvas.trail([tail, between(tail, at, 0.5), at], STAR, width_m=0.3 * size_m, opacity=0.9)
        canvas.trail([at, self.place], PALE, width_m=0.012, opacity=0.35)
        canvas.glow(at, 2.6 * size_m, STAR, opacity=0.5)
        canvas.star(at, size_m * (1 + 0.08 * math.sin(6 * age_s)), STAR, turn_rad=0.9 * age_s)
        if self.great:
            for turn in range(3):
                angle_rad = 1.8 * age_s + math.tau * turn / 3
                orbit = at.moved(1.25 * size_m * math.cos(angle_rad), 1.25 * size_m * math.sin(angle_rad))
                canvas.star(orbit, 0.24 * size_m, VIOLET, turn_rad=-angle_rad)


@dataclass(frozen=True, slots=True)
class Homing:
    """A caught star on its way to the nest, in a curve."""

    source: Point
    nest: Point
    radius_m: float
    at_s: float

    def left(self, t_s: float) -> float:
        return max(0.0, 1 - (t_s - self.at_s) / HOME_S)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        share = eased(1 - self.left(t_s))
        size_m = self.radius_m * (1 - 0.6 * share)
        places = [self._curve(max(0.0, share - back)) for back in (0.24, 0.16, 0.08, 0.0)]
        canvas.trail(places, STAR, width_m=0.4 * size_m)
        canvas.glow(places[-1], 3 * size_m, STAR, opacity=0.6)
        canvas.star(places[-1], size_m, STAR, turn_rad=6 * share)

    def _curve(self, share: float) -> Point:
        dx_m, dy_m = self.nest.x_m - self.source.x_m, self.nest.y_m - self.source.y_m
        bend = 0.25 * math.sin(math.pi * share)
        return self.source.moved(dx_m * share - dy_m * bend, dy_m * share + dx_m * bend)


def between(one: Point, other: Point, share: float) -> Point:
    return one.moved((other.x_m - one.x_m) * share, (other.y_m - one.y_m) * share)


def rim_beyond(place: Point, middle: Point, surface: Surface) -> Point:
    """Where the ray from the middle through a place leaves the surface: there its star comes in."""
    dx_m, dy_m = place.x_m - middle.x_m, place.y_m - middle.y_m
    spans = [
        ((surface.width_m if dx_m > 0 else 0.0) - middle.x_m) / dx_m if abs(dx_m) > 1e-6 else math.inf,
        ((surface.height_m if dy_m > 0 else 0.0) - middle.y_m) / dy_m if abs(dy_m) > 1e-6 else math.inf,
    ]
    share = min(spans)
    return middle.moved(dx_m * share, dy_m * share) if share < math.inf else Point(middle.x_m, 0.0)
