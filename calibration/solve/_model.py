"""Camera pixel to projector pixel over a plane: undo the camera's lens, a plane map, the projector's lens.

Lens terms are those of D. C. Brown, "Close-range camera calibration", Photogrammetric Engineering 37 (1971),
fitted the way they are used: from bent to straight for the camera, straight to bent for the projector. The
projector's own focal length is not solved: from one plane it cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from calibration.patterns import Matches
from didim.geometry import FloatArray

LOOSE_SHARE = 0.02
"""What a plane map alone may be off, as a share of the projector's half width: strong lenses bend more."""
LEAST_MATCHES = 12
FITTED_MOST = 1000
ROUNDS = 3
STEPS_MOST = 30
NUDGE = 1e-6
NUDGES = NUDGE * np.eye(13)


@dataclass(frozen=True, slots=True)
class LensedPlane:
    """The map's eight plane terms and five lens terms, in pictures scaled to half their width.

    Attributes:
        camera_px, projector_px: (width, height) of both pictures.
        terms: (13,) float64: a plane map's first eight numbers, the camera's k1, k2, p1, p2, the
            projector's k1.
    """

    camera_px: tuple[int, int]
    projector_px: tuple[int, int]
    terms: FloatArray

    def apply(self, camera_xy: FloatArray) -> FloatArray:
        """Map (n, 2) camera pixels to projector pixels."""
        return _mapped(self.terms, _scaled(camera_xy, self.camera_px)) * _half(self.projector_px) + _middle(
            self.projector_px
        )

    @property
    def mirrored(self) -> bool:
        """Whether right and left change sides between the projector's picture and the camera's."""
        return bool(np.linalg.det(np.append(self.terms[:8], 1.0).reshape(3, 3)) < 0)


def fit_plane(
    matches: Matches, camera_px: tuple[int, int], projector_px: tuple[int, int], rng: np.random.Generator
) -> LensedPlane | None:
    """Fit robustly: MAGSAC for the plane, then all terms with a soft-L1 loss; None where nothing fits."""
    if len(matches) < LEAST_MATCHES:
        return None
    camera = _scaled(matches.camera_px, camera_px)
    target = (matches.projector_px - _middle(projector_px)) / _half(projector_px)
    plane = _plane(camera, target)
    if plane is None:
        return None
    terms = np.concatenate([(plane / plane[2, 2]).ravel()[:8], np.zeros(5)])
    weights = np.median(matches.sigma_px) / np.maximum(matches.sigma_px, 0.3 * np.median(matches.sigma_px))
    off = np.linalg.norm(_mapped(terms, camera) - target, axis=1)
    keep = off < 3 * LOOSE_SHARE
    pixel = 1 / _half(projector_px)
    for _ in range(ROUNDS):
        chosen = np.flatnonzero(keep)
        if len(chosen) < LEAST_MATCHES:
            return None
        if len(chosen) > FITTED_MOST:
            chosen = rng.choice(chosen, FITTED_MOST, replace=False)
        terms = _fitted(terms, camera[chosen], target[chosen], weights[chosen], pixel)
        off = np.linalg.norm(_mapped(terms, camera) - target, axis=1)
        keep = off < max(5 * 1.4826 * float(np.median(off[keep])), 1.5 * pixel)
    return LensedPlane(camera_px, projector_px, terms)


def _plane(camera: FloatArray, target: FloatArray) -> FloatArray | None:
    """A plane map through most of the pairs. OpenCV's MAGSAC finds none that mirrors: that is tried apart."""
    found = []
    for flip in (np.array([1.0, 1.0, 1.0]), np.array([-1.0, 1.0, 1.0])):
        plane, inliers = cv2.findHomography(
            camera.astype(np.float32), (target * flip[:2]).astype(np.float32), cv2.USAC_MAGSAC, LOOSE_SHARE,
            maxIters=5000, confidence=0.9999,
        )  # fmt: skip
        if plane is not None and inliers.sum() >= max(LEAST_MATCHES, 0.3 * len(camera)):
            return np.asarray(flip[:, None] * plane, np.float64)
        if plane is not None:
            found.append((int(inliers.sum()), flip[:, None] * plane))
    best = max(found, key=lambda each: each[0], default=(0, None))
    return None if best[0] < LEAST_MATCHES else np.asarray(best[1], np.float64)


def _fitted(
    terms: FloatArray, camera: FloatArray, target: FloatArray, weights: FloatArray, pixel: float
) -> FloatArray:
    """Levenberg-Marquardt steps on the normal equations: with 13 unknowns they cost next to nothing."""

    def misses(tried: FloatArray) -> FloatArray:
        off = (_mapped(tried, camera) - target) / pixel
        return np.asarray((off * weights[:, None]).ravel())

    left = misses(terms)
    cost, damping = _soft(left), 1e-3
    for _ in range(STEPS_MOST):
        slope = np.stack([(misses(terms + d) - misses(terms - d)) / (2 * NUDGE) for d in NUDGES], axis=1)
        trust = 1 / np.sqrt(1 + left * left)
        normal, down = (slope * trust[:, None]).T @ slope, slope.T @ (trust * left)
        tried = terms - np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-12), down)
        left_then = misses(tried)
        cost_then = _soft(left_then)
        if not cost_then < cost:
            damping *= 8
            if damping > 1e6:
                break
            continue
        gain, terms, left, cost, damping = cost - cost_then, tried, left_then, cost_then, damping / 8
        if gain < 1e-8 * cost:
            break
    return terms


def _soft(left: FloatArray) -> float:
    """The soft-L1 loss: squares for small misses, lengths for large ones."""
    return float(2 * (np.sqrt(1 + left * left) - 1).sum())


def _mapped(terms: FloatArray, camera: FloatArray) -> FloatArray:
    k1, k2, p1, p2, projector_k1 = terms[8:]
    x, y = camera[:, 0], camera[:, 1]
    r2 = x * x + y * y
    radial = 1 + r2 * (k1 + r2 * k2)
    straight_x = x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x)
    straight_y = y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y
    a, b, c, d, e, f, g, h = terms[:8]
    depth = g * straight_x + h * straight_y + 1
    flat = np.stack(
        [(a * straight_x + b * straight_y + c) / depth, (d * straight_x + e * straight_y + f) / depth], axis=1
    )
    return np.asarray(flat * (1 + projector_k1 * (flat * flat).sum(axis=1, keepdims=True)))


def _scaled(xy: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    return np.asarray((xy - _middle(size_px)) / _half(size_px))


def _middle(size_px: tuple[int, int]) -> FloatArray:
    return (np.array(size_px, np.float64) - 1) / 2


def _half(size_px: tuple[int, int]) -> float:
    return size_px[0] / 2
