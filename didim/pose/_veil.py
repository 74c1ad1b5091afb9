"""Whoever is followed already is painted away where somebody else is looked for.

Both nets are made for one person. Of two who stand close together the detector tells the one more, and the
landmark net mixes their limbs; with the one painted over it sees the other as if they were alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.people import BONES, Joint
from didim.pose._region import FloatArray, Region
from didim.pose._skeleton import Skeleton

LIMB, OWN_LIMB = 0.12, 0.10  # thickness by a body's size: what is painted, and what of one's own is spared
HEAD = 0.10
PATCH_PX = 40  # the paint is the picture without anything smaller
SURE = 0.7  # who may be painted

_TRUNK = (
    (Joint.LEFT_SHOULDER, Joint.RIGHT_HIP),
    (Joint.RIGHT_SHOULDER, Joint.LEFT_HIP),
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP),
)
_LIMBS = (*BONES, *_TRUNK)
_STARTS, _ENDS = [bone[0] for bone in _LIMBS], [bone[1] for bone in _LIMBS]
_JUDGED = list(range(Joint.LEFT_SHOULDER, Joint.RIGHT_WRIST + 1)) + list(
    range(Joint.LEFT_HIP, Joint.RIGHT_ANKLE + 1)
)
_SHIFT = 4  # fractional bits of OpenCV's drawing


def without(
    bgr: NDArray[np.uint8], region: Region, others: Sequence[Skeleton], own: Skeleton | None = None
) -> NDArray[np.uint8]:
    """The picture with others painted away where they reach into a region; itself where none does.

    Args:
        bgr: (height, width, 3); never written to.
        own: whose limbs stay as they are.
    """
    x0, y0, x1, y1 = _rim(region, bgr.shape)
    near = [other for other in others if other.score >= SURE and _reaches(other, x0, y0, x1, y1)]
    if not near or x1 <= x0 or y1 <= y0:
        return bgr
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    corner = np.array([x0, y0], np.float64)
    for other in near:
        _paint(mask, other.points_px - corner, LIMB, 255)
    if own is not None:
        _paint(mask, own.points_px - corner, OWN_LIMB, 0)
    clear = bgr.copy()
    inside = clear[y0:y1, x0:x1]
    size = (x1 - x0, y1 - y0)
    coarse = cv2.resize(inside, _fewer(size), interpolation=cv2.INTER_AREA)
    cv2.copyTo(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), mask, inside)
    return clear


def covered(body: Skeleton, others: Sequence[Skeleton]) -> float:
    """The share of a body's joints, 0 to 1, that lie where `without` paints others away."""
    inside = np.zeros(len(body.points_px), np.bool_)
    for other in others:
        if other.score < SURE:
            continue
        start, end = other.points_px[_STARTS], other.points_px[_ENDS]
        along = end - start
        away = body.points_px[:, None] - start
        share = np.clip((away * along).sum(axis=2) / np.maximum((along * along).sum(axis=1), 1e-9), 0.0, 1.0)
        apart_px = np.linalg.norm(away - share[..., None] * along, axis=2).min(axis=1)
        inside |= apart_px < 0.5 * LIMB * np.ptp(other.points_px, axis=0).max()
    return float(inside[_JUDGED].mean())


def _rim(region: Region, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the part of the picture about a region, however it is turned."""
    reach_px = 0.75 * region.side_px
    x0, y0 = max(0, int(region.x_px - reach_px)), max(0, int(region.y_px - reach_px))
    return x0, y0, min(shape[1], int(region.x_px + reach_px)), min(shape[0], int(region.y_px + reach_px))


def _reaches(body: Skeleton, x0: int, y0: int, x1: int, y1: int) -> bool:
    low, high = body.points_px.min(axis=0), body.points_px.max(axis=0)
    return bool(low[0] < x1 and high[0] > x0 and low[1] < y1 and high[1] > y0)


def _paint(mask: NDArray[np.uint8], points_px: FloatArray, limb: float, value: int) -> None:
    size_px = float(np.ptp(points_px, axis=0).max())
    places = np.round(points_px * (1 << _SHIFT)).astype(int)
    thick_px = max(1, round(limb * size_px))
    for start, end in _LIMBS:
        cv2.line(mask, places[start].tolist(), places[end].tolist(), value, thick_px, cv2.LINE_8, _SHIFT)
    head_px = round(HEAD * size_px * (1 << _SHIFT))
    cv2.circle(mask, places[Joint.NOSE].tolist(), head_px, value, -1, cv2.LINE_8, _SHIFT)


def _fewer(size: tuple[int, int]) -> tuple[int, int]:
    return max(1, size[0] // PATCH_PX), max(1, size[1] // PATCH_PX)
