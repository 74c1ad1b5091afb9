"""The joints of one person: the landmark half of BlazePose."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.people import JOINT_COUNT
from didim.pose._net import Net, as_rgb
from didim.pose._region import FloatArray, Region
from didim.pose._seams import Sighting
from didim.pose._skeleton import Skeleton

SIZE_PX = 256
HIPS, RIM = JOINT_COUNT, JOINT_COUNT + 1  # two points more: the circle that holds the body
POINT_COUNT = JOINT_COUNT + 2
POINT_VALUES = 5  # x, y, depth, visibility, presence
# The net tells places from the corner of its picture's first pixel, while `Region` counts from its centre.
HALF_PIXEL = 0.5 / SIZE_PX
REFINE_REACH = 3  # cells of the heat map to each side
REFINE_MIN_PEAK = 0.5

OUTPUTS = ("points", "presence", "heatmaps", "points_m")

_REACH = np.arange(-REFINE_REACH, REFINE_REACH + 1)


class BlazeLandmarker:
    """33 joints in the picture and in metres.

    Args:
        net: it gives `OUTPUTS`, in that order.
    """

    def __init__(self, net: Net) -> None:
        self._net = net

    def look(self, bgr: NDArray[np.uint8], region: Region) -> Sighting:
        crop = region.crop(bgr, SIZE_PX, border=cv2.BORDER_REPLICATE)
        raw, presence, heatmaps, raw_m = self._net.run(as_rgb(crop, 1 / 255, 0.0))
        points = raw.reshape(-1, POINT_VALUES)[:POINT_COUNT].astype(np.float64)
        xy = refine(points[:, :2] / SIZE_PX, heatmaps[0])
        hips, rim = region.to_picture(xy[[HIPS, RIM]])
        skeleton = Skeleton(
            points_px=region.to_picture(xy[:JOINT_COUNT] - HALF_PIXEL),
            scores=_sigmoid(points[:JOINT_COUNT, 3:5]).min(axis=1),
            points_m=upright_m(raw_m.reshape(-1, 3)[:JOINT_COUNT].astype(np.float64), region.angle_rad),
            score=float(presence.item()),
        )
        return Sighting(skeleton, Region.of_body(hips, rim))


def refine(xy: FloatArray, heatmaps: NDArray[np.float32]) -> FloatArray:
    """Move each point to the centre of mass of its heat map close by, where the map has a clear peak.

    Args:
        xy: (n, 2) places in the crop, 0 to 1.
        heatmaps: (rows, columns, n or more) logits, contiguous.
    """
    rows, columns, maps = heatmaps.shape
    cell = (xy * (columns, rows)).astype(np.intp)
    x, y = cell[:, :1] + _REACH, cell[:, 1:] + _REACH
    on_x, on_y = (x >= 0) & (x < columns), (y >= 0) & (y < rows)
    near = (np.where(on_y, y, 0)[:, :, None] * columns + np.where(on_x, x, 0)[:, None, :]) * maps
    logits = heatmaps.ravel()[near + np.arange(len(xy))[:, None, None]]
    weights = _sigmoid(logits) * (on_y[:, :, None] & on_x[:, None, :])
    inside = on_x[:, REFINE_REACH] & on_y[:, REFINE_REACH]
    peaked = inside & (weights.max(axis=(1, 2)) >= REFINE_MIN_PEAK)
    across, down = weights.sum(axis=1), weights.sum(axis=2)
    total = np.maximum(across.sum(axis=1), 1e-9)
    mean = np.stack(((across * x).sum(axis=1) / total, (down * y).sum(axis=1) / total), axis=1)
    return np.where(peaked[:, None], mean / (columns, rows), xy)


def upright_m(points_m: FloatArray, angle_rad: float) -> FloatArray:
    """Turn (n, 3) metres from the axes of a region turned by `angle_rad` to those of the picture."""
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    return np.asarray(points_m @ [[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])


def _sigmoid(logits: FloatArray | NDArray[np.float32]) -> FloatArray:
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * logits), np.float64)  # never overflows
