"""Who sits: the chair stands in for the feet."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, Point, SurfaceView
from didim.pose import Skeleton
from didim.track._filter import OneEuro
from didim.track._gate import Gate
from didim.track._happening import Happening
from didim.track._posture import HIPS

FOOTREST_M = 0.09
"""How high the soles of a sitter are over the floor."""
MIN_CUTOFF_HZ, BETA = 1.0, 4.0
ROLLS_M_S, RESTS_M_S = 0.25, 0.12
STRIDE_M = 0.4
"""A chair that rolls on touches the floor anew after so long a way, as a walker does with a step."""


def chair_place(view: SurfaceView, skeleton: Skeleton, joints: FloatArray) -> FloatArray:
    """Where on the surface the hips of a sitter are, (2,) metres; `joints` are those of who stands there."""
    hips_px = skeleton.points_px[HIPS].mean(axis=0, keepdims=True)
    return np.asarray(view.surface_points(hips_px, float(joints[HIPS, 2].mean()) + FOOTREST_M)[0])


class Chair:
    """One chair over time.

    Attributes:
        score: how sure its sitter was seen, 0 to 1.
    """

    def __init__(self) -> None:
        self._filter = OneEuro(min_cutoff_hz=MIN_CUTOFF_HZ, beta=BETA)
        self._rolls = Gate(ROLLS_M_S, RESTS_M_S, hold_s=0.12)
        self._touched: FloatArray | None = None
        self._seen_s = -math.inf
        self.score = 0.0

    def add(self, place: FloatArray, score: float, t_s: float) -> list[Happening]:
        """Take where it was seen; told are rolling off, coming to rest, and every stride of the way."""
        if not np.isfinite(place).all():
            return []
        self._filter.add(place, t_s)
        self._seen_s, self.score = t_s, score
        now = self.place
        if self._touched is None:
            self._touched = now
        changed = self._rolls.add(float(self._filter.speed_m_s), t_s)
        at = Point(*now.tolist())
        if changed:
            self._touched = now
            return [Happening("up" if self._rolls.open else "down", self._rolls.since_s, at, score=score)]
        if self._rolls.open and math.dist(now, self._touched) >= STRIDE_M:
            self._touched = now
            return [Happening("down", t_s, at, score=score)]
        return []

    @property
    def place(self) -> FloatArray:
        assert self._filter.value is not None
        return self._filter.value

    def ahead(self, now_s: float, latency_s: float) -> tuple[FloatArray, FloatArray]:
        """Place after `latency_s`, (2,) metres, and velocity, (2,) m/s; a chair out of sight stays."""
        if now_s > self._seen_s or not self._rolls.open:
            return self.place, np.zeros(2)
        return self.place + self._filter.lead_m(latency_s), self._filter.lead_m_s()
