"""When a detector that finds people in whole pictures looks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from didim.pose._region import Region
from didim.pose._search import Look

EVERY = 8  # pictures, while all goes well: regions are set right, newcomers wait for a quarter of a second
IDLE_EVERY = 3  # while nobody is there
HASTE = (1, 2, 4)  # pictures after somebody was lost or came


class Sweep:
    """Looks at the whole picture now and then, and soon where somebody was lost: others may be lost, too."""

    def __init__(self) -> None:
        self._rested = IDLE_EVERY
        self._followed = 0
        self._soon: list[int] = []

    def see(self, bgr: NDArray[np.uint8], captured_ns: int, followed: Sequence[Region]) -> None:
        """It looks at everything, wherever that changes."""

    def again(self) -> Look | None:
        """One look sees all."""
        return None

    def next(self, whole: Region, followed: Sequence[Region]) -> Look | None:
        """The look to take at this picture, or None to rest.

        Args:
            whole: the region of the whole picture.
            followed: where people are followed.
        """
        self._rested += 1
        self._soon = [wait - 1 for wait in self._soon]
        due = self._rested >= (EVERY if followed else IDLE_EVERY) or 0 in self._soon
        if not due:
            return None
        self._rested = 0
        return Look(whole, direct=False)

    def picture_done(self, followed: int, lost: Sequence[Region]) -> None:
        """Tell how many people are followed after a picture, and where those were who are lost in it."""
        if lost or followed != self._followed:
            self._soon = list(HASTE)
        self._soon = [wait for wait in self._soon if wait > 0]
        self._followed = followed
