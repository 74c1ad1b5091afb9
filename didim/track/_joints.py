"""All joints of a person over time: each smoothed as it moves, and predicted."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray
from didim.people import Joint, JointPlace
from didim.track._filter import OneEuro

CUTOFFS = {
    "WRIST": (1.5, 8.0),
    "PINKY": (1.2, 7.0),
    "INDEX": (1.2, 7.0),
    "THUMB": (1.2, 7.0),
    "ELBOW": (1.5, 7.0),
    "KNEE": (1.5, 7.0),
    "ANKLE": (1.5, 8.0),
    "HEEL": (1.5, 8.0),
    "SHOULDER": (1.2, 6.0),
    "HIP": (1.0, 6.0),
}
"""Least cutoff, Hz, and what it gains with speed, Hz per m/s: limbs must keep up, the trunk may rest."""

HEAD_CUTOFFS = (1.0, 5.0)
SURE = 0.5
KNOWN = 0.05


def _cutoffs(joint: Joint) -> tuple[float, float]:
    name = "HEEL" if "FOOT" in joint.name else joint.name
    return next((values for part, values in CUTOFFS.items() if part in name), HEAD_CUTOFFS)


_MIDDLE = len(Joint) // 2
_TUNED = np.array([_cutoffs(joint) for joint in Joint])


class JointTracks:
    """33 points in metres; a joint that is hardly seen moves with the body rather than by itself."""

    def __init__(self) -> None:
        self._filter = OneEuro(min_cutoff_hz=_TUNED[:, 0], beta=_TUNED[:, 1])
        self._scores: FloatArray = np.zeros(len(Joint))
        self._seen_s = 0.0

    def add(self, placed: FloatArray, scores: FloatArray, t_s: float) -> None:
        """Take the (33, 3) metres and (33,) scores of a sight at `t_s`."""
        trust = np.clip(scores / SURE, KNOWN, 1.0)[:, None]
        if self._filter.value is not None:
            moved = np.partition(placed - self._filter.value, _MIDDLE, axis=0)[_MIDDLE]  # the median
            placed = trust * placed + (1.0 - trust) * (self._filter.value + moved)
        self._filter.add(placed, t_s)
        self._scores, self._seen_s = scores, t_s

    @property
    def now_m(self) -> FloatArray:
        """(33, 3) metres, smoothed, as last seen."""
        assert self._filter.value is not None
        return self._filter.value

    def places(self, now_s: float, latency_s: float) -> tuple[JointPlace, ...]:
        """Where the joints are `latency_s` after `now_s`; out of sight they stay."""
        assert self._filter.value is not None
        lead = self._filter.lead_m(latency_s) if now_s <= self._seen_s else 0.0
        places = self._filter.value + lead
        places[:, 2] = np.maximum(places[:, 2], 0.0)
        return tuple(map(JointPlace._make, np.column_stack([places, self._scores]).tolist()))
