"""The contract between the host and a game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Literal, Protocol

from didim.geometry import Point, Surface
from didim.people import Player
from didim.play._canvas import Canvas, Color
from didim.play._words import Words

Rng = Random
"""A seeded source of chance, handed to every game."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host hands to a game beside the surface: `settings["round_s"]`, `settings.words`.

    Attributes:
        values: the game's settings by name, each checked against its manifest.
        words: the game's messages; everything that a player reads comes from here.
    """

    values: Mapping[str, Any]
    words: Words

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Tick:
    """One fixed step of game time.

    Attributes:
        index: counts from 0.
        t_s: seconds since the game began.
        dt_s: the step, always the same.
        players: everyone on the surface, predicted to when the light lands.
    """

    index: int
    t_s: float
    dt_s: float
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """`points` for a player, earned at `at`."""

    player_id: int
    points: int
    at: Point


@dataclass(frozen=True, slots=True)
class Sound:
    """Play a sound of the kit, heard from `at`."""

    name: Literal["plop", "chime", "splash", "fanfare"]
    at: Point | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a message of the game's catalogue, given by its key."""

    message: str


@dataclass(frozen=True, slots=True)
class Burst:
    """A spray of sparks from a point."""

    at: Point
    color: Color
    count: int = 40


@dataclass(frozen=True, slots=True)
class Finish:
    """The game is over."""


Cue = Score | Sound | Say | Burst | Finish
"""What a game asks for beside its drawing."""


class Game(Protocol):
    """`update` owns every rule, `draw` changes nothing; same seed and ticks give the same cues.

    The host calls `update` once a tick and `draw` as often as the display shows a frame. A game knows no
    clock, file, pixel or thread; chance comes from `rng` alone, words from `settings.words`.
    """

    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None: ...

    def update(self, tick: Tick) -> list[Cue]: ...

    def draw(self, canvas: Canvas) -> None: ...
