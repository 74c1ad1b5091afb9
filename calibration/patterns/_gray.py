"""Gray code: stripes whose sequence of light and dark names the projector's column and row.

F. Gray, US patent 2 632 058 (1953); neighbours differ in one stripe pattern only, so that a pixel on an
edge is wrong by one cell at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.patterns._levels import contrast, level
from calibration.patterns._matches import Bytes, DenseMatches, Floats, Mask, Matches, checked

STEP_LEAST = 0.04
"""A pair of inverse stripes is read where they differ by this share of white and black."""
NOISE = 2.0
"""Grey values of noise that a difference has to exceed anyway."""


@dataclass(frozen=True, slots=True)
class GrayPattern:
    """Stripes down to `cell_px` for columns, then rows, each with its inverse, after black and white.

    Attributes:
        size_px: (width, height) of the projector.
        cell_px: width of the cells told apart, in projector pixels.
    """

    size_px: tuple[int, int]
    cell_px: int = 8

    @property
    def frames(self) -> tuple[Bytes, ...]:
        return (level(self.size_px, 0), level(self.size_px, 255), *stripes(self.size_px, self.cell_px))

    def read(self, pictures: Sequence[Floats]) -> DenseMatches:
        """The middle of its cell for each pixel; its standard deviation is that of an even spread."""
        bits = stripe_bits(self.size_px, self.cell_px)
        checked(pictures, 2 + 2 * sum(bits))
        seen = contrast(pictures[0], pictures[1])
        cells, sure = read_stripes(pictures[2:], self.size_px, self.cell_px, seen.white - seen.black)
        middle = cells.astype(np.float32) * self.cell_px + np.float32((self.cell_px - 1) / 2)
        sigma = np.where(sure & seen.lit, self.cell_px / np.sqrt(12), np.inf)
        return DenseMatches(middle, sigma.astype(np.float32), seen.lit)

    def cell_matches(self, dense: DenseMatches, least_px: int = 4) -> Matches:
        """One pair for each whole cell: the middle of its pixels and its own middle.

        Cells whose pixels scatter, as wrongly read ones do, are left out.
        """
        rows, columns = np.nonzero(dense.read)
        places = dense.projector_px[rows, columns]
        keys = (places[:, 1].astype(np.int64) << 20) + places[:, 0].astype(np.int64)
        _, first, cell, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
        x, y = (np.bincount(cell, values) / count for values in (columns, rows))
        spread = np.bincount(cell, columns**2.0 + rows**2.0) / count - x * x - y * y
        whole = (count >= least_px) & (np.sqrt(np.maximum(spread, 0)) < 0.8 * np.sqrt(count) + 0.5)
        sigma = self.cell_px * 0.3 / np.sqrt(count)
        return Matches(np.column_stack([x, y]), places[first].astype(np.float64), sigma).where(whole)


def stripe_bits(size_px: tuple[int, int], cell_px: int) -> tuple[int, int]:
    """Stripe patterns for columns and for rows."""
    width, height = (int(np.ceil(np.log2(np.ceil(side / cell_px)))) for side in size_px)
    return width, height


def stripes(size_px: tuple[int, int], cell_px: int) -> tuple[Bytes, ...]:
    """Stripe patterns, widest first, each followed by its inverse."""
    width, height = size_px
    frames: list[Bytes] = []
    for axis, bits in enumerate(stripe_bits(size_px, cell_px)):
        cell = np.arange(size_px[axis]) // cell_px
        code = cell ^ (cell >> 1)
        for bit in reversed(range(bits)):
            line = ((code >> bit) & 1).astype(np.uint8) * np.uint8(255)
            frame = np.tile(line, (height, 1)) if axis == 0 else np.tile(line[:, None], (1, width))
            frames += [frame, np.asarray(255 - frame, np.uint8)]
    return tuple(frames)


def read_stripes(
    pictures: Sequence[Floats], size_px: tuple[int, int], cell_px: int, swing: Floats
) -> tuple[NDArray[np.int32], Mask]:
    """Cell numbers, (h, w, 2) int32, and where they are sure.

    Args:
        pictures: of `stripes`, in order.
        swing: white less black, (h, w).
    """
    sure = np.ones(swing.shape, bool)
    least = np.maximum(NOISE, STEP_LEAST * swing)
    axes, taken = [], iter(pictures)
    for axis, bits in enumerate(stripe_bits(size_px, cell_px)):
        value = np.zeros(swing.shape, np.int32)
        before = np.zeros(swing.shape, bool)
        for _ in range(bits):
            step = next(taken) - next(taken)
            sure &= np.abs(step) >= least
            before ^= step > 0
            value = (value << 1) | before
        sure &= value < -(-size_px[axis] // cell_px)
        axes.append(value)
    return np.stack(axes, axis=-1), sure
