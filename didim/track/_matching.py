"""Sights of one picture given to the people they show."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from didim.people import Joint
from didim.track._assignment import assign
from didim.track._body import SOLE
from didim.track._identity import COST_MOST
from didim.track._person import Person
from didim.track._sight import Sight

SAME_FEET_M = 0.15
SAME_TRUNK, NEAR_TRUNK, OTHER_TRUNK = 0.04, 0.12, 0.15
SAME_PLACE_M = 0.22
_SOLES = list(SOLE)
_TRUNK = [Joint.NOSE, Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]


def give(people: Sequence[Person], sights: Sequence[Sight], t_s: float) -> list[Sight]:
    """Give the likeliest sights to these people, at the least total cost; return those left over."""
    costs = np.array([[person.identity.cost(sight, t_s) for sight in sights] for person in people])
    costs = np.nan_to_num(costs.reshape(len(people), len(sights)), posinf=2.0 * COST_MOST)
    pairs = assign(costs, np.full(len(people), COST_MOST))
    for row, column in pairs:
        people[row].add(sights[column], t_s)
    taken = {column for _, column in pairs}
    return [sight for column, sight in enumerate(sights) if column not in taken]


def distinct(sights: Sequence[Sight]) -> list[Sight]:
    """Drop bodies found in a body: nobody stands on another's feet or in their trunk. The surer one stays.

    Of two on the same feet with trunks apart the higher one in the picture stands behind: the feet that it
    was given are those of who hides its own.
    """
    kept: list[Sight] = []
    for sight in sorted(sights, key=lambda each: -each.skeleton.score):
        doubles = [other for other in kept if _same_feet(sight, other) or _same_trunk(sight, other)]
        behind = [other for other in doubles if _stand_behind(sight, other)]
        if len(behind) < len(doubles):
            continue
        for other in behind:
            max(sight, other, key=lambda each: -_trunk_y_px(each)).hide_feet()
        if np.isfinite(sight.middle).all():
            kept.append(sight)
    return kept


def _same_feet(one: Sight, other: Sight) -> bool:
    """Whether each foot of `one` is near one of `other`, whichever side that is."""
    places = [foot.place for foot in other.feet if foot.seen]
    seen = [foot.place for foot in one.feet if foot.seen]
    if not places or not seen:
        return False
    return max(min(math.dist(foot, place) for place in places) for foot in seen) < SAME_FEET_M


def _same_trunk(one: Sight, other: Sight) -> bool:
    near = math.dist(one.middle, other.middle) < SAME_PLACE_M
    return _trunks_apart(one, other) < (NEAR_TRUNK if near else SAME_TRUNK)


def _stand_behind(one: Sight, other: Sight) -> bool:
    upright = all(_trunk_y_px(each) < each.skeleton.points_px[_SOLES, 1].min() for each in (one, other))
    return upright and _trunks_apart(one, other) > OTHER_TRUNK


def _trunks_apart(one: Sight, other: Sight) -> float:
    """How far apart two trunks are in the picture, as a share of the larger body's height."""
    height_px = max(bottom - top for _, top, _, bottom in (one.box_px, other.box_px))
    return math.dist(one.head_and_trunk_px, other.head_and_trunk_px) / max(height_px, 1.0)


def _trunk_y_px(sight: Sight) -> float:
    return float(np.median(sight.skeleton.points_px[_TRUNK, 1]))
