"""One player's field: shows a way, then waits for each of its tiles to be stepped on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from didim.play import Canvas, Color, Point, Rng, Seat, eased, popped

from .grid import Grid, Tile

BREATH_S = 0.9
DWELL_S = 0.5  # a foot that only brushes a tile on its way has not chosen it
CREAM, GOLD = Color(1.6, 1.5, 1.3), Color(2.0, 1.3, 0.14)
WRONG = Color(0.55, 0.03, 0.05)
ROW_COLORS = (
    Color(1.0, 0.16, 0.22),
    Color(1.0, 0.42, 0.05),
    Color(0.95, 0.78, 0.06),
    Color(0.22, 0.8, 0.14),
    Color(0.03, 0.62, 0.75),
    Color(0.12, 0.26, 1.0),
    Color(0.55, 0.16, 0.95),
)


class Event(NamedTuple):
    """What happened: a tile shown or stepped on, a wrong one, help with the next one, the way walked."""

    kind: Literal["shown", "stepped", "wrong", "again", "walked"]
    place: Point
    number: int = 0


class Lane:
    """Attributes: way: tiles in order; step: how many are walked; clean: without help so far; walking."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.way: list[Tile] = []
        self.step = 0
        self.clean = True
        self.walking = False
        self._since_s = self._moved_s = 0.0
        self._shown = self._until = 0
        self._show_s = 1.0
        self._wrong: tuple[Tile, float] | None = None
        self._off: tuple[Tile, float] | None = None
        self._done_s = -math.inf

    @property
    def next_place(self) -> Point | None:
        """Where the next step of the way is, once it is walked."""
        return self.grid.place(self.way[self.step]) if self.walking and self.step < len(self.way) else None

    def begin(self, rng: Rng, length: int, show_s: float, feet: Point, t_s: float) -> None:
        """Think of a new way, from the end where the player is."""
        self.way = self.grid.way(rng, length, upwards=feet.y_m <= self.grid.middle.y_m)
        self.step, self.clean, self._show_s = 0, True, show_s
        self._show(t_s, until=len(self.way))

    def _show(self, t_s: float, *, until: int) -> None:
        self.walking, self._shown, self._until = False, self.step, until
        self._since_s, self._off = t_s, None

    def clear(self) -> None:
        """Nobody plays here."""
        self.way, self.walking = [], False

    def update(self, feet: Sequence[Point], t_s: float, help_after_s: float) -> list[Event]:
        if self.walking:
            return self._walk(feet, t_s, help_after_s)
        age_s = t_s - self._since_s - BREATH_S
        if age_s >= (self._until - self.step + 0.6) * self._show_s:
            self.walking, self._moved_s = True, t_s
        elif self._shown < self._until and age_s >= (self._shown - self.step) * self._show_s:
            self._shown += 1
            return [Event("shown", self.grid.place(self.way[self._shown - 1]), self._shown - 1)]
        return []

    def _walk(self, feet: Sequence[Point], t_s: float, help_after_s: float) -> list[Event]:
        wanted = self.way[self.step]
        if any(self.grid.holds(wanted, foot) for foot in feet):
            self.step, self._moved_s, self._off = self.step + 1, t_s, None
            stepped = Event("stepped", self.grid.place(wanted), self.step - 1)
            if self.step < len(self.way):
                return [stepped]
            self.walking, self._done_s = False, t_s
            return [stepped, Event("walked", self.grid.place(wanted), len(self.way))]
        astray = self._astray(feet, t_s)
        if astray is None and t_s - self._moved_s < help_after_s:
            return []
        self.clean = False
        self._show(t_s, until=self.step + 1)
        if astray is None:
            return [Event("again", self.grid.place(wanted))]
        self._wrong = (astray, t_s)
        return [Event("wrong", self.grid.place(astray))]

    def _astray(self, feet: Sequence[Point], t_s: float) -> Tile | None:
        """A tile off the way that is stood on, with no foot on the way; before the first step none."""
        on = [tile for tile in self.grid.tiles for foot in feet if self.grid.holds(tile, foot)]
        if self.step == 0 or not on or any(tile in self.way[: self.step] for tile in on):
            self._off = None
        elif self._off is None or self._off[0] not in on:
            self._off = (on[0], t_s)
        return self._off[0] if self._off and t_s - self._off[1] >= DWELL_S else None

    def draw(self, canvas: Canvas, t_s: float, seat: Seat | None) -> None:
        grid = self.grid
        wide_m, deep_m = grid.columns * grid.pitch_m + 0.1, grid.rows * grid.pitch_m + 0.1
        carpet = seat.color if seat else Color(0.2, 0.22, 0.3)
        canvas.box(grid.middle, (wide_m, deep_m), carpet.times(0.1), corner_m=0.08, opacity=0.9)
        for tile in grid.tiles:
            self._draw_tile(canvas, tile, t_s, seat)

    def _draw_tile(self, canvas: Canvas, tile: Tile, t_s: float, seat: Seat | None) -> None:
        place, size_m = self.grid.place(tile), self.grid.tile_m
        color = ROW_COLORS[tile[1] % len(ROW_COLORS)]
        shimmer = 0.5 + 0.5 * math.sin(1.1 * t_s - 1.3 * tile[1] + 0.9 * tile[0])
        canvas.box(place, (size_m, size_m), color.times(0.2 + 0.12 * shimmer), corner_m=0.2 * size_m)
        canvas.ring(place, 0.3 * size_m, color.times(0.5), width_m=0.012, opacity=0.35 + 0.4 * shimmer)
        lit = self._lit(tile, t_s)
        if lit > 0:
            grown_m = size_m * (0.8 + 0.2 * popped(2 * lit))
            canvas.glow(place, 1.1 * size_m, color, opacity=0.6 * lit)
            canvas.box(place, (grown_m, grown_m), color.times(0.4 + 1.1 * lit), corner_m=0.2 * size_m)
            canvas.star(place, 0.27 * size_m, CREAM, turn_rad=0.5 * t_s, opacity=lit)
        if self._wrong and self._wrong[0] == tile and t_s - self._wrong[1] < 1.0:
            fade = 1 - (t_s - self._wrong[1])
            shake = place.moved(0.02 * fade * math.sin(40 * t_s), 0.0)
            canvas.box(shake, (size_m, size_m), WRONG, corner_m=0.2 * size_m, opacity=fade)
            canvas.symbol("cross", shake, 0.25 * size_m, CREAM, turn_rad=0.785, opacity=fade)
        if seat and tile in self.way[: self.step]:
            number = self.way.index(tile) + 1
            canvas.box(place, (0.9 * size_m, 0.9 * size_m), seat.color.times(0.55), corner_m=0.2 * size_m)
            canvas.ring(place, 0.36 * size_m, seat.color.times(1.5), width_m=0.02)
            canvas.text(str(number), place, 0.3 * size_m, CREAM)

    def _lit(self, tile: Tile, t_s: float) -> float:
        """How bright a tile that is shown is, 0 to 1."""
        if self.walking or tile not in self.way[: self._shown]:
            return 0.0
        index = self.way.index(tile)
        age_s = t_s - self._since_s - BREATH_S - (index - self.step) * self._show_s
        return eased(3.0 - 2 * age_s / self._show_s) if index >= self.step and age_s >= 0 else 0.0
