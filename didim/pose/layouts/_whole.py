"""One-stage networks: everybody's joints from the whole picture at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net, notes_of
from didim.pose._region import FloatArray
from didim.pose._skeleton import Skeleton
from didim.pose.layouts._body import skeleton

Picture = NDArray[np.uint8]

MIN_SCORE = 0.35
LEAST_EXTENT_PX = 1.0  # a body without any extent is a row that the network left empty


class WholeNet(Protocol):
    """A one-stage network, as its layout is read."""

    def people(self, bgr: Picture) -> tuple[Skeleton, ...]:
        """The people in a (height, width, 3) picture, the surest first."""
        ...


def bodies(scores: FloatArray, points_px: FloatArray, joint_scores: FloatArray) -> tuple[Skeleton, ...]:
    """Those rows that are people, the surest first.

    Args:
        scores: (n,) of each person.
        points_px: (n, k, 2); joint_scores: (n, k).
    """
    extents_px = np.ptp(points_px, axis=1).max(axis=1, initial=0.0)
    rows = np.flatnonzero((scores >= MIN_SCORE) & (extents_px >= LEAST_EXTENT_PX))
    order = rows[np.argsort(-scores[rows], kind="stable")]
    return tuple(skeleton(points_px[row], joint_scores[row], min(float(scores[row]), 1.0)) for row in order)


class OneStage:
    """An engine of one network that needs no detector; people come the surest first.

    It sees every picture as a whole, in the same time whoever is in it.
    """

    def __init__(self, net: WholeNet, max_people: int = 10, *, nets: Sequence[Net] = ()) -> None:
        self.net = net
        self._max_people, self._nets = max_people, nets

    @property
    def notes(self) -> tuple[str, ...]:
        return notes_of(self._nets)

    def find(self, bgr: Picture, captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture."""
        return self.net.people(bgr)[: self._max_people]

    def close(self) -> None:
        """It remembers nothing."""
