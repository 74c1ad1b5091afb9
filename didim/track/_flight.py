"""The way up and the top of a jump, where feet seem to rest in the air."""

from __future__ import annotations

from collections import deque

import numpy as np

from didim.track._contact import Beside, Contact
from didim.track._feet import FootSight

TOGETHER_S = 0.12
FALLS_M_S = 0.35
LONGEST_RISE_S, FELL_S = 0.45, 0.25
KEPT_S = 0.8
LONGEST_SWING_S, WALKED_SWING_S, RISEN_M = 0.65, 0.3, 0.015
SLOW_S = 0.05
"""Between pictures so far apart a foot lands unseen: a swing is believed for as long as a walker's takes."""
CLEAR_M, CLEAR_LEAST = 0.12, 0.4


class Flight:
    """Watches both soles: feet that left together cannot stand before they have come down again."""

    def __init__(self) -> None:
        self._heights: deque[tuple[float, tuple[float, float]]] = deque()
        self._longest_swing_s = LONGEST_SWING_S

    def beside(
        self, feet: tuple[FootSight, FootSight], contacts: tuple[Contact, Contact], t_s: float
    ) -> tuple[Beside, Beside]:
        """Take the newest sight of both feet; what each of them goes by."""
        slow = bool(self._heights) and t_s - self._heights[-1][0] > SLOW_S
        self._longest_swing_s = WALKED_SWING_S if slow else LONGEST_SWING_S
        self._heights.append((t_s, (feet[0].up_m, feet[1].up_m)))
        while self._heights[0][0] < t_s - KEPT_S:
            self._heights.popleft()
        left_s = [contact.left_s for contact in contacts]
        rises = self._rises(contacts[0].may_have_left_s, contacts[1].may_have_left_s, t_s)
        clear = _clear(*feet)
        left, right = (
            Beside(self._swings(other_s, own_s, t_s), rises, clear, other_s)
            for own_s, other_s in (left_s, left_s[::-1])
        )
        return left, right

    def _swings(self, other_s: float | None, own_s: float | None, t_s: float) -> bool:
        """Whether the other foot left first, and alone: then this one carries the body."""
        if (
            other_s is None
            or t_s - other_s > self._longest_swing_s
            or (own_s is not None and own_s <= other_s)
        ):
            return False
        then = [heights for at_s, heights in self._heights if at_s < other_s][-1:]
        if not then:
            return True
        risen_m = [now_m - then_m for now_m, then_m in zip(self._heights[-1][1], then[0], strict=True)]
        return min(risen_m) < RISEN_M

    def _rises(self, left_s: float | None, right_s: float | None, t_s: float) -> bool:
        if left_s is None or right_s is None or abs(left_s - right_s) > TOGETHER_S:
            return False
        first_s = min(left_s, right_s)
        return t_s - first_s < LONGEST_RISE_S and not self._falls(t_s - FELL_S)

    def _falls(self, since_s: float) -> bool:
        heights = [(t_s, sum(each) / 2) for t_s, each in self._heights if t_s >= since_s - 1e-6]
        return any(
            (low_m - high_m) / (t_s - before_s) < -FALLS_M_S
            for (before_s, high_m), (t_s, low_m) in zip(heights, heights[2:] or heights[1:], strict=False)
        )


def _clear(left: FootSight, right: FootSight) -> float:
    apart_m = float(np.hypot(*(left.sole_px - right.sole_px).T).min()) * left.m_a_px
    return CLEAR_LEAST + (1.0 - CLEAR_LEAST) * min(apart_m / CLEAR_M, 1.0)
