"""The head of the figure that shows a pose."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point

CREAM, DARK = Color(1.6, 1.5, 1.3), Color(0.006, 0.010, 0.03)
SKIN, BLUSH = Color(0.95, 0.55, 0.30), Color(0.9, 0.12, 0.12)
HEAD_RADIUS = 0.098  # of the stature


def draw_head(
    canvas: Canvas, place: Point, stature_m: float, color: Color, opacity: float, glad: bool
) -> None:
    """Hair, eyes, cheeks and a smile, wider when it is `glad`."""
    radius_m = HEAD_RADIUS * stature_m
    canvas.glow(place, 2.4 * radius_m, color, opacity=0.4 * opacity)
    canvas.disc(place.moved(0, 0.16 * radius_m), 1.12 * radius_m, color.mixed(DARK, 0.55), opacity=opacity)
    canvas.disc(place, radius_m, SKIN, opacity=opacity)
    canvas.arc(
        place.moved(0, 0.04 * radius_m),
        0.92 * radius_m,
        color.mixed(DARK, 0.45),
        from_rad=0.5,
        to_rad=math.pi - 0.5,
        width_m=0.34 * radius_m,
        opacity=opacity,
    )
    for side in (-1, 1):
        eye, cheek = place.moved(0.36 * side * radius_m, 0.08 * radius_m), 0.55 * side * radius_m
        canvas.disc(eye, 0.15 * radius_m, DARK, opacity=opacity)
        canvas.disc(eye.moved(-0.04 * radius_m, 0.05 * radius_m), 0.05 * radius_m, CREAM, opacity=opacity)
        canvas.glow(place.moved(cheek, -0.28 * radius_m), 0.28 * radius_m, BLUSH, opacity=0.8 * opacity)
    wide_rad = 1.25 if glad else 0.8
    canvas.arc(
        place.moved(0, -0.08 * radius_m),
        0.46 * radius_m,
        DARK,
        from_rad=-math.pi / 2 - wide_rad,
        to_rad=-math.pi / 2 + wide_rad,
        width_m=0.13 * radius_m,
        opacity=opacity,
    )
