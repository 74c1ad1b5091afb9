"""A small tile of natural irregularity that the shaders sample; made from a seed, no file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TILE_PX = 256
_CELLS = 8


def noise_tile(seed: int = 11) -> NDArray[np.uint8]:
    """A tile that repeats without a seam, (256, 256, 4) uint8.

    Red and green: two cloudy fields, even in distribution. Blue: distance to the nearest of scattered
    points (S. Worley, "A cellular texture basis function", SIGGRAPH 1996). Alpha: fine grain.
    """
    rng = np.random.default_rng(seed)
    layers = [_clouds(rng, 1.7), _clouds(rng, 1.4), _cells(rng), _clouds(rng, 0.6)]
    return np.ascontiguousarray((np.stack(layers, axis=2) * 255).round().astype(np.uint8))


def _clouds(rng: np.random.Generator, fall: float) -> NDArray[np.float64]:
    """Noise whose amplitude falls with frequency to the power `fall`, spread evenly over 0 to 1."""
    x = np.fft.fftfreq(TILE_PX)[:, None] * TILE_PX
    frequency = np.hypot(x, x.T)
    frequency[0, 0] = np.inf
    spectrum = np.fft.fft2(rng.standard_normal((TILE_PX, TILE_PX))) / frequency**fall
    field = np.fft.ifft2(spectrum).real
    ranks = np.empty(field.size)
    ranks[np.argsort(field, axis=None)] = np.linspace(0, 1, field.size)
    return ranks.reshape(field.shape)


def _cells(rng: np.random.Generator) -> NDArray[np.float64]:
    points = rng.uniform(0.08, 0.92, (_CELLS, _CELLS, 2))
    axis = (np.arange(TILE_PX) + 0.5) / TILE_PX * _CELLS
    cell = axis.astype(int)
    nearest = np.full((TILE_PX, TILE_PX), np.inf)
    for down in (-1, 0, 1):
        for along in (-1, 0, 1):
            row, column = cell + down, cell + along
            point = points[(row % _CELLS)[:, None], (column % _CELLS)[None, :]]
            dy = (row + 0.0)[:, None] + point[..., 1] - axis[:, None]
            dx = (column + 0.0)[None, :] + point[..., 0] - axis[None, :]
            nearest = np.minimum(nearest, np.hypot(dx, dy))
    return np.asarray(np.clip(nearest / 1.1, 0, 1))
