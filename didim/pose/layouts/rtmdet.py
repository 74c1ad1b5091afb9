"""RTMDet exported end to end: boxes of all classes, merged already."""

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
    letterbox,
    planes,
)

LONGEST_PX = 640
PERSON = 0


class RTMDet:
    """BGR, mean and deviation of ImageNet, padded at the right and bottom."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def boxes(self, bgr: Picture) -> FloatArray:
        """People in a picture: (n, 5) x0, y0, x1, y1, score, in pixels, the surest first."""
        shown, fit = letterbox(bgr, input_size_px(self._net, bgr, LONGEST_PX), centred=False)
        values = planes(shown, rgb=False, mean=IMAGENET_MEAN_RGB[::-1], std=IMAGENET_STD_RGB[::-1])
        (found,), (labels,) = self._net.run(values)
        people = found[labels == PERSON].astype(np.float64)
        return likely(fit.boxes_to_picture(people[:, :4]), people[:, 4], merge=False)
