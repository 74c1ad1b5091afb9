"""A bright day behind the balloons, that no rule hangs on: sun, clouds, balloons far away."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Rng, Surface

FAR_COUNT, CLOUDS = 7, 5
BLUE, HAZE = Color(0.10, 0.34, 0.72), Color(0.55, 0.62, 0.66)
SUN, CLOUD = Color(1.3, 1.0, 0.45), Color(0.75, 0.78, 0.80)
HILLS = (Color(0.10, 0.34, 0.16), Color(0.06, 0.26, 0.09))
PUFFS = ((-0.9, -0.05, 0.42), (-0.3, 0.1, 0.6), (0.35, 0.02, 0.52), (0.95, -0.08, 0.36))


class Sky:
    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface = surface
        self._short_m = min(surface.width_m, surface.height_m)
        self._far = [
            (rng.uniform(0.05, 0.95), rng.random(), rng.uniform(0.05, 0.09), rng.random())
            for _ in range(FAR_COUNT)
        ]
        self._clouds = [
            (index / CLOUDS + rng.uniform(-0.05, 0.05), rng.uniform(0.3, 0.85), rng.uniform(0.10, 0.17))
            for index in range(CLOUDS)
        ]

    def draw(self, canvas: Canvas, t_s: float) -> None:
        canvas.fill("sky")
        width_m, height_m = self._surface.width_m, self._surface.height_m
        middle = Point(width_m / 2, height_m / 2)
        canvas.disc(middle, width_m + height_m, BLUE)
        for share in (0.1, 0.5, 0.9):
            canvas.glow(Point(share * width_m, 0.0), 0.9 * height_m, HAZE, opacity=0.5)
        sun = Point(0.86 * width_m, 0.80 * height_m)
        canvas.glow(sun, 0.55 * self._short_m, SUN, opacity=0.5)
        canvas.disc(sun, 0.075 * self._short_m, SUN.times(1.2))
        for x_share, y_share, size in self._clouds:
            x_m = width_m * ((x_share + 0.006 * t_s * (0.5 + 4 * size)) % 1.2 - 0.1)
            self._draw_cloud(canvas, Point(min(width_m, max(0.0, x_m)), y_share * height_m), size, x_m)
        self._draw_far(canvas, t_s)
        for index, hill in enumerate(HILLS):
            for bump in range(4):
                at = Point(width_m * (bump + 0.5 * index) / 3.5, 0.0)
                canvas.disc(at, (0.15 - 0.045 * index) * height_m * (1 + 0.2 * (bump % 2)), hill)

    def _draw_cloud(self, canvas: Canvas, at: Point, size: float, x_m: float) -> None:
        """It fades where it drifts over the rim."""
        size_m = size * self._short_m
        rim_m = min(x_m, self._surface.width_m - x_m) / (0.1 * self._surface.width_m)
        opacity = 0.8 * min(1.0, max(0.0, rim_m))
        for dx, dy, puff in PUFFS:
            place = self._surface.clamped(at.moved(dx * size_m, dy * size_m))
            canvas.glow(place, 2.0 * puff * size_m, CLOUD, opacity=opacity)

    def _draw_far(self, canvas: Canvas, t_s: float) -> None:
        for x_share, y_share, size, tint in self._far:
            rise = (y_share + 0.03 * t_s * (0.5 + size * 6)) % 1.0
            x_m = self._surface.width_m * x_share + 0.05 * math.sin(0.7 * t_s + 9 * tint)
            radius_m = 0.6 * size * min(1.0, self._surface.height_m)
            fade = min(1.0, 5 * rise, 5 * (1 - rise))
            place = Point(x_m, self._surface.height_m * rise)
            canvas.balloon(
                place, radius_m, Color(0.25 + 0.8 * tint, 0.4, 0.9 - 0.6 * tint), opacity=0.5 * fade
            )
