"""Which landings of the two feet are steps."""

from __future__ import annotations

import math

from didim.track._contact import BACK_M, BACK_S, Touch

TOGETHER_S, TURN_S, AGAIN_S = 0.06, 0.2, 0.3
"""Two feet that come down within the first come down together; else so long after the other, or the same."""
PICTURE_S = 1.0 / 30.0
FAR_M = 0.3
"""No landmark that strays takes a foot so far and leaves it there: it stepped, whenever that was."""


class Turns:
    """Legs take turns and need their time, and a foot that is back where it left at once has not been away.

    A landmark that the passing leg takes along, or legs taken for each other, tell one step twice.
    """

    def __init__(self) -> None:
        self._landed: list[Touch | None] = [None, None]
        self._left: list[Touch | None] = [None, None]
        self._stepped_s = [-math.inf, -math.inf]

    def flip(self) -> None:
        """Left was right all along."""
        for each in (self._landed, self._left, self._stepped_s):
            each.reverse()

    def leaves(self, foot: int, touch: Touch) -> None:
        """Learn that the foot left, 0 or 1."""
        self._left[foot] = touch

    def lands(self, foot: int, touch: Touch, picture_s: float) -> bool:
        """Take a landing of the foot, pictures so far apart; whether it is a step."""
        before, self._landed[foot] = self._landed[foot], touch
        is_step = self._is_in_turn(foot, touch.t_s, 2.0 * max(picture_s - PICTURE_S, 0.0))
        if before is not None:  # else nobody knows where it stood
            is_step |= math.dist(before.place, touch.place) > FAR_M
            is_step &= not self._came_back(foot, touch)
        if is_step:
            self._stepped_s[foot] = touch.t_s
        return is_step

    def flew(self, foot: int, touch: Touch, left_s: float) -> bool:
        """Take the landing of a flight that began then; whether it still has to be told."""
        self._landed[foot] = touch
        if self._stepped_s[foot] >= left_s:
            return False
        self._stepped_s[foot] = touch.t_s
        return True

    def _came_back(self, foot: int, touch: Touch) -> bool:
        left = self._left[foot]
        if left is None or touch.t_s - left.t_s >= BACK_S:
            return False
        return math.dist(left.place, touch.place) < BACK_M

    def _is_in_turn(self, foot: int, t_s: float, unsure_s: float) -> bool:
        own_s, other_s = self._stepped_s[foot], self._stepped_s[1 - foot]
        if other_s < own_s:
            return t_s - own_s > AGAIN_S - unsure_s
        return not TOGETHER_S < t_s - other_s < TURN_S - unsure_s
