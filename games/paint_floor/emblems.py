"""The signs of the players in their paint: whose it is shows without its color."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Surface, seat

from .paint import Paint

APART_M, SIZE_M = 0.36, 0.04
SHINE, DARK = Color(1.3, 1.25, 1.15), Color(0.004, 0.006, 0.015)


class Emblems:
    """A pattern over the whole floor that shows where somebody's paint lies."""

    def __init__(self, surface: Surface) -> None:
        columns = max(2, math.floor(surface.width_m / APART_M))
        rows = max(2, math.floor(surface.height_m / APART_M))
        self._places = [
            Point(
                surface.width_m * (column + 0.25 + 0.5 * (row % 2)) / columns,
                surface.height_m * (row + 0.5) / rows,
            )
            for row in range(rows)
            for column in range(columns)
        ]

    def draw(self, canvas: Canvas, paint: Paint) -> None:
        for place in self._places:
            team = paint.team_at(place)
            if team > 0:  # who paints together has no sign
                of = seat(team)
                canvas.symbol(of.symbol, place.moved(0.006, -0.008), SIZE_M, DARK, opacity=0.45)
                canvas.symbol(of.symbol, place, SIZE_M, of.color.mixed(SHINE, 0.45), opacity=0.75)
