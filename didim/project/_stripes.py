"""Regular stripes that stay: they can provoke seizures without any flicker.

The figures are those of Ofcom's and ITU-R BT.1702's guidance: six light-dark pairs or more, in any
orientation, over a quarter of the picture, for half a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.project._flash import Flashing

FloatArray = NDArray[np.floating]

PAIRS, CONTRAST, STAY_S, SHARE = 6, 0.10, 0.5, 0.25
PURE = 0.5  # of what varies within a grating is its first wave: 0.81 of square stripes, less at their rim
TRIED = 4  # gratings of one picture, the strongest first
BLUR_PERIODS = 0.55


@dataclass(frozen=True, slots=True)
class Stripes:
    """A grating in a picture.

    Attributes:
        share: the part of the picture that it covers, 0 to 1.
        contrast: between light and dark, of the greatest relative luminance.
    """

    share: float
    contrast: float


def stripes(luminance: FloatArray) -> Stripes | None:
    """The largest grating of `PAIRS` pairs or more with a clear contrast; None where there is none.

    `luminance` is (rows, columns), 0 to 1. The strongest waves of the picture's spectrum are tried: how
    strong a wave is at each place is its demodulated amplitude (Gabor 1946), and a grating is where that
    is at least half of what it is inside.
    """
    flat = np.asarray(luminance - luminance.mean(), np.float32)
    found = [_grating(flat, *wave) for wave in _waves(flat)]
    known = [each for each in found if each is not None]
    return max(known, key=lambda each: each.share, default=None)


class StripeWatch:
    """Tells of stripes that cover a quarter of the picture and stay for half a second.

    Args:
        stay_s: how long; less for a stricter watch.
        share: of the picture; less for a stricter watch.
    """

    def __init__(self, *, stay_s: float = STAY_S, share: float = SHARE, contrast: float = CONTRAST) -> None:
        self._stay_s, self._share, self._contrast = stay_s, share, contrast
        self._since_s: float | None = None

    def add(self, luminance: FloatArray, t_s: float) -> tuple[Flashing, Stripes] | None:
        """Take in a picture, (rows, columns) relative luminance; stripes that have stayed."""
        seen = stripes(luminance)
        if seen is None or seen.share < self._share or seen.contrast < self._contrast:
            self._since_s = None
            return None
        if self._since_s is None:
            self._since_s = t_s
        stayed = t_s - self._since_s >= self._stay_s - 1e-9
        return (Flashing("stripes", t_s, seen.share), seen) if stayed else None


def _waves(flat: FloatArray) -> list[tuple[float, float]]:
    """Waves, cycles a pixel down and across, that could be a grating's, the strongest first."""
    rows, columns = flat.shape
    power = np.abs(np.fft.rfft2(flat)) / flat.size
    down, across = np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None]
    pairs = np.hypot(down * rows, across * columns)
    # a grating of that contrast over that share leaves half of it times their product, if at one place
    power = np.where(pairs >= 0.8 * PAIRS, power, 0.0)
    least = 0.25 * CONTRAST * SHARE
    waves: list[tuple[float, float]] = []
    while len(waves) < TRIED:
        row, column = np.unravel_index(int(power.argmax()), power.shape)
        if power[row, column] < least:
            break
        waves.append((float(down[row, 0]), float(across[0, column])))
        # what lies near belongs to the same grating
        near = np.hypot((down - down[row, 0]) * rows, (across - across[0, column]) * columns) < 3
        mirrored = np.hypot((down + down[row, 0]) * rows, (across + across[0, column]) * columns) < 3
        power = np.where(near | mirrored, 0.0, power)
    return waves


def _grating(flat: FloatArray, down: float, across: float) -> Stripes | None:
    """Where a wave is strong, and whether that is a grating."""
    moved, _ = _wave_at(flat, down, across)
    # the spectrum knows a wave to half a cycle only: how its phase runs tells the rest
    weight = np.abs(moved) ** 2 > 0.25 * float(np.percentile(np.abs(moved) ** 2, 100 * (1 - SHARE / 2)))
    down -= _drift(moved[1:], moved[:-1], weight[1:] & weight[:-1])
    across -= _drift(moved[:, 1:], moved[:, :-1], weight[:, 1:] & weight[:, :-1])
    moved, sigma = _wave_at(flat, down, across)
    strength = 2 * np.abs(moved)
    inside = float(np.percentile(strength, 100 * (1 - SHARE / 2)))
    there = strength >= 0.5 * inside
    mean, square = _blurred(flat, sigma), _blurred(flat * flat, sigma)
    varies = float((square - mean * mean)[there].mean())
    if varies <= 0 or 0.5 * float((strength[there] ** 2).mean()) < PURE * varies:
        return None
    along = (down * np.arange(flat.shape[0])[:, None] + across * np.arange(flat.shape[1]))[there]
    first, last = np.percentile(along, (0.2, 99.8))
    if last - first + np.hypot(down, across) < PAIRS - 0.4:
        return None
    return Stripes(float(there.mean()), 2 * inside)


def _wave_at(flat: FloatArray, down: float, across: float) -> tuple[NDArray[np.complex64], float]:
    """Half the wave's strength and its phase at each place, and how widely that is averaged."""
    rows, columns = flat.shape
    turned = np.exp(-2j * np.pi * down * np.arange(rows))[:, None] * np.exp(
        -2j * np.pi * across * np.arange(columns)
    )
    sigma = BLUR_PERIODS / float(np.hypot(down, across))
    product = (flat * turned).astype(np.complex64)
    blurred = _blurred(product.view(np.float32).reshape(rows, columns, 2), sigma)
    return np.ascontiguousarray(blurred).view(np.complex64)[..., 0], sigma


def _drift(one: NDArray[np.complex64], other: NDArray[np.complex64], weight: NDArray[np.bool_]) -> float:
    """By how many cycles a pixel the phase runs back."""
    return -float(np.angle((one * other.conj())[weight].sum())) / (2 * np.pi)


def _blurred(picture: FloatArray, sigma: float) -> FloatArray:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))
