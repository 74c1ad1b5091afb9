"""From light to a picture: exposure, lens blur, noise, and the 8 bits of sRGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.sim.render._jit import kernel
from didim.sim.venue import VenueCamera

Floats = NDArray[np.float32]

SENSITIVITY = 0.1
"""Of a white surface: full scale for each lux and second at gain 1. White under 600 lux at 1/60 s is full."""
_FULL_WELL = 9000.0
"""Electrons at full scale and gain 1: sets the shot noise."""
_STEPS = 4096
_NOISE = 1 << 18


def _srgb_bytes() -> NDArray[np.uint8]:
    """The encoding of IEC 61966-2-1 at `_STEPS` values of linear light."""
    light = (np.arange(_STEPS) + 0.5) / _STEPS
    encoded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255.0 * encoded).astype(np.uint8)


class Sensor:
    """One camera's sensor; its auto-exposure remembers the picture before."""

    def __init__(self, camera: VenueCamera, seed: int) -> None:
        self._camera = camera
        self._seed = seed
        self._bytes = _srgb_bytes()
        self._normal = np.random.default_rng([seed, 13]).standard_normal(_NOISE).astype(np.float32)
        self._auto = 1.0
        self._last_s: float | None = None
        nothing = np.zeros((1, 1, 3), np.float32)  # compile now rather than in the first picture
        develop(
            nothing,
            1.0,
            0.0,
            0.0,
            self._normal,
            np.zeros(1, np.int64),
            self._bytes,
            np.empty((1, 1, 3), np.uint8),
        )

    @property
    def scale(self) -> float:
        """Full scale for each lux times albedo, as exposed now."""
        camera = self._camera
        return SENSITIVITY * camera.exposure_ms / 1000.0 * camera.gain * self._auto

    def expose(self, light: Floats, t_s: float) -> NDArray[np.uint8]:
        """Turn (h, w, 3) light, lux times albedo, red green blue, into an (h, w, 3) uint8 BGR picture."""
        camera = self._camera
        if camera.blur_px > 0.0:
            light = np.asarray(cv2.GaussianBlur(light, (0, 0), camera.blur_px), np.float32)
        self._meter(light, t_s)
        bgr = np.empty(light.shape, np.uint8)
        dice = np.random.default_rng([self._seed, round(t_s * 1e6), 17])
        rows = dice.integers(0, _NOISE, size=(light.shape[0],), dtype=np.int64)
        shot = camera.gain / _FULL_WELL if camera.noise > 0.0 else 0.0
        develop(light, self.scale, camera.noise * camera.gain, shot, self._normal, rows, self._bytes, bgr)
        return bgr

    def _meter(self, light: Floats, t_s: float) -> None:
        auto = self._camera.auto_exposure
        if auto is None:
            return
        mean = float(np.minimum(light[::8, ::8] * self.scale, 1.0).mean())
        wish = min(max(self._auto * auto.target / max(mean, 1e-6), auto.limits[0]), auto.limits[1])
        passed_s = 1e9 if self._last_s is None else max(t_s - self._last_s, 0.0)
        self._auto *= (wish / self._auto) ** (1.0 - np.exp(-passed_s / auto.settle_s))
        self._last_s = t_s


@kernel
def develop(
    light: Floats,
    scale: float,
    read_noise: float,
    shot_noise: float,
    normal: Floats,
    rows: NDArray[np.int64],
    srgb: NDArray[np.uint8],
    bgr: NDArray[np.uint8],
) -> None:
    """Fill the picture; row by row the noise is read from another place of the `normal` table."""
    height, width = light.shape[0], light.shape[1]
    read2, shot, by = np.float32(read_noise * read_noise), np.float32(shot_noise), np.float32(scale)
    for v in range(height):
        at = rows[v]
        for u in range(width):
            for c in range(3):
                value = light[v, u, c] * by
                at = (at + 1) & 262143
                value += normal[at] * np.sqrt(read2 + shot * value)
                step = int(value * np.float32(4096.0))
                bgr[v, u, 2 - c] = srgb[min(max(step, 0), 4095)]
