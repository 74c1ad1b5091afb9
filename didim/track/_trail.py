"""Where somebody walks."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray

GATE_M, GATE_M_S, GATE_MOST_M = 0.4, 3.0, 1.2
JERKINESS_M2_S3 = 4.0
FIRST_SPEED_M_S = 1.0
FADE_S = 0.5

Cov = tuple[float, float, float]
"""Variance of the place, covariance, and variance of the velocity; both axes share them."""


class Trail:
    """The walk of one person: a place and a velocity, corrected by each sight.

    A Kalman filter of a target whose velocity wanders (white noise acceleration; Y. Bar-Shalom, X. R. Li,
    T. Kirubarajan, "Estimation with applications to tracking and navigation", 2001, section 6.2).

    Args:
        sd_m: standard deviation of the first sight along each axis.
    """

    def __init__(self, place: FloatArray, t_s: float, sd_m: float = 0.06) -> None:
        self.seen_s = t_s
        self.place = place
        self.velocity_m_s = np.zeros(2)
        self._cov: Cov = sd_m**2, 0.0, FIRST_SPEED_M_S**2

    def at(self, t_s: float) -> FloatArray:
        """Where the person should be at `t_s`, (2,) metres; out of sight the walk fades to a stop."""
        return np.asarray(self.place + self.velocity_m_s * _faded_s(t_s - self.seen_s))

    def sd_m(self, t_s: float) -> float:
        """How unsure that place is, along each axis."""
        return math.sqrt(self._ahead(t_s - self.seen_s)[0])

    def gate_m(self, t_s: float) -> float:
        """How far from there the person may be found."""
        return min(GATE_M + GATE_M_S * (t_s - self.seen_s), GATE_MOST_M)

    def add(self, place: FloatArray, t_s: float, sd_m: float = 0.06) -> None:
        """Take a sight of the place, with its standard deviation along each axis."""
        place_var, shared, speed_var = self._ahead(t_s - self.seen_s)
        place_gain, speed_gain = (each / (place_var + sd_m**2) for each in (place_var, shared))
        expected = self.at(t_s)
        off = place - expected
        self.place, self.velocity_m_s = expected + place_gain * off, self.velocity_m_s + speed_gain * off
        self._cov = (
            (1.0 - place_gain) * place_var,
            (1.0 - place_gain) * shared,
            speed_var - speed_gain * shared,
        )
        self.seen_s = t_s

    def _ahead(self, dt_s: float) -> Cov:
        """The covariance of place and velocity after `dt_s`."""
        place_var, shared, speed_var = self._cov
        reach_s = _faded_s(dt_s)
        return (
            place_var + reach_s * (2.0 * shared + reach_s * speed_var) + JERKINESS_M2_S3 * dt_s**3 / 3,
            shared + reach_s * speed_var + JERKINESS_M2_S3 * dt_s**2 / 2,
            speed_var + JERKINESS_M2_S3 * dt_s,
        )


def _faded_s(dt_s: float) -> float:
    return FADE_S * (1 - math.exp(-dt_s / FADE_S))
