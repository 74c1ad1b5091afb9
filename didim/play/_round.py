"""One round of a game: fixed ticks, the scores, and the end."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from didim.drawing import Canvas
from didim.geometry import Point, Surface
from didim.people import Event, Player
from didim.play._catalog import MODULE_PREFIX
from didim.play._chance import Rng
from didim.play._course import Course
from didim.play._game import Cue, Finish, Game, Score, Settings, Tick
from didim.play._manifest import GamePack
from didim.play._palette import Seats
from didim.play._target import Target
from didim.problem import Problem

TICK_HZ = 60.0

CATCH_UP_TICKS = 15
"""The most ticks of one `advance`; what is due beyond them never happens, the round ends later instead."""

OFF_SURFACE_M = 0.3
"""Who stands further than this beside the surface looks on and does not play."""

_Result = TypeVar("_Result")


class GameError(Problem):
    """A game crashed; the message names the game, the line and what it said."""

    exit_code = 8


class Round:
    """Runs a game at its fixed rate from whatever rate frames and people arrive at.

    Attributes:
        scores: points by player id, of everyone who scored.
        finished: the game gave its `Finish`; no tick follows.
        slipped_s: how far the round has fallen behind the host's clock, by catching up no further and by
            pausing.
        paused: it stands still, and says so.
        course: where it stands; None where a bare game is run.

    Args:
        veil: draws the game while it is paused.
    """

    def __init__(
        self,
        game: Game,
        surface: Surface,
        *,
        name: str = "game",
        tick_hz: float = TICK_HZ,
        veil: Callable[[Canvas], None] | None = None,
    ) -> None:
        if not 10.0 <= tick_hz <= 240.0:
            raise ValueError(f"tick_hz lies between 10 and 240, got {tick_hz}")
        self.scores: dict[int, int] = {}
        self.finished = False
        self.slipped_s = 0.0
        self.paused = False
        self.course: Course | None = None
        self._game = game
        self._veil = veil
        self._surface = surface
        self._name = name
        self._tick_hz = tick_hz
        self._ticks = 0
        self._untold: list[Event] = []

    @classmethod
    def start(
        cls,
        pack: GamePack,
        surface: Surface,
        *,
        seed: int,
        settings: Settings,
        tick_hz: float = TICK_HZ,
        seats: Seats | None = None,
        keeps: bool = False,
    ) -> Round:
        """Load the game and begin its round; `seats` and `keeps` are as in `Course`.

        Raises:
            PackError: the folder holds no such game.
            GameError: its code crashed on the way.
        """
        rng = Rng(seed)
        course = guarded(pack.slug, lambda: Course(pack, surface, rng, settings, seats=seats, keeps=keeps))
        begun = cls(course, surface, name=pack.slug, tick_hz=tick_hz, veil=course.draw_pause)
        begun.course = course
        return begun

    @property
    def t_s(self) -> float:
        """The game's own time: that of the tick to come."""
        return self._ticks / self._tick_hz

    def pause(self, to_t_s: float) -> None:
        """Stand still up to `to_t_s` on the host's clock: who is not seen must not lose."""
        self.paused = True
        self.slipped_s += max(0, self._due(to_t_s)) / self._tick_hz

    def advance(
        self, to_t_s: float, players: Sequence[Player], events: Sequence[Event] = ()
    ) -> tuple[Cue, ...]:
        """Run the ticks that are due at `to_t_s` seconds on the host's clock since the round began.

        Every tick of one call sees the same players. `events` are what was found out since the call before,
        their times on the same clock; the first tick that is due hears of them.

        Raises:
            GameError: the game crashed.
        """
        self.paused = False
        due = self._due(to_t_s)
        if due > CATCH_UP_TICKS:
            self.slipped_s += (due - CATCH_UP_TICKS) / self._tick_hz
            due = CATCH_UP_TICKS
        present = tuple(p for p in players if self._surface.contains(p.feet, margin_m=-OFF_SURFACE_M))
        self._untold += [replace(event, t_s=event.t_s - self.slipped_s) for event in events]
        cues: list[Cue] = []
        for _ in range(due):
            if self.finished:
                break
            cues += self._tick(present)
        return tuple(cues)

    def draw(self, canvas: Canvas) -> None:
        """Draw the game as it stands.

        Raises:
            GameError: the game crashed.
        """
        draw = self._veil if self.paused and self._veil else self._game.draw
        guarded(self._name, lambda: draw(canvas))

    def targets(self) -> Sequence[Target]:
        """What players are drawn to now.

        Raises:
            GameError: the game crashed.
        """
        return guarded(self._name, self._game.targets)

    def places_to_be(self) -> tuple[Point, ...]:
        """Where players are drawn to now, for simulated people, who have no eyes.

        Raises:
            GameError: the game crashed.
        """
        return tuple(target.place for target in self.targets() if target.kind == "reach")

    def _due(self, to_t_s: float) -> int:
        # The small lead forgives a clock that reads 0.0166666 for the time of tick 1.
        return math.floor((to_t_s - self.slipped_s) * self._tick_hz + 1e-6) + 1 - self._ticks

    def _tick(self, players: tuple[Player, ...]) -> list[Cue]:
        here = {player.id for player in players}
        events = sorted((e for e in self._untold if e.player_id in here), key=lambda event: event.t_s)
        self._untold.clear()
        tick = Tick(self._ticks, self.t_s, 1.0 / self._tick_hz, players, events=tuple(events))
        cues = guarded(self._name, lambda: self._game.update(tick))
        self._ticks += 1
        for cue in cues:
            if isinstance(cue, Score):
                self.scores[cue.player_id] = self.scores.get(cue.player_id, 0) + cue.points
        self.finished = any(isinstance(cue, Finish) for cue in cues)
        return cues


def guarded(name: str, call: Callable[[], _Result]) -> _Result:
    """Call into the code of the game `name`.

    Raises:
        GameError: in place of any error but a Problem, which passes.
    """
    try:
        return call()
    except Problem:
        raise
    except Exception as error:
        frames = list(traceback.walk_tb(error.__traceback__))
        # The deepest line of the game itself, not of the library that it called.
        own = [(f, line) for f, line in frames if f.f_globals["__name__"].startswith(MODULE_PREFIX)]
        frame, line = (own or frames)[-1]
        raise GameError(
            f"the game {name!r} crashed: {type(error).__name__}: {error} "
            f"({frame.f_code.co_filename}:{line}, in {frame.f_code.co_name}); mend it or play another game"
        ) from error
