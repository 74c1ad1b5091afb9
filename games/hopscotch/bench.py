"""Cushions between the fields for those who wait: nobody stands in another's field."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from didim.play import Canvas, Color, Player, Point, Seat, Surface, around

CUSHION, SEAM = Color(0.10, 0.22, 0.30), Color(0.5, 0.6, 0.65)
CREAM = Color(1.6, 1.5, 1.3)
RADIUS_M, ON_IT_M = 0.2, 0.3
HEIGHTS = (0.4, 0.6, 0.22, 0.78)


class Bench:
    """The next to play has the first place."""

    def __init__(self, surface: Surface, xs_m: Sequence[float]) -> None:
        self._places = [Point(x_m, share * surface.height_m) for share in HEIGHTS for x_m in xs_m]

    def draw(
        self,
        canvas: Canvas,
        waiting: Sequence[int],
        players: Mapping[int, Player],
        seats: Mapping[int, Seat],
        t_s: float,
    ) -> None:
        for who, place in zip(waiting, self._places, strict=False):
            color = seats[who].color
            canvas.disc(place, RADIUS_M, CUSHION)
            canvas.disc(place, 0.8 * RADIUS_M, CUSHION.times(1.5))
            canvas.ring(place, RADIUS_M, color, width_m=0.03)
            canvas.symbol(seats[who].symbol, place, 0.09, color.times(1.2))
            for dot in around(place, RADIUS_M + 0.05, 5, from_rad=-1.5 * t_s):
                canvas.disc(dot, 0.016 + 0.005 * math.sin(3 * t_s + dot.x_m), CREAM)
            feet = players[who].feet
            if feet.distance_m(place) > ON_IT_M:
                canvas.trail([feet, place], color, width_m=0.025)
