"""The sheet as a picture of its ink, exact in area, for whoever compares a camera's picture with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.camera._sheet import Paper, Sheet
from didim.geometry import FloatArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Template:
    """The designed sheet in texels.

    Attributes:
        white: (rows, columns) float32, 1 is paper and 0 is ink.
        heard: (rows, columns) float32, 1 where a fit may look and 0 at text, ruler and the paper's rim.
        texels_per_mm: the resolution.
    """

    white: Floats
    heard: Floats
    texels_per_mm: float

    @property
    def template_from_sheet(self) -> FloatArray:
        """(3, 3): designed millimetres in the sheet's frame to texels; an integer is a texel's centre."""
        rows, columns = self.white.shape
        fine = self.texels_per_mm
        return np.array([[fine, 0, columns / 2 - 0.5], [0, -fine, rows / 2 - 0.5], [0, 0, 1.0]])


RIM_MM = 4.0


@lru_cache(maxsize=8)
def template_of(paper: Paper, texels_per_mm: float) -> Template:
    """Draw the sheet's ink; each texel holds the share of it that is white."""
    sheet = Sheet(paper)
    width, height = sheet.size_mm
    columns, rows = round(width * texels_per_mm), round(height * texels_per_mm)
    white, silent = np.ones((rows, columns), np.float32), np.zeros((rows, columns), np.float32)
    for picture, boxes, ink in ((white, sheet.blocks_mm, -1.0), (silent, sheet.silent_mm, 1.0)):
        for left, bottom, right, top in boxes.tolist():
            across = _covered(
                columns, (left + width / 2) * texels_per_mm, (right + width / 2) * texels_per_mm
            )
            down = _covered(rows, (height / 2 - top) * texels_per_mm, (height / 2 - bottom) * texels_per_mm)
            picture += np.float32(ink) * np.outer(down, across)
    rim = round(RIM_MM * texels_per_mm)
    heard = 1.0 - np.minimum(silent, 1.0)
    heard[:rim], heard[-rim:], heard[:, :rim], heard[:, -rim:] = 0.0, 0.0, 0.0, 0.0
    return Template(np.clip(white, 0.0, 1.0), np.asarray(heard, np.float32), texels_per_mm)


def sheet_picture(sheet: Sheet, texels_per_mm: float = 2.0) -> NDArray[np.uint8]:
    """The whole sheet as a printer of its scale puts it on paper: (rows, columns) uint8, 255 for paper.

    Text and ruler are left out; the print is scaled about the paper's middle.
    """
    white = template_of(sheet.paper, texels_per_mm).white
    if sheet.scale != 1.0:
        rows, columns = white.shape
        middle = np.array([columns / 2 - 0.5, rows / 2 - 0.5])
        onto = np.c_[sheet.scale * np.eye(2), (1 - sheet.scale) * middle]
        white = np.asarray(cv2.warpAffine(white, onto, (columns, rows), borderValue=1.0), np.float32)
    return np.asarray(np.round(255 * np.clip(white, 0.0, 1.0)), np.uint8)


def _covered(count: int, start: float, end: float) -> Floats:
    """(count,) share of each texel that lies between two places along an axis."""
    edges = np.arange(count)
    return np.asarray(np.clip(np.minimum(edges + 1, end) - np.maximum(edges, start), 0.0, 1.0), np.float32)
