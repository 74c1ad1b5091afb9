"""The body over the surface: its joints upright in metres, standing where its feet stand."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._lines import Lines

SOLE = {
    Joint.LEFT_HEEL: 0.03,
    Joint.LEFT_FOOT_INDEX: 0.02,
    Joint.RIGHT_HEEL: 0.03,
    Joint.RIGHT_FOOT_INDEX: 0.02,
}
"""How high the joints of a standing foot are above the surface, metres."""

_SOLE, _SOLE_M = list(SOLE), np.array(list(SOLE.values()))

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
        return math.nan
    scores = skeleton.scores[_FRAME]
    weights = np.where(scores > _SURE, scores, 0.0)
    flat = np.concatenate([skeleton.points_m[_FRAME, :2], skeleton.points_px[_FRAME]], axis=1)
    if np.count_nonzero(weights) < 4 or not (np.isfinite(middle).all() and np.isfinite(flat).all()):
        return math.nan
    weights = weights / weights.sum()
    flat = flat - weights @ flat
    flat_m, flat_px = flat[:, :2], flat[:, 2:]
    along, length = weights @ (flat_m * flat_px).sum(axis=1), weights @ (flat_m * flat_m).sum(axis=1)
    px_a_m = float(along) / max(float(length), 1e-9)
    pose = view.surface_from_camera
    hips = np.array([*middle, 0.5]) - pose.translation_m
    size = px_a_m * float(hips @ pose.rotation[:, 2]) / float(view.matrix[0, 0])
    return min(max(size, SIZE_LEAST), SIZE_MOST)


def lifts(body: FloatArray) -> FloatArray:
    """How high the left and right foot are above the lower of both, (2,) metres; 0 without depth.

    An engine is unsure how far a body leans, and a lean lifts one of two feet that are far apart: so much is
    taken off.
    """
    soles = body[_SOLE]
    if not np.isfinite(soles).all():
        return np.zeros(2)
    lowest_m = (soles[:, 2] - _SOLE_M).reshape(2, 2).min(axis=1)
    left, right = soles[:, :2].reshape(2, 2, 2).mean(axis=1)
    doubt_m = LEAN * max(math.dist(left, right) - LEAN_BEYOND_M, 0.0)
    return np.asarray(np.maximum(lowest_m - lowest_m.min() - doubt_m, 0.0))


def place_joints(lines: Lines, body: FloatArray, feet: FloatArray) -> FloatArray:
    """Stand an upright body on the surface with the middle of its soles at `feet`: (33, 3) metres.

    Each joint is moved to the nearest point of its own line of sight: the body says how deep it is, the
    picture where. No joint lies below the surface. One without depth is placed at the feet.

    Args:
        feet: (2,) metres.
    """
    soles = body[_SOLE]
    placed = body - np.append(soles[:, :2].mean(axis=0) - feet, (soles[:, 2] - _SOLE_M).min())
    if isinstance(lines.view, PinholeCamera):
        placed = _onto_sight(lines.view.surface_from_camera.translation_m, lines.joints, placed)
    placed[:, 2] = np.maximum(placed[:, 2], 0.0)
    placed[~np.isfinite(placed).all(axis=1)] = (*feet, 0.0)
    return np.asarray(placed)


def _onto_sight(origin_m: FloatArray, rays: FloatArray, placed: FloatArray) -> FloatArray:
    """The nearest points on the lines of sight; a joint whose line the lens does not know stays."""
    reach = ((placed - origin_m) * rays).sum(axis=1) / (rays * rays).sum(axis=1)
    seen = origin_m + rays * reach[:, None]
    return np.where(np.isfinite(seen).all(axis=1, keepdims=True), seen, placed)
