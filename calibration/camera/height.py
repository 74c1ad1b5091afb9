"""Points above the surface: where hands and hips are, and what touches a wall."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera


def points_above(camera: PinholeCamera, px: FloatArray, height_m: FloatArray | float) -> FloatArray:
    """(n, 3) places of (n, 2) pixels known to be `height_m` above the surface; nan where a ray misses."""
    heights = np.broadcast_to(np.asarray(height_m, np.float64), (len(px),))
    return np.asarray(np.c_[camera.surface_points(px, heights), heights])


def points_over(camera: PinholeCamera, px: FloatArray, ground_m: FloatArray) -> FloatArray:
    """(n, 3) places of (n, 2) pixels right above (n, 2) places of the surface, such as hips over feet.

    A ray never meets the upright line exactly: it is followed to where it passes the line. Where the camera
    looks straight down at it the height is not known, and nan.
    """
    origin_m = camera.surface_from_camera.translation_m
    rays = camera.rays(px)
    rays = rays / np.linalg.norm(rays, axis=1, keepdims=True)
    flat = rays[:, :2]
    level = (flat * flat).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = (flat * (ground_m - origin_m[:2])).sum(axis=1) / level
    heights = origin_m[2] + reach * rays[:, 2]
    return np.asarray(np.c_[ground_m, np.where((level > 1e-4) & (reach > 0), heights, np.nan)])


def touch_places(
    camera: PinholeCamera, px: FloatArray, distance_m: FloatArray, *, within_m: float = 0.06
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Where hands are on a wall, and which of them touch it.

    Args:
        px: (n, 2) where hands are seen; distance_m: (n,) how far off the wall each is believed to be.
        within_m: a hand's middle is this far off the wall when its palm lies on it.

    Returns:
        (n, 2) metres on the wall under each hand, and (n,) bool.
    """
    return camera.surface_points(px, distance_m), np.asarray(np.abs(distance_m) <= within_m)
