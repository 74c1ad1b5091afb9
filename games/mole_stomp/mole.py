"""A mole seen from above, its face to its player: cap and sign, eyes, nose and paws on the rim."""

from __future__ import annotations

import math
from typing import NamedTuple

from didim.play import Canvas, Color, Point, Seat

FUR, MUZZLE = Color(0.30, 0.17, 0.10), Color(0.78, 0.55, 0.38)
PINK, CREAM, DARK = Color(1.2, 0.36, 0.36), Color(1.6, 1.5, 1.3), Color(0.01, 0.008, 0.012)
EARTH, CRUMB = Color(0.34, 0.165, 0.06), Color(0.42, 0.23, 0.09)


class Frame(NamedTuple):
    """Places about a middle, in shares of a size, turned so that `up_rad` is up."""

    middle: Point
    size_m: float
    up_rad: float

    def at(self, right: float, up: float) -> Point:
        sin, cos = math.sin(self.up_rad), math.cos(self.up_rad)
        return self.middle.moved(
            self.size_m * (right * sin + up * cos), self.size_m * (-right * cos + up * sin)
        )


def draw_hill(canvas: Canvas, place: Point, radius_m: float) -> None:
    """A mound of earth with a soft hollow in it: where a mole may come up."""
    canvas.mound(place, 1.02 * radius_m, EARTH, seed=7 * place.x_m + 3 * place.y_m)


def draw_mole(canvas: Canvas, frame: Frame, seat: Seat, rise: float, t_s: float) -> None:
    """It grows out of its hole with `rise`, 0 to 1."""
    if rise <= 0.03:
        return
    f = Frame(frame.middle, frame.size_m * rise, frame.up_rad)
    size_m = f.size_m
    for side in (-1, 1):  # paws grip the rim
        paw = f.at(0.86 * side, -0.42)
        canvas.disc(paw, 0.24 * size_m, PINK.times(0.75))
        for claw in (-1, 0, 1):
            canvas.disc(f.at(0.86 * side + 0.16 * claw, -0.62), 0.075 * size_m, CREAM)
    canvas.disc(f.at(0, 0), 0.92 * size_m, FUR)
    canvas.disc(f.at(0, -0.04), 0.80 * size_m, FUR.times(1.5))
    _draw_face(canvas, f, t_s)
    _draw_cap(canvas, f, seat)


def _draw_face(canvas: Canvas, f: Frame, t_s: float) -> None:
    size_m = f.size_m
    canvas.disc(f.at(0, -0.36), 0.44 * size_m, MUZZLE)
    blink = 0.25 if (1.3 * t_s + f.middle.x_m) % 2.0 < 0.12 else 1.0
    for side in (-1, 1):
        canvas.disc(f.at(0.33 * side, 0.06), 0.20 * size_m, CREAM.times(blink))
        canvas.disc(f.at(0.30 * side, 0.02), 0.11 * size_m, DARK)
        canvas.disc(f.at(0.27 * side, 0.07), 0.04 * size_m, CREAM)
        canvas.glow(f.at(0.52 * side, -0.24), 0.2 * size_m, PINK, opacity=0.5)
        for hair in (-0.12, 0.04):
            root, tip = f.at(0.22 * side, -0.34), f.at(0.74 * side, -0.32 + hair)
            canvas.line(root, tip, DARK, width_m=0.025 * size_m)
    canvas.box(f.at(0, -0.62), (0.2 * size_m, 0.2 * size_m), CREAM, turn_rad=f.up_rad, corner_m=0.02 * size_m)
    canvas.disc(f.at(0, -0.28), 0.17 * size_m, PINK)
    canvas.disc(f.at(-0.05, -0.23), 0.05 * size_m, CREAM)


def _draw_cap(canvas: Canvas, f: Frame, seat: Seat) -> None:
    size_m, color = f.size_m, seat.color
    canvas.disc(f.at(0, 0.60), 0.52 * size_m, color.times(0.75))
    canvas.disc(f.at(0, 0.63), 0.46 * size_m, color.times(1.1))
    canvas.line(f.at(-0.5, 0.33), f.at(0.5, 0.33), color.times(1.4), width_m=0.17 * size_m)
    canvas.disc(f.at(0, 0.66), 0.31 * size_m, DARK, opacity=0.75)
    turn_rad = f.up_rad - math.pi / 2
    canvas.symbol(seat.symbol, f.at(0, 0.66), 0.23 * size_m, color.times(1.5), turn_rad=turn_rad)
