"""The sheet's place in the picture from its whole print: a rendered sheet is fitted to the pixels.

Gauss-Newton on the picture itself, as in S. Baker and I. Matthews, "Lucas-Kanade 20 years on" (IJCV 2004),
with brightness, shading, tone curve and blur fitted beside the homography. The picture is never resampled,
so that the noise of its pixels gives the covariance of the result.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.camera._find import FoundTag, Grey
from calibration.camera._lens import Lens
from calibration.camera._sheet import Sheet
from calibration.camera._window import Floats, Window, homography, mapped, moves_with, rendered, rim_mm
from didim.geometry import FloatArray

_ROUNDS = 14
_SETTLED_PX = 0.004
_FLAT_STRIDE = 5
"""Of pixels that see no edge, every fifth is enough to tell paper from ink."""
_EDGE = 0.02
_NOISE_LEAST = 0.004
_FLOOR_PX = 0.015
"""What no fit of pixels resolves: a lens's own small deviations, a standard deviation at each corner."""
_TONE, _TONE_SIGMA = np.log(2.2), 0.25
_LEAST_PIXELS = 200
_HUBER = 1.5
_PHOTOMETRY = 7
_BLUR_LIMITS = (0.05, 16.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """A sheet fitted to the picture.

    Attributes:
        corners_px: (4, 2) the paper's corners, as the lens of the fit straightens the picture.
        covariance_px2: (8, 8) of corners_px.ravel().
        blur_px: (2,) standard deviations of the blur along its narrow and its wide axis.
        blur_sigma_px2: how well the difference of their squares is known.
        residual: robust standard deviation of the picture against the fit, of full scale.
        contrast: paper against ink, of full scale.
        bend_px: (n, 2) what parts of the sheet still miss their place by; bend_sigma_px: (n,) how well known.
    """

    corners_px: FloatArray
    covariance_px2: FloatArray
    blur_px: FloatArray
    blur_sigma_px2: float
    residual: float
    contrast: float
    bend_px: FloatArray
    bend_sigma_px: FloatArray


def refine(grey: Grey, tag: FoundTag, lens: Lens, *, begin_px: FloatArray | None = None) -> Fit | None:
    """Fit the whole sheet, beginning at its tag; None where the picture does not look like it.

    Args:
        lens: what is known of the camera's lens; `Lens.straight()` before anything is.
        begin_px: (4, 2) the paper's corners from an earlier fit, to begin there.
    """
    sheet = tag.sheet
    if begin_px is None:
        corners = _corners_of_tag(sheet, lens.straighten(tag.corners_px))
    else:
        corners = lens.straighten(begin_px)
    window = Window.around(grey, corners, sheet, lens)
    if window is None:
        return None
    state = _State.begin(window, corners)
    for number in range(_ROUNDS):
        extra_blur = 1.5 if number < 2 and begin_px is None else 0.0
        moved = _step(window, state, extra_blur)
        if moved is None:
            return None
        state, largest_px = moved
        if number > 2 and largest_px < _SETTLED_PX:
            break
    return _result(window, state)


def _corners_of_tag(sheet: Sheet, tag_px: FloatArray) -> FloatArray:
    """(4, 2) where the paper's designed corners are, by the tag alone."""
    picture_from_sheet = homography(sheet.tag_corners_mm, tag_px)
    return mapped(picture_from_sheet, rim_mm(sheet))


@dataclass(frozen=True)
class _State:
    """What is fitted.

    Attributes:
        corners_px: (4, 2).
        blur_px2: (3,) the blur's covariance beyond the pixel's own: xx, xy, yy.
        photometry: gain and its slopes, offset and its slopes, log of the tone exponent.
        last: normal matrix, weights, noise and more of the last step, for the covariance.
    """

    corners_px: FloatArray
    blur_px2: FloatArray
    photometry: FloatArray
    last: _Last | None = None

    @classmethod
    def begin(cls, window: Window, corners_px: FloatArray) -> _State:
        low, high = np.percentile(window.pixels, (5, 95))
        dark, bright = max(low, 0.02) ** 2.2, max(high, 0.1) ** 2.2
        photometry = np.array([bright - dark, 0, 0, dark, 0, 0, _TONE])
        return cls(corners_px, np.array([0.5, 0.0, 0.5]), photometry)


@dataclass(frozen=True)
class _Last:
    inverse: FloatArray
    residual: FloatArray
    weights: FloatArray
    gradient: FloatArray
    on_sheet_mm: FloatArray
    noise: float
    correlation: float


def _step(window: Window, state: _State, extra_blur: float) -> tuple[_State, float] | None:
    """One Gauss-Newton step: the new state and how far the corners moved, pixels."""
    linear = _linear(window, state, extra_blur)
    if linear is None:
        return None
    residual = linear.seen - linear.expected
    noise = max(1.4826 * float(np.median(np.abs(residual))), _NOISE_LEAST)
    weights = np.minimum(1.0, _HUBER * noise / np.maximum(np.abs(residual), 1e-9))
    weights[(linear.seen > 0.985) & (linear.expected > 0.98)] = 0.0
    try:
        inverse, step = _solved(linear.jacobian, weights, residual, noise, state.photometry)
    except np.linalg.LinAlgError:
        return None
    moved = step[:8].reshape(4, 2)
    largest = float(np.abs(moved).max())
    if not np.isfinite(step).all() or largest > 40:
        return None
    correlation = _correlation(residual, linear.used)
    last = _Last(inverse, residual, weights, linear.gradient, linear.on_sheet_mm, noise, correlation)
    photometry = state.photometry + step[11:]
    photometry[-1] = np.clip(photometry[-1], 0.0, 1.2)
    return _State(state.corners_px + moved, _blur(state.blur_px2 + step[8:11]), photometry, last), largest


@dataclass(frozen=True)
class _Linear:
    """The fit about a state, over the n pixels that are used.

    Attributes:
        used: (h, w) bool; seen, expected: (n,) of full scale.
        jacobian: (n, 18) of expected by corners, blur and photometry.
        gradient: (n, 2) of expected by the pixel's place; on_sheet_mm: (n, 2) where each looks.
    """

    used: NDArray[np.bool_]
    seen: FloatArray
    expected: FloatArray
    jacobian: FloatArray
    gradient: FloatArray
    on_sheet_mm: FloatArray


def _linear(window: Window, state: _State, extra_blur: float) -> _Linear | None:
    """Draw the sheet as the state has it; None where too little of it is in the picture."""
    sheet_from_picture = homography(state.corners_px, rim_mm(window.sheet))
    white, heard = rendered(window, sheet_from_picture, state.blur_px2, extra_blur)
    pixels = window.pixels if not extra_blur else cv2.GaussianBlur(window.pixels, (0, 0), extra_blur)
    used = heard > 0.98
    if used.sum() < _LEAST_PIXELS:
        return None
    gy, gx = _slope(white, 0), _slope(white, 1)
    gyy, gyx, gxx = _slope(gy, 0), _slope(gy, 1), _slope(gx, 1)
    used = _telling(used, gx, gy)
    expected, by_light, by_photometry = _photometric(white[used], window.at[used], state.photometry)
    on_sheet, across, down = moves_with(window, state.corners_px, sheet_from_picture, used)
    gradient = np.asarray(np.stack([gx[used], gy[used]], 1) * by_light[:, None], np.float64)
    jacobian = np.empty((len(expected), 11 + _PHOTOMETRY))
    jacobian[:, :8] = -(gradient[:, :1] * across + gradient[:, 1:] * down)
    jacobian[:, 8:11] = 0.5 * np.stack([gxx[used], 2 * gyx[used], gyy[used]], 1) * by_light[:, None]
    jacobian[:, 11:] = by_photometry
    return _Linear(used, np.asarray(pixels[used]), expected, jacobian, gradient, on_sheet)


def _solved(
    jacobian: FloatArray, weights: FloatArray, residual: FloatArray, noise: float, photometry: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The inverse of the normal matrix, and the step; tone curve and blur are held near what is usual."""
    normal = (jacobian * weights[:, None]).T @ jacobian / noise**2
    right = jacobian.T @ (weights * residual) / noise**2
    normal[-1, -1] += 1 / _TONE_SIGMA**2
    right[-1] += (_TONE - photometry[-1]) / _TONE_SIGMA**2
    for k, known in ((8, 0.25), (9, 0.5), (10, 0.25)):  # a blur that no edge shows stays small
        normal[k, k] += known / 25
    inverse = np.asarray(np.linalg.inv(normal), np.float64)
    return inverse, np.asarray(inverse @ right)


def _blur(blur_px2: FloatArray) -> FloatArray:
    """The nearest covariance that a blur may have."""
    xx, xy, yy = blur_px2
    values, axes = np.linalg.eigh([[xx, xy], [xy, yy]])
    held = axes @ np.diag(np.clip(values, *_BLUR_LIMITS)) @ axes.T
    return np.array([held[0, 0], held[0, 1], held[1, 1]])


def _slope(values: FloatArray, axis: int) -> FloatArray:
    return np.asarray(np.gradient(values, axis=axis), np.float64)


def _telling(used: NDArray[np.bool_], gx: FloatArray, gy: FloatArray) -> NDArray[np.bool_]:
    """The pixels that tell the most: those at edges, and a few of the others."""
    rows, columns = np.indices(used.shape)
    few = (rows + 2 * columns) % _FLAT_STRIDE == 0
    return np.asarray(used & ((gx * gx + gy * gy > _EDGE**2) | few))


def _photometric(
    white: FloatArray, at: Floats, photometry: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The picture expected of (n,) whiteness: itself, its slope by whiteness, (n, 7) slopes by photometry."""
    u, v = at[..., 0].astype(np.float64), at[..., 1].astype(np.float64)
    gain = photometry[0] + photometry[1] * u + photometry[2] * v
    offset = photometry[3] + photometry[4] * u + photometry[5] * v
    light = np.maximum(gain * white + offset, 1e-3)
    tone = np.exp(-photometry[6])
    expected = light**tone
    slope = tone * expected / light
    by_tone = -tone * np.log(light) * expected
    by_light = [white, white * u, white * v, np.ones_like(white), u, v]
    return expected, slope * gain, np.stack([*(each * slope for each in by_light), by_tone], axis=1)


def _correlation(residual: FloatArray, used: NDArray[np.bool_]) -> float:
    """By how much neighbours that err alike widen the variance of the fit: 1 for independent pixels."""
    rows, columns = used.shape[0], used.shape[1]
    held: FloatArray = np.zeros((rows, columns))
    held[used] = np.clip(residual, -0.2, 0.2)
    total = 0.0
    variance = float((held * held).sum()) / max(int(used.sum()), 1)
    for down in range(3):
        for across in range(-2, 3):
            if (down, across) <= (0, 0):
                continue
            one = np.s_[: rows - down, max(0, -across) : columns - max(0, across)]
            other = np.s_[down:, max(0, across) : columns - max(0, -across)]
            both = int((used[one] & used[other]).sum())
            total += 2 * float((held[one] * held[other]).sum()) / max(both, 1) / max(variance, 1e-12)
    return float(np.clip(1 + total, 1.0, 12.0))


def _result(window: Window, state: _State) -> Fit | None:
    last = state.last
    if last is None:
        return None
    variance = last.inverse * last.correlation
    covariance = variance[:8, :8] + _FLOOR_PX**2 * np.eye(8)
    xx, xy, yy = state.blur_px2
    blur = np.sqrt(np.linalg.eigvalsh([[xx, xy], [xy, yy]]))
    blur_sigma = float(np.sqrt(variance[8, 8] + variance[10, 10] + 4 * variance[9, 9]))
    tone = np.exp(-state.photometry[6])
    dark, gain = max(state.photometry[3], 1e-3), max(state.photometry[0], 1e-3)
    bend, bend_sigma = _bend(window.sheet, last)
    return Fit(
        state.corners_px,
        np.asarray((covariance + covariance.T) / 2),
        np.asarray(blur),
        blur_sigma,
        last.noise,
        float((dark + gain) ** tone - dark**tone),
        bend,
        bend_sigma,
    )


def _bend(sheet: Sheet, last: _Last) -> tuple[FloatArray, FloatArray]:
    """What each part of a 4x3 grid of the sheet still misses its place by, pixels, and its uncertainty."""
    width, height = sheet.size_mm
    column = np.clip((last.on_sheet_mm[:, 0] / width + 0.5) * 4, 0, 3).astype(int)
    row = np.clip((0.5 - last.on_sheet_mm[:, 1] / height) * 3, 0, 2).astype(int)
    shifts, sigmas = [], []
    for part in range(12):
        here = row * 4 + column == part
        slope, weights = last.gradient[here], last.weights[here]
        normal = (slope * weights[:, None]).T @ slope / last.noise**2 + 4.0 * np.eye(2)
        shift = -np.linalg.solve(normal, slope.T @ (weights * last.residual[here]) / last.noise**2)
        shifts.append(shift)
        sigmas.append(float(np.sqrt(np.linalg.inv(normal).trace() * last.correlation)))
    return np.array(shifts), np.array(sigmas)
