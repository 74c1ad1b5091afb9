"""Cameras and projectors of a made-up place: where they hang and what they see."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from calibration.synthetic._floor import Floor
from didim.geometry import FloatArray, PinholeCamera, RigidPose

Floats = NDArray[np.float32]

STEP_PX = 8
"""Exact rays are cast at every eighth pixel and interpolated between: lenses and swells are smooth."""
OUTSIDE_PX = -1e4


def hung(
    at_m: FloatArray,
    to_m: FloatArray,
    size_px: tuple[int, int],
    sees_m: FloatArray,
    *,
    lens: FloatArray,
    roll_rad: float,
    center: tuple[float, float],
    margin: float,
) -> PinholeCamera:
    """A device at `at_m` that looks at `to_m`, zoomed in until all of `sees_m` just fits its picture.

    Args:
        sees_m: (n, 3) points that have to stay inside.
        lens: (5,) k1, k2, p1, p2, k3; center: the principal point, shares of the picture.
        margin: the share of the picture kept free at each side.
    """
    pose = _looking(at_m, to_m, roll_rad)
    width, height = size_px
    room = np.array([width, height])

    def device(focal_px: float) -> PinholeCamera:
        x, y = center[0] * width - 0.5, center[1] * height - 0.5
        return PinholeCamera(np.array([[focal_px, 0, x], [0, focal_px, y], [0, 0, 1]]), pose, lens)

    low, high = 0.1 * width, 5.0 * width
    for _ in range(40):
        middle = (low + high) / 2
        px = device(middle).project(sees_m)
        fits = bool(((px > margin * room) & (px < (1 - margin) * room)).all())
        low, high = (middle, high) if fits else (low, middle)
    return device(low)


def floor_points(device: PinholeCamera, floor: Floor, px: FloatArray) -> FloatArray:
    """Where (n, 2) pixels meet the uneven floor: (n, 3) metres, nan at the sky."""
    height = np.zeros(len(px))
    for _ in range(5 if len(floor.bumps) else 1):
        places = device.surface_points(px, height)
        height = np.nan_to_num(floor.height_m(places))
    return np.column_stack([places, height])


def over_picture(size_px: tuple[int, int], values: FloatArray, shift_px: tuple[float, float]) -> Floats:
    """Spread `values` of `coarse_pixels` over every pixel: (height, width, k) float32, bicubic."""
    width, height = size_px
    rows, columns = coarse_shape(size_px)
    grid = values.reshape(rows, columns, -1)
    across = _cubic((np.arange(width) + shift_px[0]) / STEP_PX + 1, columns)
    down = _cubic((np.arange(height) + shift_px[1]) / STEP_PX + 1, rows)
    spread = [(down @ grid[..., k]).astype(np.float32) @ across.T for k in range(grid.shape[2])]
    return np.stack(spread, axis=-1).astype(np.float32)


def _cubic(at: FloatArray, count: int) -> FloatArray:
    """Weights of `count` samples at places between them, (n, count): Keys' cubic convolution (1981)."""
    far = np.abs(at[:, None] - np.arange(count))
    near = (1.5 * far - 2.5) * far * far + 1
    wide = ((-0.5 * far + 2.5) * far - 4) * far + 2
    return np.where(far < 1, near, np.where(far < 2, wide, 0.0))


def coarse_shape(size_px: tuple[int, int]) -> tuple[int, int]:
    """Rows and columns of `coarse_pixels`."""
    width, height = size_px
    return -(-height // STEP_PX) + 3, -(-width // STEP_PX) + 3


def coarse_pixels(size_px: tuple[int, int]) -> FloatArray:
    """Every eighth pixel, one step beyond each border: (rows * columns, 2)."""
    rows, columns = coarse_shape(size_px)
    grid = np.meshgrid((np.arange(columns) - 1.0) * STEP_PX, (np.arange(rows) - 1.0) * STEP_PX)
    return np.stack(grid, axis=-1).reshape(-1, 2)


def _looking(at_m: FloatArray, to_m: FloatArray, roll_rad: float) -> RigidPose:
    ahead = (to_m - at_m) / np.linalg.norm(to_m - at_m)
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    level = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    c, s = math.cos(roll_rad), math.sin(roll_rad)
    return RigidPose(level @ np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]), at_m)
