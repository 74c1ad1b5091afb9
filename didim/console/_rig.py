"""The rig itself: measuring it, and how everything goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from didim.console._actor import Actor
from didim.console._door import Clock, Door
from didim.console._permissions import Area, guarded
from didim.console._problems import Conflict
from didim.records import DAMPED_OF, Book
from didim.run.desk import Desk
from didim.run.lending import Devices
from didim.run.live import Notice, Phase, Tracking
from didim.survey import Surveyor, surveyor

LATE_FRAME_MS = 20.0
STALE_PICTURE_MS = 1500.0
AT_REST: tuple[Phase, ...] = ("starting", "idle")


@dataclass(frozen=True, slots=True)
class Health:
    """How the running rig is.

    Attributes:
        state: "starting" until the stage has spoken; "poor" where seeing or drawing does not keep up or
            something has to be known.
        frame_ms, quality: as in `Live`.
        damped: how many times the flash guard softened each game's light in the last 30 days.
    """

    state: Literal["starting", "well", "poor"]
    version: str
    rig: str
    phase: Phase
    tracking: Tracking
    frame_ms: float
    quality: str
    notices: tuple[Notice, ...]
    damped: Mapping[str, int]


@guarded("rig")
class Rig(Area):
    """For who installs and mends."""

    def __init__(
        self, door: Door, desk: Desk, book: Book, clock: Clock, devices: Devices | None = None
    ) -> None:
        super().__init__(door)
        self._desk, self._book, self._clock, self._devices = desk, book, clock, devices

    def health(self, actor: Actor) -> Health:
        """How everything goes now."""
        live = self._desk.live()
        late = live.frame_ms > LATE_FRAME_MS or live.tracking.age_ms > STALE_PICTURE_MS
        poor: Literal["well", "poor"] = "poor" if late or live.notices else "well"
        return Health(
            "starting" if live.phase == "starting" else poor,
            version("didim"),
            live.rig,
            live.phase,
            live.tracking,
            live.frame_ms,
            live.quality,
            live.notices,
            self._book.rounds.damped(self._clock() - DAMPED_OF),
        )

    def borrow(self, actor: Actor) -> bool:
        """Ask for the cameras and displays that the running rig holds; whether they are free by now.

        Ask again every second or so for as long as they are needed. Nothing is seen and drawn meanwhile.

        Raises:
            Conflict: something plays.
        """
        if self._devices is None:
            return True
        if self._desk.live().phase not in AT_REST and not self._devices.lent():
            raise Conflict("still_plays")
        return self._devices.want()

    def give_back(self, actor: Actor) -> None:
        """Let the rig have its cameras and displays again."""
        if self._devices is not None:
            self._devices.give_back()

    def surveyor(self, actor: Actor) -> Surveyor:
        """Who measures the rig and keeps people off parts of it; raises Problem where nobody does."""
        return surveyor()
