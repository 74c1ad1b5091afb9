"""A picture without anything small."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def coarse(bgr: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """The means of a picture's cells, (height, width, 3) uint8 for `size_px` (width, height).

    Halving it on the way there is thrice as quick as one step where cells hold 2, 4, 8 pixels and so on.
    """
    height, width = bgr.shape[:2]
    while width % (2 * size_px[0]) == height % (2 * size_px[1]) == 0:
        width, height = width // 2, height // 2
        bgr = np.asarray(cv2.resize(bgr, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(bgr, size_px, interpolation=cv2.INTER_AREA), np.uint8)
