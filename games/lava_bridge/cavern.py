"""The cavern below the bridges, that no rule hangs on: sparks that rise, bubbles that burst, a fire fish."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Rng, Surface, eased

HEAT, SPARK = Color(1.6, 0.3, 0.03), Color(2.2, 0.9, 0.15)
EMBER = Color(0.30, 0.06, 0.01)
FIRE = Color(1.9, 0.55, 0.06)


class Cavern:
    def __init__(self, surface: Surface, rng: Rng, clear_x_m: list[float]) -> None:
        self._surface = surface
        self._short_m = min(surface.width_m, surface.height_m)
        self._sparks = [(rng.random(), rng.random(), rng.uniform(0.5, 1.2)) for _ in range(44)]
        # none under the points at the left and the right, nor under the lines of words
        self._bubbles = [
            (rng.uniform(0.1, 0.9), rng.uniform(0.16, 0.84), rng.uniform(2.5, 4.5)) for _ in range(9)
        ]
        width_m, height_m = surface.width_m, surface.height_m
        self._rocks = [
            (Point(width_m * x, y * height_m), rng.uniform(0.5, 1.0), rng.uniform(0, math.tau))
            for y in (0.0, 1.0)
            for x in (rng.random() for _ in range(max(4, round(3.5 * width_m))))
        ]
        self._clear_x_m = clear_x_m

    def draw(self, canvas: Canvas, t_s: float) -> None:
        canvas.fill("lava")
        width_m, height_m = self._surface.width_m, self._surface.height_m
        for index in range(3):
            x = 0.5 + 0.42 * math.sin(0.13 * t_s + 2.2 * index)
            y = 0.5 + 0.4 * math.cos(0.11 * t_s + 1.7 * index)
            beat = 0.08 + 0.03 * math.sin(0.9 * t_s + index)
            canvas.glow(Point(x * width_m, y * height_m), 0.45 * height_m, HEAT, opacity=beat)
        for x, y, every_s in self._bubbles:
            self._draw_bubble(canvas, Point(x * width_m, y * height_m), t_s + 9 * x, every_s)
        self._draw_fish(canvas, t_s)
        for place, size, turn_rad in self._rocks:
            side_m = 0.25 * self._short_m * size
            canvas.stone(place, (1.25 * side_m, side_m), EMBER, turn_rad=turn_rad, seed=turn_rad + 5 * size)

    def draw_air(self, canvas: Canvas, t_s: float) -> None:
        """Sparks that fly above everything."""
        width_m, height_m = self._surface.width_m, self._surface.height_m
        for x, y, size in self._sparks:
            rise = (y + 0.06 * size * t_s) % 1.0
            at = Point(width_m * x + 0.06 * math.sin(1.1 * t_s + 20 * x), height_m * rise)
            fade = min(1.0, 4 * rise, 3 * (1 - rise)) * (0.6 + 0.4 * math.sin(5 * t_s + 30 * x))
            canvas.glow(at, 0.035 * size, SPARK, opacity=max(0.0, 0.75 * fade))

    def _draw_bubble(self, canvas: Canvas, place: Point, t_s: float, every_s: float) -> None:
        share = (t_s / every_s) % 1.0
        most_m = 0.045 * self._short_m
        if share < 0.7:
            size_m = most_m * max(0.05, eased(share / 0.7))
            canvas.glow(place, 2.4 * size_m, HEAT, opacity=0.35)
            canvas.planet(place, size_m, HEAT, turn_rad=every_s, seed=every_s)
            canvas.glow(place.moved(-0.3 * size_m, 0.38 * size_m), 0.5 * size_m, SPARK, opacity=0.9)
            return
        burst = (share - 0.7) / 0.3
        canvas.ring(place, most_m * (1 + 1.2 * burst), HEAT, width_m=0.012, opacity=0.7 * (1 - burst) ** 1.5)
        for drop in range(5):
            angle_rad = math.tau * drop / 5 + every_s
            out_m = most_m * (1 + 2 * burst)
            flying = place.moved(out_m * math.cos(angle_rad), out_m * math.sin(angle_rad))
            canvas.disc(flying, 0.014 * (1.1 - burst), SPARK, opacity=1 - burst)

    def _draw_fish(self, canvas: Canvas, t_s: float) -> None:
        """Fire fish swim between the bridges."""
        for index, x_m in enumerate(self._clear_x_m):
            way_rad = 0.5 * t_s + 2.4 * index
            y_m = self._surface.height_m * (0.5 + 0.33 * math.sin(way_rad))
            place = Point(x_m + 0.09 * math.sin(1.3 * way_rad), y_m)
            heading_rad = math.copysign(math.pi / 2, math.cos(way_rad)) + 0.25 * math.sin(3 * way_rad)
            canvas.glow(place, 0.16, FIRE, opacity=0.35)
            canvas.koi(
                place, min(0.3, 0.12 * self._short_m), FIRE, turn_rad=heading_rad, stroke=8 * t_s + index
            )
