"""Projector frames as linear light, in ever coarser copies, so that distant pixels read means.

All copies of all projectors lie in one (n, 3) float32 array of texels; `table` (projectors, LEVELS, 3) int64
holds each copy's first texel, width and height. After L. Williams, "Pyramidal parametrics", SIGGRAPH 1983.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.sim.render._jit import kernel, part
from didim.sim.venue import VenueProjector

Floats = NDArray[np.float32]

LEVELS = 4


class Projection:
    """What all projectors show now.

    Args:
        projectors: in the venue's order.

    Attributes:
        finest: 0 or 1, the finest copy that any camera reads; finer ones are not made.
    """

    def __init__(self, projectors: tuple[VenueProjector, ...]) -> None:
        self._projectors = projectors
        self.finest = 1
        sizes = [[(p.size_px[0] >> k, p.size_px[1] >> k) for k in range(LEVELS)] for p in projectors]
        counts = [width * height for levels in sizes for width, height in levels]
        starts = np.concatenate([[0], np.cumsum(counts)])
        self.texels = np.zeros((max(int(starts[-1]), 1), 3), np.float32)
        self.table = np.zeros((len(projectors), LEVELS, 3), np.int64)
        for index, levels in enumerate(sizes):
            for k, (width, height) in enumerate(levels):
                self.table[index, k] = starts[index * LEVELS + k], width, height
        self._curves = [_curve(projector) for projector in projectors]
        for index in range(len(projectors)):
            self._fill(index, self._curves[index][0])

    def refine(self, finest: int) -> bool:
        """Make copies down to `finest` from now on; returns whether frames must be shown again."""
        refined = finest < self.finest
        self.finest = min(self.finest, finest)
        return refined

    def _fill(self, index: int, light: np.float32) -> None:
        for k in range(LEVELS):
            self._level(index, k)[:] = light

    def _level(self, index: int, k: int) -> Floats:
        start, width, height = self.table[index, k].tolist()
        return self.texels[start : start + width * height].reshape(height, width, 3)

    def show(self, index: int, frame: NDArray[np.uint8] | None) -> None:
        """Put a (h, w, 3) uint8 RGB frame on; none is a black one.

        Raises:
            ValueError: the frame has another size than the projector.
        """
        projector, curve = self._projectors[index], self._curves[index]
        if frame is None:
            self._fill(index, curve[0])
            return
        width, height = projector.size_px
        if frame.shape != (height, width, 3) or frame.dtype != np.uint8:
            raise ValueError(
                f"projector {projector.name!r} shows ({height}, {width}, 3) uint8, got {frame.shape}"
            )
        if self.finest == 0:
            to_light(frame, curve, self._level(index, 0))
        else:
            to_light_halved(frame, curve, self._level(index, 1))
        first = self.finest
        blur_px = projector.defocus_px / (1 << first)
        if blur_px > 0.25:
            finest = self._level(index, first)
            cv2.GaussianBlur(finest, (0, 0), blur_px, dst=finest, borderType=cv2.BORDER_REPLICATE)
        for k in range(first, LEVELS - 1):
            halve(self._level(index, k), self._level(index, k + 1))


def _curve(projector: VenueProjector) -> Floats:
    """Light of each of the 256 values, 1 for white."""
    values = np.linspace(0.0, 1.0, 256) ** projector.gamma
    return (projector.black + (1.0 - projector.black) * values).astype(np.float32)


@kernel
def to_light(frame: NDArray[np.uint8], curve: Floats, out: Floats) -> None:
    """Fill (h, w, 3) light of a frame."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for c in range(3):
                out[y, x, c] = curve[frame[y, x, c]]


@kernel
def to_light_halved(frame: NDArray[np.uint8], curve: Floats, out: Floats) -> None:
    """Fill (h // 2, w // 2, 3) means of two by two pixels' light."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for c in range(3):
                upper = curve[frame[2 * y, 2 * x, c]] + curve[frame[2 * y, 2 * x + 1, c]]
                lower = curve[frame[2 * y + 1, 2 * x, c]] + curve[frame[2 * y + 1, 2 * x + 1, c]]
                out[y, x, c] = np.float32(0.25) * (upper + lower)


@kernel
def halve(fine: Floats, out: Floats) -> None:
    """Fill means of two by two texels."""
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for c in range(3):
                upper = fine[2 * y, 2 * x, c] + fine[2 * y, 2 * x + 1, c]
                lower = fine[2 * y + 1, 2 * x, c] + fine[2 * y + 1, 2 * x + 1, c]
                out[y, x, c] = np.float32(0.25) * (upper + lower)


@part
def sampled(
    texels: Floats, table: NDArray[np.int64], projector: int, level: int, u: float, v: float
) -> tuple[np.float32, np.float32, np.float32]:
    """The bilinear sample at a place of the finest picture."""
    first, width, height = table[projector, level, 0], table[projector, level, 1], table[projector, level, 2]
    scale = np.float32(1.0) / np.float32(1 << level)
    half = np.float32(0.5)
    x = min(max((np.float32(u) + half) * scale - half, np.float32(0.0)), np.float32(width - 1.01))
    y = min(max((np.float32(v) + half) * scale - half, np.float32(0.0)), np.float32(height - 1.01))
    column, row = int(x), int(y)
    along, over = x - np.float32(column), y - np.float32(row)
    i = first + row * width + column
    j = i + width
    a, b = (np.float32(1.0) - along) * (np.float32(1.0) - over), along * (np.float32(1.0) - over)
    c, d = (np.float32(1.0) - along) * over, along * over
    return (
        a * texels[i, 0] + b * texels[i + 1, 0] + c * texels[j, 0] + d * texels[j + 1, 0],
        a * texels[i, 1] + b * texels[i + 1, 1] + c * texels[j, 1] + d * texels[j + 1, 1],
        a * texels[i, 2] + b * texels[i + 1, 2] + c * texels[j, 2] + d * texels[j + 1, 2],
    )
