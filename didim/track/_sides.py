"""Which of the two feet seen is which: an engine that is unsure takes one leg for the other."""

from __future__ import annotations

from collections import deque

import numpy as np

from didim.geometry import FloatArray
from didim.track._feet import FootSight

RESTS_SD_M, MOVES_SD_M = 0.03, 0.08
FARTHEST_SD = 4.0
ENGINE_WORTH = 1.5
APART_M = 0.10
JUDGED_S = 1.0
FORGOTTEN_S = 0.3

Feet = tuple[FootSight, FootSight]


class Sides:
    """Tells left from right by where each foot was and where it was going.

    A standing foot is where it stood, a swinging one goes on: that holds over the moment in which two legs
    pass each other in the picture. For longer than a second the engine is not contradicted.
    """

    def __init__(self, feet: Feet, t_s: float) -> None:
        self._soles_px = [foot.sole_px for foot in feet]
        self._speeds_px_s = [np.zeros((2, 2)), np.zeros((2, 2))]
        self._last_s = t_s
        self._crossed: deque[tuple[float, bool]] = deque()

    def order(self, feet: Feet, down: tuple[bool, bool], t_s: float) -> tuple[Feet, bool]:
        """The feet as (left, right), and whether from now on left and right were the other way round."""
        flips = False
        if t_s - self._last_s > FORGOTTEN_S or not all(foot.seen for foot in feet):
            self._crossed.clear()
            ordered = feet
        else:
            crossed = self._cost(feet[::-1], down, t_s) + ENGINE_WORTH < self._cost(feet, down, t_s)
            flips = self._overruled(feet, crossed, t_s)
            ordered = feet[::-1] if crossed and not flips else feet
        self._remember(ordered, t_s, anew=flips)
        return ordered, flips

    def _cost(self, feet: Feet, down: tuple[bool, bool], t_s: float) -> float:
        """Half the squared distance from where each foot is expected, in standard deviations."""
        cost = 0.0
        for foot, rests, sole_px, speed_px_s in zip(
            feet, down, self._soles_px, self._speeds_px_s, strict=True
        ):
            ahead_s = 0.0 if rests else t_s - self._last_s
            off_px = foot.sole_px - (sole_px + speed_px_s * ahead_s)
            off_m = float(np.hypot(*off_px.T).mean()) * foot.m_a_px
            cost += 0.5 * min(off_m / (RESTS_SD_M if rests else MOVES_SD_M), FARTHEST_SD) ** 2
        return cost

    def _overruled(self, feet: Feet, crossed: bool, t_s: float) -> bool:
        """Whether the engine, where the feet are well apart, has insisted for a second."""
        left, right = feet
        if float(np.hypot(*(left.sole_px - right.sole_px).T).mean()) * left.m_a_px > APART_M:
            self._crossed.append((t_s, crossed))
        while self._crossed and self._crossed[0][0] < t_s - JUDGED_S:
            self._crossed.popleft()
        flips = (
            (
                crossed
                and self._crossed[-1][0] - self._crossed[0][0] > 0.8 * JUDGED_S
                and sum(each for _, each in self._crossed) > 0.8 * len(self._crossed)
            )
            if self._crossed
            else False
        )
        if flips:
            self._crossed.clear()
        return flips

    def _remember(self, feet: Feet, t_s: float, *, anew: bool) -> None:
        dt_s = t_s - self._last_s
        for i, foot in enumerate(feet):
            if foot.seen:
                moved: FloatArray = (foot.sole_px - self._soles_px[i]) / dt_s
                fits = dt_s <= FORGOTTEN_S and not anew
                self._speeds_px_s[i] = moved if fits else np.zeros((2, 2))
                self._soles_px[i] = foot.sole_px
        self._last_s = t_s
