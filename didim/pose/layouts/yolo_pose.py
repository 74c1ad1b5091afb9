"""YOLO-pose: v8 and 11 as exported, the grid decoded but people told of several times; and end to end."""

from __future__ import annotations

import numpy as np

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose._skeleton import Skeleton
from didim.pose.layouts._boxes import distinct, from_centres
from didim.pose.layouts._picture import TO_ONE, Fit, Picture, input_size_px, letterbox, planes
from didim.pose.layouts._whole import MIN_SCORE, bodies

LONGEST_PX = 640
BOX, SCORE = slice(0, 4), 4
JOINTS_RAW, JOINTS_END_TO_END = 5, 6


class YOLOPose:
    """RGB from 0 to 1, padded all around: a column for each place of the grid."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def people(self, bgr: Picture) -> tuple[Skeleton, ...]:
        """The people in a (height, width, 3) picture, the surest first."""
        columns, fit = _run(self._net, bgr)
        rows = columns.T
        rows = rows[rows[:, SCORE] >= MIN_SCORE]
        boxes = np.c_[from_centres(rows[:, BOX]), rows[:, SCORE]]
        return _bodies(rows[distinct(boxes)], JOINTS_RAW, fit)


class YOLOPoseEndToEnd:
    """RGB from 0 to 1, padded all around: a row for each person."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def people(self, bgr: Picture) -> tuple[Skeleton, ...]:
        """The people in a (height, width, 3) picture, the surest first."""
        rows, fit = _run(self._net, bgr)
        return _bodies(rows, JOINTS_END_TO_END, fit)


def _run(net: Net, bgr: Picture) -> tuple[FloatArray, Fit]:
    shown, fit = letterbox(bgr, input_size_px(net, bgr, LONGEST_PX), centred=True)
    ((found,),) = net.run(planes(shown, rgb=True, mean=TO_ONE[0], std=TO_ONE[1]))
    return found.astype(np.float64), fit


def _bodies(rows: FloatArray, first_joint: int, fit: Fit) -> tuple[Skeleton, ...]:
    joints = rows[:, first_joint:].reshape(len(rows), (rows.shape[1] - first_joint) // 3, 3)
    return bodies(rows[:, SCORE], fit.to_picture(joints[..., :2]), joints[..., 2])
