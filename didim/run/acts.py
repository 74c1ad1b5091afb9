"""What a surface can be doing: resting, checking people in, having a rest; and, in `playing`, a round.

Each act lives on a clock of its own that stands still while everything is paused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from didim.geometry import Surface
from didim.people import Event, Player
from didim.play import Canvas, CheckIn, Cue, Idle, Rest, Seats, Target, Words
from didim.run.commands import Expected, Seated
from didim.run.live import Phase


class Act(Protocol):
    """One of the things a surface can be doing.

    Attributes:
        words, folder: what is spoken in it, and where recorded prompts lie.
        calm: it is quieter than usual.
        seats: who sits where; None where nobody does.
        over: it has come to its end by itself.
    """

    words: Words
    folder: Path | None
    calm: bool

    @property
    def phase(self) -> Phase: ...

    @property
    def seats(self) -> Seats | None: ...

    @property
    def over(self) -> bool: ...

    def advance(self, t_s: float, players: Sequence[Player], events: Sequence[Event]) -> Sequence[Cue]: ...

    def hold(self, t_s: float) -> None:
        """It stands still at `t_s`."""
        ...

    def draw(self, canvas: Canvas, t_s: float) -> None: ...

    def targets(self) -> Sequence[Target]: ...

    def left_s(self, t_s: float) -> float | None:
        """Until the phase ends by itself; None: not by time."""
        ...

    def end(self) -> None:
        """It ends here and now, at somebody's word."""
        ...


class Resting:
    """Nothing is asked of anybody."""

    phase: Phase = "idle"
    seats: Seats | None = None
    folder: Path | None = None
    calm = False
    over = False

    def __init__(self, surface: Surface, words: Words, clock: Callable[[], str]) -> None:
        self.words = words
        self._picture, self._clock = Idle(surface, words), clock

    def advance(self, t_s: float, players: Sequence[Player], events: Sequence[Event]) -> Sequence[Cue]:
        return ()

    def hold(self, t_s: float) -> None:
        """It has no time that could stand still."""

    def draw(self, canvas: Canvas, t_s: float) -> None:
        self._picture.draw(canvas, t_s, self._clock())

    def targets(self) -> Sequence[Target]:
        return ()

    def left_s(self, t_s: float) -> float | None:
        return None

    def end(self) -> None:
        """It never ends."""


class HavingARest:
    """A rest in a plan."""

    phase: Phase = "rest"
    folder: Path | None = None
    calm = False

    def __init__(
        self, surface: Surface, words: Words, seconds: float, seats: Seats, following: Words | None
    ) -> None:
        self.words = words
        self.seats: Seats | None = seats
        self.over = False
        self._rest = Rest(surface, words, seconds, following)

    def advance(self, t_s: float, players: Sequence[Player], events: Sequence[Event]) -> Sequence[Cue]:
        self.over = self.over or t_s >= self._rest.seconds
        return ()

    def hold(self, t_s: float) -> None:
        """Its time stands still with that of the act."""

    def draw(self, canvas: Canvas, t_s: float) -> None:
        self._rest.draw(canvas, t_s)

    def targets(self) -> Sequence[Target]:
        return ()

    def left_s(self, t_s: float) -> float | None:
        return max(0.0, self._rest.seconds - t_s)

    def end(self) -> None:
        self.over = True


class CheckingIn:
    """Everybody who is expected stands on their emblem.

    Attributes:
        expected: by the number of their emblem.
    """

    phase: Phase = "check_in"
    folder: Path | None = None
    calm = False

    def __init__(self, surface: Surface, words: Words, expected: Sequence[Expected], seconds: float) -> None:
        self.words = words
        self._seconds = seconds
        self.expected = {each.emblem: each for each in expected}
        self._check_in = CheckIn(surface, words, tuple(self.expected), seconds)
        self._ended = False

    @property
    def seats(self) -> Seats:
        return self._check_in.seats

    @property
    def over(self) -> bool:
        return self._check_in.over or self._ended

    @property
    def found(self) -> tuple[Seated, ...]:
        """Who stands on their emblem."""
        return tuple(
            Seated(number, each.player_id, each.age_years)
            for number, each in sorted(self.expected.items())
            if number in self._check_in.found
        )

    @property
    def missing(self) -> tuple[int, ...]:
        """The player ids of those who do not."""
        return tuple(e.player_id for n, e in self.expected.items() if n not in self._check_in.found)

    def advance(self, t_s: float, players: Sequence[Player], events: Sequence[Event]) -> Sequence[Cue]:
        return self._check_in.update(tuple(players), t_s)

    def hold(self, t_s: float) -> None:
        """Its time stands still with that of the act."""

    def draw(self, canvas: Canvas, t_s: float) -> None:
        self._check_in.draw(canvas)

    def targets(self) -> Sequence[Target]:
        return self._check_in.targets()

    def left_s(self, t_s: float) -> float | None:
        return max(0.0, self._seconds - t_s)

    def end(self) -> None:
        self._ended = True
