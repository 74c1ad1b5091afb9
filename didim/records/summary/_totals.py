"""Many results in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
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
    of = _Columns([result.marks for result in results])
    measured_s = of.sum("measured_s")
    graded_s = of.sum_where("measured_s", "light_s")
    heights = of.both("jump_height_m", "jump_height_sd_m")
    highest_m, highest_sd_m = max(heights, key=lambda height: height[0], default=(None, None))
    reactions = [(reaction_s, count or 1) for reaction_s, count in of.both("reaction_s", "reactions")]
    return Totals(
        rounds=len(results),
        measured=sum(map(bool, of["measured_s"])),
        present_s=of.sum("present_s") or 0.0,
        measured_s=measured_s,
        active_s=of.sum("active_s"),
        active_share=_share(of.sum("active_s"), measured_s),
        light_share=_share(of.sum("light_s"), graded_s),
        moderate_share=_share(of.sum("moderate_s"), graded_s),
        vigorous_share=_share(of.sum("vigorous_s"), graded_s),
        tracked_share=_tracked(of),
        steps=of.count("steps"),
        jumps=of.count("jumps"),
        distance_m=of.sum("distance_m"),
        jump_height_m=highest_m,
        jump_height_sd_m=highest_sd_m,
        points=of.count("points"),
        accuracy=_accuracy(of),
        reactions=sum(count for _, count in reactions),
        reaction_s=_weighted_median(reactions),
        reaction_sd_s=max(of.known("reaction_sd_s"), default=None),
        response_s=_weighted_median([(response_s, 1) for response_s in of.known("response_s")]),
        energy=_energy(results, player),
    )


class _Columns:
    """Marks turned on their side: each measure's values, None where it was not measured."""

    def __init__(self, every: Sequence[Marks]) -> None:
        self._every = every

    def __getitem__(self, name: str) -> list[Any]:
        return list(map(attrgetter(name), self._every))

    def known(self, name: str) -> list[Any]:
        """The values that were measured."""
        return [value for value in self[name] if value is not None]

    def both(self, name: str, other: str) -> list[tuple[Any, Any]]:
        """The values that were measured, each with what stands beside it in the other column."""
        return [pair for pair in zip(self[name], self[other], strict=True) if pair[0] is not None]

    def sum(self, name: str) -> float | None:
        known = self.known(name)
        return float(sum(known)) if known else None

    def sum_where(self, name: str, other: str) -> float:
        """The sum where the other was measured."""
        return float(sum(value or 0.0 for _, value in self.both(other, name)))

    def count(self, name: str) -> int | None:
        known = self.known(name)
        return int(sum(known)) if known else None


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _tracked(of: _Columns) -> float | None:
    seen = of.both("tracked_share", "present_s")
    return _share(
        sum(share * present_s for share, present_s in seen), sum(present_s for _, present_s in seen)
    )


def _accuracy(of: _Columns) -> float | None:
    """Of the results whose game tells misses."""
    told = [(hits, misses) for hits, misses in of.both("hits", "misses") if misses is not None]
    hits = sum(hits for hits, _ in told)
    return _share(hits, hits + sum(misses for _, misses in told))


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
    if player is None:
        return NO_ENERGY
    found: list[Energy] = [
        energy(
            result.marks.met_minutes,
            age_years=age_of(player, result),
            sex=player.sex,
            mass_kg=player.mass_kg,
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
