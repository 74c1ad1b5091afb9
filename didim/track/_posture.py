"""What the whole body does: squatting, standing on one leg, sitting in a chair."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

import numpy as np

from didim.geometry import FloatArray, Point
from didim.people import EventKind, Joint, Side
from didim.track._gate import Gate
from didim.track._happening import Happening

SQUATS, RISEN = 0.16, 0.08
STANDS_S, EASY = 20.0, 0.9
SQUAT_S = (0.3, 60.0)
BALANCE_S = 0.8
SITS, STANDS = 0.36, 0.22
SITS_S, STANDS_UP_S = 1.5, 0.6
HIPS = [Joint.LEFT_HIP, Joint.RIGHT_HIP]
KNEES = [Joint.LEFT_KNEE, Joint.RIGHT_KNEE]
ANKLES = [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]
SURE = 0.4
LEGS = np.array([HIPS, KNEES, ANKLES]).T
"""Of the left and the right leg: hip, knee and ankle, (2, 3)."""


class Squats:
    """Hips that sink towards the feet and rise again."""

    def __init__(self) -> None:
        self._gate = Gate(SQUATS, RISEN, hold_s=0.1)
        self._heights: deque[tuple[float, float]] = deque()
        self._went_down_s = 0.0
        self._deepest_m = 0.0
        self._sampled_s = -math.inf

    def add(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) joints over the surface, metres, and their (33,) scores."""
        if scores[HIPS].min() < SURE:
            return []
        hips_m = float(joints[HIPS, 2].mean())
        if t_s - self._sampled_s > 0.2:
            self._heights.append((t_s, hips_m))
            self._sampled_s = t_s
        while self._heights[0][0] < t_s - STANDS_S:
            self._heights.popleft()
        heights_m = sorted(height_m for _, height_m in self._heights)
        stands_m = heights_m[round(EASY * (len(heights_m) - 1))]
        sunk_m = stands_m - hips_m
        changed = self._gate.add(sunk_m / max(stands_m, 0.1), t_s)
        if self._gate.open:
            self._deepest_m = sunk_m if changed else max(self._deepest_m, sunk_m)
            self._went_down_s = self._gate.since_s
            return []
        lasted_s = self._gate.since_s - self._went_down_s
        if not changed or not SQUAT_S[0] <= lasted_s <= SQUAT_S[1]:
            return []
        place = Point(*joints[HIPS, :2].mean(axis=0).tolist())
        return [Happening("squat", self._gate.since_s, place, lasted_s=lasted_s, size_m=self._deepest_m)]


class Balance:
    """Standing on one leg: how long, and how far the body sways."""

    def __init__(self) -> None:
        self._side: Side | None = None
        self._since_s = 0.0
        self._hips: list[FloatArray] = []

    def add(self, down: tuple[bool, bool], joints: FloatArray) -> None:
        """Take which feet stand now, left and right, and the (33, 3) joints."""
        if down[0] != down[1]:
            self._hips.append(joints[HIPS, :2].mean(axis=0))

    def lifted(self, other: Side, t_s: float) -> None:
        """One foot has left the surface while the `other` stands."""
        self._side, self._since_s = other, t_s
        self._hips.clear()

    def ended(self, t_s: float) -> list[Happening]:
        """Either foot came down or left."""
        side, self._side = self._side, None
        lasted_s = t_s - self._since_s
        if side is None or lasted_s < BALANCE_S or len(self._hips) < 3:
            return []
        hips = np.array(self._hips)
        sway_m = float(np.sqrt(((hips - hips.mean(axis=0)) ** 2).sum(axis=1).mean()))
        place = Point(*hips.mean(axis=0).tolist())
        return [Happening("balance", t_s, place, side, lasted_s=lasted_s, size_m=sway_m)]


class Seat:
    """Tells who sits: thighs level for a while, which no squat lasts.

    Attributes:
        taken: the person sits.
    """

    def __init__(self) -> None:
        self._gate = Gate(SITS, STANDS, hold_s=SITS_S, close_hold_s=STANDS_UP_S)
        self._recent: deque[tuple[float, float]] = deque()

    @property
    def taken(self) -> bool:
        return self._gate.open

    @property
    def since_s(self) -> float:
        """Since when the person sits, or stands."""
        return self._gate.since_s

    def add(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) joints over the surface, metres, and their (33,) scores."""
        if scores[LEGS].min() < SURE:
            return []
        legs = joints[LEGS].tolist()
        # legs that stand carry the hips over the ankles by their whole length
        drop_m = sum(hip[2] - ankle[2] for hip, _, ankle in legs)
        length_m = sum(math.dist(hip, knee) + math.dist(knee, ankle) for hip, knee, ankle in legs)
        self._recent.append((t_s, 1.0 - drop_m / max(length_m, 0.2)))
        while self._recent[0][0] < t_s - 0.5:
            self._recent.popleft()
        level = median(value for _, value in self._recent)
        if not self._gate.add(level, t_s):
            return []
        place = Point(*joints[HIPS, :2].mean(axis=0).tolist())
        kind: EventKind = "sit" if self._gate.open else "stand"
        return [Happening(kind, self._gate.since_s, place)]
