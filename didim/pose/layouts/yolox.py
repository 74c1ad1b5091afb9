"""YOLOX as its makers export it: the grid not yet decoded."""

from __future__ import annotations

import functools

import numpy as np

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose.layouts._boxes import from_centres, likely
from didim.pose.layouts._picture import AS_IS, Picture, input_size_px, letterbox, planes

LONGEST_PX = 640
STRIDES_PX = (8, 16, 32)
BOX, OBJECT, PERSON = slice(0, 4), 4, 5


class YOLOX:
    """BGR from 0 to 255, padded at the right and bottom."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def boxes(self, bgr: Picture) -> FloatArray:
        """People in a picture: (n, 5) x0, y0, x1, y1, score, in pixels, the surest first."""
        size_px = input_size_px(self._net, bgr, LONGEST_PX)
        shown, fit = letterbox(bgr, size_px, centred=False)
        ((rows,),) = self._net.run(planes(shown, rgb=False, mean=AS_IS[0], std=AS_IS[1]))
        scores = rows[:, OBJECT].astype(np.float64) * rows[:, PERSON]
        boxes = from_centres(decoded(rows[:, BOX].astype(np.float64), size_px))
        return likely(fit.boxes_to_picture(boxes), scores, merge=True)


def decoded(raw: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """Boxes x, y, width, height in pixels of the input: offsets from cells, and logarithms of sides in cells.

    Z. Ge et al., "YOLOX: Exceeding YOLO Series in 2021".
    """
    cells, strides_px = grid(size_px)
    with np.errstate(over="ignore"):  # of what is no person
        return np.concatenate((raw[:, :2] + cells, np.exp(raw[:, 2:])), axis=1) * strides_px[:, None]


@functools.lru_cache(maxsize=4)
def grid(size_px: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """The (n, 2) column and row of each cell, the fine grid first, and its (n,) side in pixels."""
    cells, strides = [], []
    for stride_px in STRIDES_PX:
        y, x = np.mgrid[: size_px[0] // stride_px, : size_px[1] // stride_px]
        cells.append(np.stack((x.ravel(), y.ravel()), axis=1).astype(np.float64))
        strides.append(np.full(x.size, float(stride_px)))
    return np.concatenate(cells), np.concatenate(strides)
