"""Whether the print fills its paper: paper is cut to size, so its rim tells how large the print came out."""

from __future__ import annotations

import cv2
import numpy as np

from calibration.camera._find import Grey
from calibration.camera._sheet import Sheet
from didim.geometry import FloatArray

_SEARCH = 0.16
_LINES, _STEPS = 40, 120
_LEAST_STEP = 0.1
_LEAST_PX = 3.0
_GAMMA = 2.2


def print_scale(grey: Grey, corners_px: FloatArray, sheet: Sheet) -> tuple[float, float] | None:
    """Printed length over designed length by the paper's rim, and its uncertainty; None where no rim shows.

    Args:
        corners_px: (4, 2) where the paper's corners would be in a print of 100 %.
    """
    width_m, height_m = 2 * sheet.corners_m()[1]
    picture_from_sheet = np.asarray(
        cv2.getPerspectiveTransform(sheet.corners_m().astype(np.float32), corners_px.astype(np.float32)),
        np.float64,
    )
    scales = []
    for axis, half_m, other_m in ((0, width_m / 2, height_m / 2), (1, height_m / 2, width_m / 2)):
        rims = [_rim(grey, picture_from_sheet, axis, side * half_m, 0.9 * other_m) for side in (-1, 1)]
        # a print may sit off the middle of its paper: only both rims together tell its size
        if rims[0] is not None and rims[1] is not None:
            (low, low_sigma), (high, high_sigma) = rims[0], rims[1]
            scales.append((2 * half_m / (high - low), np.hypot(low_sigma, high_sigma) / (2 * half_m)))
    if not scales:
        return None
    best = min(scales, key=lambda each: each[1])
    return float(best[0]), float(best[1])


def _rim(
    grey: Grey, picture_from_sheet: FloatArray, axis: int, rim_m: float, reach_m: float
) -> tuple[float, float] | None:
    """Where paper ends along an axis: the strongest fall in brightness near the expected place."""
    along = np.linspace(-reach_m, reach_m, _LINES)
    across = rim_m * np.linspace(1 - _SEARCH / 2, 1 + _SEARCH, _STEPS)
    x, y = np.meshgrid(across, along) if axis == 0 else np.meshgrid(along, across, indexing="ij")
    points = np.stack([x, y], -1).reshape(1, -1, 2)
    places = cv2.perspectiveTransform(points, picture_from_sheet).reshape(_LINES, _STEPS, 2)
    size = np.array(grey.shape[::-1])
    if ((places < 1) | (places > size - 2)).any():
        return None
    x_px, y_px = places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)
    profile = np.asarray(cv2.remap(grey, x_px, y_px, cv2.INTER_LINEAR), np.float64) / 255
    profile = profile**_GAMMA  # a blurred rim sits at half the light, not at half the code
    step_px = float(np.median(np.linalg.norm(places[:, -1] - places[:, 0], axis=1))) / (_STEPS - 1)
    smooth = max(1.0, 1.0 / max(step_px, 1e-6))
    median = cv2.GaussianBlur(np.median(profile, axis=0)[None], (0, 0), smooth)[0]
    fall = -np.gradient(median)
    half = round(2.0 * smooth) + 1
    if step_px * _STEPS < _LEAST_PX or 2 * half + 5 > _STEPS:
        return None
    best = int(np.argmax(fall[half:-half])) + half
    drop = median[best - half] - median[best + half]
    if drop < _LEAST_STEP:
        return None
    near = slice(best - half, best + half + 1)
    weight = np.maximum(fall[near], 0)
    place = float((weight * across[near]).sum() / weight.sum())
    per_px_m = abs(across[1] - across[0]) / max(step_px, 1e-6)
    return place, 0.25 * per_px_m
