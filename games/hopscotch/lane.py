"""One player's field: shows a way, then waits for each of its tiles to be stepped on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from didim.play import Point, Rng, eased

from .grid import Grid, Tile

BREATH_S = 0.9


class Event(NamedTuple):
    """What happened: a tile shown or stepped on, a wrong one, help with the next one, the way walked."""

    kind: Literal["shown", "stepped", "wrong", "again", "walked"]
    place: Point
    number: int = 0


class Lane:
    """A way that is shown, then walked.

    Attributes:
        way: its tiles in order; `step` of them are walked, `clean` where without help so far.
        walking: whether it is being walked.
        wrong: the tile stepped on last that is none of it, and when.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.way: list[Tile] = []
        self.step = 0
        self.clean = True
        self.walking = False
        self._since_s = self._moved_s = 0.0
        self._shown = self._until = 0
        self._show_s = 1.0
        self.wrong: tuple[Tile | None, float] = (None, -math.inf)
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

    def update(self, feet: Sequence[Point], t_s: float, help_after_s: float, dwell_s: float) -> list[Event]:
        """Who stands still for so long is helped; who stays on a tile for so long has chosen it."""
        if self.walking:
            return self._walk(feet, t_s, help_after_s, dwell_s)
        age_s = t_s - self._since_s - BREATH_S
        if age_s >= (self._until - self.step + 0.6) * self._show_s:
            self.walking, self._moved_s = True, t_s
        elif self._shown < self._until and age_s >= (self._shown - self.step) * self._show_s:
            self._shown += 1
            return [Event("shown", self.grid.place(self.way[self._shown - 1]), self._shown - 1)]
        return []

    def _walk(self, feet: Sequence[Point], t_s: float, help_after_s: float, dwell_s: float) -> list[Event]:
        wanted = self.way[self.step]
        if any(self.grid.holds(wanted, foot) for foot in feet):
            self.step, self._moved_s, self._off = self.step + 1, t_s, None
            stepped = Event("stepped", self.grid.place(wanted), self.step - 1)
            if self.step < len(self.way):
                return [stepped]
            self.walking, self._done_s = False, t_s
            return [stepped, Event("walked", self.grid.place(wanted), len(self.way))]
        astray = self._astray(feet, t_s, dwell_s)
        if astray is None and t_s - self._moved_s < help_after_s:
            return []
        self.clean = False
        self._show(t_s, until=self.step + 1)
        if astray is None:
            return [Event("again", self.grid.place(wanted))]
        self.wrong = (astray, t_s)
        return [Event("wrong", self.grid.place(astray))]

    def _astray(self, feet: Sequence[Point], t_s: float, dwell_s: float) -> Tile | None:
        """A tile off the way that is stood on, with no foot on the way; before the first step none."""
        on = [tile for tile in self.grid.tiles for foot in feet if self.grid.holds(tile, foot)]
        if self.step == 0 or not on or any(tile in self.way[: self.step] for tile in on):
            self._off = None
        elif self._off is None or self._off[0] not in on:
            self._off = (on[0], t_s)
        return self._off[0] if self._off and t_s - self._off[1] >= dwell_s else None

    def hop(self, t_s: float) -> tuple[Tile, Tile | None, float] | None:
        """The tile that is being shown, the one before it, and how far its time has gone, 0 to 1."""
        if self.walking or self._shown <= self.step:
            return None
        index = self._shown - 1
        share = (self._shown_age_s(t_s) - (index - self.step) * self._show_s) / self._show_s
        if share > 1.5:
            return None
        return self.way[index], self.way[index - 1] if index else None, max(0.0, share)

    def lit(self, tile: Tile, t_s: float) -> float:
        """How bright a tile that is shown is, 0 to 1."""
        if self.walking or tile not in self.way[: self._shown]:
            return 0.0
        index = self.way.index(tile)
        age_s = self._shown_age_s(t_s) - (index - self.step) * self._show_s
        return eased(3.0 - 2 * age_s / self._show_s) if index >= self.step and age_s >= 0 else 0.0

    def _shown_age_s(self, t_s: float) -> float:
        return t_s - self._since_s - BREATH_S
