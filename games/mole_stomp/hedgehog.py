"""The hedgehog: a hole that is not to be stepped into now."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, eased, popped

RISE_S = 0.22
SPIKE, SNOUT, CREAM = Color(0.13, 0.09, 0.07), Color(0.62, 0.42, 0.28), Color(1.6, 1.5, 1.3)
WARN = Color(1.7, 0.25, 0.15)


@dataclass(frozen=True, slots=True)
class Hedgehog:
    """Up from `born_s` for `life_s`; who steps on it waits a while for the next mole."""

    place: Point
    radius_m: float
    born_s: float
    life_s: float

    def left(self, t_s: float) -> float:
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        age_s = t_s - self.born_s
        size_m = self.radius_m * max(0.05, popped(age_s / RISE_S)) * eased(5 * self.left(t_s) + 0.05)
        middle = self.place.moved(0.0, 0.15 * self.radius_m)
        canvas.glow(middle, 1.9 * size_m, WARN, opacity=0.3)
        for ring in range(3):
            for spike in range(15):
                angle_rad = math.tau * (spike + 0.5 * ring) / 15 + 0.05 * math.sin(5 * age_s + spike)
                out_m = (1.08 - 0.22 * ring) * size_m
                root = middle.moved(0.5 * out_m * math.cos(angle_rad), 0.5 * out_m * math.sin(angle_rad))
                tip = middle.moved(out_m * math.cos(angle_rad), out_m * math.sin(angle_rad))
                canvas.line(root, tip, SPIKE.times(1 + 0.9 * ring), width_m=0.075 * size_m)
        face = middle.moved(0.0, -0.22 * size_m)
        canvas.disc(face, 0.5 * size_m, SNOUT)
        for side in (-1, 1):
            eye = face.moved(0.2 * side * size_m, 0.12 * size_m)
            canvas.disc(eye, 0.11 * size_m, CREAM)
            canvas.disc(eye.moved(-0.02 * side * size_m, -0.02 * size_m), 0.06 * size_m, Color(0.0, 0.0, 0.0))
            brow = eye.moved(0.13 * side * size_m, 0.2 * size_m)
            canvas.line(brow, eye.moved(-0.1 * side * size_m, 0.12 * size_m), SPIKE, width_m=0.06 * size_m)
        canvas.disc(face.moved(0.0, -0.14 * size_m), 0.13 * size_m, Color(0.02, 0.01, 0.01))
