"""The living pond, that no rule hangs on: koi that shy away from feet, and lotus flowers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Rng, Surface, Tick

KOI_COLORS = (Color(1.5, 0.34, 0.05), Color(1.35, 0.16, 0.10), Color(1.6, 0.95, 0.12))
KOI_AREA_M2 = 2.2
SHY_M = 0.7
CRUISE_M_S = 0.16
FLEE_M_S = 0.9

LEAF = Color(0.012, 0.14, 0.07)  # of flowers: darker than those to step on
LOTUS_COLORS = (Color(1.10, 0.24, 0.55), Color(0.72, 0.34, 1.20), Color(1.25, 0.48, 0.24))


@dataclass(slots=True)
class Koi:
    """A fish; it wanders, turns back at the rim and flees from feet."""

    place: Point
    heading_rad: float
    length_m: float
    color: Color
    speed_m_s: float = CRUISE_M_S
    stroke_rad: float = 0.0

    def swim(self, tick: Tick, feet: Sequence[Point], surface: Surface) -> None:
        middle = Point(surface.width_m / 2, surface.height_m / 2)
        wanted_rad = self.heading_rad + 0.5 * math.sin(0.37 * tick.t_s + 20 * self.length_m)
        agile_rad_s, speed_m_s = 1.0, CRUISE_M_S
        if not surface.contains(self.place, margin_m=1.2 * self.length_m):
            wanted_rad, agile_rad_s = _direction(self.place, middle), 1.6
        foot = min(feet, key=self.place.distance_m, default=None)
        if foot is not None and self.place.distance_m(foot) < SHY_M:
            wanted_rad, agile_rad_s, speed_m_s = _direction(foot, self.place), 5.0, FLEE_M_S
        turn_rad = math.remainder(wanted_rad - self.heading_rad, math.tau)
        limit_rad = agile_rad_s * tick.dt_s
        self.heading_rad += max(-limit_rad, min(limit_rad, turn_rad))
        self.speed_m_s += (speed_m_s - self.speed_m_s) * min(1.0, 3 * tick.dt_s)
        self.stroke_rad += (3 + 14 * self.speed_m_s) * tick.dt_s
        step_m = self.speed_m_s * tick.dt_s
        ahead = self.place.moved(step_m * math.cos(self.heading_rad), step_m * math.sin(self.heading_rad))
        self.place = surface.clamped(ahead, margin_m=0.5 * self.length_m)

    def draw(self, canvas: Canvas) -> None:
        canvas.koi(self.place, self.length_m, self.color, turn_rad=self.heading_rad, stroke=self.stroke_rad)


class Pond:
    def __init__(self, surface: Surface, rng: Rng) -> None:
        short_m = min(surface.width_m, surface.height_m)
        count = max(2, min(6, round(surface.width_m * surface.height_m / KOI_AREA_M2)))
        self._surface = surface
        self._koi = [
            Koi(
                Point(rng.uniform(0.2, 0.8) * surface.width_m, rng.uniform(0.2, 0.8) * surface.height_m),
                heading_rad=rng.uniform(-math.pi, math.pi),
                length_m=min(0.42, 0.17 * short_m) * rng.uniform(0.75, 1.0),
                color=KOI_COLORS[index % len(KOI_COLORS)],
            )
            for index in range(count)
        ]
        self._flowers = [
            Point(x * surface.width_m, y * surface.height_m)
            for x, y in ((0.09, 0.88), (0.92, 0.86), (0.07, 0.13), (0.91, 0.11))
        ]
        self._flower_m = min(0.2, 0.07 * short_m)
        self._t_s = 0.0

    def update(self, tick: Tick) -> None:
        self._t_s = tick.t_s
        feet = [foot.place for player in tick.players for foot in (player.left, player.right)]
        for fish in self._koi:
            fish.swim(tick, feet, self._surface)

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("pond")
        for fish in self._koi:
            fish.draw(canvas)
        for index, place in enumerate(self._flowers):
            sway_rad = 0.5 * self._t_s + 2 * index
            size_m = self._flower_m * (1 - 0.13 * (index % 3))
            afloat = place.moved(0.02 * math.cos(sway_rad), 0.02 * math.sin(sway_rad))
            color = LOTUS_COLORS[index % len(LOTUS_COLORS)]
            leaf = afloat.moved(0.25 * size_m, -0.2 * size_m)
            canvas.lily(leaf, 1.25 * size_m, LEAF, turn_rad=2.4 * index, opacity=0.8)
            canvas.lotus(afloat, size_m, color, turn_rad=0.3 * math.sin(0.2 * sway_rad))


def _direction(source: Point, target: Point) -> float:
    return math.atan2(target.y_m - source.y_m, target.x_m - source.x_m)
