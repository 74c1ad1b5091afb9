"""Pictures of floors and walls, made by dice; linear light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.sim.render._mannequin import linear
from didim.sim.venue import Finish

Texture = NDArray[np.float32]
"""(h, w, 3) float32, linear red, green, blue; row 0 is the low end of the second coordinate."""

TEXEL_M = 0.006


def texture(finish: Finish, size_m: tuple[float, float], rng: np.random.Generator) -> Texture:
    """The look of a floor or wall of that size."""
    width, height = (max(16, round(side / TEXEL_M)) for side in size_m)
    made: Texture = np.empty((height, width, 3), np.float32)
    made[:] = linear(finish.colour)
    shade = {"wood": _wood, "carpet": _carpet, "tiles": _tiles, "plain": _plain}[finish.material]
    made *= shade(height, width, rng)[..., None]
    return made


def _cloud(height: int, width: int, cells: int, rng: np.random.Generator) -> Texture:
    """Smooth noise about 0 with a spread of about 1, `cells` to the longer side."""
    step = max(height, width) / cells
    shape = (max(2, round(height / step)), max(2, round(width / step)))
    coarse = rng.standard_normal(shape).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _plain(height: int, width: int, rng: np.random.Generator) -> Texture:
    return 1.0 + 0.02 * _cloud(height, width, 6, rng) + 0.012 * _cloud(height, width, 90, rng)


def _carpet(height: int, width: int, rng: np.random.Generator) -> Texture:
    pile = rng.standard_normal((height, width)).astype(np.float32)
    return np.maximum(1.0 + 0.16 * pile + 0.05 * _cloud(height, width, 14, rng), 0.2)


def _wood(height: int, width: int, rng: np.random.Generator) -> Texture:
    """Boards 12 cm wide along the second coordinate, ends staggered."""
    board, length = round(0.12 / TEXEL_M), round(1.3 / TEXEL_M)
    shade = np.ones((height, width), np.float32)
    for x in range(0, width, board):
        tone = 1.0
        first = int(rng.integers(length))
        for y in range(-first, height, length):
            tone = float(rng.uniform(0.78, 1.18))
            shade[max(y, 0) : max(y + length, 0), x : x + board] = tone
            if y > 0:
                shade[y : y + 1, x : x + board] *= 0.55
        shade[:, x] *= 0.6
    grain = rng.standard_normal((max(2, height // 40), width)).astype(np.float32)
    return shade * (1.0 + 0.07 * np.asarray(cv2.resize(grain, (width, height)), np.float32))


def _tiles(height: int, width: int, rng: np.random.Generator) -> Texture:
    """Tiles of 33 cm with joints of 6 mm."""
    side = round(0.33 / TEXEL_M)
    rows, columns = -(-height // side), -(-width // side)
    tones = rng.uniform(0.92, 1.06, (rows, columns)).astype(np.float32)
    shade = np.kron(tones, np.ones((side, side), np.float32))[:height, :width]
    shade[::side] *= 0.6
    shade[:, ::side] *= 0.6
    return np.asarray(shade * (1.0 + 0.02 * _cloud(height, width, 60, rng)), np.float32)
