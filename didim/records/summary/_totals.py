"""Many results in a few figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from didim.records._player import Player
from didim.records._round import Marks, Result
from didim.records.measures import BAND_YEARS, Energy, WhyNoEnergy, energy

NO_ENERGY = Energy(None, "not_measured")
_REASONS: tuple[WhyNoEnergy, ...] = ("under_six", "no_body", "no_age", "not_measured")


@dataclass(frozen=True, slots=True)
class Totals:
    """What results come to. None: not measured in any of them.

    Attributes:
        rounds: how many there are.
        measured: in how many of them effort was measured; sums are of these.
        present_s: time in sight of a game.
        active_share, light_share, moderate_share, vigorous_share: of the time measured, 0 to 1.
        tracked_share: of the time present, 0 to 1.
        accuracy: hits of all tries, 0 to 1.
        reactions: how many reaction times `reaction_s` is the median of, as far as rounds tell only theirs.
        reaction_sd_s: what the rig leaves uncertain in it.
        energy: in kilocalories, or why there is none.
    """

    rounds: int = 0
    measured: int = 0
    present_s: float = 0.0
    measured_s: float | None = None
    active_s: float | None = None
    active_share: float | None = None
    light_share: float | None = None
    moderate_share: float | None = None
    vigorous_share: float | None = None
    tracked_share: float | None = None
    steps: int | None = None
    jumps: int | None = None
    distance_m: float | None = None
    jump_height_m: float | None = None
    jump_height_sd_m: float | None = None
    points: int | None = None
    accuracy: float | None = None
    reactions: int = 0
    reaction_s: float | None = None
    reaction_sd_s: float | None = None
    response_s: float | None = None
    energy: Energy = NO_ENERGY

    @property
    def effort_share(self) -> float | None:
        """Moderate and vigorous together, 0 to 1."""
        if self.moderate_share is None or self.vigorous_share is None:
            return None
        return self.moderate_share + self.vigorous_share


def totals(results: Sequence[Result], player: Player | None = None) -> Totals:
    """Add up results; with the player they are of, energy too."""
    every = [result.marks for result in results]
    timed = [marks for marks in every if marks.measured_s]
    graded = [marks for marks in timed if marks.light_s is not None]
    timed_s, graded_s = _sum(timed, "measured_s"), _sum(graded, "measured_s")
    highest = max(every, key=lambda marks: marks.jump_height_m or 0.0, default=Marks(0))
    return Totals(
        rounds=len(every),
        measured=len(timed),
        present_s=sum(marks.present_s for marks in every),
        measured_s=timed_s,
        active_s=_sum(timed, "active_s"),
        active_share=_share(_sum(timed, "active_s"), timed_s),
        light_share=_share(_sum(graded, "light_s"), graded_s),
        moderate_share=_share(_sum(graded, "moderate_s"), graded_s),
        vigorous_share=_share(_sum(graded, "vigorous_s"), graded_s),
        tracked_share=_tracked(every),
        steps=_count(every, "steps"),
        jumps=_count(every, "jumps"),
        distance_m=_sum(every, "distance_m"),
        jump_height_m=highest.jump_height_m,
        jump_height_sd_m=highest.jump_height_sd_m,
        points=_count(every, "points"),
        accuracy=_accuracy(every),
        energy=_energy(results, player),
        **_times(every),
    )


def _sum(every: Iterable[Marks], name: str) -> float | None:
    found = [value for marks in every if (value := getattr(marks, name)) is not None]
    return float(sum(found)) if found else None


def _count(every: Iterable[Marks], name: str) -> int | None:
    found = _sum(every, name)
    return None if found is None else int(found)


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _tracked(every: Sequence[Marks]) -> float | None:
    seen = [marks for marks in every if marks.tracked_share is not None]
    whole_s = sum(marks.present_s for marks in seen)
    return sum((m.tracked_share or 0.0) * m.present_s for m in seen) / whole_s if whole_s > 0 else None


def _accuracy(every: Sequence[Marks]) -> float | None:
    told = [marks for marks in every if marks.accuracy is not None]
    hits = sum(marks.hits or 0 for marks in told)
    return hits / (hits + sum(marks.misses or 0 for marks in told)) if told else None


def _times(every: Sequence[Marks]) -> dict[str, Any]:
    """Reactions and responses: medians of the rounds' medians, each round as heavy as it has reactions."""
    reactions = [(m.reaction_s, m.reactions or 1) for m in every if m.reaction_s is not None]
    responses = [(m.response_s, 1) for m in every if m.response_s is not None]
    sds = [marks.reaction_sd_s for marks in every if marks.reaction_sd_s is not None]
    return {
        "reactions": sum(count for _, count in reactions),
        "reaction_s": _weighted_median(reactions),
        "reaction_sd_s": max(sds, default=None),
        "response_s": _weighted_median(responses),
    }


def _weighted_median(values: Sequence[tuple[float, int]]) -> float | None:
    """The value in whose reach the middle of all weights lies."""
    reached, half = 0, sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        reached += weight
        if reached >= half:
            return value
    return None


def _energy(results: Sequence[Result], player: Player | None) -> Energy:
    """The sum over rounds, each at the age of its day; the first reason where there is none at all."""
    found: list[Energy] = [
        energy(
            result.marks.met_minutes,
            age_years=age_of(player, result),
            sex=player.sex if player else None,
            mass_kg=player.mass_kg if player else None,
        )
        for result in results
    ]
    told = [each.kcal for each in found if each.kcal is not None]
    if told:
        return Energy(sum(told))
    reasons = {each.why_not for each in found}
    return next((Energy(None, why) for why in _REASONS if why in reasons), NO_ENERGY)


def age_of(player: Player | None, result: Result) -> float:
    """The player's age on the day of a round, else the youngest of the band it was set up for."""
    own = player.age_years(result.round.began_at) if player else None
    return float(BAND_YEARS[result.round.age] if own is None else own)
