"""The solved map from the camera's picture to the projector's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.patterns import DenseMatches, Matches
from calibration.solve._model import LensedPlane, fit_plane
from calibration.solve._spline import Spline, fit_spline
from calibration.solve._tiles import Tiles, tiles_of
from didim.geometry import FloatArray

PLANE_SHARE = 6000
"""Single pixels that join the corners in the fit of the plane."""
OFF_MOST_PX = 60.0
"""No tile lies farther beside the plane and its lenses: 8 mm of swell are about 5 projector pixels."""
SMOOTHNESS_PX = 1.0
"""Expected bend of the residual between neighbouring spline hills."""
LEAST_TILES = 60
DENSE_STEP = 2


@dataclass(frozen=True, slots=True)
class CameraWarp:
    """`projector_from_camera`, valid over the surface that both see.

    Attributes:
        plane: the smooth part; rest: what uneven floors and lenses add, or None.
        support_px: (n, 2), the camera places it was measured at.
        noise_px: the median distance of measured places from the map, projector pixels.
        unevenness_px: the 95th percentile of what the plane alone would be off, projector pixels.
    """

    plane: LensedPlane
    rest: Spline | None
    support_px: FloatArray
    noise_px: float
    unevenness_px: float

    def apply(self, camera_px: FloatArray) -> FloatArray:
        """Map (n, 2) camera pixels to projector pixels."""
        flat = self.plane.apply(camera_px)
        return flat if self.rest is None else np.asarray(flat + self.rest.apply(camera_px))

    def sigma_px(self, camera_px: FloatArray) -> FloatArray:
        """One standard deviation at (n, 2) camera pixels from what was measured around, projector pixels."""
        if self.rest is None:
            return np.full(len(camera_px), max(self.noise_px, 0.05))
        return np.hypot(self.rest.sigma(camera_px), 0.05)


def solve_warp(
    corners: Matches,
    dense: DenseMatches | None,
    camera_px: tuple[int, int],
    projector_px: tuple[int, int],
    rng: np.random.Generator,
) -> CameraWarp | None:
    """Fit the map to a board's corners and to the pixels read, where there are such; None if nothing fits."""
    pixels = None if dense is None else dense.matches(DENSE_STEP)
    joint = corners
    if pixels is not None and len(pixels):
        some = rng.choice(len(pixels), min(PLANE_SHARE, len(pixels)), replace=False)
        joint = corners.joined(pixels.where(some))
    plane = fit_plane(joint, camera_px, projector_px, rng)
    if plane is None:
        return None
    measured = _measured(plane, corners, pixels)
    return _with_rest(plane, measured)


def _measured(plane: LensedPlane, corners: Matches, pixels: Matches | None) -> Tiles:
    """Residuals at tiles and corners."""
    off = corners.projector_px - plane.apply(corners.camera_px)
    at_corners = Tiles(corners.camera_px, off, np.maximum(corners.sigma_px, 0.1))
    if pixels is None or not len(pixels):
        found = at_corners
    else:
        tiles = tiles_of(pixels, plane.apply(pixels.camera_px))
        found = Tiles(
            np.concatenate([tiles.camera_px, at_corners.camera_px]),
            np.concatenate([tiles.off_px, at_corners.off_px]),
            np.concatenate([tiles.sigma_px, at_corners.sigma_px]),
        )
    return found.where(np.linalg.norm(found.off_px, axis=1) < OFF_MOST_PX)


def _with_rest(plane: LensedPlane, measured: Tiles) -> CameraWarp:
    off = np.linalg.norm(measured.off_px, axis=1)
    unevenness = float(np.percentile(off, 95)) if len(off) else 0.0
    rest = None
    if len(measured) >= LEAST_TILES:
        for _ in range(2):
            rest = fit_spline(
                measured.camera_px, measured.off_px, measured.sigma_px, smoothness=SMOOTHNESS_PX
            )
            left = np.linalg.norm(measured.off_px - rest.apply(measured.camera_px), axis=1)
            near = left < max(4 * 1.4826 * float(np.median(left)), 0.35)
            if near.all():
                break
            measured = measured.where(near)
        off = left
    noise = float(np.median(off)) if len(off) else 0.0
    return CameraWarp(plane, rest, measured.camera_px, noise, unevenness)
