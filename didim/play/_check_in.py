"""The check-in: everybody who is expected stands on their own emblem; then it is known who is where."""

from __future__ import annotations

from collections.abc import Sequence

from didim.drawing import Canvas
from didim.geometry import Surface
from didim.people import Player
from didim.play._game import Cue, Tick
from didim.play._lobby import Lobby
from didim.play._palette import Seats
from didim.play._signs import Signs
from didim.play._target import Target
from didim.play._words import Words

STEP_S = 1 / 60
JOY_S = 1.5
"""Everybody sees the last emblem light up."""


class CheckIn:
    """Lights one emblem for each seat that is expected, until somebody stands on each or the time is over.

    Attributes:
        seats: who sits where; the seats expected are reserved in it.
        over: everybody stands, or the time is up.

    Args:
        numbers: the seats whose emblems are expected.
        seconds: how long it may take.
    """

    def __init__(self, surface: Surface, words: Words, numbers: Sequence[int], seconds: float) -> None:
        self.seats = Seats(numbers)
        self.over = False
        self._numbers = frozenset(numbers)
        self._seconds = seconds
        self._lobby = Lobby(surface, Signs(surface, words), self.seats, tuple(numbers), asks="stand")
        self._index = 0
        self._full_s: float | None = None

    @property
    def found(self) -> frozenset[int]:
        """The seats that somebody has taken."""
        return self._lobby.taken

    def targets(self) -> Sequence[Target]:
        """A free emblem for each who has none yet."""
        return self._lobby.targets()

    def update(self, players: tuple[Player, ...], t_s: float) -> list[Cue]:
        """Go on to `t_s`, seconds since it began, in fixed steps."""
        cues: list[Cue] = []
        while self._index * STEP_S <= t_s and not self.over:
            cues += self._lobby.update(Tick(self._index, self._index * STEP_S, STEP_S, players, self.seats))
            self._index += 1
            self._end(self._index * STEP_S)
        return cues

    def _end(self, t_s: float) -> None:
        self._full_s = (self._full_s or t_s) if self.found == self._numbers else None
        joyful = self._full_s is not None and t_s - self._full_s >= JOY_S
        self.over = joyful or t_s >= self._seconds

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("space")
        self._lobby.draw(canvas)
