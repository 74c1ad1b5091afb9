"""Whoever is followed already is painted away where somebody else is looked for.

Both nets are made for one person. Of two who stand close together the detector tells the one more, and the
landmark net mixes their limbs; with the one painted over it sees the other as if they were alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.people import BONES, Joint
from didim.pose._coarse import coarse
from didim.pose._region import FloatArray, Region
from didim.pose._skeleton import Skeleton

LIMB, OWN_LIMB = 0.12, 0.10  # thickness by a body's size: what is painted, and what of one's own is spared
HEAD = 0.10
PATCH_PX = 40  # paint has the colour of so much of the picture
BLEND_PX = 2  # about a region, with which pixels at its rim are blended
SURE = 0.7  # who may be painted

_LIMBS = (*BONES, (Joint.LEFT_SHOULDER, Joint.RIGHT_HIP), (Joint.RIGHT_SHOULDER, Joint.LEFT_HIP))
_STARTS, _ENDS = [bone[0] for bone in _LIMBS], [bone[1] for bone in _LIMBS]
_FROM, _TO = [*_STARTS, Joint.NOSE], [*_ENDS, Joint.NOSE]
_JUDGED = list(range(Joint.LEFT_SHOULDER, Joint.RIGHT_WRIST + 1)) + list(
    range(Joint.LEFT_HIP, Joint.RIGHT_ANKLE + 1)
)
_WHITE = [(255,)] * (len(_LIMBS) + 1)
_SHIFT = 4  # fractional bits of OpenCV's drawing


class Veil:
    """One picture at a time, with others painted away wherever somebody is looked for.

    Paint is put on a copy of the place that is looked at, so that a look costs no more than that.
    """

    def __init__(self) -> None:
        self._bgr = self._painted = np.zeros((0, 0, 3), np.uint8)
        self._coarse: NDArray[np.uint8] | None = None

    def see(self, bgr: NDArray[np.uint8]) -> None:
        """Take the next (height, width, 3) picture; it is never written to."""
        self._bgr, self._coarse = bgr, None
        if self._painted.shape != bgr.shape:
            self._painted = np.empty_like(bgr)

    def without(
        self, region: Region, others: Sequence[Skeleton], own: Skeleton | None = None
    ) -> NDArray[np.uint8]:
        """The picture with others painted away in a region; itself where none of them reaches into it.

        It holds until the next call, and only in the region: whatever was before is around it.

        Args:
            own: whose limbs stay as they are.
        """
        x0, y0, x1, y1 = _rim(region, self._bgr.shape)
        near = [other for other in others if other.score >= SURE and _reaches(other, x0, y0, x1, y1)]
        if not near:
            return self._bgr
        if self._coarse is None:
            height, width = self._bgr.shape[:2]
            self._coarse = coarse(self._bgr, (max(1, width // PATCH_PX), max(1, height // PATCH_PX)))
        place = slice(y0, y1), slice(x0, x1)
        inside, corner_px = self._painted[place], np.array([x0, y0], np.float64)
        np.copyto(inside, self._bgr[place])
        for other in near:
            colours = _colours(self._coarse, other, self._bgr.shape)
            _paint(inside, other.points_px - corner_px, LIMB, colours)
        if own is not None:
            mask = np.zeros(inside.shape[:2], np.uint8)
            _paint(mask, own.points_px - corner_px, OWN_LIMB, _WHITE)
            cv2.copyTo(self._bgr[place], mask, inside)
        return self._painted


def covered(body: Skeleton, others: Sequence[Skeleton]) -> float:
    """The share of a body's joints, 0 to 1, that lie where `Veil` paints others away."""
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
    """Left, top, right and bottom of the part of the picture that a turned region is cut from."""
    turned = abs(math.cos(region.angle_rad)) + abs(math.sin(region.angle_rad))
    reach_px = 0.5 * region.side_px * turned + BLEND_PX
    x0, x1 = (min(max(0, int(region.x_px + side * reach_px)), shape[1]) for side in (-1, 1))
    y0, y1 = (min(max(0, int(region.y_px + side * reach_px)), shape[0]) for side in (-1, 1))
    return x0, y0, x1, y1


def _reaches(body: Skeleton, x0: int, y0: int, x1: int, y1: int) -> bool:
    low, high = body.points_px.min(axis=0), body.points_px.max(axis=0)
    return bool(low[0] < x1 and high[0] > x0 and low[1] < y1 and high[1] > y0 and x0 < x1 and y0 < y1)


def _colours(coarse: NDArray[np.uint8], body: Skeleton, shape: tuple[int, ...]) -> list[list[int]]:
    """What is around each limb, and around the head at last: (blue, green, red)."""
    rows, columns = coarse.shape[:2]
    middles_px = 0.5 * (body.points_px[_FROM] + body.points_px[_TO])
    cells = (middles_px * (columns / shape[1], rows / shape[0])).astype(np.intp)
    column, row = np.minimum(np.maximum(cells, 0), (columns - 1, rows - 1)).T
    colours: list[list[int]] = coarse[row, column].tolist()
    return colours


def _paint(
    picture: NDArray[np.uint8], points_px: FloatArray, limb: float, colours: Sequence[Sequence[int]]
) -> None:
    size_px = float((points_px.max(axis=0) - points_px.min(axis=0)).max())
    places = np.rint(points_px * (1 << _SHIFT)).astype(int).tolist()
    thick_px = max(1, round(limb * size_px))
    for (start, end), colour in zip(_LIMBS, colours, strict=False):
        cv2.line(picture, places[start], places[end], colour, thick_px, cv2.LINE_8, _SHIFT)
    head_px = round(HEAD * size_px * (1 << _SHIFT))
    cv2.circle(picture, places[Joint.NOSE], head_px, colours[-1], -1, cv2.LINE_8, _SHIFT)
