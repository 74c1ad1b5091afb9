"""Holds the time of a frame: draws finer where there is time, coarser where there is none."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

WATCHED = 30  # frames
SLOW, QUICK = 1.0, 0.55  # of the budget, the median frame
PATIENCE_FRAMES = 300
WARY_FRAMES = 3600


@dataclass(frozen=True, slots=True)
class Quality:
    """How finely a frame is drawn.

    Attributes:
        canvas_scale: pixels of the canvas for each of the projector's.
        ground_share: the background has one pixel for so many of the canvas's, each way.
        bloom: light spills over what is brighter than white.
    """

    canvas_scale: float
    ground_share: int
    bloom: bool = True

    def __str__(self) -> str:
        return f"{self.canvas_scale:g}x canvas, 1/{self.ground_share} ground" + (
            "" if self.bloom else ", no bloom"
        )


QUALITIES = (
    Quality(1.25, 3),
    Quality(1.0, 3),
    Quality(0.8, 3),
    Quality(0.65, 4),
    Quality(0.5, 5),
    Quality(0.4, 6, bloom=False),
)
FINEST, SPARED = 0, 2


class Governor:
    """Chooses among `QUALITIES` by how long frames take.

    Coarser at once when half of the last thirty frames took longer than the budget; finer when for five
    seconds they took little of it. A quality that once was too dear is not tried again for a minute.

    Attributes:
        index: of the quality to draw with.

    Args:
        budget_ms: what a frame may take.
    """

    def __init__(self, budget_ms: float, index: int = FINEST) -> None:
        self.index = index
        self._budget_ms = budget_ms
        self._recent: deque[float] = deque(maxlen=WATCHED)
        self._calm = 0
        self._wary = 0

    @property
    def quality(self) -> Quality:
        return QUALITIES[self.index]

    def add(self, frame_ms: float) -> bool:
        """Take in the time of a frame; whether the quality has changed."""
        self._recent.append(frame_ms)
        self._wary = max(0, self._wary - 1)
        if len(self._recent) < WATCHED:
            return False
        median_ms = float(np.median(self._recent))
        self._calm = self._calm + 1 if median_ms < QUICK * self._budget_ms else 0
        if median_ms > SLOW * self._budget_ms and self.index < len(QUALITIES) - 1:
            self._wary = WARY_FRAMES
            return self._go(self.index + 1)
        if self._calm >= PATIENCE_FRAMES and self.index > 0 and not self._wary:
            return self._go(self.index - 1)
        return False

    def _go(self, index: int) -> bool:
        self.index, self._calm = index, 0
        self._recent.clear()
        return True
