"""Leaderboards: by effort or by progress, so that everybody can lead; never by points of different games."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal

from didim.records._player import AgeBand, Player
from didim.records._round import Result
from didim.records.measures import BAND_YEARS
from didim.records.measures._limits import YOUNGEST_YEARS
from didim.records.summary._totals import totals
from didim.records.summary._weeks import progress, weeks

By = Literal["effort", "progress"]
Allowed = Literal["off", "6+", "all"]
"""The site's setting `leaderboards`."""

LEAST_MEASURED_S = 60.0
"""With less than this nobody is placed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a leaderboard.

    Attributes:
        rank: 1, 2, 2, 4: equal values share one.
        value: the share of time in effort, 0 to 1, or how it changed.
    """

    rank: int
    player: Player
    value: float


def may_lead(allowed: Allowed, age: AgeBand) -> bool:
    """Whether a group of that age has leaderboards; under six only where a site turns them on."""
    return allowed == "all" or (allowed == "6+" and BAND_YEARS[age] >= YOUNGEST_YEARS)


def leaderboard(
    results: Mapping[Player, Sequence[Result]], by: By, *, zone: tzinfo | None = None
) -> tuple[Place, ...]:
    """Who leads; who was not measured for a minute is not placed.

    Effort is moderate and vigorous time as a share of the time measured; under six, where those are not
    measured, the share of time moving.
    """
    values = {player: _value(player, own, by, zone) for player, own in results.items()}
    placed = sorted(
        ((value, player) for player, value in values.items() if value is not None),
        key=lambda each: (-each[0], each[1].id),
    )
    return tuple(
        Place(1 + sum(other > value for other, _ in placed), player, value) for value, player in placed
    )


def _value(player: Player, results: Sequence[Result], by: By, zone: tzinfo | None) -> float | None:
    everything = totals(results, player)
    if (everything.measured_s or 0.0) < LEAST_MEASURED_S:
        return None
    graded = everything.effort_share is not None
    if by == "effort":
        return everything.effort_share if graded else everything.active_share
    return progress(weeks(results, player, zone=zone), "effort_share" if graded else "active_share")
