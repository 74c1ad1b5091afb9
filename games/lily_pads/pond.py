"""The living pond: koi that shy away from feet, lotus flowers, ripples and prints where people step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from didim.play import Canvas, Color, Foot, Player, Point, Rng, Seats, Surface, Tick

KOI_COLORS = (Color(1.5, 0.34, 0.05), Color(1.35, 0.16, 0.10), Color(1.6, 0.95, 0.12))
KOI_AREA_M2 = 2.2
SHY_M = 0.7
CRUISE_M_S = 0.16
FLEE_M_S = 0.9

LOTUS_COLORS = (Color(1.10, 0.24, 0.55), Color(0.72, 0.34, 1.20), Color(1.25, 0.48, 0.24))
RIPPLE_S = 1.4
LIFT_S = 0.08  # a shorter lift is a flicker of the camera's eye
FOOT_LENGTH_M = 0.25


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
        self.place = _inside(
            self.place.moved(step_m * math.cos(self.heading_rad), step_m * math.sin(self.heading_rad)),
            surface,
            0.5 * self.length_m,
        )

    def draw(self, canvas: Canvas) -> None:
        canvas.koi(self.place, self.length_m, self.color, turn_rad=self.heading_rad, stroke=self.stroke_rad)


@dataclass(frozen=True, slots=True)
class Splash:
    """Water around a foot that came down."""

    place: Point
    at_s: float
    color: Color

    def draw(self, canvas: Canvas, t_s: float) -> None:
        share = (t_s - self.at_s) / RIPPLE_S
        canvas.ripple(self.place, 0.12 + 0.34 * share**0.6, self.color, opacity=0.5 * (1 - share) ** 1.5)


class Pond:
    """Everything on the water that no rule hangs on."""

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
        self._splashes: list[Splash] = []
        self._players: tuple[Player, ...] = ()
        self._colors: dict[int, Color] = {}
        self._last_down_s: dict[tuple[int, str], float] = {}
        self._t_s = 0.0

    def update(self, tick: Tick, seats: Seats) -> None:
        self._t_s, self._players = tick.t_s, tick.players
        self._colors = {player.id: seats[player.id].color for player in tick.players}
        feet = [foot.place for player in tick.players for _, foot in _feet(player)]
        for fish in self._koi:
            fish.swim(tick, feet, self._surface)
        self._splashes = [splash for splash in self._splashes if tick.t_s - splash.at_s < RIPPLE_S]
        for player in tick.players:
            for side, foot in _feet(player):
                if foot.down:
                    last_s = self._last_down_s.get((player.id, side), -math.inf)
                    if tick.t_s - last_s > LIFT_S:
                        self._splashes.append(Splash(foot.place, tick.t_s, self._colors[player.id]))
                    self._last_down_s[player.id, side] = tick.t_s

    def draw_water(self, canvas: Canvas) -> None:
        """What lies below the leaves."""
        canvas.fill("pond")
        for fish in self._koi:
            fish.draw(canvas)
        for index, place in enumerate(self._flowers):
            sway_rad = 0.5 * self._t_s + 2 * index
            size_m = self._flower_m * (1 - 0.13 * (index % 3))
            afloat = place.moved(0.02 * math.cos(sway_rad), 0.02 * math.sin(sway_rad))
            color = LOTUS_COLORS[index % len(LOTUS_COLORS)]
            canvas.lotus(afloat, size_m, color, turn_rad=0.3 * math.sin(0.2 * sway_rad))

    def draw_feet(self, canvas: Canvas) -> None:
        """Ripples and prints, over the leaves."""
        for splash in self._splashes:
            splash.draw(canvas, self._t_s)
        for player in self._players:
            color = self._colors[player.id]
            canvas.glow(player.feet, 0.45, color, opacity=0.25)
            for side, foot in _feet(player):
                canvas.footprint(
                    foot.place,
                    FOOT_LENGTH_M,
                    color.times(1.3),
                    turn_rad=foot.heading_rad,
                    side=side,
                    opacity=0.95 if foot.down else 0.4,
                )


def _feet(player: Player) -> tuple[tuple[Literal["left", "right"], Foot], ...]:
    return ("left", player.left), ("right", player.right)


def _direction(source: Point, target: Point) -> float:
    return math.atan2(target.y_m - source.y_m, target.x_m - source.x_m)


def _inside(place: Point, surface: Surface, margin_m: float) -> Point:
    return Point(
        max(margin_m, min(surface.width_m - margin_m, place.x_m)),
        max(margin_m, min(surface.height_m - margin_m, place.y_m)),
    )
