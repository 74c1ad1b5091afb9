"""SimCC, as RTMPose: for each joint how likely each column and each row is.

Y. Li et al., "SimCC: a Simple Coordinate Classification Perspective for Human Pose Estimation", ECCV 2022.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net
from didim.pose._region import FloatArray
from didim.pose.layouts._picture import IMAGENET_MEAN_RGB, IMAGENET_STD_RGB, Picture, planes


class SimCC:
    """RGB, mean and deviation of ImageNet; bins are a half, or another share, of a pixel."""

    kept, first = 0.25, 0.35

    def __init__(self, net: Net) -> None:
        self._net = net
        height, width = net.inputs[0].axes[2:]
        assert height is not None
        assert width is not None
        self.size_px = height, width

    def joints(self, crop: Picture) -> tuple[FloatArray, FloatArray]:
        """The joints in a BGR picture of its size: (k, 2) pixels and (k,) scores."""
        values = planes(crop, rgb=True, mean=IMAGENET_MEAN_RGB, std=IMAGENET_STD_RGB)
        (across,), (down,) = self._net.run(values)
        return decoded(across, down, self.size_px)


def decoded(
    across: NDArray[np.float32], down: NDArray[np.float32], size_px: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """The likeliest bin each way, as pixels; a joint is as sure as the less sure way is.

    Args:
        across, down: (k, bins) over the width and the height of `size_px`, (height, width).
    """
    bins_per_px = np.array([across.shape[1] / size_px[1], down.shape[1] / size_px[0]])
    best = np.stack((across.argmax(axis=1), down.argmax(axis=1)), axis=1)
    scores = np.minimum(across.max(axis=1), down.max(axis=1)).astype(np.float64)
    return best / bins_per_px, np.clip(scores, 0.0, 1.0)
