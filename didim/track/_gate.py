"""A value that opens and closes a state, with the times read between the pictures."""

from __future__ import annotations

import math


class Gate:
    """Open above one bound, closed below a lower one; a change counts once it has held for a while.

    Attributes:
        open: the state.
        since_s: when the value crossed the bound, between two pictures.

    Args:
        opens, closes: the bounds, `closes` below `opens`.
        hold_s, close_hold_s: how long the value has to stay beyond them.
    """

    def __init__(
        self, opens: float, closes: float, *, hold_s: float = 0.06, close_hold_s: float | None = None
    ) -> None:
        self.open = False
        self.since_s = -math.inf
        self._opens, self._closes = opens, closes
        self._hold_s, self._close_hold_s = hold_s, hold_s if close_hold_s is None else close_hold_s
        self._last: tuple[float, float] | None = None
        self._crossed_s: float | None = None

    def add(self, value: float, t_s: float) -> bool:
        """Take the value of a picture; whether the state has changed. nan is no news."""
        if math.isnan(value):
            return False
        bound = self._closes if self.open else self._opens
        beyond = value < bound if self.open else value > bound
        if not beyond:
            self._crossed_s = None
        elif self._crossed_s is None:
            self._crossed_s = self._crossing_s(bound, value, t_s)
        self._last = (value, t_s)
        hold_s = self._close_hold_s if self.open else self._hold_s
        if self._crossed_s is None or t_s - self._crossed_s < hold_s:
            return False
        self.open, self.since_s, self._crossed_s = not self.open, self._crossed_s, None
        return True

    def _crossing_s(self, bound: float, value: float, t_s: float) -> float:
        if self._last is None:
            return t_s
        before, before_s = self._last
        share = (bound - before) / (value - before) if value != before else 1.0
        return before_s + min(max(share, 0.0), 1.0) * (t_s - before_s)
