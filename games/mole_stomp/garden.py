"""The garden around the holes, that no rule hangs on: butterflies, drifting seeds, and dizzy moles."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Rng, Surface

from .burrow import Mole
from .mole import Frame, draw_mole

DIZZY_S = 1.1
STAR = Color(2.4, 1.4, 0.14)
WINGS = (Color(1.3, 0.45, 0.08), Color(0.35, 0.55, 1.5), Color(1.3, 0.35, 0.8), Color(1.4, 1.2, 0.3))
BODY = Color(0.05, 0.03, 0.02)
SUN = Color(1.0, 0.85, 0.4)


@dataclass(frozen=True, slots=True)
class Dizzy:
    """A mole that was stepped on: it goes down seeing stars."""

    mole: Mole
    at_s: float

    @property
    def place(self) -> Point:
        return self.mole.place

    @property
    def radius_m(self) -> float:
        return self.mole.radius_m

    def left(self, t_s: float) -> float:
        return max(0.0, 1 - (t_s - self.at_s) / DIZZY_S)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        left = self.left(t_s)
        hat = self.mole.seat.color
        frame = Frame(self.place, 1.12 * self.radius_m, self.mole.up_rad)
        draw_mole(canvas, frame, self.mole.seat, 0.85 * left, t_s)
        canvas.ring(
            self.place,
            self.radius_m * (1.1 + 1.5 * (1 - left)),
            hat,
            width_m=0.04 * left + 0.002,
            opacity=left,
        )
        for index in range(5):
            angle_rad = 2.4 * (t_s - self.at_s) + math.tau * index / 5
            at = self.place.moved(
                1.05 * self.radius_m * math.cos(angle_rad),
                self.radius_m * (0.55 + 0.4 * math.sin(angle_rad)),
            )
            canvas.star(at, 0.2 * self.radius_m, STAR, turn_rad=angle_rad, opacity=min(1.0, 2 * left))


class Garden:
    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface = surface
        count = max(3, min(7, round(0.6 * surface.width_m * surface.height_m)))
        self._phases = [(rng.uniform(0, math.tau), rng.uniform(0.7, 1.3)) for _ in range(count)]
        self._seeds = [(rng.random(), rng.random(), rng.uniform(0.5, 1.0)) for _ in range(3 * count)]

    def draw(self, canvas: Canvas, t_s: float) -> None:
        """What lies below the players: light that wanders over the grass."""
        width_m, height_m = self._surface.width_m, self._surface.height_m
        for index in range(3):
            x = 0.5 + 0.4 * math.sin(0.11 * t_s + 2.1 * index)
            y = 0.5 + 0.4 * math.cos(0.09 * t_s + 1.3 * index)
            canvas.glow(Point(x * width_m, y * height_m), 0.4 * height_m, SUN, opacity=0.06)

    def draw_air(self, canvas: Canvas, t_s: float) -> None:
        """What flies above the grass."""
        width_m, height_m = self._surface.width_m, self._surface.height_m
        for x, y, size in self._seeds:
            at = Point(
                width_m * ((x + 0.018 * size * t_s) % 1.0),
                height_m * ((y + 0.01 * math.sin(0.6 * t_s + 9 * x)) % 1.0),
            )
            canvas.glow(at, 0.035 * size, SUN, opacity=0.35)
        for index, (phase_rad, pace) in enumerate(self._phases):
            way = 0.16 * pace * t_s + phase_rad
            at = Point(
                width_m * (0.5 + 0.40 * math.sin(way) * math.cos(0.31 * way + phase_rad)),
                height_m * (0.5 + 0.38 * math.cos(0.83 * way + 2 * phase_rad)),
            )
            self._butterfly(canvas, at, WINGS[index % len(WINGS)], t_s * pace, math.sin(way))

    def _butterfly(self, canvas: Canvas, at: Point, color: Color, t_s: float, lean: float) -> None:
        flap = 0.35 + 0.65 * abs(math.sin(7 * t_s))
        sin, cos = math.sin(0.6 * lean), math.cos(0.6 * lean)
        for side in (-1, 1):
            for x_m, y_m, size_m in ((0.035, 0.02, 0.034), (0.028, -0.022, 0.024)):
                dx_m = side * x_m * flap
                wing = at.moved(dx_m * cos - y_m * sin, dx_m * sin + y_m * cos)
                canvas.disc(wing, size_m * (0.55 + 0.45 * flap), color, opacity=0.95)
        canvas.line(
            at.moved(0.035 * sin, -0.035 * cos), at.moved(-0.035 * sin, 0.035 * cos), BODY, width_m=0.013
        )
