"""A lens as a bending of the picture: what a pinhole with the same focal length would see, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import RectBivariateSpline

from didim.geometry import FloatArray, PinholeCamera, RigidPose

_LEVEL = RigidPose(np.diag([1.0, -1.0, -1.0]), np.array([0.0, 0.0, 1.0]))
_KNOT_PX = 8.0


@dataclass(frozen=True, slots=True)
class Lens:
    """Intrinsics without a place: (3, 3) matrix in pixels and OpenCV's k1, k2, p1, p2, k3."""

    matrix: FloatArray
    distortion: FloatArray

    @classmethod
    def straight(cls) -> Lens:
        """A lens that bends nothing."""
        return cls(np.eye(3), np.zeros(5))

    def straighten(self, px: FloatArray) -> FloatArray:
        """Map (n, 2) pixels of the picture to those of a pinhole; nan where the lens model ends."""
        if not self.distortion.any():
            return np.asarray(px, np.float64)
        # the plane 1 m before the camera, seen with y down
        flat = self._camera().surface_points(px) * [1.0, -1.0]
        return np.asarray(flat @ self.matrix[:2, :2].T + self.matrix[:2, 2])

    def bend(self, straight_px: FloatArray) -> FloatArray:
        """Map (n, 2) pixels of a pinhole to those of the picture."""
        if not self.distortion.any():
            return np.asarray(straight_px, np.float64)
        flat = (straight_px - self.matrix[:2, 2]) @ np.linalg.inv(self.matrix[:2, :2]).T
        return self._camera().project(np.c_[flat * [1.0, -1.0], np.zeros(len(flat))])

    def straighten_grid(self, us: FloatArray, vs: FloatArray) -> FloatArray:
        """(rows, columns, 2) straightened places of a grid of columns `us` and rows `vs`, both rising."""
        if not self.distortion.any():
            return np.stack(np.meshgrid(us, vs), -1)
        columns, rows = (np.arange(at[0] - 1, at[-1] + 1 + 4 * _KNOT_PX, _KNOT_PX) for at in (us, vs))
        places = self.straighten(np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2))
        places = places.reshape(len(rows), len(columns), 2)
        return np.stack(
            [RectBivariateSpline(rows, columns, places[..., k], s=0)(vs, us) for k in (0, 1)], axis=-1
        )

    def _camera(self) -> PinholeCamera:
        return PinholeCamera(self.matrix, _LEVEL, self.distortion)
