"""Many single pixels to few sure places: medians over small tiles, so that wrong ones do not count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.patterns import Matches
from didim.geometry import FloatArray

TILE_PX = 24
LEAST_PIXELS = 10
SPREAD_MOST_PX = 2.5
"""Tiles in which the residuals scatter more, in projector pixels, hold edges or somebody passing."""
FLOOR_SIGMA_PX = 0.03


@dataclass(frozen=True, slots=True)
class Tiles:
    """Residuals of a model, each from one tile of the camera's picture.

    Attributes:
        camera_px: (n, 2), the middle of the pixels used.
        off_px: (n, 2), projector pixels by which the matches lie beside the model.
        sigma_px: (n,), one standard deviation of either coordinate.
    """

    camera_px: FloatArray
    off_px: FloatArray
    sigma_px: FloatArray

    def __len__(self) -> int:
        return len(self.camera_px)

    def where(self, keep: np.ndarray) -> Tiles:
        return Tiles(self.camera_px[keep], self.off_px[keep], self.sigma_px[keep])


def tiles_of(matches: Matches, modelled_px: FloatArray) -> Tiles:
    """Gather `matches` less what a model says of them, (n, 2), tile by tile."""
    off = matches.projector_px - modelled_px
    keys = (matches.camera_px // TILE_PX).astype(np.int64)
    key = (keys[:, 1] << 20) + keys[:, 0]
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    found = [_tile(matches.camera_px[part], off[part]) for part in np.split(order, cuts)]
    good = [tile for tile in found if tile is not None]
    if not good:
        return Tiles(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))
    rows = np.array(good)
    return Tiles(rows[:, :2], rows[:, 2:4], rows[:, 4])


def _tile(camera_px: FloatArray, off_px: FloatArray) -> tuple[float, ...] | None:
    if len(off_px) < LEAST_PIXELS:
        return None
    middle = np.median(off_px, axis=0)
    spread = 1.4826 * np.median(np.abs(off_px - middle), axis=0)
    if spread.max() > SPREAD_MOST_PX:
        return None
    near = (np.abs(off_px - middle) < 3 * spread + 0.05).all(axis=1)
    mean, place = off_px[near].mean(axis=0), camera_px[near].mean(axis=0)
    sigma = float(np.hypot(FLOOR_SIGMA_PX, spread.max() / np.sqrt(near.sum())))
    return (*place.tolist(), *mean.tolist(), sigma)
