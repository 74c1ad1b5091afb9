"""The body over the surface: its joints upright in metres, standing where its feet stand."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, Point, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton

SOLE = {
    Joint.LEFT_HEEL: 0.03,
    Joint.LEFT_FOOT_INDEX: 0.02,
    Joint.RIGHT_HEEL: 0.03,
    Joint.RIGHT_FOOT_INDEX: 0.02,
}
"""How high the joints of a standing foot are above the surface, metres."""

_LEVEL_CAMERA = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])

_FRAME = [
    Joint[f"{side}_{part}"] for part in ("SHOULDER", "HIP", "KNEE", "ANKLE") for side in ("LEFT", "RIGHT")
] + [Joint.NOSE]
"""Joints that the size of a body is read from."""

_SURE = 0.5
LEAN, LEAN_BEYOND_M = 0.4, 0.3
SIZE_LEAST, SIZE_MOST = 0.3, 1.6


def upright(view: SurfaceView, skeleton: Skeleton) -> FloatArray:
    """The joints about the middle of the hips in the surface's axes, (33, 3) metres; nan without depth.

    A plane map does not know how its camera stands: a level one that looks along +y is taken.
    """
    surface_from_camera = (
        view.surface_from_camera.rotation if isinstance(view, PinholeCamera) else _LEVEL_CAMERA
    )
    return np.asarray(skeleton.points_m @ surface_from_camera.T)


def size_at(view: SurfaceView, skeleton: Skeleton, middle: FloatArray) -> float:
    """How large the body is that stands there, as a multiple of what the engine takes it for.

    An engine cannot tell a child from an adult farther off; the calibrated floor can: the joints' distances
    in the picture, at the distance of the feet, against the engine's metres. nan where that cannot be told.

    Args:
        middle: (2,) where its feet stand, metres.
    """
    if not isinstance(view, PinholeCamera):
        return float("nan")
    weights = np.where(skeleton.scores[_FRAME] > _SURE, skeleton.scores[_FRAME], 0.0)
    flat_m = skeleton.points_m[_FRAME, :2]
    if np.count_nonzero(weights) < 4 or not (np.isfinite(middle).all() and np.isfinite(flat_m).all()):
        return float("nan")
    weights = weights[:, None] / weights.sum()
    flat_m = flat_m - (weights * flat_m).sum(axis=0)
    flat_px = skeleton.points_px[_FRAME] - (weights * skeleton.points_px[_FRAME]).sum(axis=0)
    px_a_m = (weights * flat_m * flat_px).sum() / max(float((weights * flat_m**2).sum()), 1e-9)
    pose = view.surface_from_camera
    hips = np.array([*middle, 0.5]) - pose.translation_m
    size = px_a_m * float(hips @ pose.rotation[:, 2]) / float(view.matrix[0, 0])
    return float(np.clip(size, SIZE_LEAST, SIZE_MOST))


def lifts(body: FloatArray) -> FloatArray:
    """How high the left and right foot are above the lower of both, (2,) metres; 0 without depth.

    An engine is unsure how far a body leans, and a lean lifts one of two feet that are far apart: so much is
    taken off.
    """
    over_sole = np.array([body[joint, 2] - height_m for joint, height_m in SOLE.items()])
    lowest = over_sole.reshape(2, 2).min(axis=1)
    places = body[list(SOLE), :2].reshape(2, 2, 2).mean(axis=1)
    stride_m = math.hypot(*(places[0] - places[1]).tolist())
    doubt_m = LEAN * max(stride_m - LEAN_BEYOND_M, 0.0)
    return np.asarray(np.maximum(np.nan_to_num(lowest - lowest.min() - doubt_m), 0.0))


def place_joints(view: SurfaceView, skeleton: Skeleton, body: FloatArray, feet: Point) -> FloatArray:
    """Stand an upright body on the surface with the middle of its soles at `feet`: (33, 3) metres.

    Each joint is moved to the nearest point of its own line of sight: the body says how deep it is, the
    picture where. No joint lies below the surface. One without depth is placed at the feet.
    """
    soles = body[list(SOLE)]
    ground_m = (soles[:, 2] - list(SOLE.values())).min()
    placed = body - [*soles[:, :2].mean(axis=0), ground_m] + [feet.x_m, feet.y_m, 0.0]
    if isinstance(view, PinholeCamera):
        placed = _onto_sight(view, skeleton.points_px, placed)
    placed[:, 2] = np.maximum(placed[:, 2], 0.0)
    placed[~np.isfinite(placed).all(axis=1)] = (feet.x_m, feet.y_m, 0.0)
    return np.asarray(placed)


def _onto_sight(view: PinholeCamera, points_px: FloatArray, placed: FloatArray) -> FloatArray:
    """The nearest points on the lines of sight; a joint whose line the lens does not know stays."""
    origin_m, rays = view.surface_from_camera.translation_m, view.rays(points_px)
    reach = ((placed - origin_m) * rays).sum(axis=1) / (rays * rays).sum(axis=1)
    seen = origin_m + rays * reach[:, None]
    return np.where(np.isfinite(seen).all(axis=1, keepdims=True), seen, placed)
