"""How quickly somebody answers a light."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from didim.geometry import Point
from didim.records.measures._limits import LATEST_S, LEAST_REACTIONS, SOONEST_S, STILL_BEFORE_S

SAME_M = 0.15
"""A place lit this near to one of the picture before is the same place, which may move."""

BESIDE_M = 0.5
"""A hit this far from a place was a hit of it."""


@dataclass(frozen=True, slots=True)
class Delay:
    """What the rig adds to a reaction time, as calibration measured it.

    Events carry the time of the movement, the camera's delay taken off already; what is left is the way from
    the drawn frame to the light. Of both only the sum matters, and its error.

    Attributes:
        to_light_s: from the drawn frame to the light on the surface.
        sd_s: the standard deviation of camera's and projector's delay together.
    """

    to_light_s: float = 0.0
    sd_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Lit:
    """A place that calls for somebody: where, for whom (None: for everybody), and since when."""

    place: Point
    player_id: int | None
    since_s: float


class Prompts:
    """Remembers since when each place of a game has been lit."""

    def __init__(self) -> None:
        self._lit: list[Lit] = []
        self._before: list[Lit] = []

    def show(self, t_s: float, places: Sequence[tuple[Point, int | None]]) -> None:
        """The places that are lit at `t_s`, and for whom each is."""
        self._before = self._lit
        self._lit = [Lit(place, player_id, self._since(place, player_id, t_s)) for place, player_id in places]

    def since(self, at: Point, player_id: int) -> float | None:
        """Since when the place was lit that this player hit; None where there was none near."""
        near = [
            (math.dist(lit.place, at), lit.since_s)
            for lit in [*self._before, *self._lit]
            if lit.player_id in (None, player_id) and math.dist(lit.place, at) <= BESIDE_M
        ]
        return min(near)[1] if near else None

    def _since(self, place: Point, player_id: int | None, t_s: float) -> float:
        return min(
            (
                lit.since_s
                for lit in self._before
                if lit.player_id == player_id and math.dist(lit.place, place) <= SAME_M
            ),
            default=t_s,
        )


@dataclass(frozen=True, slots=True)
class ReactionTimes:
    """Medians, seconds; None where too few were measured.

    Attributes:
        count: reactions that the median is of.
        sd_s: the uncertainty of the median that rig and pictures leave.
    """

    count: int
    reaction_s: float | None
    sd_s: float | None
    response_s: float | None


class Reactions:
    """Collects what one player answered, and times it from the light.

    A reaction is the time to the first foot that lifts; a response the time to being there.
    """

    def __init__(self, delay: Delay) -> None:
        self._delay = delay
        self._answers: list[tuple[float, float]] = []
        self._lifts_s: list[float] = []
        self._touches_s: list[float] = []

    def lifted(self, t_s: float) -> None:
        """A foot left the surface."""
        insort(self._lifts_s, t_s)
        insort(self._touches_s, t_s)

    def landed(self, t_s: float) -> None:
        """A foot came down."""
        insort(self._touches_s, t_s)

    def answered(self, drawn_s: float, there_s: float) -> None:
        """A place that was first drawn at the one moment was hit at the other."""
        self._answers.append((drawn_s + self._delay.to_light_s, there_s))

    def times(self, picture_s: float, frame_s: float) -> ReactionTimes:
        """What has been measured, at these mean intervals of camera pictures and drawn frames."""
        reactions = [
            found for light_s, there_s in self._answers if (found := self._reaction(light_s, there_s))
        ]
        responses = [there_s - light_s for light_s, there_s in self._answers if there_s > light_s]
        told = len(reactions) >= LEAST_REACTIONS
        return ReactionTimes(
            count=len(reactions),
            reaction_s=median(reactions) if told else None,
            sd_s=self._sd(len(reactions), picture_s, frame_s) if told else None,
            response_s=median(responses) if len(responses) >= LEAST_REACTIONS else None,
        )

    def _reaction(self, light_s: float, there_s: float) -> float | None:
        """From the light to the first foot that lifts; None where the player did not stand before it."""
        before = bisect_left(self._touches_s, light_s - STILL_BEFORE_S)
        after = bisect_left(self._touches_s, light_s + SOONEST_S)
        if before != after:
            return None
        at = bisect_left(self._lifts_s, light_s + SOONEST_S)
        if at == len(self._lifts_s) or self._lifts_s[at] > min(there_s, light_s + LATEST_S):
            return None
        return self._lifts_s[at] - light_s

    def _sd(self, count: int, picture_s: float, frame_s: float) -> float:
        """The rig's delay is the same error in every time; where pictures and frames fall is not, and its
        share of a median shrinks (by pi/2 less than of a mean)."""
        by_chance = math.pi / 2 * (picture_s**2 + frame_s**2) / 12 / count
        return math.sqrt(self._delay.sd_s**2 + by_chance)
