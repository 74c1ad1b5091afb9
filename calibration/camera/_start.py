"""A first guess: the focal length and the surface that make all sheets the same size in one plane."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from calibration.camera._model import COMMON, EACH, HEIGHT, LENS_TERMS, TILT, Prior, turn
from calibration.camera._sheet import Sheet
from didim.geometry import FloatArray

_FOCAL_STEPS = 21


class Start(NamedTuple):
    """A guess: its misfit, the level rotation of its `Model`, and its vector of terms."""

    misfit: float
    level: FloatArray
    terms: FloatArray


def starts(prior: Prior, sheets: tuple[Sheet, ...], corners_px: FloatArray, most: int) -> list[Start]:
    """Guesses, the best first, over focal lengths and both poses that explain a flat square.

    A plane seen in perspective has two poses that look nearly alike: T. Collins and A. Bartoli,
    "Infinitesimal plane-based pose estimation" (IJCV 2014). Other sheets tell them apart.

    Args:
        sheets: those that lie on the surface; corners_px: (sheets, 4, 2) straightened pixels.
        most: how many guesses.
    """
    spread = float(np.sqrt(prior.covariance[0, 0]))
    focals = np.exp(prior.mean[0] + 1.6 * min(spread, 1.0) * np.linspace(-1, 1, _FOCAL_STEPS))
    found = []
    largest = int(np.argmax([cv2.contourArea(corners.astype(np.float32)) for corners in corners_px]))
    for focal in focals:
        terms = prior.mean.copy()
        terms[0] = np.log(focal)
        lens = prior.lens(terms)
        flat = (corners_px - lens.matrix[:2, 2]) / np.diag(lens.matrix)[:2]
        for axes, origin in _poses(sheets[largest], flat[largest]):
            guess = _guess(terms, axes, origin, sheets, flat)
            if guess is not None:
                found.append(guess)
    return sorted(found, key=lambda guess: guess.misfit)[:most]


def _poses(sheet: Sheet, flat: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """The two poses, `camera_from_sheet` as (3, 3) and (3,), that explain (4, 2) corners at a depth of 1."""
    points = np.c_[sheet.corners_m() * sheet.scale, np.zeros(4)]
    _, turns, shifts, _ = cv2.solvePnPGeneric(
        points, flat.reshape(4, 1, 2), np.eye(3), np.zeros(5), flags=cv2.SOLVEPNP_IPPE
    )
    return [
        (np.asarray(cv2.Rodrigues(turned)[0], np.float64), np.asarray(shift, np.float64).ravel())
        for turned, shift in zip(turns, shifts, strict=True)
    ]


def stood(prior: Prior, guess: Start, index: int, sheet: Sheet, corners_px: FloatArray) -> list[Start]:
    """The guess with one more sheet, the `index`-th, in each of the two poses that its corners allow.

    Args:
        corners_px: (4, 2) as the camera saw them.
    """
    lens = prior.lens(guess.terms[:LENS_TERMS])
    straight = lens.straighten(corners_px)  # a lens known from other places may end before these corners
    straight = np.where(np.isfinite(straight), straight, corners_px)
    flat = (straight - lens.matrix[:2, 2]) / np.diag(lens.matrix)[:2]
    return [
        Start(guess.misfit, guess.level, _with(guess, index, axes, origin))
        for axes, origin in _poses(sheet, flat)
    ]


def _with(guess: Start, index: int, axes: FloatArray, origin: FloatArray) -> FloatArray:
    """The guess's terms with one sheet more, in a pose `camera_from_sheet`."""
    level = guess.level @ turn(np.array([*guess.terms[TILT], 0.0]))
    place = level.T @ origin + [0.0, 0.0, guess.terms[HEIGHT]]
    own = level.T @ axes
    tilt = float(np.arccos(np.clip(own[2, 2], -1, 1)))
    about = np.array([own[2, 1], -own[2, 0]]) / max(float(np.sin(tilt)), 1e-9)
    upright = own @ turn(tilt * np.array([*about, 0.0])).T
    angle = float(np.arctan2(upright[1, 0], upright[0, 0]))
    at = COMMON + EACH * index
    return np.insert(guess.terms, [at] * EACH, [*place[:2], angle, place[2], *(tilt * about)])


def _guess(
    lens_terms: FloatArray,
    axes: FloatArray,
    origin: FloatArray,
    sheets: tuple[Sheet, ...],
    flat: FloatArray,
) -> Start | None:
    """Cast every sheet onto the plane of one of them; the misfit is relative to their size."""
    normal = axes[:, 2]
    height = float(-normal @ origin)
    if height <= 0.05:
        return None
    level = level_of(normal)
    terms = np.zeros(COMMON + EACH * len(sheets))
    terms[:LENS_TERMS], terms[HEIGHT] = lens_terms, height
    misfit = 0.0
    for index, (sheet, seen) in enumerate(zip(sheets, flat, strict=True)):
        rays = np.c_[seen, np.ones(4)] @ level
        if (rays[:, 2] >= -1e-3).any():
            return None
        places = rays[:, :2] * (-height / rays[:, 2:])
        own = sheet.corners_m() * sheet.scale
        middle = places.mean(axis=0)
        aside = places - middle
        cosine, sine = (own * aside).sum(), (own[:, 0] * aside[:, 1] - own[:, 1] * aside[:, 0]).sum()
        angle = float(np.arctan2(sine, cosine))
        c, s = np.cos(angle), np.sin(angle)
        misfit += float(((own @ np.array([[c, s], [-s, c]]) - aside) ** 2).sum() / (own**2).sum())
        terms[COMMON + EACH * index :][:3] = *middle, angle
    return Start(misfit, level, terms)


def level_of(normal: FloatArray) -> FloatArray:
    """(3, 3) `camera_from_surface` for a surface whose z is `normal`: its x follows the picture's right."""
    right = np.array([1.0, 0.0, 0.0])
    if abs(normal[0]) > 0.9:
        right = np.array([0.0, 0.0, 1.0])
    x = right - (right @ normal) * normal
    x /= np.linalg.norm(x)
    return np.stack([x, np.cross(normal, x), normal], axis=1)
