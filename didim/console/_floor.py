"""What plays now: seeing it, starting it, and stopping it at any time."""

from __future__ import annotations

from collections.abc import Mapping

from didim.console._actor import Actor
from didim.console._door import Door
from didim.console._permissions import Area, guarded
from didim.console._problems import Invalid, NotFound, Unavailable
from didim.play import GamePack, Language, Plan, checked_settings
from didim.run.commands import (
    CheckIn,
    Expected,
    GamePart,
    Pause,
    Replay,
    Resume,
    Safe,
    Seated,
    Skip,
    SpeakIn,
    Start,
    Stop,
    Value,
    Volume,
    parts_of,
)
from didim.run.desk import Desk
from didim.run.live import Live

NOTHING_NEW = frozenset({"disk_full", "records_failed"})
"""Notices with which no new session begins: its results would be lost."""


@guarded("floor")
class Floor(Area):
    """The surface that people play on. A method returns its command's number; `Live.heard` reaches it."""

    def __init__(self, door: Door, desk: Desk, catalog: Mapping[str, GamePack]) -> None:
        super().__init__(door)
        self._desk, self._catalog = desk, catalog

    def live(self, actor: Actor) -> Live:
        """How everything stands now: data that a view is drawn from, never a picture."""
        return self._desk.live()

    def start_game(
        self,
        actor: Actor,
        slug: str,
        settings: Mapping[str, Value] | None = None,
        *,
        seats: tuple[Seated, ...] | None = None,
        seed: int = 0,
    ) -> int:
        """Play one round of a game; what runs now is stopped first.

        Raises:
            NotFound: there is no such game.
            PackError: a setting is unknown or out of range.
            Unavailable: results could not be kept now.
        """
        return self._start(Start((GamePart(slug, dict(settings or {})),), seats, seed))

    def try_game(self, actor: Actor, slug: str, settings: Mapping[str, Value] | None = None) -> int:
        """Play one round of a game of which nothing is written down; what runs now is stopped first.

        Raises:
            NotFound, PackError: as in `start_game`.
        """
        return self._start(Start((GamePart(slug, dict(settings or {})),), trial=True))

    def start_plan(
        self,
        actor: Actor,
        plan: Plan,
        *,
        seats: tuple[Seated, ...] | None = None,
        session_id: int | None = None,
    ) -> int:
        """Play a whole plan; what runs now is stopped first. `Plans.start` also begins its record.

        Raises:
            NotFound, PackError, Unavailable: as in `start_game`.
        """
        return self._start(Start(parts_of(plan), seats, plan.seed, session_id, plan.title))

    def check_in(self, actor: Actor, expected: tuple[Expected, ...], seconds: float = 60.0) -> int:
        """Light an emblem for everyone expected, until each stands on theirs or the time is over.

        Raises:
            Invalid: nobody is expected, two have one emblem, or the time is no 5 to 600 s.
        """
        if not expected or len({each.emblem for each in expected}) < len(expected):
            raise Invalid("emblems")
        if not 5 <= seconds <= 600:
            raise Invalid("check_in_time")
        return self._desk.send(CheckIn(expected, seconds))

    def pause(self, actor: Actor) -> int:
        """Everything stands still."""
        return self._desk.send(Pause())

    def resume(self, actor: Actor) -> int:
        """Go on after a pause or after `safe`."""
        return self._desk.send(Resume())

    def skip(self, actor: Actor) -> int:
        """End this part, keep what it came to, go on with the next."""
        return self._desk.send(Skip())

    def replay(self, actor: Actor, *, play: bool = True) -> int:
        """Play the round again that broke off when the stage crashed, or take the offer back."""
        return self._desk.send(Replay(play))

    def stop(self, actor: Actor) -> int:
        """End everything, keep what it came to."""
        return self._desk.send(Stop())

    def safe(self, actor: Actor) -> int:
        """White light and silence at once. Works for whoever was ever let in, and says so every time."""
        return self._desk.send(Safe())

    def volume(self, actor: Actor, level: float) -> int:
        """How loud, 0 to 1; raises Invalid beyond."""
        if not 0 <= level <= 1:
            raise Invalid("volume")
        return self._desk.send(Volume(level))

    def language(self, actor: Actor, near: Language, far: Language) -> int:
        """The words at the near and at the far edge, from the next round on."""
        return self._desk.send(SpeakIn(near, far))

    def _start(self, start: Start) -> int:
        if not start.trial:
            refuse_what_cannot_be_kept(self._desk)
        for part in start.parts:
            if isinstance(part, GamePart):
                if part.game not in self._catalog:
                    raise NotFound("no_game", game=part.game)
                checked_settings(self._catalog[part.game], part.settings)
        return self._desk.send(start)


def refuse_what_cannot_be_kept(desk: Desk) -> None:
    """Raises Unavailable while results could not be written down."""
    if any(notice.kind in NOTHING_NEW for notice in desk.live().notices):
        raise Unavailable("records_full")
