"""Who was taken for whom: IDF1 and identity switches of a tracker against the truth.

IDF1: E. Ristani, F. Solera, R. Zou, R. Cucchiara, C. Tomasi, "Performance measures and a data set for
multi-target, multi-camera tracking", ECCV workshops 2016. Switches: K. Bernardin and R. Stiefelhagen,
"Evaluating multiple object tracking performance: the CLEAR MOT metrics", EURASIP JIVP 2008.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from didim.geometry import Point
from didim.people import Player
from didim.sim import Pose3D
from didim.track import assign

SAME_PERSON_M = 0.5
"""A player farther than this from a person is not theirs, on the floor."""

_ALONE_M = 1e3


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """How well identities were kept.

    Attributes:
        idf1: share of sights that carry the right identity: 2 idtp / (people + players), 0 to 1.
        switches: how often a person went on under another player's id than before.
        found: share of people who had a player near them, over all moments.
        false_players: players near nobody, a moment.
    """

    idf1: float
    switches: int
    found: float
    false_players: float


@dataclass(slots=True)
class IdentityCount:
    """Counts moment by moment; times rise."""

    same_person_m: float = SAME_PERSON_M
    _moments: int = 0
    _people: int = 0
    _players: int = 0
    _paired: int = 0
    _switches: int = 0
    _together: Counter[tuple[int, int]] = field(default_factory=Counter)
    _last: dict[int, int] = field(default_factory=dict)

    def add(self, people: Mapping[int, Point], players: Mapping[int, Point]) -> None:
        """Take the true places of people and the believed places of players at one moment, by id."""
        near = {
            (person, player): place.distance_m(believed)
            for person, place in people.items()
            for player, believed in players.items()
            if place.distance_m(believed) <= self.same_person_m
        }
        self._moments += 1
        self._people += len(people)
        self._players += len(players)
        self._together.update(near.keys())
        pairs = self._pairs(list(people), list(players), near)
        self._paired += len(pairs)
        self._switches += sum(self._last.get(person, player) != player for person, player in pairs.items())
        self._last |= pairs

    def add_poses(self, truth: Sequence[Pose3D], players: Sequence[Player]) -> None:
        """Take everyone as they truly are and the players believed at that moment."""
        self.add({pose.person: _feet(pose) for pose in truth}, {each.id: each.feet for each in players})

    def score(self) -> IdentityScore:
        """Everything so far; of nobody nothing is wrong."""
        right = sum(self._together[pair] for pair in self._identities())
        both = self._people + self._players
        return IdentityScore(
            idf1=2.0 * right / both if both else 1.0,
            switches=self._switches,
            found=self._paired / self._people if self._people else 1.0,
            false_players=(self._players - self._paired) / max(1, self._moments),
        )

    def _pairs(
        self, people: list[int], players: list[int], near: Mapping[tuple[int, int], float]
    ) -> dict[int, int]:
        """Who is whom now: pairs that last come first, the rest at the least total distance."""
        kept = {person: self._last[person] for person in people if (person, self._last.get(person)) in near}
        rows = [person for person in people if person not in kept]
        columns = [player for player in players if player not in kept.values()]
        costs = np.array([[near.get((row, column), math.inf) for column in columns] for row in rows])
        pairs = assign(costs.reshape(len(rows), len(columns)), np.full(len(rows), _ALONE_M))
        return kept | {rows[row]: columns[column] for row, column in pairs}

    def _identities(self) -> list[tuple[int, int]]:
        """One player for each person over the whole time, so that the most moments are right."""
        rows, columns = (sorted({pair[end] for pair in self._together}) for end in (0, 1))
        most = max(self._together.values(), default=0)
        costs = np.array([[most - self._together[row, column] for column in columns] for row in rows], float)
        pairs = assign(costs.reshape(len(rows), len(columns)), np.full(len(rows), float(most)))
        return [(rows[row], columns[column]) for row, column in pairs]


def _feet(pose: Pose3D) -> Point:
    left, right = pose.left.place, pose.right.place
    return Point((left.x_m + right.x_m) / 2, (left.y_m + right.y_m) / 2)
