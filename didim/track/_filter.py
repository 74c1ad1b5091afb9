"""Smoothing moving points and telling where they will be."""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

from didim.geometry import FloatArray

Values = TypeVar("Values", float, FloatArray)

CALM_HZ, QUICK_HZ = 3.0, 6.0
FORESIGHT = 4.0
RESTS_M_S, MOVES_M_S = 0.15, 0.6
LEAD_MOST_M = 0.3


class OneEuro:
    """Steady at rest, quick in motion: the cutoff rises with speed.

    G. Casiez, N. Roussel, D. Vogel, "1€ Filter", CHI 2012.

    Attributes:
        value: (..., d) the points, metres; None before the first.
        velocity_m_s: (..., d).

    Args:
        min_cutoff_hz: cutoff of a resting point; lower is calmer. One number, or one for each point (...).
        beta: cutoff gained with speed, Hz per m/s; higher lags less.
    """

    def __init__(self, *, min_cutoff_hz: FloatArray | float, beta: FloatArray | float) -> None:
        self._min_cutoff_hz, self._beta = min_cutoff_hz, beta
        self.value: FloatArray | None = None
        self.velocity_m_s: FloatArray = np.zeros(2)
        self._quick_m_s: FloatArray = np.zeros(2)
        self._raw: FloatArray = np.zeros(2)
        self._t_s = 0.0

    @property
    def speed_m_s(self) -> FloatArray:
        """(...,) how fast each point is."""
        return _length(self.velocity_m_s)

    def add(self, value: FloatArray, t_s: float) -> None:
        """Take the (..., d) points in metres seen at `t_s`, later than those before."""
        if self.value is None:
            self.value = np.array(value, np.float64)
            self.velocity_m_s, self._quick_m_s = np.zeros_like(self.value), np.zeros_like(self.value)
        else:
            dt_s = t_s - self._t_s
            raw_m_s = (value - self._raw) / dt_s
            self.velocity_m_s = self.velocity_m_s + _gain(CALM_HZ, dt_s) * (raw_m_s - self.velocity_m_s)
            self._quick_m_s = self._quick_m_s + _gain(QUICK_HZ, dt_s) * (raw_m_s - self._quick_m_s)
            cutoff_hz = self._min_cutoff_hz + self._beta * self.speed_m_s
            self.value = self.value + _gain(cutoff_hz, dt_s)[..., None] * (value - self.value)
        self._raw, self._t_s = value, t_s

    def shift(self, moved: FloatArray) -> None:
        """Move the points by as much, without a motion of their own."""
        if self.value is not None:
            self.value, self._raw = self.value + moved, self._raw + moved

    def lead_m_s(self) -> FloatArray:
        """The velocity to predict with, (..., d): ahead of the smoothed one when that slows down or turns.

        A smoothed velocity outlives the motion. How far a quicker one has left it behind tells the
        acceleration; it may turn and brake the prediction but never hasten it, and a point at rest has none.
        """
        smooth = self.velocity_m_s
        lead = smooth + FORESIGHT * (self._quick_m_s - smooth)
        speed, ahead_m_s = self.speed_m_s, _length(lead)
        believed_m_s = np.minimum(ahead_m_s, speed)
        moves = np.clip((believed_m_s - RESTS_M_S) / (MOVES_M_S - RESTS_M_S), 0.0, 1.0)
        turned_back = (lead * smooth).sum(axis=-1) <= 0.0
        share = np.where(turned_back, 0.0, moves * believed_m_s / np.maximum(ahead_m_s, 1e-9))
        return np.asarray(lead * share[..., None])

    def lead_m(self, latency_s: float) -> FloatArray:
        """How far the points will have moved after `latency_s`, (..., d) metres, 0.3 m at most."""
        step = self.lead_m_s() * latency_s
        return np.asarray(step * np.minimum(1.0, LEAD_MOST_M / np.maximum(_length(step), 1e-9))[..., None])


def _length(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt((vectors * vectors).sum(axis=-1)))


def _gain(cutoff_hz: Values, dt_s: float) -> Values:
    """The share of a new value that a low-pass of that cutoff takes in after `dt_s`."""
    return 1.0 / (1.0 + 1.0 / (2.0 * math.pi * dt_s * cutoff_hz))
