"""What an engagement is given: the place where it is, and what it needs of the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from didim.geometry import Surface
from didim.play import GamePack
from didim.records.measures import Delay
from didim.run.ledger import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """Where all this happens.

    Attributes:
        title: the place's name, as the resting picture shows it.
        surface_name: in the rig file.
        games: what can be played, by slug.
        delay: what the rig adds to a reaction time.
    """

    title: str
    surface_name: str
    surface: Surface
    games: Mapping[str, GamePack]
    delay: Delay = field(default_factory=Delay)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the engagement needs of the world.

    Attributes:
        tell: takes entries for the ledger.
        now: the time of day, with its zone.
        new_key: a fresh name for a round.
    """

    tell: Callable[[Entry], None]
    now: Callable[[], datetime]
    new_key: Callable[[], str]
