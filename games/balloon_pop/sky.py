"""Evening behind the balloons, that no rule hangs on: hills at dusk, paper lanterns that rise far away."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Rng, Surface

LANTERNS = 11
FLAME, PAPER = Color(2.1, 0.95, 0.22), Color(1.0, 0.34, 0.06)


class Sky:
    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface = surface
        self._short_m = min(surface.width_m, surface.height_m)
        self._lanterns = sorted(
            (rng.uniform(0.012, 0.034), rng.uniform(0.04, 0.96), rng.random()) for _ in range(LANTERNS)
        )

    def draw(self, canvas: Canvas, t_s: float) -> None:
        """The smaller a lantern, the farther it is, and the slower it rises."""
        canvas.fill("sky")
        for size, x_share, y_share in self._lanterns:
            rise = (y_share + 0.5 * size * t_s) % 1.0
            x_m = self._surface.width_m * x_share + size * math.sin(0.6 * t_s + 9 * x_share)
            place = Point(x_m, self._surface.height_m * (0.16 + 0.84 * rise))
            fade = min(1.0, 5 * rise, 4 * (1 - rise)) * (0.35 + 18 * size)
            self._draw_lantern(canvas, place, size * self._short_m, t_s + 7 * x_share, fade)

    def _draw_lantern(self, canvas: Canvas, place: Point, size_m: float, t_s: float, opacity: float) -> None:
        flicker = 0.85 + 0.10 * math.sin(2.1 * t_s) + 0.05 * math.sin(5.3 * t_s)
        sway_rad = 0.12 * math.sin(0.8 * t_s)
        canvas.glow(place, 3.4 * size_m, PAPER, opacity=0.32 * opacity * flicker)
        sides_m, corner_m = (1.15 * size_m, 1.5 * size_m), 0.4 * size_m
        canvas.box(place, sides_m, PAPER, turn_rad=sway_rad, corner_m=corner_m, opacity=0.8 * opacity)
        canvas.glow(place.moved(0.0, -0.35 * size_m), 1.1 * size_m, FLAME, opacity=0.8 * opacity * flicker)
