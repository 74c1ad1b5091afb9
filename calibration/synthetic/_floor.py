"""A floor that need not exist: its unevenness and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray

Floats = NDArray[np.float32]
Cover = Literal["wood", "carpet", "tiles", "plain"]

TEXELS_PER_M = 200.0
TEXTURE_M = 8.0
"""The texture is a square of this side that repeats mirrored."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Height and albedo at every place.

    Attributes:
        bumps: (n, 4) float64: x, y, radius and height of Gaussian swells, metres.
        texture: (rows, columns) float32 albedo, 0 to 1, 5 mm a texel.
    """

    bumps: FloatArray
    texture: Floats

    def height_m(self, xy_m: FloatArray) -> FloatArray:
        """Height above the ideal plane at (..., 2) places, metres."""
        height = np.zeros(xy_m.shape[:-1])
        for x, y, radius, up in self.bumps:
            far2 = (xy_m[..., 0] - x) ** 2 + (xy_m[..., 1] - y) ** 2
            height += up * np.exp(-far2 / (2 * radius * radius))
        return height

    def albedo(self, x_m: Floats, y_m: Floats) -> Floats:
        """Albedo at places given as two pictures of the same shape."""
        column, row = (x_m + 2) * np.float32(TEXELS_PER_M), (y_m + 2.5) * np.float32(TEXELS_PER_M)
        seen = cv2.remap(self.texture, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        return np.asarray(seen, np.float32)


def make_floor(rng: np.random.Generator, cover: Cover, bump_m: float) -> Floor:
    """A floor whose highest swell stands `bump_m` above the plane or lies as far below."""
    places = rng.uniform([-0.5, -0.5], [4.5, 3.5], (9, 2))
    radii_m, heights_m = rng.uniform(0.35, 0.9, 9), rng.normal(0, 1, 9)
    bumps = np.column_stack([places, radii_m, heights_m])
    floor = Floor(bumps, _texture(rng, cover))
    inside = np.stack(np.meshgrid(np.linspace(0, 4, 41), np.linspace(0, 3, 31)), axis=-1)
    bumps[:, 3] *= bump_m / np.abs(floor.height_m(inside)).max()
    return Floor(bumps if bump_m else np.zeros((0, 4)), floor.texture)


def _texture(rng: np.random.Generator, cover: Cover) -> Floats:
    side = round(TEXTURE_M * TEXELS_PER_M)
    paint = {"wood": _wood, "carpet": _carpet, "tiles": _tiles, "plain": _plain}[cover]
    return np.asarray(np.clip(paint(rng, side), 0.05, 0.95), np.float32)


def _noise(rng: np.random.Generator, side: int) -> Floats:
    return rng.standard_normal((side, side), dtype=np.float32)


def _wood(rng: np.random.Generator, side: int) -> Floats:
    albedo = np.full((side, side), 0.55, np.float32)
    plank = 26
    for left in range(0, side, plank):
        top = 0
        while top < side:
            length = int(rng.uniform(150, 350))
            albedo[top : top + length, left : left + plank] *= rng.uniform(0.75, 1.2)
            albedo[top, left : left + plank] *= 0.5
            top += length
        albedo[:, left] *= 0.5
    grain = cv2.GaussianBlur(_noise(rng, side), (0, 0), sigmaX=0.8, sigmaY=12)
    return np.asarray(albedo * (1 + 0.075 * grain / grain.std()), np.float32)


def _carpet(rng: np.random.Generator, side: int) -> Floats:
    pile = cv2.GaussianBlur(_noise(rng, side), (0, 0), 0.7)
    wear = cv2.resize(_noise(rng, 20), (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(0.35 * (1 + 0.25 * pile) * (1 + 0.1 * wear), np.float32)


def _tiles(rng: np.random.Generator, side: int) -> Floats:
    albedo = np.full((side, side), 0.6, np.float32)
    tile = 60
    for top in range(0, side, tile):
        for left in range(0, side, tile):
            bright = (top + left) // tile % 2
            share = rng.uniform(0.9, 1.1) if bright else rng.uniform(0.45, 0.6)
            albedo[top : top + tile, left : left + tile] *= share
        albedo[top : top + 2] *= 0.6
        albedo[:, top : top + 2] *= 0.6
    return albedo


def _plain(rng: np.random.Generator, side: int) -> Floats:
    return np.full((side, side), 0.7, np.float32)
