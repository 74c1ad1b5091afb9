"""A number on the floor, turned to the one who looks for it."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Reader, up_rad

CREAM = Color(1.6, 1.5, 1.3)
GOLD = Color(2.2, 1.35, 0.14)


def draw_number(
    canvas: Canvas, text: str, place: Point, cap_m: float, opacity: float, reader: Reader | None
) -> None:
    """A bar below tells a 6 from a 9 that somebody else reads upside down."""
    up = up_rad("near" if reader is None else reader, place)
    sin, cos = math.sin(up), math.cos(up)
    canvas.text(text, place, cap_m, CREAM, facing=up, opacity=opacity)
    if set(text) & set("69"):
        half_m, down_m = 0.34 * cap_m * len(text), 0.74 * cap_m
        below = place.moved(-down_m * cos, -down_m * sin)
        start, end = (below.moved(side * half_m * sin, -side * half_m * cos) for side in (-1, 1))
        canvas.line(start, end, GOLD, width_m=0.09 * cap_m, opacity=opacity)
