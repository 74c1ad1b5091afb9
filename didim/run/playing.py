"""A round of a game with its account: from the lobby to its results, which wait until they are kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from didim.geometry import Surface
from didim.people import Event, Player
from didim.play import Canvas, Cue, GamePack, Round, Seats, Settings, Target, Words
from didim.play import Phase as CoursePhase
from didim.records import RoundBegan
from didim.records.measures import Delay
from didim.run.account import RoundAccount
from didim.run.commands import Seated
from didim.run.hearing import SPEECH_FOLDER
from didim.run.ledger import RoundEntry
from didim.run.live import Phase
from didim.run.standing import HowFar

DAMPED_APART_S = 1.0
"""Light that is softened again within so long is softened once."""

KEPT_WITHIN_S = 3.0
"""So long a result waits to be kept before it is shown all the same, and the console is told."""

_BEFORE: tuple[CoursePhase, ...] = ("lobby", "countdown")


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """A round to be played.

    Attributes:
        began: what the records are told; its `began_at` becomes the moment when play begins.
        known: who has a seat, by its number.
        delay: the rig's.
        trial: it is not counted and not written down.
    """

    pack: GamePack
    settings: Settings
    seats: Seats
    began: RoundBegan
    known: Mapping[int, Seated]
    delay: Delay
    trial: bool = False


class Playing:
    """Plays a round and keeps its account; an `Act`.

    Attributes:
        waited: its results were shown before they were kept.
        how_far: what the records know of it; a trial never comes so far.
        damped: how many times the flash guard has softened its light, from the lobby on.

    Args:
        tell: where entries for the ledger go.
        now: the time of day, with its zone.

    Raises:
        PackError, GameError: the game cannot be loaded or crashed, here and in every call.
    """

    def __init__(
        self,
        surface: Surface,
        spec: RoundSpec,
        tell: Callable[[RoundEntry], None],
        now: Callable[[], datetime],
    ) -> None:
        self._spec, self._tell, self._now = spec, tell, now
        self.words: Words = spec.settings.words
        self.folder: Path | None = spec.pack.folder / SPEECH_FOLDER
        self.calm: bool = spec.settings["calm"]
        self.waited = False
        self.damped = 0
        self._damped_s = -math.inf
        self._on_floor = surface.kind == "floor"
        self._round = Round.start(
            spec.pack,
            surface,
            seed=spec.began.seed,
            settings=spec.settings,
            seats=spec.seats,
            keeps=not spec.trial,
        )
        assert self._round.course is not None
        self._course = self._round.course
        self._account: RoundAccount | None = None
        self._keeping_since_s: float | None = None
        self._ended = False
        self.how_far: HowFar = ""

    @property
    def key(self) -> str:
        """Names the round in the records."""
        return self._spec.began.key

    @property
    def game(self) -> str:
        """The game's slug."""
        return self._spec.pack.slug

    @property
    def phase(self) -> Phase:
        phase = self._course.phase
        return "results" if phase == "over" else phase

    @property
    def seats(self) -> Seats:
        return self._course.seats

    @property
    def known(self) -> Mapping[int, Seated]:
        """Who has a seat, by its number."""
        return self._spec.known

    @property
    def points(self) -> Mapping[int, int]:
        """By seat, of everyone who played."""
        return self._course.points

    @property
    def over(self) -> bool:
        return self._round.finished or self._ended

    def advance(self, t_s: float, players: Sequence[Player], events: Sequence[Event]) -> Sequence[Cue]:
        before = self._course.phase
        cues = self._round.advance(t_s, players, events)
        phase = self._course.phase
        if before in _BEFORE and phase not in (*_BEFORE, "over") and not self._spec.trial:
            self.how_far = "playing"
            self._account = RoundAccount(
                replace(self._spec.began, began_at=self._now()),
                self._spec.known,
                self._spec.delay,
                on_floor=self._on_floor,
            )
            self.write()
        if self._account is not None:
            self._account.take(t_s, players, events, cues, self._course.targets(), self.seats)
        if phase == "keeping" and not self._spec.trial:
            self._keep(t_s)
        return cues

    def hold(self, t_s: float) -> None:
        self._round.pause(t_s)

    def damp(self, t_s: float) -> None:
        """The flash guard holds light of it back at `t_s`."""
        self.damped += t_s - self._damped_s > DAMPED_APART_S
        self._damped_s = t_s

    def write(self) -> None:
        """Tell how the round stands, while there is something to tell."""
        self._write("running")

    def kept(self, key: str) -> None:
        """The result of the round of that key is on the disk."""
        if key == self.key:
            self._course.kept()

    def end(self) -> None:
        self._settle("stopped")
        self._ended = True

    def draw(self, canvas: Canvas, t_s: float) -> None:
        self._round.draw(canvas)

    def targets(self) -> Sequence[Target]:
        return self._round.targets()

    def left_s(self, t_s: float) -> float | None:
        since_s = t_s - self._round.slipped_s - self._course.since_s
        lasts_s = self._course.lasts_s
        return None if lasts_s is None else max(0.0, lasts_s - since_s)

    def _keep(self, t_s: float) -> None:
        """The last entry goes out once; then its answer is awaited for a bounded time."""
        if self._keeping_since_s is None:
            self._keeping_since_s = t_s
            self._settle("finished")
        elif t_s - self._keeping_since_s >= KEPT_WITHIN_S and not self.waited:
            self.waited = True
            self._course.kept()

    def _settle(self, state: Literal["finished", "stopped"]) -> None:
        if self._account is not None:
            self._write(state)
            self._account, self.how_far = None, "played"

    def _write(self, state: Literal["running", "finished", "stopped"]) -> None:
        if self._account is not None:
            self._tell(self._account.entry(self._now(), state, damped=self.damped))
