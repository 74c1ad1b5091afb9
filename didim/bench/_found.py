"""Who of those there is found: most limbs near where they truly are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from didim.geometry import FloatArray
from didim.people import Joint
from didim.pose import Skeleton

LIMBS = [joint for joint in Joint if Joint.LEFT_SHOULDER <= joint <= Joint.RIGHT_WRIST] + [
    joint for joint in Joint if Joint.LEFT_HIP <= joint <= Joint.RIGHT_ANKLE
]
NEAR, LEAST_NEAR = 0.1, 0.66  # of a person's height; of the limbs' joints
LEAST_IN_SIGHT = 0.75  # of the limbs' joints: who is hidden further is not looked for


@dataclass(frozen=True, slots=True)
class Shown:
    """One person in one picture: (33, 2) where the joints are, pixels; (33,) which are in plain sight."""

    points_px: FloatArray
    in_sight: NDArray[np.bool_]

    @property
    def height_px(self) -> float:
        return float(np.ptp(self.points_px[:, 1]))

    @property
    def counts(self) -> bool:
        """Whether enough of the person is to be seen."""
        return bool(self.in_sight[LIMBS].mean() >= LEAST_IN_SIGHT)


@dataclass(slots=True)
class Tally:
    """People there and found over many pictures."""

    there: int = 0
    found: int = 0
    bodies: int = 0
    strangers: int = 0
    heights_px: list[float] = field(default_factory=list)

    def add(self, people: Sequence[Shown], bodies: Sequence[Skeleton]) -> list[bool]:
        """Take one picture; whether each of the people is found.

        A body stands for one person at most. Bodies that stand for nobody are counted as strangers.
        """
        near = near_shares([person.points_px for person in people], bodies)
        rows, columns = linear_sum_assignment(near, maximize=True)
        found = [False] * len(people)
        for row, column in zip(rows, columns, strict=True):
            found[row] = bool(near[row, column] >= LEAST_NEAR)
        for person, is_found in zip(people, found, strict=True):
            if person.counts:
                self.there += 1
                self.found += is_found
                self.heights_px.append(person.height_px)
        self.bodies += len(bodies)
        self.strangers += len(bodies) - sum(found)
        return found

    def join(self, other: Tally) -> None:
        """Add what another has counted."""
        self.there += other.there
        self.found += other.found
        self.bodies += other.bodies
        self.strangers += other.strangers
        self.heights_px += other.heights_px

    @property
    def share(self) -> float:
        return self.found / max(1, self.there)


def near_shares(people_px: Sequence[FloatArray], bodies: Sequence[Skeleton]) -> FloatArray:
    """(people, bodies) the share of a person's limbs that a body has near where they are."""
    shares = np.zeros((len(people_px), len(bodies)))
    for row, points_px in enumerate(people_px):
        near_px = NEAR * np.ptp(points_px[:, 1])
        for column, body in enumerate(bodies):
            shares[row, column] = (np.hypot(*(body.points_px - points_px)[LIMBS].T) < near_px).mean()
    return shares
