"""What is unknown when sheets lie on a surface before a camera, as one vector, and what it predicts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.camera._lens import Lens
from calibration.camera._place import SheetPlace
from calibration.camera._sheet import Sheet
from didim.geometry import FloatArray, PinholeCamera, RigidPose

LENS_TERMS = 7
"""log focal length, principal point (2), k1, k2, p1, p2."""
SCALE, TILT, HEIGHT = LENS_TERMS, slice(LENS_TERMS + 1, LENS_TERMS + 3), LENS_TERMS + 3
COMMON = LENS_TERMS + 4
"""The lens, log of the print's scale, the surface's tilt about its x and y, the camera's height."""
EACH = 6
"""For each sheet x, y, turn, and how it stands off the plane: up, tilt about its own x, about its own y."""

_CENTER_SHARE = 0.012
"""The principal point of a webcam lies this near the middle, as a share of the width: sensors are glued."""
_EVEN_SLOPE = 1.5
"""A floor uneven by a millimetre over a metre or two slopes by about this many thousandths under a sheet."""
_LEANING_UP_M, _LEANING_TILT = 0.5, 1.5
"""Of a sheet that leans against something nothing is known but that it stands on the surface."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of the lens before any sheet is seen.

    Attributes:
        mean: (7,) log focal length, principal point, k1, k2, p1, p2; covariance: (7, 7).
        aspect: focal length down over focal length across; k3: the lens's third radial term.
    """

    mean: FloatArray
    covariance: FloatArray
    aspect: float = 1.0
    k3: float = 0.0

    @classmethod
    def of_any_camera(cls, size_px: tuple[int, int]) -> Prior:
        """A camera off the shelf: 40 to 110 degrees wide, square pixels, a lens that bends moderately."""
        width, height = size_px
        mean = np.array([np.log(0.75 * width), (width - 1) / 2, (height - 1) / 2, -0.05, 0.0, 0.0, 0.0])
        sigma = np.array([0.6, _CENTER_SHARE * width, _CENTER_SHARE * width, 0.2, 0.1, 6e-4, 6e-4])
        return cls(mean, np.diag(sigma**2))

    def lens(self, terms: FloatArray) -> Lens:
        """The lens that (7,) terms stand for."""
        focal = float(np.exp(terms[0]))
        matrix = np.array([[focal, 0, terms[1]], [0, focal * self.aspect, terms[2]], [0, 0, 1.0]])
        return Lens(matrix, np.array([*terms[3:7], self.k3]))


@dataclass(frozen=True, slots=True)
class Model:
    """The fixed part of the problem.

    Attributes:
        level: (3, 3) rotation `camera_from_surface` that the two tilts are measured from.
        sheets: one for each place, in the order seen.
        evenness_m: how far a sheet's middle may lie off the plane, one standard deviation.
        leaning: for each sheet whether it leans against something instead of lying on the surface.
    """

    prior: Prior
    level: FloatArray
    sheets: tuple[Sheet, ...]
    evenness_m: float
    leaning: tuple[bool, ...]

    def camera(self, terms: FloatArray) -> PinholeCamera:
        """The camera over the surface; the surface's origin is the camera's foot."""
        lens = self.prior.lens(terms[:LENS_TERMS])
        camera_from_surface = self.level @ turn(np.array([*terms[TILT], 0.0]))
        place_m = np.array([0.0, 0.0, terms[HEIGHT]])
        return PinholeCamera(lens.matrix, RigidPose(camera_from_surface.T, place_m), lens.distortion)

    def place(self, terms: FloatArray, index: int) -> SheetPlace:
        x, y, angle, up, tilt_x, _ = terms[COMMON + EACH * index :][:EACH].tolist()
        return SheetPlace(x, y, angle, tilt_x, up) if self.leaning[index] else SheetPlace(x, y, angle)

    def corners_px(self, terms: FloatArray) -> FloatArray:
        """(sheets, 4, 2) where the paper's designed corners appear."""
        own = np.stack([sheet.corners_m() * sheet.scale for sheet in self.sheets]) * np.exp(terms[SCALE])
        x, y, angle, up, tilt_x, tilt_y = terms[COMMON:].reshape(-1, EACH, 1).transpose(1, 0, 2)
        right, along, high = tilted(own[..., 0], own[..., 1], tilt_x, tilt_y)
        c, s = np.cos(angle), np.sin(angle)
        points = np.stack([x + c * right - s * along, y + s * right + c * along, up + high], axis=-1)
        return np.asarray(self.camera(terms).project(points.reshape(-1, 3)).reshape(-1, 4, 2))

    def prior_residual(self, terms: FloatArray) -> FloatArray:
        """Whitened distance from what was known before; its squares are a log likelihood."""
        lens = np.linalg.solve(
            np.linalg.cholesky(self.prior.covariance), terms[:LENS_TERMS] - self.prior.mean
        )
        scale = terms[SCALE] / max(sheet.scale_sigma for sheet in self.sheets)
        off = terms[COMMON:].reshape(-1, EACH)[:, 3:] / self.off_sigmas()
        return np.asarray(np.r_[lens, scale, off.ravel()])

    def off_sigmas(self) -> FloatArray:
        """(sheets, 3) standard deviations of up, m, and of the two tilts, before anything is seen."""
        slope = _EVEN_SLOPE * self.evenness_m
        lying, leaning = (self.evenness_m, slope, slope), (_LEANING_UP_M, _LEANING_TILT, _LEANING_TILT)
        return np.array([leaning if leans else lying for leans in self.leaning])


def tilted(
    x: FloatArray, y: FloatArray, tilt_x: FloatArray, tilt_y: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Points of a flat sheet after it is turned about the axis (tilt_x, tilt_y) by its length (Rodrigues)."""
    angle = np.hypot(tilt_x, tilt_y)
    with np.errstate(invalid="ignore", divide="ignore"):
        axis_x, axis_y = (np.where(angle > 1e-12, tilt / angle, 0.0) for tilt in (tilt_x, tilt_y))
    c, s = np.cos(angle), np.sin(angle)
    kept = (1 - c) * (axis_x * x + axis_y * y)
    return c * x + kept * axis_x, c * y + kept * axis_y, s * (axis_x * y - axis_y * x)


def turn(vector: FloatArray) -> FloatArray:
    """The rotation about a vector by its length (Rodrigues)."""
    angle = float(np.linalg.norm(vector))
    if angle < 1e-12:
        return np.eye(3)
    x, y, z = vector / angle
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)
