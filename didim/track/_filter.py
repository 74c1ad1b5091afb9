"""Smoothing a moving point and telling where it will be."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray

SPEED_CUTOFF_HZ = 4.0


class OneEuro:
    """Steady at rest, quick in motion: the cutoff rises with speed.

    G. Casiez, N. Roussel, D. Vogel, "1€ Filter", CHI 2012.

    Args:
        min_cutoff_hz: cutoff of a resting point; lower is calmer.
        beta: cutoff gained with speed, Hz per m/s; higher lags less.
    """

    def __init__(self, *, min_cutoff_hz: float, beta: float) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self.value: FloatArray | None = None
        self.velocity_m_s = np.zeros(2)
        self._raw = np.zeros(2)
        self._raw_velocity_m_s = np.zeros(2)
        self._t_s = 0.0

    @property
    def speed_m_s(self) -> float:
        return math.hypot(*self.velocity_m_s)

    def add(self, value: FloatArray, t_s: float) -> None:
        """Take the (2,) point in metres seen at `t_s`, later than the one before."""
        dt_s = t_s - self._t_s
        if self.value is None:
            self.value = value
        else:
            self._raw_velocity_m_s = (value - self._raw) / dt_s
            gain = _gain(SPEED_CUTOFF_HZ, dt_s)
            self.velocity_m_s = self.velocity_m_s + gain * (self._raw_velocity_m_s - self.velocity_m_s)
            cutoff_hz = self._min_cutoff_hz + self._beta * self.speed_m_s
            self.value = self.value + _gain(cutoff_hz, dt_s) * (value - self.value)
        self._raw, self._t_s = value, t_s

    def lead_m_s(self) -> FloatArray:
        """The velocity to predict with: the smoothed one, cut to what the newest step still confirms.

        A smoothed velocity outlives the motion; without the cut a stop would overshoot.
        """
        smooth = self.velocity_m_s
        confirmed = float(self._raw_velocity_m_s @ smooth) / max(self.speed_m_s**2, 1e-9)
        return np.asarray(smooth * min(max(confirmed, 0.0), 1.0))


def _gain(cutoff_hz: float, dt_s: float) -> float:
    """The share of a new value that a low-pass of that cutoff takes in after `dt_s`."""
    return 1.0 / (1.0 + 1.0 / (2.0 * math.pi * cutoff_hz * dt_s))
