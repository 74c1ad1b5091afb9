"""Chalk on the ground around the fields, that no rule hangs on: it draws itself, and moves a little."""

from __future__ import annotations

import math
from collections.abc import Callable

from didim.play import Canvas, Color, Point, Rng, Surface, around

CHALK = (Color(0.8, 0.75, 0.7), Color(0.9, 0.55, 0.15), Color(0.25, 0.6, 0.95), Color(0.9, 0.3, 0.5))
DUST = Color(0.9, 0.85, 0.8)
WIDTH_M = 0.016


class Playground:
    def __init__(self, surface: Surface, rng: Rng, xs_m: list[float]) -> None:
        self._size_m = min(0.2, 0.1 * min(surface.width_m, surface.height_m) + 0.03)
        figures: list[Callable[[Canvas, Point, float], None]] = [
            self._sun,
            self._rainbow,
            self._flower,
            self._cloud,
            self._kite,
        ]
        heights = (0.84, 0.16)  # between them those sit who wait
        self._drawn = [
            (figures[(3 * column + row) % len(figures)], Point(x_m, share * surface.height_m))
            for column, x_m in enumerate(xs_m)
            for row, share in enumerate(heights)
        ]
        self._dust = [
            (Point(rng.random() * surface.width_m, rng.random() * surface.height_m), rng.uniform(0, math.tau))
            for _ in range(26)
        ]

    def draw(self, canvas: Canvas, t_s: float) -> None:
        canvas.fill("playground")
        for place, phase_rad in self._dust:
            drift = place.moved(
                0.05 * math.sin(0.3 * t_s + phase_rad), 0.05 * math.cos(0.23 * t_s + phase_rad)
            )
            canvas.glow(drift, 0.05, DUST, opacity=0.12 + 0.1 * math.sin(0.8 * t_s + phase_rad))
        for index, (figure, place) in enumerate(self._drawn):
            sway = place.moved(0.012 * math.sin(0.9 * t_s + index), 0.012 * math.cos(0.7 * t_s + 2 * index))
            figure(canvas, sway, t_s + index)

    def _arc(self, canvas: Canvas, at: Point, out_m: float, color: Color, a_rad: float, b_rad: float) -> None:
        """A stroke of chalk: a firm one and a loose one beside it."""
        canvas.arc(at, out_m, color, from_rad=a_rad, to_rad=b_rad, width_m=WIDTH_M, opacity=0.75)
        loose = at.moved(0.006, -0.005)
        canvas.arc(loose, out_m, color, from_rad=a_rad + 0.1, to_rad=b_rad + 0.05, width_m=0.008, opacity=0.4)

    def _line(self, canvas: Canvas, one: Point, other: Point, color: Color) -> None:
        canvas.line(one, other, color, width_m=WIDTH_M, opacity=0.7)
        canvas.line(one.moved(0.008, 0.004), other.moved(-0.004, 0.008), color, width_m=0.007, opacity=0.4)

    def _sun(self, canvas: Canvas, at: Point, t_s: float) -> None:
        self._arc(canvas, at, 0.5 * self._size_m, CHALK[1], 0.2, 6.3)
        turn_rad = 0.15 * t_s
        inner = around(at, 0.68 * self._size_m, 9, from_rad=turn_rad)
        outer = around(at, (0.95 + 0.06 * math.sin(2 * t_s)) * self._size_m, 9, from_rad=turn_rad)
        for one, other in zip(inner, outer, strict=True):
            self._line(canvas, one, other, CHALK[1])
        for side in (-1, 1):
            canvas.disc(at.moved(0.17 * side * self._size_m, 0.1 * self._size_m), 0.018, CHALK[0])
        self._arc(canvas, at, 0.26 * self._size_m, CHALK[0], math.pi + 0.5, math.tau - 0.5)

    def _rainbow(self, canvas: Canvas, at: Point, t_s: float) -> None:
        for index, color in enumerate(CHALK):
            out_m = (0.95 - 0.17 * index) * self._size_m
            reach_rad = math.pi * (0.8 + 0.2 * math.sin(0.5 * t_s - 0.4 * index))
            self._arc(canvas, at.moved(0, -0.4 * self._size_m), out_m, color, math.pi - reach_rad, math.pi)

    def _flower(self, canvas: Canvas, at: Point, t_s: float) -> None:
        for petal in around(at, 0.45 * self._size_m, 6, from_rad=0.3 * math.sin(0.6 * t_s)):
            self._arc(canvas, petal, 0.24 * self._size_m, CHALK[3], 0.0, math.tau - 0.2)
        self._arc(canvas, at, 0.2 * self._size_m, CHALK[1], 0.0, 6.1)

    def _cloud(self, canvas: Canvas, at: Point, t_s: float) -> None:
        drift = at.moved(0.05 * math.sin(0.4 * t_s), 0.0)
        for x, out, a_rad, b_rad in (
            (-0.55, 0.32, 1.3, 4.5),
            (-0.05, 0.48, 0.4, 2.8),
            (0.5, 0.34, -1.3, 1.9),
        ):
            self._arc(canvas, drift.moved(x * self._size_m, 0), out * self._size_m, CHALK[2], a_rad, b_rad)
        floor = drift.moved(0, -0.31 * self._size_m)
        self._line(canvas, floor.moved(-0.6 * self._size_m, 0), floor.moved(0.6 * self._size_m, 0), CHALK[2])

    def _kite(self, canvas: Canvas, at: Point, t_s: float) -> None:
        corners = around(at, 0.7 * self._size_m, 4, from_rad=math.pi / 2 + 0.25 * math.sin(0.8 * t_s))
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            self._line(canvas, one, other, CHALK[3])
        self._line(canvas, corners[0], corners[2], CHALK[0])
        self._line(canvas, corners[1], corners[3], CHALK[0])
