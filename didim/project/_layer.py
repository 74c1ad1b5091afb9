"""Pixels for a texture: a picture's, or those of a surface that somebody else paints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.drawing import PixelSurface


@dataclass(frozen=True, slots=True)
class Layer:
    """A surface as it is now; it has to be sent again where `version` is another, or None."""

    surface: PixelSurface
    version: int | None

    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 4) uint8, the four bytes of each pixel as they lie.

        The surface is locked no longer than this takes: what comes is a copy, row by row.
        """
        # Little-endian words: what byte a channel lies in then follows from its shift on any machine.
        words = np.array(np.asarray(self.surface.get_view("2")).T, "<u4", order="C")
        return words.view(np.uint8).reshape(*words.shape, 4)

    @property
    def swizzle(self) -> str:
        """Which of the four bytes are red, green, blue and opacity; 1 for a surface without opacity."""
        channels = zip(self.surface.get_shifts(), self.surface.get_masks(), strict=True)
        return "".join("RGBA"[shift // 8] if mask else "1" for shift, mask in channels)
