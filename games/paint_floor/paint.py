"""The paint on the floor: whose each part is, and how it looks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from didim.play import Canvas, Color, Player, Point, Surface, seat
from numpy.typing import NDArray

CELLS = 2400
PX_PER_CELL = 4
NOBODY = -1
LAMP = (-0.55, 0.83)
THICK, SHINE = 2.6, 1.5
DEPTH = 0.70  # paint is darker than the player's own light

Grid = NDArray[np.float32]


class Paint:
    """A grid of cells for the count and a finer picture of wet paint for the eye."""

    def __init__(self, surface: Surface) -> None:
        self._cell_m = math.sqrt(surface.width_m * surface.height_m / CELLS)
        columns = math.ceil(surface.width_m / self._cell_m)
        rows = math.ceil(surface.height_m / self._cell_m)
        self._owner = np.full((rows, columns), NOBODY, np.int16)
        self._x_m = (np.arange(columns) + 0.5) * self._cell_m
        self._y_m = (np.arange(rows) + 0.5) * self._cell_m
        shape = rows * PX_PER_CELL, columns * PX_PER_CELL
        self._px_m = self._cell_m / PX_PER_CELL
        self._hue = np.zeros((*shape, 3), np.float32)
        self._relief = np.zeros(shape, np.float32)
        self._cover = np.zeros(shape, np.float32)
        self._rgba = np.zeros((*shape, 4), np.uint8)
        self._size_m = columns * self._cell_m, rows * self._cell_m

    @property
    def covered(self) -> float:
        """Share of the floor that has any paint."""
        return float((self._owner != NOBODY).mean())

    def best(self, team: int, places: Sequence[Point], radius_m: float) -> Point:
        """Where a blot would win the team most; where none wins, towards what is not the team's yet."""
        free = self._owner != team

        def worth(place: Point) -> float:
            won = float((self._within(place, radius_m) & free).sum())
            away_m = np.hypot(self._x_m[None] - place.x_m, self._y_m[:, None] - place.y_m)
            return won or -float(np.min(away_m, where=free, initial=1e3))

        return max(places, key=worth)

    def team_at(self, place: Point) -> int:
        """Whose paint lies there, `NOBODY` where none does."""
        row, column = int(place.y_m / self._cell_m), int(place.x_m / self._cell_m)
        return int(self._owner[row, column])

    def stamp(self, team: int, color: Color, place: Point, radius_m: float, *, seed: float = 0.0) -> float:
        """Paint a blot; returns the share of the floor that the team won by it."""
        self._blot(color, place, radius_m, seed)
        won = self._within(place, radius_m) & (self._owner != team)
        self._owner[won] = team
        return float(won.mean())

    def wash(self, share: float) -> None:
        """Rinse that share of the floor, from the left."""
        cells = round(share * self._owner.shape[1])
        self._owner[:, :cells] = NOBODY
        pixels = round(share * self._rgba.shape[1])
        self._rgba[:, :pixels] = 0
        self._cover[:, :pixels] = self._relief[:, :pixels] = 0

    def draw(self, canvas: Canvas) -> None:
        width_m, height_m = self._size_m
        canvas.picture(self._rgba, Point(width_m / 2, height_m / 2), width_m, opacity=0.95)

    def _within(self, place: Point, radius_m: float) -> NDArray[np.bool_]:
        away_m: NDArray[np.float64] = np.hypot(self._x_m[None] - place.x_m, self._y_m[:, None] - place.y_m)
        return np.asarray(away_m <= radius_m)

    def _blot(self, color: Color, place: Point, radius_m: float, seed: float) -> None:
        """Lay wet paint: a soft dome whose rim runs a little."""
        window = self._window(place, 1.35 * radius_m)
        rows, columns = np.mgrid[window]
        x = ((columns + 0.5) * self._px_m - place.x_m) / radius_m
        y = ((self._rgba.shape[0] - rows - 0.5) * self._px_m - place.y_m) / radius_m
        angle = np.arctan2(y, x)
        waves = ((0.07, 3, 7), (0.05, 5, 13), (0.05, 11, 5))
        rim = 1 + sum(most * np.sin(often * angle + shift * seed) for most, often, shift in waves)
        away = np.hypot(x, y) / rim
        soft = np.clip((1.04 - away) / max(0.16, 2 * self._px_m / radius_m), 0, 1).astype(np.float32)
        dome = np.sqrt(np.clip(1.1 - away**2, 0, 1)) * (1 + 0.07 * np.sin(5 * angle + 5 * away + seed))
        self._hue[window] += soft[..., None] * (np.array(color, np.float32) * DEPTH - self._hue[window])
        self._relief[window] += soft * (dome.astype(np.float32) - self._relief[window])
        self._cover[window] = np.maximum(self._cover[window], soft)
        self._shade(window)

    def _shade(self, window: tuple[slice, slice]) -> None:
        """Light the relief from the far left: thin paint is darker, a wet ridge mirrors the lamp."""
        relief = self._relief[window]
        if min(relief.shape) < 2:
            return
        down, right = np.gradient(relief)
        slope = np.asarray(THICK * (down * LAMP[1] - right * LAMP[0]), np.float32)
        dimmed = np.clip(0.42 + 0.50 * relief + slope, 0.16, 1.7)
        shine = SHINE * np.clip(slope - 0.10, 0, 1) ** 1.2
        light = self._hue[window] * np.expand_dims(dimmed, 2) + np.expand_dims(shine, 2)
        self._rgba[(*window, slice(0, 3))] = 255 * np.clip(light, 0, 1) ** (1 / 2.2)
        self._rgba[(*window, 3)] = 255 * self._cover[window]

    def _window(self, place: Point, radius_m: float) -> tuple[slice, slice]:
        rows, columns = self._relief.shape
        row, column = rows - place.y_m / self._px_m, place.x_m / self._px_m
        reach = math.ceil(radius_m / self._px_m) + 1
        return (
            slice(max(0, min(rows, int(row) - reach)), max(0, min(rows, int(row) + reach))),
            slice(max(0, min(columns, int(column) - reach)), max(0, min(columns, int(column) + reach))),
        )


class Brush:
    """Paints under the feet of whoever walks; a foot that stays paints once."""

    def __init__(self, radius_m: float) -> None:
        self._radius_m = radius_m
        self._stamped: dict[tuple[int, int], Point] = {}

    def lift(self) -> None:
        """Forget where the feet have painted: the floor is fresh."""
        self._stamped.clear()

    def walk(self, paint: Paint, player: Player, team: int, color: Color) -> float:
        """Paint where the player stands now; returns the share of the floor that the team won."""
        won = 0.0
        for side, foot in enumerate((player.left, player.right)):
            last = self._stamped.get((player.id, side))
            if foot.down and (last is None or foot.place.distance_m(last) > 0.35 * self._radius_m):
                self._stamped[player.id, side] = foot.place
                won += paint.stamp(team, color, foot.place, self._radius_m)
        return won


def team_of(teams: str, number: int) -> tuple[int, Color]:
    """Whose paint a seat lays, by the setting "teams", and its color."""
    if teams == "two":
        return 2 - number % 2, seat(2 - number % 2).color
    return (0 if teams == "together" else number), seat(number).color
