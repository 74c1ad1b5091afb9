"""Where in a picture people are: the detector half of BlazePose.

After V. Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020.
"""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net, as_rgb
from didim.pose._region import FloatArray, Region

OUTPUTS = ("boxes", "scores")
SIZE_PX = 224
STRIDES_PX = (8, 16, 32, 32, 32)
ANCHORS_PER_CELL = 2  # one at the cell's own scale, one between it and the next
MIN_SCORE = 0.2  # of people who turn their faces away; the landmark net sees who is none
SURE_SCORE = 0.5
SAME_PERSON_OVERLAP = 0.3


class BlazeDetector:
    """Whole people, from about a fifth of the region's height upwards.

    Args:
        net: it gives `OUTPUTS`, in that order.
    """

    whole: ClassVar[bool] = False

    def __init__(self, net: Net) -> None:
        self._net = net
        self._anchors = anchors()

    def find(self, bgr: NDArray[np.uint8], within: Region) -> list[Region]:
        crop = within.crop(bgr, SIZE_PX, border=cv2.BORDER_CONSTANT)
        (raw,), (logits,) = self._net.run(as_rgb(crop, 1 / 127.5, -1.0))
        found = merge(candidates(raw, logits, self._anchors))
        return [Region.of_body(*within.to_picture(row[5:9].reshape(2, 2))) for row in found]


def anchors() -> FloatArray:
    """The (2254, 2) centres that boxes are told from, 0 to 1, in the order of the net's output.

    Layers of one stride share a grid: its cells hold all their anchors one after another.
    """
    grids = []
    for stride_px in sorted(set(STRIDES_PX)):
        cells = SIZE_PX // stride_px
        centres = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(centres, centres)
        grid = np.stack((x.ravel(), y.ravel()), axis=1)
        grids.append(np.repeat(grid, ANCHORS_PER_CELL * STRIDES_PX.count(stride_px), axis=0))
    return np.concatenate(grids)


def candidates(raw: NDArray[np.float32], logits: NDArray[np.float32], anchors_xy: FloatArray) -> FloatArray:
    """Decode the net's output into (n, 9) rows: score, box x0, y0, x1, y1, hips x, y, rim x, y.

    All but the score are places in the crop, 0 to 1. Rows below `MIN_SCORE` are left out.
    """
    scores = 1 / (1 + np.exp(-np.clip(logits[:, 0].astype(np.float64), -100, 100)))
    likely = scores >= MIN_SCORE
    values = raw[likely].astype(np.float64) / SIZE_PX
    origin = anchors_xy[likely]
    centre, half = origin + values[:, 0:2], values[:, 2:4] / 2
    hips, rim = origin + values[:, 4:6], origin + values[:, 6:8]
    return np.concatenate((scores[likely, None], centre - half, centre + half, hips, rim), axis=1)


def merge(rows: FloatArray) -> FloatArray:
    """Weighted non-maximum suppression: each person's candidates become their mean, weighted by score.

    Takes and returns rows of `candidates`, the surest first; a person keeps the score of the best.
    """
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    people = []
    while len(rows):
        same = _overlap(rows[0, 1:5], rows[:, 1:5]) > SAME_PERSON_OVERLAP
        same[0] = True
        # Unsure candidates lie farther off: they count only where there are no others.
        counted = same & (rows[:, 0] >= min(SURE_SCORE, rows[0, 0]))
        mean = np.average(rows[counted, 1:], axis=0, weights=rows[counted, 0])
        people.append(np.concatenate((rows[0, :1], mean)))
        rows = rows[~same]
    return np.array(people).reshape(-1, 9)


def _overlap(box: FloatArray, boxes: FloatArray) -> FloatArray:
    """Intersection over union of one (4,) box with each of (n, 4)."""
    shared = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    area = np.prod(np.maximum(shared, 0.0), axis=1)
    union = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - area
    return np.asarray(area / np.maximum(union, 1e-9))
