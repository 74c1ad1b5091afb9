"""The contract between the host and a game."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from didim.drawing import Canvas, Color
from didim.geometry import Point, Surface
from didim.people import Event, Player
from didim.play._chance import Rng
from didim.play._palette import Seats
from didim.play._pictures import Pictures
from didim.play._target import Target
from didim.play._words import Words

_PACE = {"3-5": 0.7, "6-9": 1.0, "10-13": 1.2, "adult": 1.2, "senior": 0.75}
_CALM_PACE = 0.75

SoundName = Literal[
    "plop",
    "chime",
    "splash",
    "fanfare",
    "tick",
    "go",
    "oops",
    "pop",
    "thump",
    "whoosh",
    "star",
    "join",
    "beep",
]
"""The sounds of the kit."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host hands to a game beside the surface: `settings["round_s"]`, `settings.words`.

    Attributes:
        values: the game's settings by name, each checked against its manifest.
        words: the game's messages; everything that a player reads comes from here.
        pictures: the game's own, by name.
    """

    values: Mapping[str, Any]
    words: Words
    pictures: Pictures = field(default_factory=Pictures)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def round_s(self) -> float:
        """How long a round lasts, seconds."""
        return float(self.values["round_s"])

    def lasting_s(self, seconds: float) -> float:
        """How long something that usually lasts so many seconds waits for its player, at this pace.

        Without end where calm play is asked for: nothing runs out of time there.
        """
        return math.inf if self.values["calm"] else seconds / self.pace

    @property
    def pace(self) -> float:
        """How quick things may be for this age, 1 for six to nine years; slower where calm is asked for."""
        return _PACE[self.values["age"]] * (_CALM_PACE if self.values["calm"] else 1.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """One fixed step of game time.

    Attributes:
        index: counts from 0.
        t_s: seconds since the game began.
        dt_s: the step, always the same.
        players: everyone on the surface, predicted to when the light lands.
        seats: color, sign and number of each: `tick.seats[player.id]`.
        events: what these players did, as far as it was found out since the tick before, the earliest
            first; each is told once, and its `t_s` may lie a few ticks back.
    """

    index: int
    t_s: float
    dt_s: float
    players: tuple[Player, ...]
    seats: Seats = field(default_factory=Seats)
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """`points` for a player, earned at `at`."""

    player_id: int
    points: int
    at: Point


@dataclass(frozen=True, slots=True)
class Sound:
    """Play a sound of the kit, heard from `at`, that much higher than it is."""

    name: SoundName
    at: Point | None = None
    semitones: float = 0.0


Tune = Literal[
    "calm",
    "chalk",
    "dance",
    "fair",
    "garden",
    "island",
    "lava",
    "march",
    "paint",
    "pose",
    "riddle",
    "space",
]


@dataclass(frozen=True, slots=True)
class Music:
    """From now on play a tune of the kit, or none; `bpm` is its pace, its first beat falls on this tick."""

    name: Tune | None
    bpm: float = 100.0


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a message of the game's catalogue, given by its key."""

    message: str


@dataclass(frozen=True, slots=True)
class Tell:
    """What the results tell about a player beside the points; a later one takes an earlier one's place.

    `message` is a key of the game's catalogue, `numbers` fill its places.
    """

    player_id: int
    message: str
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Try:
    """Something that was a player's to do was done, or missed; the records tell the share of tries that hit.

    `Challenge.tell` makes one. A game in which nothing can be missed gives none.
    """

    player_id: int
    hit: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """A spray from a point: sparks, paper that flutters down, or a fountain that throws sparks for 2 s."""

    at: Point
    color: Color
    count: int = 40
    kind: Literal["sparks", "confetti", "fountain"] = "sparks"


@dataclass(frozen=True, slots=True)
class Finish:
    """The game is over."""


Cue = Score | Sound | Music | Say | Tell | Try | Burst | Finish
"""What a game asks for beside its drawing."""


class Game(Protocol):
    """`update` owns every rule, `draw` changes nothing; same seed and ticks give the same cues.

    The host calls `update` once a tick and `draw` as often as the display shows a frame, from when the
    players are ready; lobby, countdown, pause and results are the host's. A game knows no clock, file,
    pixel or thread; chance comes from `rng` alone, words from `settings.words`.
    """

    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None: ...

    def update(self, tick: Tick) -> list[Cue]: ...

    def draw(self, canvas: Canvas) -> None: ...

    def targets(self) -> Sequence[Target]:
        """What players are drawn to now; changes nothing."""
        ...
