"""MoveNet: SinglePose, which sees one person in a square, and MultiPose, which sees up to six."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose._skeleton import Skeleton
from didim.pose.layouts._picture import Picture, input_size_px, letterbox
from didim.pose.layouts._whole import bodies

LONGEST_PX = 256
JOINTS, SCORE = slice(0, 51), 55


class MoveNet:
    """RGB from 0 to 255 as whole numbers; joints as y, x, score, from 0 to 1 across the square."""

    kept, first = 0.25, 0.35

    def __init__(self, net: Net) -> None:
        self._net = net
        height, width = net.inputs[0].axes[1:3]
        assert height is not None
        assert width is not None
        self.size_px = height, width

    def joints(self, crop: Picture) -> tuple[FloatArray, FloatArray]:
        """The joints in a BGR picture of its size: (17, 2) pixels and (17,) scores."""
        (found,) = self._net.run(_levels(self._net, crop))
        rows = found.reshape(-1, 3).astype(np.float64)
        return from_shares(rows[:, 1::-1], self.size_px), rows[:, 2]


class MoveNetMulti:
    """RGB from 0 to 255 as whole numbers, padded all around; a row for each of six people."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def people(self, bgr: Picture) -> tuple[Skeleton, ...]:
        """The people in a (height, width, 3) picture, the surest first."""
        size_px = input_size_px(self._net, bgr, LONGEST_PX, channels_last=True)
        shown, fit = letterbox(bgr, size_px, centred=True, pad=0)
        ((rows,),) = self._net.run(_levels(self._net, shown))
        joints = rows[:, JOINTS].reshape(len(rows), -1, 3).astype(np.float64)
        points_px = fit.to_picture(from_shares(joints[..., 1::-1], size_px))
        return bodies(rows[:, SCORE].astype(np.float64), points_px, joints[..., 2])


def from_shares(xy: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """Places from 0 to 1 across (height, width) as pixels: they count from the first pixel's corner."""
    return np.asarray(xy * (size_px[1], size_px[0]) - 0.5)


def _levels(net: Net, picture: Picture) -> NDArray[Any]:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)[None].astype(net.inputs[0].dtype)
