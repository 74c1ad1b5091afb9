"""Going to the floor and up again by keys: how the body is laid beside what standing makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from didim.geometry import FloatArray
from didim.sim._curve import KnotCurve
from didim.sim._feet import Tilt


@dataclass(frozen=True, slots=True)
class Posture:
    """How trunk and feet are held, radians; leans go forward, rolls to the right.

    Attributes:
        share: 0 leaves the trunk to walking and standing, 1 gives it to the angles here.
        foot_pitch, foot_roll: how standing feet are tipped, see Tilt.
    """

    share: float = 0.0
    pelvis_lean: float = 0.0
    chest_lean: float = 0.0
    head_lean: float = 0.0
    pelvis_roll: float = 0.0
    chest_roll: float = 0.0
    head_roll: float = 0.0
    foot_pitch: float = 0.0
    foot_roll: float = 0.0

    @property
    def feet(self) -> Tilt:
        return Tilt(self.foot_pitch, self.foot_roll)

    def lean(self, pelvis: float, chest: float, head: float) -> tuple[float, float, float]:
        """Leans of walking, given over to this posture by its share."""
        walked, laid = (pelvis, chest, head), (self.pelvis_lean, self.chest_lean, self.head_lean)
        return self._given(walked, laid)

    def roll(self, pelvis: float, chest: float, head: float) -> tuple[float, float, float]:
        """Rolls of walking, given over to this posture by its share."""
        walked, laid = (pelvis, chest, head), (self.pelvis_roll, self.chest_roll, self.head_roll)
        return self._given(walked, laid)

    def _given(
        self, walked: tuple[float, float, float], laid: tuple[float, float, float]
    ) -> tuple[float, float, float]:
        pelvis, chest, head = (a + (b - a) * self.share for a, b in zip(walked, laid, strict=True))
        return pelvis, chest, head


class PostureCurve:
    """Postures over time."""

    def __init__(self, start_s: float) -> None:
        self._curve = KnotCurve(start_s, _array(Posture()))

    def at(self, t_s: float) -> Posture:
        return Posture(*(float(value) for value in self._curve.at(t_s)[0]))

    def add(self, start_s: float, times_s: Sequence[float], postures: Sequence[Posture]) -> None:
        """Go from the last posture, held until `start_s`, through these."""
        if start_s > self._curve.end_s:
            self._curve.add(start_s, self._curve.end)
        pass_through(self._curve, times_s, [_array(posture) for posture in postures])


def pass_through(curve: KnotCurve, times_s: Sequence[float], values: Sequence[FloatArray]) -> None:
    """Add knots that the curve passes without ever overshooting one, at rest in the last.

    F. N. Fritsch and J. Butland, "A method for constructing local monotone piecewise cubic interpolants",
    SIAM J. Sci. Stat. Comput. 5 (1984): the rate at a knot is the harmonic mean of the slopes beside it.
    """
    times, knots = np.array([curve.end_s, *times_s]), np.array([curve.end, *values])
    slopes = np.diff(knots, axis=0) / np.diff(times)[:, None]
    before, after = slopes[:-1], slopes[1:]
    same_way = before * after > 0.0
    rates = np.zeros_like(knots)
    rates[1:-1][same_way] = (2.0 * before * after)[same_way] / (before + after)[same_way]
    for t_s, value, rate in zip(times[1:], knots[1:], rates[1:], strict=True):
        curve.add(float(t_s), value, rate)


def _array(posture: Posture) -> FloatArray:
    return np.array(astuple(posture), np.float64)
