"""Hands in gloves, as one sees one's own: the left one is white, the right one orange with a band."""

from __future__ import annotations

import math
from typing import Literal

from didim.play import Canvas, Color, Point

Side = Literal["left", "right"]

WHITE, ORANGE = Color(1.25, 1.2, 1.1), Color(1.5, 0.42, 0.03)
GLOVES: dict[Side, Color] = {"left": WHITE, "right": ORANGE}
DARK = Color(0.02, 0.02, 0.06)
FINGERS = ((-0.42, 0.62), (-0.15, 0.85), (0.14, 0.82), (0.40, 0.60))  # tips: aside, up, of the size


def draw_hand(canvas: Canvas, place: Point, size_m: float, side: Side, *, opacity: float = 1.0) -> None:
    """The back of a hand that is held up, its thumb towards the body; `size_m` from its middle to a tip."""
    inward = 1 if side == "left" else -1
    glove = GLOVES[side]
    for color, wider in ((DARK, 0.11), (glove, 0.0)):
        for aside, up in FINGERS:
            root = place.moved(0.72 * aside * size_m, 0.05 * size_m)
            tip = place.moved(aside * size_m, up * size_m)
            canvas.line(root, tip, color, width_m=(0.23 + wider) * size_m, opacity=opacity)
        thumb = place.moved(0.78 * inward * size_m, 0.12 * size_m)
        root = place.moved(0.2 * inward * size_m, -0.28 * size_m)
        canvas.line(root, thumb, color, width_m=(0.25 + wider) * size_m, opacity=opacity)
        canvas.disc(place.moved(0.0, -0.18 * size_m), (0.46 + wider / 2) * size_m, color, opacity=opacity)
        cuff = place.moved(0.0, -0.68 * size_m)
        ends = cuff.moved(-0.26 * size_m, 0), cuff.moved(0.26 * size_m, 0)
        canvas.line(*ends, color, width_m=(0.22 + wider) * size_m, opacity=opacity)
    if side == "right":  # told apart without color, too
        band = place.moved(0.0, -0.2 * size_m)
        canvas.disc(band, 0.2 * size_m, DARK, opacity=0.8 * opacity)
        canvas.disc(band, 0.1 * size_m, WHITE, opacity=opacity)


def way(source: Point, target: Point, t_s: float) -> list[Point]:
    """Beads that run in a bow over the middle from a hand to what it is to reach."""
    dx_m, dy_m = target.x_m - source.x_m, target.y_m - source.y_m
    shares = [0.15 + 0.6 * ((step + 2 * t_s) % 7) / 7 for step in range(7)]
    return [
        source.moved(dx_m * share, dy_m * share + 0.18 * abs(dx_m) * math.sin(math.pi * share))
        for share in shares
    ]
