"""The hare that sets the pace, seen from above: run with it."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point

FUR, PALE, PINK = Color(1.0, 0.82, 0.6), Color(1.5, 1.4, 1.2), Color(1.1, 0.35, 0.4)
EYE, SHADOW = Color(0.01, 0.01, 0.02), Color(0.01, 0.005, 0.01)
GOLD, HURRY = Color(2.0, 1.3, 0.2), Color(1.7, 0.20, 0.10)
HOPS_HZ = 2.6


def draw_hare(canvas: Canvas, place: Point, way: int, size_m: float, t_s: float, *, late: bool) -> None:
    """`way` is where it runs, 1 right or -1 left, `size_m` from tail to nose; it glows red if `late`."""
    high = abs(math.sin(math.pi * HOPS_HZ * t_s))
    grown = size_m * (0.92 + 0.16 * high)

    def at(ahead: float, aside: float = 0.0) -> Point:
        return place.moved(way * ahead * grown, aside * grown)

    canvas.disc(place.moved(-0.05 * size_m * high, -0.10 * size_m * high), 0.3 * size_m, SHADOW, opacity=0.45)
    canvas.glow(place, 1.1 * size_m, HURRY if late else GOLD, opacity=0.55)
    for side in (-1, 1):  # hind legs stretch as it hops
        canvas.line(at(-0.22, 0.15 * side), at(-0.40 - 0.16 * high, 0.19 * side), FUR, width_m=0.11 * grown)
        canvas.line(at(0.12, 0.11 * side), at(0.26 + 0.12 * high, 0.14 * side), FUR, width_m=0.08 * grown)
    canvas.disc(at(-0.45), 0.10 * grown, PALE)
    canvas.disc(at(-0.20), 0.25 * grown, FUR)
    canvas.disc(at(0.02), 0.20 * grown, FUR.times(1.08))
    canvas.disc(at(0.30), 0.17 * grown, FUR.times(1.15))
    flap = 0.04 * math.sin(math.tau * HOPS_HZ * t_s)
    for side in (-1, 1):  # ears lie back
        root, tip = at(0.24, 0.07 * side), at(-0.14, (0.17 + flap) * side)
        canvas.line(root, tip, FUR.times(1.15), width_m=0.10 * grown)
        canvas.line(root, tip, PINK, width_m=0.045 * grown)
        canvas.disc(at(0.37, 0.09 * side), 0.035 * grown, EYE)
    canvas.disc(at(0.47), 0.04 * grown, PINK)
