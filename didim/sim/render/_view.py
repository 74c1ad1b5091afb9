"""One array for the pose and lens of anything that sees or lights: what kernels take as `view`.

Layout: 0-8 rotation device_from_room by rows, 9-11 translation, 12-15 fx fy cx cy, 16-20 k1 k2 p1 p2 k3,
21 the largest squared radius of the undistorted picture up to which the lens model holds, 22-24 the
device's place in the room.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera, RigidPose
from didim.sim.render._jit import kernel, part

VIEW_SIZE = 25

Numbers = NDArray[np.floating[Any]]


def view_of(camera: PinholeCamera, scale: float = 1.0) -> FloatArray:
    """Pack a camera; `scale` 0.5 gives the view for a picture of half the size."""
    seen = camera.surface_from_camera.inverse()
    view = np.empty(VIEW_SIZE)
    view[:9] = seen.rotation.ravel()
    view[9:12] = seen.translation_m
    matrix = camera.matrix
    view[12], view[13] = scale * matrix[0, 0], scale * matrix[1, 1]
    view[14], view[15] = scale * (matrix[0, 2] + 0.5) - 0.5, scale * (matrix[1, 2] + 0.5) - 0.5
    view[16:21] = camera.distortion
    view[21] = _lens_limit(camera.distortion)
    view[22:25] = camera.surface_from_camera.translation_m
    return view


def spot_view(at_m: FloatArray, towards: FloatArray, fov_deg: float, size_px: int) -> FloatArray:
    """The view of a lamp's square shadow map."""
    ahead = towards / np.linalg.norm(towards)
    side = np.array([1.0, 0.0, 0.0]) if abs(ahead[0]) < 0.8 else np.array([0.0, 1.0, 0.0])
    right = np.cross(ahead, side)
    right = right / np.linalg.norm(right)
    pose = RigidPose(np.stack([right, np.cross(ahead, right), ahead], axis=1), at_m)
    focal_px = 0.5 * size_px / np.tan(0.5 * np.radians(fov_deg))
    middle_px = 0.5 * (size_px - 1)
    matrix = np.array([[focal_px, 0.0, middle_px], [0.0, focal_px, middle_px], [0.0, 0.0, 1.0]])
    return view_of(PinholeCamera(matrix, pose))


def _lens_limit(distortion: FloatArray) -> float:
    """Where the radial model stops growing outward; beyond it the picture folds back."""
    k1, k2, _, _, k3 = distortion
    radius2 = np.linspace(0.0, 16.0, 4001)
    slope = 1 + radius2 * (3 * k1 + radius2 * (5 * k2 + radius2 * 7 * k3))
    folded = np.flatnonzero(slope <= 0.02)
    return float(radius2[folded[0]]) if len(folded) else 16.0


@part
def bent(view: FloatArray, x: float, y: float) -> tuple[float, float]:
    """Brown-Conrady: straight to bent picture coordinates, focal length 1."""
    r2 = x * x + y * y
    radial = 1.0 + r2 * (view[16] + r2 * (view[17] + r2 * view[20]))
    return (
        x * radial + 2.0 * view[18] * x * y + view[19] * (r2 + 2.0 * x * x),
        y * radial + view[18] * (r2 + 2.0 * y * y) + 2.0 * view[19] * x * y,
    )


@part
def projected(view: FloatArray, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Room metres to pixels and depth; depth 0 where the device cannot see the point."""
    depth = view[6] * x + view[7] * y + view[8] * z + view[11]
    if depth < 0.05:
        return 0.0, 0.0, 0.0
    u = (view[0] * x + view[1] * y + view[2] * z + view[9]) / depth
    v = (view[3] * x + view[4] * y + view[5] * z + view[10]) / depth
    if u * u + v * v > view[21]:
        return 0.0, 0.0, 0.0
    u, v = bent(view, u, v)
    return view[12] * u + view[14], view[13] * v + view[15], depth


@part
def ray(view: FloatArray, u: float, v: float) -> tuple[float, float, float]:
    """The direction, of length 1, in which a pixel looks; (0, 0, 0) where the lens bends no ray to it."""
    goal_x, goal_y = (u - view[14]) / view[12], (v - view[15]) / view[13]
    x, y = goal_x, goal_y
    for _ in range(20):
        bent_x, bent_y = bent(view, x, y)
        if abs(bent_x - goal_x) + abs(bent_y - goal_y) < 1e-13:
            break
        r2 = x * x + y * y
        grow = 1.0 + r2 * (view[16] + r2 * (view[17] + r2 * view[20]))
        steep = r2 * (2.0 * view[16] + r2 * (4.0 * view[17] + r2 * 6.0 * view[20]))
        slope = grow + 0.5 * steep if grow + steep > 0.05 else 1.0
        x -= (bent_x - goal_x) / slope
        y -= (bent_y - goal_y) / slope
    bent_x, bent_y = bent(view, x, y)
    if abs(bent_x - goal_x) + abs(bent_y - goal_y) > 1e-6 or x * x + y * y > view[21]:
        return 0.0, 0.0, 0.0
    length = np.sqrt(x * x + y * y + 1.0)
    x, y, z = x / length, y / length, 1.0 / length
    return (
        view[0] * x + view[3] * y + view[6] * z,
        view[1] * x + view[4] * y + view[7] * z,
        view[2] * x + view[5] * y + view[8] * z,
    )


@kernel
def project_points(view: FloatArray, xyz_m: Numbers, out: Numbers) -> None:
    """Fill (n, 3) `out` with pixels and inverse depth of (n, 3) points; inverse depth 0 where unseen."""
    for i in range(xyz_m.shape[0]):
        u, v, depth = projected(view, xyz_m[i, 0], xyz_m[i, 1], xyz_m[i, 2])
        out[i, 0] = u
        out[i, 1] = v
        out[i, 2] = 1.0 / depth if depth > 0.0 else 0.0
