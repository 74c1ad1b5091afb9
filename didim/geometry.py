"""Points, rigid poses, plane maps, dense maps and the pinhole camera; every name says its frame and unit.

A map is named `target_from_source` and `target_from_source.apply(source_xy)` reads like its name.
Surfaces are right-handed: x to the right, y away from the viewer's edge, z out of the surface, metres.
Pictures have x to the right, y down, pixels; an integer is the centre of a pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Point(NamedTuple):
    """A place on a surface, in metres."""

    x_m: float
    y_m: float

    def distance_m(self, other: Point) -> float:
        return math.hypot(self.x_m - other.x_m, self.y_m - other.y_m)

    def moved(self, dx_m: float, dy_m: float) -> Point:
        return Point(self.x_m + dx_m, self.y_m + dy_m)


@dataclass(frozen=True, slots=True)
class Surface:
    """A floor or wall with its own metre frame: the origin is its lower left corner.

    Attributes:
        above_floor_m: of a wall, how high its lower edge is above the floor; None where nobody measured it.

    Raises:
        ValueError: a side is not between 0.2 m and 50 m, or a wall not between 0 and 10 m above the floor.
    """

    kind: Literal["floor", "wall"]
    width_m: float
    height_m: float
    above_floor_m: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("floor", "wall"):
            raise ValueError(f"a surface is a 'floor' or a 'wall', got {self.kind!r}")
        for name, side_m in (("width_m", self.width_m), ("height_m", self.height_m)):
            if not 0.2 <= side_m <= 50.0:
                raise ValueError(f"{name} must lie between 0.2 and 50 metres, got {side_m}")
        if self.above_floor_m is None:
            return
        if self.kind == "floor":
            raise ValueError("above_floor_m is of a wall: leave it out, or say kind = 'wall'")
        if not 0.0 <= self.above_floor_m <= 10.0:
            raise ValueError(f"above_floor_m must lie between 0 and 10 metres, got {self.above_floor_m}")

    def contains(self, point: Point, *, margin_m: float = 0.0) -> bool:
        return (
            margin_m <= point.x_m <= self.width_m - margin_m
            and margin_m <= point.y_m <= self.height_m - margin_m
        )

    def clamped(self, point: Point, *, margin_m: float = 0.0) -> Point:
        """The nearest place at least `margin_m` inside; the middle of a side shorter than two of them."""
        x_m, y_m = (
            max(min(margin_m, side_m / 2), min(side_m - min(margin_m, side_m / 2), value_m))
            for value_m, side_m in ((point.x_m, self.width_m), (point.y_m, self.height_m))
        )
        return Point(x_m, y_m)


def _checked(name: str, array: NDArray[np.generic], shape: tuple[int, ...]) -> FloatArray:
    values = np.array(array, np.float64)
    if values.shape != shape or not np.isfinite(values).all():
        raise ValueError(f"{name} must be a finite array of shape {shape}, got shape {values.shape}")
    values.flags.writeable = False
    return values


@dataclass(frozen=True, slots=True)
class RigidPose:
    """Rotation and shift: `target_from_source` maps x to `rotation @ x + translation_m`.

    Attributes:
        rotation: (3, 3) float64, orthonormal with determinant +1.
        translation_m: (3,) float64, the source origin in the target frame, metres.

    Raises:
        ValueError: the rotation is not a rotation.
    """

    rotation: FloatArray
    translation_m: FloatArray

    def __post_init__(self) -> None:
        rotation = _checked("rotation", self.rotation, (3, 3))
        if np.abs(rotation @ rotation.T - np.eye(3)).max() > 1e-4 or np.linalg.det(rotation) < 0:
            raise ValueError("rotation must be orthonormal with determinant +1; check for a mirrored axis")
        object.__setattr__(self, "rotation", rotation)
        object.__setattr__(self, "translation_m", _checked("translation_m", self.translation_m, (3,)))

    def apply(self, xyz_m: FloatArray) -> FloatArray:
        """Map (..., 3) source points to (..., 3) target points, metres."""
        return np.asarray(xyz_m @ self.rotation.T + self.translation_m)

    def inverse(self) -> RigidPose:
        return RigidPose(self.rotation.T, -self.rotation.T @ self.translation_m)

    def after(self, other: RigidPose) -> RigidPose:
        """`a_from_b.after(b_from_c)` is `a_from_c`."""
        return RigidPose(self.rotation @ other.rotation, self.apply(other.translation_m))


@dataclass(frozen=True, slots=True)
class PlaneMap:
    """A homography between two planes.

    Attributes:
        matrix: (3, 3) float64, invertible; maps homogeneous source points to target points.

    Raises:
        ValueError: the matrix has another shape or no inverse.
    """

    matrix: FloatArray

    def __post_init__(self) -> None:
        matrix = _checked("a plane map", self.matrix, (3, 3))
        if abs(np.linalg.det(matrix / np.abs(matrix).max())) < 1e-15:
            raise ValueError("a plane map needs an invertible matrix; four of its points may lie on a line")
        object.__setattr__(self, "matrix", matrix)

    def apply(self, xy: FloatArray) -> FloatArray:
        """Map (n, 2) source points to (n, 2) target points."""
        mapped = np.c_[xy, np.ones(len(xy))] @ self.matrix.T
        return np.asarray(mapped[:, :2] / mapped[:, 2:])

    def inverse(self) -> PlaneMap:
        return PlaneMap(np.asarray(np.linalg.inv(self.matrix), np.float64))

    def after(self, other: PlaneMap) -> PlaneMap:
        """`a_from_b.after(b_from_c)` is `a_from_c`."""
        return PlaneMap(self.matrix @ other.matrix)

    def surface_points(self, xy_px: FloatArray, height_m: FloatArray | float = 0.0) -> FloatArray:
        """Read picture points as points of the plane itself; a plane map knows no height.

        `xy_px` is (n, 2); returns (n, 2) metres when this map is a `surface_from_picture`.
        """
        return self.apply(xy_px)


@dataclass(frozen=True, slots=True)
class DenseMap:
    """A map given point by point, for uneven floors and lenses: `xy[row, column]` is the target point.

    Attributes:
        xy: (rows, columns, 2) float32, one target point for each source pixel centre.
    """

    xy: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.xy.ndim != 3 or self.xy.shape[2] != 2:
            raise ValueError(f"a dense map has shape (rows, columns, 2), got {self.xy.shape}")

    def apply(self, xy: FloatArray) -> FloatArray:
        """Map (n, 2) source points to (n, 2) target points, bilinear, held at the rim."""
        rows, columns = self.xy.shape[:2]
        x = np.clip(xy[:, 0], 0, columns - 1)
        y = np.clip(xy[:, 1], 0, rows - 1)
        left = np.minimum(x.astype(int), columns - 2)
        top = np.minimum(y.astype(int), rows - 2)
        along, down = (x - left)[:, None], (y - top)[:, None]
        upper = self.xy[top, left] * (1 - along) + self.xy[top, left + 1] * along
        lower = self.xy[top + 1, left] * (1 - along) + self.xy[top + 1, left + 1] * along
        return np.asarray(upper * (1 - down) + lower * down, np.float64)


class SurfaceView(Protocol):
    """What tells where on the surface a picture point is: a calibrated camera or a plain plane map."""

    def surface_points(self, xy_px: FloatArray, height_m: FloatArray | float = 0.0) -> FloatArray:
        """Map (n, 2) pixels, `height_m` above the surface, to (n, 2) metres; nan where none is met."""
        ...


@dataclass(frozen=True, slots=True)
class PinholeCamera:
    """A calibrated camera over a surface: pinhole with Brown-Conrady lens distortion.

    The lens model is OpenCV's (k1, k2, p1, p2, k3): D. C. Brown, "Close-range camera calibration",
    Photogrammetric Engineering 37 (1971).

    Attributes:
        matrix: (3, 3) float64 intrinsics, pixels.
        distortion: (5,) float64: k1, k2, p1, p2, k3.
        surface_from_camera: the camera's pose; the camera looks along its +z, +y is down.
    """

    matrix: FloatArray
    surface_from_camera: RigidPose
    distortion: FloatArray = field(default_factory=lambda: np.zeros(5))
    _camera_from_surface: RigidPose = field(init=False, repr=False, compare=False)
    _plane_from_px: FloatArray = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", _checked("camera matrix", self.matrix, (3, 3)))
        object.__setattr__(self, "distortion", _checked("distortion", self.distortion, (5,)))
        if self.matrix[0, 0] <= 0 or self.matrix[1, 1] <= 0:
            raise ValueError("a camera matrix has positive focal lengths at [0][0] and [1][1]")
        object.__setattr__(self, "_camera_from_surface", self.surface_from_camera.inverse())
        object.__setattr__(self, "_plane_from_px", np.linalg.inv(self.matrix[:2, :2]))

    def project(self, xyz_m: FloatArray) -> FloatArray:
        """Map (n, 3) points of the surface's frame to (n, 2) pixels; nan behind the camera."""
        seen = self._camera_from_surface.apply(xyz_m)
        ahead = np.where(seen[:, 2:] > 1e-6, seen[:, 2:], np.nan)
        bent = self._bend(seen[:, :2] / ahead)
        return np.asarray(bent @ self.matrix[:2, :2].T + self.matrix[:2, 2])

    def surface_points(self, xy_px: FloatArray, height_m: FloatArray | float = 0.0) -> FloatArray:
        """Cast (n, 2) pixels onto the plane `height_m` above the surface; (n, 2) metres, nan at the sky."""
        return self.met(self.rays(xy_px), height_m)

    def met(self, rays: FloatArray, height_m: FloatArray | float = 0.0) -> FloatArray:
        """Where (..., 3) rays meet the plane `height_m` above the surface; (..., 2) metres, else nan."""
        origin_m = self.surface_from_camera.translation_m
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = (height_m - origin_m[2]) / rays[..., 2]
        reach = np.where(np.isfinite(reach) & (reach > 0), reach, np.nan)
        return np.asarray(origin_m[:2] + rays[..., :2] * reach[..., None])

    def rays(self, xy_px: FloatArray) -> FloatArray:
        """Directions of (n, 2) pixels in the surface's frame, (n, 3), not normalised."""
        flat = (np.asarray(xy_px, np.float64) - self.matrix[:2, 2]) @ self._plane_from_px.T
        ahead = np.ones((len(flat), 3))
        ahead[:, :2] = self._straighten(flat)
        return np.asarray(ahead @ self.surface_from_camera.rotation.T)

    def _straighten(self, bent: FloatArray) -> FloatArray:
        """Undo `_bend` by Newton steps; nan where the lens model bends no ray to this point."""
        if not self.distortion.any():
            return bent
        straight = bent.copy()
        miss = self._bend(straight) - bent
        for _ in range(12):
            if not (np.abs(miss) > 1e-11).any():
                return straight
            a, b, d = self._bend_slope(straight)
            det = a * d - b * b
            # beyond its turning point the model folds back: keep to the inner branch
            det[det <= 0.05] = 1.0
            straight[:, 0] -= (d * miss[:, 0] - b * miss[:, 1]) / det
            straight[:, 1] -= (a * miss[:, 1] - b * miss[:, 0]) / det
            miss = self._bend(straight) - bent
        straight[np.abs(miss).max(axis=1) > 1e-7] = np.nan
        return straight

    def _bend(self, xy: FloatArray) -> FloatArray:
        k1, k2, p1, p2, k3 = self.distortion
        x, y = xy[:, 0], xy[:, 1]
        r2 = x * x + y * y
        radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3))
        bent = np.empty_like(xy)
        bent[:, 0] = x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x)
        bent[:, 1] = y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y
        return bent

    def _bend_slope(self, xy: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The Jacobian of `_bend`, which is symmetric: dx/dx, dx/dy and dy/dy, each (n,)."""
        k1, k2, p1, p2, k3 = self.distortion
        x, y = xy[:, 0], xy[:, 1]
        r2 = x * x + y * y
        radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3))
        slope = 2 * (k1 + r2 * (2 * k2 + 3 * r2 * k3))
        mixed = x * y * slope + 2 * p1 * x + 2 * p2 * y
        return (
            radial + x * x * slope + 2 * p1 * y + 6 * p2 * x,
            mixed,
            radial + y * y * slope + 6 * p1 * y + 2 * p2 * x,
        )
