"""Where a picture has changed of late: a cheap hint at who has come, moved on or was lost."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._coarse import coarse
from didim.pose._region import Region

CELL_PX = 8  # about, of the picture
MOST_CELLS = 160  # along the longer side: a larger picture has larger cells
REMEMBERED_S = 0.7  # time in which what is there fades into the memory of it by 63 %
NOTICED = 14.0  # grey levels: noise of a webcam, averaged over a cell, stays below half of it
DOUBT, FORGIVEN_S = 0.5, 3.0  # of the trust in what was looked at, and how long until it is back by 63 %
PERSON_WIDE, PERSON_HIGH = 0.3, 0.42  # of a followed person's region, to each side: what their moves explain


class Change:
    """Compares each picture with a fading memory of those before, coarsely.

    A change of the light as a whole is none.
    """

    def __init__(self) -> None:
        self._memory: NDArray[np.float32] | None = None
        self._at_ns = 0
        self._cell_px = 1.0
        self._changed: NDArray[np.float32] = np.zeros((1, 1), np.float32)
        self._trust: NDArray[np.float32] = np.ones((1, 1), np.float32)
        self._sums: NDArray[np.float64] = np.zeros((2, 2))

    def see(self, bgr: NDArray[np.uint8], captured_ns: int, followed: Sequence[Region]) -> None:
        """Take the next (h, w, 3) uint8 picture; what moves where people are followed is explained."""
        cells = self._coarse(bgr)
        if self._memory is None or self._memory.shape != cells.shape:
            self._memory, self._at_ns = cells, captured_ns
            self._trust = np.ones_like(cells)
        apart = cells - self._memory
        self._changed = (np.abs(apart - np.median(apart)) > NOTICED).astype(np.float32)
        for person in followed:
            self._explain(person)
        past_s = max(0, captured_ns - self._at_ns) * 1e-9
        self._trust = np.float32(1.0) - (1.0 - self._trust) * np.float32(math.exp(-past_s / FORGIVEN_S))
        self._sums = self._summed()
        share = 1.0 - math.exp(-past_s / REMEMBERED_S)
        self._memory = self._memory + np.float32(share) * apart
        self._at_ns = captured_ns

    def share(self, tile: Region) -> float:
        """How much of a tile has changed, unexplained, 0 to 1."""
        x0, y0, x1, y1 = self._cells(tile.x_px, tile.y_px, tile.side_px / 2, tile.side_px / 2)
        total = self._sums[y1, x1] - self._sums[y0, x1] - self._sums[y1, x0] + self._sums[y0, x0]
        return float(total) * self._cell_px**2 / tile.side_px**2

    def middle(self, tile: Region) -> tuple[float, float]:
        """The middle of what has changed in a tile, pixels; the tile's own where nothing has."""
        x0, y0, x1, y1 = self._cells(tile.x_px, tile.y_px, tile.side_px / 2, tile.side_px / 2)
        rows, columns = np.nonzero(self._changed[y0:y1, x0:x1] * self._trust[y0:y1, x0:x1] > 0.5)
        if not len(rows):
            return tile.x_px, tile.y_px
        x, y = float(np.median(columns)), float(np.median(rows))
        return (x0 + x + 0.5) * self._cell_px, (y0 + y + 0.5) * self._cell_px

    def looked_at(self, tile: Region) -> None:
        """Trust what changes there less for a while: the game's light moves and is nobody."""
        x0, y0, x1, y1 = self._cells(tile.x_px, tile.y_px, tile.side_px / 2, tile.side_px / 2)
        seen = (
            cv2.dilate(self._changed[y0:y1, x0:x1], np.ones((3, 3), np.uint8)) if x1 > x0 and y1 > y0 else 0
        )
        self._trust[y0:y1, x0:x1] *= 1.0 - DOUBT * seen
        self._sums = self._summed()

    def _summed(self) -> NDArray[np.float64]:
        return np.asarray(cv2.integral(self._changed * self._trust), np.float64)

    def _coarse(self, bgr: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = bgr.shape[:2]
        self._cell_px = max(CELL_PX, max(width, height) / MOST_CELLS)
        size = (max(1, round(width / self._cell_px)), max(1, round(height / self._cell_px)))
        return cv2.cvtColor(coarse(bgr, size), cv2.COLOR_BGR2GRAY).astype(np.float32)

    def _explain(self, person: Region) -> None:
        side_px = person.side_px
        x0, y0, x1, y1 = self._cells(person.x_px, person.y_px, PERSON_WIDE * side_px, PERSON_HIGH * side_px)
        self._changed[y0:y1, x0:x1] = 0.0

    def _cells(self, x_px: float, y_px: float, wide_px: float, high_px: float) -> tuple[int, int, int, int]:
        """Columns and rows from and to, for so much to each side of a place."""
        rows, columns = self._changed.shape
        x0, x1 = (min(max(round((x_px + s * wide_px) / self._cell_px), 0), columns) for s in (-1, 1))
        y0, y1 = (min(max(round((y_px + s * high_px) / self._cell_px), 0), rows) for s in (-1, 1))
        return x0, y0, x1, y1
