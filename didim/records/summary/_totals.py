"""Many results in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from didim.records._player import Player
from didim.records._round import Result
from didim.records.measures import BAND_YEARS, Energy, WhyNoEnergy, energy
from didim.records.summary._sums import Sums, sums

NO_ENERGY = Energy(None, "not_measured")
_REASONS: tuple[WhyNoEnergy, ...] = ("under_six", "no_body", "no_age", "not_measured")


@dataclass(frozen=True, slots=True)
class Totals:
    """What results come to. None: not measured in any of them.

    Attributes:
        rounds: how many there are.
        measured: in how many of them effort was measured; sums are of these.
        seated: how many were played from a chair, where steps and effort are not measured.
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
    seated: int = 0
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
    heights = [
        (each.jump_height_m, each.jump_height_sd_m) for each in every if each.jump_height_m is not None
    ]
    highest_m, highest_sd_m = max(heights, key=lambda height: height[0], default=(None, None))
    reactions = [(each.reaction_s, each.reactions or 1) for each in every if each.reaction_s is not None]
    return replace(
        totals_of(sums(results)),
        jump_height_m=highest_m,
        jump_height_sd_m=highest_sd_m,
        reactions=sum(count for _, count in reactions),
        reaction_s=_weighted_median(reactions),
        reaction_sd_s=max((e.reaction_sd_s for e in every if e.reaction_sd_s is not None), default=None),
        response_s=_weighted_median([(e.response_s, 1) for e in every if e.response_s is not None]),
        energy=_energy(results, player),
    )


def totals_of(added: Sums) -> Totals:
    """What can be told of results that were added up: neither heights, times and their medians nor energy."""
    tries = None if added.tried_hits is None else added.tried_hits + (added.tried_misses or 0)
    return Totals(
        rounds=added.rounds,
        measured=added.measured,
        seated=added.seated,
        present_s=added.present_s,
        measured_s=added.measured_s,
        active_s=added.active_s,
        active_share=_share(added.active_s, added.measured_s),
        light_share=_share(added.light_s, added.graded_s),
        moderate_share=_share(added.moderate_s, added.graded_s),
        vigorous_share=_share(added.vigorous_s, added.graded_s),
        tracked_share=_share(added.seen_s, added.tracked_s),
        steps=added.steps,
        jumps=added.jumps,
        distance_m=added.distance_m,
        points=added.points,
        accuracy=_share(added.tried_hits, tries),
    )


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


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
