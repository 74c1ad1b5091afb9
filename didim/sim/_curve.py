"""A curve through knots in time."""

from __future__ import annotations

import bisect

import numpy as np

from didim.geometry import FloatArray


def ease(share: float) -> float:
    """0 to 1 with a flat start and end; `share` is held to that range."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


def bump(share: float) -> float:
    """0 at both ends of the range, flat there, 1 in the middle."""
    share = min(max(share, 0.0), 1.0)
    return 16.0 * (share * (1.0 - share)) ** 2


def hermite(
    share: float,
    start: FloatArray,
    start_rate: FloatArray,
    end: FloatArray,
    end_rate: FloatArray,
    length: float,
) -> tuple[FloatArray, FloatArray]:
    """The cubic with those values and rates at its ends: value and rate at `share` of its length."""
    s = share
    value = (
        (1 + 2 * s) * (1 - s) ** 2 * start
        + s * s * (3 - 2 * s) * end
        + length * s * (1 - s) * ((1 - s) * start_rate - s * end_rate)
    )
    rate = (
        6 * s * (1 - s) / length * (end - start)
        + (1 - s) * (1 - 3 * s) * start_rate
        + s * (3 * s - 2) * end_rate
    )
    return value, rate


class KnotCurve:
    """A piecewise cubic through knots of value and rate; a ballistic arc is one exactly.

    Before the first knot and after the last the curve rests.
    """

    def __init__(self, t_s: float, value: FloatArray) -> None:
        self._times = [t_s]
        self._values = [np.array(value, np.float64)]
        self._rates = [np.zeros(len(value))]

    @property
    def end_s(self) -> float:
        return self._times[-1]

    @property
    def end(self) -> FloatArray:
        return self._values[-1].copy()

    @property
    def end_rate(self) -> FloatArray:
        return self._rates[-1].copy()

    def add(self, t_s: float, value: FloatArray, rate: FloatArray | None = None) -> None:
        """Go on to `value` at `t_s`, passing it at `rate` (none: come to rest)."""
        if t_s <= self._times[-1]:
            raise ValueError(f"a knot must come after {self._times[-1]} s, got {t_s}")
        self._times.append(t_s)
        self._values.append(np.array(value, np.float64))
        self._rates.append(np.zeros(len(value)) if rate is None else np.array(rate, np.float64))

    def at(self, t_s: float) -> tuple[FloatArray, FloatArray]:
        """Value and rate at a time."""
        i = bisect.bisect_right(self._times, t_s) - 1
        if i < 0 or i == len(self._times) - 1:
            return self._values[i if i >= 0 else 0].copy(), np.zeros(len(self._values[0]))
        length = self._times[i + 1] - self._times[i]
        share = (t_s - self._times[i]) / length
        return hermite(
            share, self._values[i], self._rates[i], self._values[i + 1], self._rates[i + 1], length
        )
