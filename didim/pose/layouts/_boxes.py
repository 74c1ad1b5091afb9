"""Boxes of people: what detectors give, and the regions that landmark nets look at."""

from __future__ import annotations

from typing import ClassVar, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._region import FloatArray, Region

Picture = NDArray[np.uint8]

MIN_SCORE = 0.35
SAME_PERSON_OVERLAP = 0.6
LEAST_SIDE_PX = 8


class BoxNet(Protocol):
    """A detector of boxes, as its layout is read."""

    def boxes(self, bgr: Picture) -> FloatArray:
        """People in a picture: (n, 5) x0, y0, x1, y1, score, in pixels, the surest first."""
        ...


class BoxDetector:
    """Finds people in whole pictures by their boxes.

    Attributes:
        net: the network with its layout.
    """

    whole: ClassVar[bool] = True

    def __init__(self, net: BoxNet) -> None:
        self.net = net

    def find(self, bgr: Picture, within: Region) -> list[Region]:
        """Return a region for each person seen in `within`, the surest first."""
        height, width = bgr.shape[:2]
        half = within.side_px / 2
        left, right = (round(min(max(within.x_px + side, 0), width)) for side in (-half, half))
        top, bottom = (round(min(max(within.y_px + side, 0), height)) for side in (-half, half))
        if min(right - left, bottom - top) < LEAST_SIDE_PX:
            return []
        boxes = self.net.boxes(bgr[top:bottom, left:right])
        return [Region.of_box(box) for box in boxes[:, :4] + (left, top, left, top)]


def likely(boxes: FloatArray, scores: FloatArray, *, merge: bool) -> FloatArray:
    """Boxes with a fair score as (n, 5), the surest first; where asked, one for each person.

    Args:
        merge: whether the network tells of a person several times.
    """
    kept = scores >= MIN_SCORE
    rows = np.c_[boxes[kept], scores[kept]]
    rows = rows[np.argsort(-rows[:, 4], kind="stable")]
    return np.asarray(rows[distinct(rows)] if merge else rows)


def distinct(rows: FloatArray) -> NDArray[np.intp]:
    """Indices of the boxes (n, 5) that overlap no surer one: non-maximum suppression."""
    if not len(rows):
        return np.zeros(0, np.intp)
    sides = np.c_[rows[:, :2], rows[:, 2:4] - rows[:, :2]]
    kept = cv2.dnn.NMSBoxes(sides.tolist(), rows[:, 4].tolist(), 0.0, SAME_PERSON_OVERLAP)
    return np.asarray(kept, np.intp).ravel()


def from_centres(centres: FloatArray) -> FloatArray:
    """(n, 4) x, y, width, height as x0, y0, x1, y1."""
    half = centres[:, 2:4] / 2
    return np.concatenate((centres[:, :2] - half, centres[:, :2] + half), axis=1)
