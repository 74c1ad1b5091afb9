"""PicoDet exported without its last step: a box and a score for each place of the grid."""

from __future__ import annotations

import numpy as np

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose.layouts._boxes import likely
from didim.pose.layouts._picture import (
    IMAGENET_MEAN_RGB,
    IMAGENET_STD_RGB,
    Picture,
    input_size_px,
    planes,
    stretch,
)

LONGEST_PX = 416
PERSON = 0


class PicoDet:
    """RGB, mean and deviation of ImageNet, stretched to the input."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def boxes(self, bgr: Picture) -> FloatArray:
        """People in a picture: (n, 5) x0, y0, x1, y1, score, in pixels, the surest first."""
        shown, fit = stretch(bgr, input_size_px(self._net, bgr, LONGEST_PX))
        values = planes(shown, rgb=True, mean=IMAGENET_MEAN_RGB, std=IMAGENET_STD_RGB)
        (found,), (scores,) = self._net.run(values)
        boxes = fit.boxes_to_picture(found.astype(np.float64))
        return likely(boxes, scores[PERSON].astype(np.float64), merge=True)
