"""Bodies seen by several cameras, placed in metres: the truth that one camera alone is held against."""

from __future__ import annotations

import itertools

import numpy as np

from didim.geometry import FloatArray, PinholeCamera
from didim.people import Joint

BELIEVED_PX = 20.0
FAR_PX = 100.0
ROUNDS = 12

_TWIN = {"LEFT": "RIGHT", "RIGHT": "LEFT"}
SIDES_SWAPPED = [Joint["_".join(_TWIN.get(word, word) for word in joint.name.split("_"))] for joint in Joint]
"""Each joint's twin on the other side of the body, in the order of `Joint`."""


def triangulate(views: list[PinholeCamera], points_px: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Meet the rays of (views, n, 2) pixels: (n, 3) metres and (views, n) misses in pixels.

    The least sum of squared distances to the rays, each over its depth, reweighted so that a view
    that is far off has no say (S. Geman and D. E. McClure, 1987).
    """
    rays = np.stack([view.rays(px) for view, px in zip(views, points_px, strict=True)])
    rays /= np.linalg.norm(rays, axis=2, keepdims=True)
    origins = np.stack([view.surface_from_camera.translation_m for view in views])[:, None]
    focal_px = np.array([view.matrix[0, 0] for view in views])[:, None]
    across = np.eye(3) - rays[..., :, None] * rays[..., None, :]
    target = (across @ origins[..., None])[..., 0]
    weights = np.ones(rays.shape[:2])
    for _ in range(ROUNDS):
        normal = (weights[..., None, None] * across).sum(axis=0)
        places = np.linalg.solve(normal, (weights[..., None] * target).sum(axis=0)[..., None])[..., 0]
        away = places[None] - origins
        depth_m = np.maximum((away * rays).sum(axis=2), 0.1)
        miss_px = np.linalg.norm((across @ away[..., None])[..., 0], axis=2) / depth_m * focal_px
        weights = 1.0 / depth_m**2 / (1.0 + (miss_px / BELIEVED_PX) ** 2) ** 2
    return places, miss_px


def unswapped(views: list[PinholeCamera], points_px: FloatArray) -> FloatArray:
    """Give left and right back where a view swapped them: (views, 33, 2) of one body in one moment.

    Of all ways to swap fewer than half of the views, the one whose rays meet best.
    """
    flags = [f for f in itertools.product((False, True), repeat=len(views)) if sum(f) < len(views) / 2]

    def turned(swaps: tuple[bool, ...]) -> FloatArray:
        return np.stack(
            [px[SIDES_SWAPPED] if swap else px for px, swap in zip(points_px, swaps, strict=True)]
        )

    misses = [triangulate(views, turned(swaps))[1] for swaps in flags]
    return turned(flags[int(np.argmin([np.minimum(miss, FAR_PX).mean() for miss in misses]))])
