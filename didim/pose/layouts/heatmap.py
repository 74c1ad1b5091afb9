"""Heat maps, as of PP-TinyPose and HRNet: for each joint how likely each cell of a coarse grid is.

The place within the cell is that of the peak of a Gaussian through its neighbours, after F. Zhang et al.,
"Distribution-Aware Coordinate Representation for Human Pose Estimation", CVPR 2020.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose.layouts._picture import IMAGENET_MEAN_RGB, IMAGENET_STD_RGB, Picture, planes

LEAST = 1e-10
MOST_SHIFT = 0.5
_REACH = np.array([-1, 0, 1])


class Heatmap:
    """RGB, mean and deviation of ImageNet; a cell's index times its side is its place in pixels."""

    kept, first = 0.3, 0.4

    def __init__(self, net: Net) -> None:
        self._net = net
        height, width = net.inputs[0].axes[2:]
        assert height is not None
        assert width is not None
        self.size_px = height, width

    def joints(self, crop: Picture) -> tuple[FloatArray, FloatArray]:
        """The joints in a BGR picture of its size: (k, 2) pixels and (k,) scores."""
        values = planes(crop, rgb=True, mean=IMAGENET_MEAN_RGB, std=IMAGENET_STD_RGB)
        ((maps,),) = self._net.run(values)
        places, scores = peaks(maps)
        return places * (self.size_px[1] / maps.shape[2], self.size_px[0] / maps.shape[1]), scores


def peaks(maps: NDArray[np.float32]) -> tuple[FloatArray, FloatArray]:
    """The peak of each of (k, rows, columns) maps: (k, 2) column and row, and (k,) height from 0 to 1."""
    count, rows, columns = maps.shape
    best = maps.reshape(count, -1).argmax(axis=1)
    y, x = np.divmod(best, columns)
    heights = np.clip(maps[np.arange(count), y, x].astype(np.float64), 0.0, 1.0)
    places = np.stack((x, y), axis=1).astype(np.float64)
    inside = (x > 0) & (x < columns - 1) & (y > 0) & (y < rows - 1) & (heights > 0)
    which = np.flatnonzero(inside)
    near = maps[
        which[:, None, None], (y[which, None] + _REACH)[:, :, None], (x[which, None] + _REACH)[:, None]
    ]
    places[which] += _shift(np.log(np.maximum(near.astype(np.float64), LEAST)))
    return places, heights


def _shift(near: FloatArray) -> FloatArray:
    """From the middle of (n, 3, 3) logarithms to the top of the parabola through them, (n, 2) cells."""
    dx, dy = (near[:, 1, 2] - near[:, 1, 0]) / 2, (near[:, 2, 1] - near[:, 0, 1]) / 2
    dxx = near[:, 1, 2] - 2 * near[:, 1, 1] + near[:, 1, 0]
    dyy = near[:, 2, 1] - 2 * near[:, 1, 1] + near[:, 0, 1]
    dxy = (near[:, 2, 2] - near[:, 2, 0] - near[:, 0, 2] + near[:, 0, 0]) / 4
    determinant = dxx * dyy - dxy**2
    peaked = (dxx < 0) & (determinant > 1e-9)
    safe = np.where(peaked, determinant, 1.0)
    shift = np.stack((dxy * dy - dyy * dx, dxy * dx - dxx * dy), axis=1) / safe[:, None]
    return np.where(peaked[:, None], np.clip(shift, -MOST_SHIFT, MOST_SHIFT), 0.0)
