"""Rounds, sessions and the measures of a player in a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from didim.records._player import AgeBand

DAMPED_OF = timedelta(days=30)
"""How long a game whose light was softened is told of."""

RoundState = Literal["running", "finished", "stopped", "interrupted"]
"""`finished` by the game's own end, `stopped` by a person, `interrupted` by a crash or a power cut."""

SessionState = Literal["running", "finished", "stopped", "interrupted"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What one player did in one round. None says 'not measured' and is never shown as zero.

    docs/measures.md has each formula with its source and limits.

    Attributes:
        seat: the player's place in the round, 1, 2, 3, …
        player_id: whose record it goes to; None for a guest, of whom nothing is kept.
        points, hits, misses: what the game gave.
        present_s: from when the player was first seen to the last moment counted.
        tracked_share: the share of `present_s` in which they were seen, 0 to 1.
        measured_s: the time in which effort could be told; the four below share it out with standing still.
        active_s: moving at all; light_s, moderate_s, vigorous_s: by effort, from age 6.
        met_minutes: minutes times metabolic equivalent (youth's own from 6 to 17); None under 6.
        steps, jumps, distance_m: counted and walked.
        jump_height_m, jump_height_sd_m: the highest jump and its standard deviation.
        reactions: how many reaction times the median is of.
        reaction_s, reaction_sd_s: from the light to the first lift of a foot, the rig's delay taken off;
            the median, and the uncertainty of it that the rig leaves.
        response_s: from the light to being there; the median.
    """

    seat: int
    player_id: int | None = None
    points: int | None = None
    hits: int | None = None
    misses: int | None = None
    present_s: float = 0.0
    tracked_share: float | None = None
    measured_s: float | None = None
    active_s: float | None = None
    light_s: float | None = None
    moderate_s: float | None = None
    vigorous_s: float | None = None
    met_minutes: float | None = None
    steps: int | None = None
    jumps: int | None = None
    distance_m: float | None = None
    jump_height_m: float | None = None
    jump_height_sd_m: float | None = None
    reactions: int | None = None
    reaction_s: float | None = None
    reaction_sd_s: float | None = None
    response_s: float | None = None

    @property
    def seated(self) -> bool:
        """Played from a chair: the way is the chair's, and steps there are none to count."""
        return self.distance_m is not None and self.steps is None

    @property
    def accuracy(self) -> float | None:
        """The share of tries that hit, 0 to 1."""
        if self.hits is None or self.misses is None or self.hits + self.misses == 0:
            return None
        return self.hits / (self.hits + self.misses)


@dataclass(frozen=True, slots=True)
class RoundBegan:
    """A round begins.

    Attributes:
        key: names this round alone (a UUID): told twice, it is written once.
        game: the game's slug.
        surface: the rig's name of the surface.
        age: whom it was set up for.
        settings: the game's, as it runs with them.
        session_id, group_id: what it belongs to, or None.
    """

    key: str
    game: str
    surface: str
    age: AgeBand
    began_at: datetime
    seed: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    session_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """A round is over: how, and everyone's measures; `damped` is as in `Round`."""

    ended_at: datetime
    state: Literal["finished", "stopped"]
    marks: tuple[Marks, ...] = ()
    damped: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """A round in the records.

    Attributes:
        progressed_at: the newest moment that was written.
        ended_at: None while it runs; of an interrupted round the newest moment written.
        guests: how many played without a record.
        damped: how many times the flash guard softened its light; None where nobody counted.
    """

    id: int
    key: str
    game: str
    surface: str
    age: AgeBand
    state: RoundState
    began_at: datetime
    progressed_at: datetime
    ended_at: datetime | None
    seed: int
    settings: Mapping[str, Any]
    session_id: int | None
    group_id: int | None
    guests: int
    damped: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A player's measures with the round they are from."""

    round: Round
    marks: Marks


@dataclass(frozen=True, slots=True)
class SessionBegan:
    """A session begins.

    Attributes:
        key: names this session alone: told twice, it is written once.
        plan: the plan as it runs, a JSON object, or None for single games.
    """

    key: str
    title: str
    began_at: datetime
    plan: Mapping[str, Any] | None = None
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session in the records.

    Attributes:
        checkpoint: how far the plan has come, a JSON object as the runner gave it; resumed from.
    """

    id: int
    key: str
    title: str
    state: SessionState
    began_at: datetime
    progressed_at: datetime
    ended_at: datetime | None
    plan: Mapping[str, Any] | None
    checkpoint: Mapping[str, Any] | None
    group_id: int | None
