"""Pictures with letters: a thin layer over Pillow in the page's colors."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from didim.font import font_file

Bytes = NDArray[np.uint8]
Color = tuple[int, int, int]

INK: Color = (33, 39, 46)
QUIET: Color = (112, 120, 130)
RULE: Color = (226, 229, 233)
PAPER: Color = (255, 255, 255)
WASH: Color = (246, 247, 248)
ACCENT: Color = (13, 116, 109)
GRID: Color = (64, 224, 208)
_RAMP = np.array(
    [[236, 246, 243], [164, 216, 203], [74, 171, 160], [244, 205, 113], [226, 120, 63], [158, 42, 43]],
    np.float64,
)


def ramp(share: NDArray[np.float64]) -> Bytes:
    """Colors of shares from 0 (good) to 1 (bad): (..., 3) uint8."""
    at = np.clip(share, 0, 1) * (len(_RAMP) - 1)
    low = np.minimum(at.astype(int), len(_RAMP) - 2)
    rest = (at - low)[..., None]
    return np.asarray(np.round(_RAMP[low] * (1 - rest) + _RAMP[low + 1] * rest), np.uint8)


@cache
def _font(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file("bold" if bold else "regular")), size_px)


class Sheet:
    """A picture to draw on, drawn twice as fine as it is kept."""

    def __init__(self, width_px: int, height_px: int, color: Color = PAPER) -> None:
        self._image = Image.new("RGB", (2 * width_px, 2 * height_px), color)
        self._draw = ImageDraw.Draw(self._image)
        self.size_px = width_px, height_px

    def picture(self, rgb: Bytes, left: float, top: float, width: float, height: float) -> None:
        image = Image.fromarray(rgb).resize((round(2 * width), round(2 * height)), Image.Resampling.LANCZOS)
        self._image.paste(image, (round(2 * left), round(2 * top)))

    def line(self, points: NDArray[np.float64], color: Color, width: float = 1.0) -> None:
        """Join (n, 2) points; parts with nan are left out."""
        for start, end in pairwise(points):
            if np.isfinite([*start, *end]).all():
                ends = [tuple((2 * start).tolist()), tuple((2 * end).tolist())]
                self._draw.line(ends, fill=color, width=max(1, round(2 * width)))

    def box(self, left: float, top: float, right: float, bottom: float, color: Color) -> None:
        self._draw.rectangle([2 * left, 2 * top, 2 * right - 1, 2 * bottom - 1], fill=color)

    def dot(self, x: float, y: float, radius: float, color: Color) -> None:
        ends = [2 * (x - radius), 2 * (y - radius), 2 * (x + radius), 2 * (y + radius)]
        self._draw.ellipse(ends, fill=color)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: Color = INK,
        anchor: str = "lt",
        bold: bool = False,
    ) -> None:
        """Write where `anchor` (Pillow's: l, m, r and t, m, b) lies at a place."""
        self._draw.text((2 * x, 2 * y), text, fill=color, font=_font(round(2 * size), bold), anchor=anchor)

    def pixels(self) -> Bytes:
        """(2 * height, 2 * width, 3) uint8 RGB."""
        return np.asarray(self._image, np.uint8)
