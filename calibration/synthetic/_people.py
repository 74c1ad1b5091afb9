"""People who walk through a made-up rig: upright cylinders that hide and shade the floor."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from calibration.synthetic._optics import Floats
from didim.geometry import FloatArray

RADIUS_M, HEIGHT_M = 0.25, 1.75
SPEED_M_S = 0.8
Mask = NDArray[np.bool_]


def place_m(walker: int, seed: int, t_s: float) -> tuple[float, float]:
    """Where a walker is: to and fro across the floor, each on their own line and at their own time."""
    run = (0.3 + 1.1 * walker + 0.37 * (seed % 7) + SPEED_M_S * t_s) % 6.8
    x = 0.3 + (run if run < 3.4 else 6.8 - run)
    return x, 0.7 + (0.8 * walker + 0.31 * (seed % 5)) % 1.7 + 0.3 * math.sin(t_s + walker)


def hides(from_m: FloatArray, floor_m: Floats, at_m: tuple[float, float]) -> Mask:
    """Which (h, w, 3) floor places a walker at `at_m` hides from a device at `from_m`."""
    eye = np.asarray(from_m, np.float32)
    way = floor_m - eye
    x, y = eye[0] - np.float32(at_m[0]), eye[1] - np.float32(at_m[1])
    a = way[..., 0] ** 2 + way[..., 1] ** 2
    b = x * way[..., 0] + y * way[..., 1]
    room = b * b - a * (x * x + y * y - np.float32(RADIUS_M**2))
    half = np.sqrt(np.maximum(room, 0))
    a = np.maximum(a, np.float32(1e-9))
    enters, leaves = (-b - half) / a, (-b + half) / a
    enters_m, leaves_m = eye[2] + enters * way[..., 2], eye[2] + leaves * way[..., 2]
    meets = (room > 0) & (leaves > 0) & (enters < 1)
    return np.asarray(meets & (enters_m > 0) & (leaves_m < HEIGHT_M))
