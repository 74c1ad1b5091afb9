"""The nest in the middle that gathers what is caught, and the sky that remembers each nest filled."""

from __future__ import annotations

import math
from itertools import pairwise

from didim.play import Canvas, Color, Point, Rng, Surface, around, popped

FULL = 12
GOLDEN_RAD = 2.39996
TWIGS = 26
BROWNS = (Color(0.30, 0.13, 0.04), Color(0.42, 0.21, 0.07), Color(0.22, 0.09, 0.03))
DEEP = Color(0.035, 0.016, 0.02)
STAR = Color(2.4, 1.4, 0.14)
HALO = Color(1.6, 0.75, 0.5)
SKY = Color(0.55, 0.75, 1.5)
FLASH_S = 1.6
# figures of the sky, in shares of their size: a ladle, a crown, a bird, a house
FIGURES = (
    (
        (-1.0, 0.4),
        (-0.55, 0.35),
        (-0.2, 0.1),
        (0.15, -0.1),
        (0.2, -0.5),
        (0.8, -0.5),
        (0.9, 0.0),
        (0.15, -0.1),
    ),
    ((-0.8, -0.4), (-0.9, 0.4), (-0.4, 0.0), (0.0, 0.6), (0.4, 0.0), (0.9, 0.4), (0.8, -0.4), (-0.8, -0.4)),
    ((-1.0, 0.5), (-0.3, 0.1), (0.0, -0.5), (0.3, 0.1), (1.0, 0.5), (0.3, 0.1), (0.0, 0.4), (-0.3, 0.1)),
    ((-0.6, -0.6), (-0.6, 0.1), (0.0, 0.6), (0.6, 0.1), (0.6, -0.6), (-0.6, -0.6), (0.6, 0.1), (-0.6, 0.1)),
)


class Nest:
    """Attributes: middle, radius_m: where it is; held: stars in it; filled: how often it was full."""

    def __init__(self, surface: Surface, rng: Rng) -> None:
        short_m = min(surface.width_m, surface.height_m)
        self.middle = Point(surface.width_m / 2, surface.height_m / 2)
        self.radius_m = min(0.34, 0.13 * short_m)
        self.held = self.filled = 0
        self._surface = surface
        self._filled_s = self._took_s = -math.inf
        self._twigs = [
            (rng.uniform(0, math.tau), rng.uniform(0.78, 1.12), rng.uniform(0.5, 1.3)) for _ in range(TWIGS)
        ]

    def take(self, t_s: float) -> bool:
        """Lay a star in; whether it is full with it, and then it is empty again."""
        self.held, self._took_s = self.held + 1, t_s
        if self.held < FULL:
            return False
        self.held, self._filled_s = 0, t_s
        self.filled += 1
        return True

    def draw_sky(self, canvas: Canvas, t_s: float) -> None:
        """A figure in a corner for each nest filled; those to come are hardly seen."""
        width_m, height_m = self._surface.width_m, self._surface.height_m
        size_m = 0.11 * min(width_m, height_m)
        for index, figure in enumerate(FIGURES):
            x, y = ((0.17, 0.76), (0.83, 0.24), (0.83, 0.76), (0.17, 0.24))[index]
            middle = Point(x * width_m, y * height_m)
            lit = index < self.filled
            stars = [middle.moved(size_m * dx, size_m * dy) for dx, dy in figure]
            for one, other in pairwise(stars):
                canvas.line(one, other, SKY.times(0.6), width_m=0.008, opacity=0.55 if lit else 0.07)
            for number, place in enumerate(stars):
                beat = 0.75 + 0.25 * math.sin(1.7 * t_s + 2.1 * number + index)
                canvas.glow(place, 0.09, SKY, opacity=(0.9 if lit else 0.16) * beat)
                if lit:
                    canvas.star(place, 0.028 + 0.01 * beat, STAR, turn_rad=0.3 * t_s + number)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        light = 0.25 + 0.5 * self.held / FULL
        beat = 0.9 + 0.1 * math.sin(2.1 * t_s)
        canvas.glow(self.middle, 2.5 * self.radius_m, HALO, opacity=0.45 * light * beat)
        canvas.disc(self.middle, 1.02 * self.radius_m, DEEP, opacity=0.92)
        self._draw_twigs(canvas, 0.66, 1.0)
        for index in range(self.held):
            angle_rad = GOLDEN_RAD * index + 0.15 * math.sin(0.8 * t_s)
            out_m = 0.56 * self.radius_m * math.sqrt((index + 0.4) / FULL)
            grown = popped((t_s - self._took_s) / 0.4) if index == self.held - 1 else 1.0
            place = self.middle.moved(out_m * math.cos(angle_rad), out_m * math.sin(angle_rad))
            size_m = 0.24 * self.radius_m * max(0.05, grown) * (1 + 0.06 * math.sin(3 * t_s + index))
            canvas.star(place, size_m, STAR, turn_rad=angle_rad)
        self._draw_twigs(canvas, 0.92, 0.8)
        self._draw_flash(canvas, t_s)

    def _draw_twigs(self, canvas: Canvas, out: float, opacity: float) -> None:
        for index, (from_rad, reach, long_rad) in enumerate(self._twigs):
            tilt = self.middle.moved(*around(Point(0, 0), 0.07 * self.radius_m, 7)[index % 7])
            canvas.arc(
                tilt,
                out * reach * self.radius_m,
                BROWNS[index % 3],
                from_rad=from_rad,
                to_rad=from_rad + long_rad,
                width_m=0.075 * self.radius_m,
                opacity=opacity,
            )

    def _draw_flash(self, canvas: Canvas, t_s: float) -> None:
        share = (t_s - self._filled_s) / FLASH_S
        if 0 <= share < 1:
            fade = (1 - share) ** 2
            canvas.glow(self.middle, self.radius_m * (2 + 5 * share), STAR, opacity=0.8 * fade)
            for ring in range(3):
                out_m = self.radius_m * (1 + (4 - ring) * share)
                canvas.ring(self.middle, out_m, STAR, width_m=0.03, opacity=0.7 * fade)
