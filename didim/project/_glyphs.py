"""Letters as distance fields: sharp at every size, with room for an outline and a soft glow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.project._error import ProjectError
from didim.project._font import advance_px, open_font

EM_PX = 80
SPREAD_PX = 18
SIDE_PX = 2048


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter in the atlas, in units of the cap height.

    Attributes:
        uv: its corner nearest to the atlas's origin and the opposite one, 0 to 1, rows downwards.
        size: (width, height) with the room around it.
        middle: from the pen on the line that capitals stand on to the middle of `size`, x right, y up.
        advance: how far the pen moves on.
    """

    uv: tuple[float, float, float, float]
    size: tuple[float, float]
    middle: tuple[float, float]
    advance: float


class GlyphAtlas:
    """A picture of all letters used so far, filled as they come.

    Attributes:
        pixels: (2048, 2048) uint8 distance field: 128 at an edge, brighter inside.
        changed: `pixels` holds letters that its reader has not taken yet; the reader clears it.
        reach: from black to white of the field, in units of the cap height.

    Raises:
        ProjectError: the font cannot be read.
    """

    def __init__(self) -> None:
        self._font = open_font(EM_PX)
        capital = self._font.get_rect("H")
        self._cap_px, self._foot_px = float(capital.height), float(capital.y - capital.height)
        self._known: dict[str, Glyph] = {}
        self._left = self._top = self._line = 0
        self.pixels = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
        self.changed = True
        self.reach = 2 * SPREAD_PX / self._cap_px

    def make_room(self) -> None:
        """Forget all letters if the atlas is nearly full; call it only between frames."""
        if self._top > SIDE_PX * 3 // 4:
            self._known.clear()
            self._left = self._top = self._line = 0

    def glyph(self, letter: str) -> Glyph:
        """The place of one letter.

        Raises:
            ProjectError: the font has no such letter.
        """
        if letter not in self._known:
            self._known[letter] = self._added(letter)
        return self._known[letter]

    def _added(self, letter: str) -> Glyph:
        advance = advance_px(self._font, letter) / self._cap_px
        ink = self._font.get_rect(letter)
        if not ink.width or letter.isspace():
            return Glyph((0.0, 0.0, 0.0, 0.0), (0.0, 0.0), (0.0, 0.0), advance)
        raw, (width, height) = self._font.render_raw(letter)
        coverage = np.frombuffer(raw, np.uint8).reshape(height, width) / 255.0
        field = distance_field(np.pad(coverage, SPREAD_PX))
        left, top = self._placed(field)
        rows, columns = field.shape
        return Glyph(
            uv=(left / SIDE_PX, top / SIDE_PX, (left + columns) / SIDE_PX, (top + rows) / SIDE_PX),
            size=(columns / self._cap_px, rows / self._cap_px),
            middle=((ink.x + width / 2) / self._cap_px, (ink.y - height / 2 - self._foot_px) / self._cap_px),
            advance=advance,
        )

    def _placed(self, field: NDArray[np.uint8]) -> tuple[int, int]:
        rows, columns = field.shape
        if self._left + columns > SIDE_PX:
            self._left, self._top, self._line = 0, self._top + self._line + 1, 0
        if self._top + rows > SIDE_PX:
            raise ProjectError("one frame uses more different letters than fit; show fewer words at a time")
        left, top = self._left, self._top
        self.pixels[top : top + rows, left : left + columns] = field
        self._left, self._line, self.changed = left + columns + 1, max(self._line, rows), True
        return left, top


def distance_field(coverage: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Signed distance to the edge, 128 on it, 255 at `SPREAD_PX` inside.

    `coverage` is (rows, columns), 0 to 1; its partly covered pixels place the edge between pixels, as in
    Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions" (2012), here cut off at the
    spread and so done by shifts.
    """
    partly = (coverage > 0) & (coverage < 1)
    outside = np.where(partly, np.maximum(0.5 - coverage, 0) ** 2, np.where(coverage > 0, 0.0, 1e6))
    inside = np.where(partly, np.maximum(coverage - 0.5, 0) ** 2, np.where(coverage > 0, 1e6, 0.0))
    signed_px = np.sqrt(_nearest(inside)) - np.sqrt(_nearest(outside))
    return np.asarray(np.clip(128 + signed_px * 127 / SPREAD_PX, 0, 255).astype(np.uint8))


def _nearest(squared: NDArray[np.float64]) -> NDArray[np.float32]:
    """The least of `squared` plus the squared way to it, over all within the spread, columns then rows."""
    best = squared.astype(np.float32)
    for _ in range(2):
        columns = best.shape[1]
        padded = np.pad(best.T, ((SPREAD_PX, SPREAD_PX), (0, 0)), constant_values=1e6)
        best = np.full_like(best.T, 1e6)
        for step in range(2 * SPREAD_PX + 1):
            way = np.float32((step - SPREAD_PX) ** 2)
            np.minimum(best, padded[step : step + columns] + way, out=best)
    return best
