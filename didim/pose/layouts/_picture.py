"""A picture brought to the size and the values that a network takes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._net import Net
from didim.pose._region import FloatArray

Picture = NDArray[np.uint8]

PAD = 114
STEP_PX = 32  # sides of an input of open size are whole multiples of it
_LEVELS = np.arange(256, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture lies in the input of a network; integers are pixel centres in both.

    Attributes:
        scale: (2,) along x and y, input pixels for one of the picture.
        origin_px: (2,) how far right and down the picture's upper left corner lies.
    """

    scale: FloatArray
    origin_px: FloatArray

    def to_picture(self, xy: FloatArray) -> FloatArray:
        """Map (…, 2) places in the input to places in the picture."""
        return np.asarray((xy - self.origin_px + 0.5) / self.scale - 0.5)

    def boxes_to_picture(self, edges: FloatArray) -> FloatArray:
        """Map (n, 4) boxes x0, y0, x1, y1, told from the corner of the input's first pixel."""
        corners = edges.reshape(-1, 2, 2) - 0.5
        return np.asarray(self.to_picture(corners).reshape(-1, 4))


def letterbox(
    bgr: Picture, size_px: tuple[int, int], *, centred: bool, pad: int = PAD
) -> tuple[Picture, Fit]:
    """Scale a picture to fit whole into (height, width), the rest filled with `pad`."""
    height, width = size_px
    scale = min(height / bgr.shape[0], width / bgr.shape[1])
    inner = max(1, round(scale * bgr.shape[0])), max(1, round(scale * bgr.shape[1]))
    small, fit = stretch(bgr, inner)
    top, left = ((height - inner[0]) // 2, (width - inner[1]) // 2) if centred else (0, 0)
    whole = np.full((height, width, 3), pad, np.uint8)
    whole[top : top + inner[0], left : left + inner[1]] = small
    return whole, Fit(fit.scale, np.array([left, top], np.float64))


def stretch(bgr: Picture, size_px: tuple[int, int]) -> tuple[Picture, Fit]:
    """Scale a picture to (height, width) exactly, its shape lost."""
    scale = np.array([size_px[1] / bgr.shape[1], size_px[0] / bgr.shape[0]])
    small = cv2.resize(bgr, (size_px[1], size_px[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(small, np.uint8), Fit(scale, np.zeros(2))


def input_size_px(net: Net, bgr: Picture, longest_px: int, *, channels_last: bool = False) -> tuple[int, int]:
    """(height, width) of a network's input: its own, or what suits the picture where that is open."""
    axes = net.inputs[0].axes
    height, width = axes[1:3] if channels_last else axes[2:4]
    if height is not None and width is not None:
        return height, width
    scale = min(1.0, longest_px / max(bgr.shape[:2]))
    rows, columns = (STEP_PX * -(-round(scale * side) // STEP_PX) for side in bgr.shape[:2])
    return rows, columns


def planes(picture: Picture, *, rgb: bool, mean: FloatArray, std: FloatArray) -> NDArray[np.float32]:
    """A (height, width, 3) BGR picture as (1, 3, height, width), `(value - mean) / std` for each channel.

    Args:
        rgb: whether the network takes red first; `mean` and `std` are told in its order.
    """
    values = np.empty((1, 3, *picture.shape[:2]), np.float32)
    for plane in range(3):
        table = ((_LEVELS - mean[plane]) / std[plane]).astype(np.float32)
        table.take(picture[:, :, 2 - plane if rgb else plane], out=values[0, plane], mode="clip")
    return values


IMAGENET_MEAN_RGB = np.array([123.675, 116.28, 103.53])
IMAGENET_STD_RGB = np.array([58.395, 57.12, 57.375])
AS_IS, TO_ONE = (np.zeros(3), np.ones(3)), (np.zeros(3), np.full(3, 255.0))
"""(mean, std) of networks that take values of 0 to 255, and of 0 to 1."""
