"""One round of a game: fixed ticks, the scores, and the end."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

from didim.geometry import Surface
from didim.people import Player
from didim.play._canvas import Canvas
from didim.play._catalog import MODULE_PREFIX, load
from didim.play._game import Cue, Finish, Game, Rng, Score, Settings, Tick
from didim.play._manifest import GamePack
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
        slipped_s: how far the round has fallen behind the host's clock by catching up no further.
    """

    def __init__(self, game: Game, surface: Surface, *, name: str = "game", tick_hz: float = TICK_HZ) -> None:
        if not 10.0 <= tick_hz <= 240.0:
            raise ValueError(f"tick_hz lies between 10 and 240, got {tick_hz}")
        self.scores: dict[int, int] = {}
        self.finished = False
        self.slipped_s = 0.0
        self._game = game
        self._surface = surface
        self._name = name
        self._tick_hz = tick_hz
        self._ticks = 0

    @classmethod
    def start(
        cls, pack: GamePack, surface: Surface, *, seed: int, settings: Settings, tick_hz: float = TICK_HZ
    ) -> Round:
        """Load the game and begin its round.

        Raises:
            PackError: the folder holds no such game.
            GameError: its code crashed on the way.
        """
        game = guarded(pack.slug, lambda: load(pack)(surface, Rng(seed), settings))
        return cls(game, surface, name=pack.slug, tick_hz=tick_hz)

    @property
    def t_s(self) -> float:
        """The game's own time: that of the tick to come."""
        return self._ticks / self._tick_hz

    def advance(self, to_t_s: float, players: Sequence[Player]) -> tuple[Cue, ...]:
        """Run the ticks that are due at `to_t_s` seconds on the host's clock since the round began.

        Every tick of one call sees the same players.

        Raises:
            GameError: the game crashed.
        """
        # The small lead forgives a clock that reads 0.0166666 for the time of tick 1.
        due = math.floor((to_t_s - self.slipped_s) * self._tick_hz + 1e-6) + 1 - self._ticks
        if due > CATCH_UP_TICKS:
            self.slipped_s += (due - CATCH_UP_TICKS) / self._tick_hz
            due = CATCH_UP_TICKS
        present = tuple(p for p in players if self._surface.contains(p.feet, margin_m=-OFF_SURFACE_M))
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
        guarded(self._name, lambda: self._game.draw(canvas))

    def _tick(self, players: tuple[Player, ...]) -> list[Cue]:
        tick = Tick(self._ticks, self.t_s, 1.0 / self._tick_hz, players)
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
