"""Plain frames: black, white, grey and the finest checkerboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.patterns._matches import Bytes, Floats, Mask, checked

LIT_LEAST = 6.0
"""Grey values by which white has to stand out from black to be called light."""
LIT_SHARE = 0.4
"""And the share of the usual step: less is light thrown back into the shadow of something."""


def level(size_px: tuple[int, int], value: int) -> Bytes:
    """A frame of one grey value."""
    width, height = size_px
    return np.full((height, width), value, np.uint8)


def fine_checkers(size_px: tuple[int, int]) -> Bytes:
    """Black and white pixel by pixel: half the light, whatever the projector's gamma.

    A projector that scales the picture (keystone, another resolution) blurs it where its pixels fall
    between, and the light there follows the gamma: large beats appear.
    """
    width, height = size_px
    return np.asarray(np.add.outer(np.arange(height), np.arange(width)) % 2 * 255, np.uint8)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What the projector's white adds to its black.

    Attributes:
        black, white: (h, w) float32 grey pictures, 0 to 255.
        lit: (h, w) bool, where the light is seen.
    """

    black: Floats
    white: Floats
    lit: Mask

    @property
    def swing(self) -> float:
        """The median grey step from black to white where lit."""
        return float(np.median((self.white - self.black)[self.lit])) if self.lit.any() else 0.0

    @property
    def saturated_share(self) -> float:
        """Lit pixels whose white is at the end of the scale."""
        return float((self.white[self.lit] >= 252).mean()) if self.lit.any() else 0.0


@dataclass(frozen=True, slots=True)
class LevelsPattern:
    """Black and white in turn, three times: who walks past is in one place in no two of them."""

    size_px: tuple[int, int]
    pairs: int = 3

    @property
    def frames(self) -> tuple[Bytes, ...]:
        return (level(self.size_px, 0), level(self.size_px, 255)) * self.pairs

    def read(self, pictures: Sequence[Floats]) -> Contrast:
        """Find the lit part: the large pieces in which white stands out from black."""
        checked(pictures, 2 * self.pairs)
        black, white = pictures[::2], pictures[1::2]
        whole = contrast(_mean(black), _mean(white))
        sure = np.min(white, axis=0) - np.max(black, axis=0) > 0
        soft = cv2.blur(sure.astype(np.float32), (5, 5)) > 0.6
        return Contrast(whole.black, whole.white, np.asarray(whole.lit & soft))


def _mean(pictures: Sequence[Floats]) -> Floats:
    return np.asarray(sum(pictures) / len(pictures), np.float32)


def contrast(black: Floats, white: Floats, least: float = LIT_LEAST) -> Contrast:
    """Compare a black and a white picture; specks and what moved are no light."""
    step = cv2.blur(white - black, (5, 5))
    raised = step > least
    if raised.any():
        raised &= step > LIT_SHARE * np.median(step[raised])
    whole = cv2.morphologyEx(raised.astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    if count < 2:
        return Contrast(black, white, np.zeros(black.shape, bool))
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    keep = areas >= 0.05 * areas.max()
    keep[0] = False
    return Contrast(black, white, np.asarray(keep[labels] & raised))
