"""The body over the surface: its joints upright in metres, standing where its feet stand."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, Point, SurfaceView
from didim.people import Joint, JointPlace
from didim.pose import Skeleton

SOLE = {
    Joint.LEFT_HEEL: 0.03,
    Joint.LEFT_FOOT_INDEX: 0.02,
    Joint.RIGHT_HEEL: 0.03,
    Joint.RIGHT_FOOT_INDEX: 0.02,
}
"""How high the joints of a standing foot are above the surface, metres."""

_LEVEL_CAMERA = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])


def upright(view: SurfaceView, skeleton: Skeleton) -> FloatArray:
    """The joints about the middle of the hips in the surface's axes, (33, 3) metres; nan without depth.

    A plane map does not know how its camera stands: a level one that looks along +y is taken.
    """
    surface_from_camera = (
        view.surface_from_camera.rotation if isinstance(view, PinholeCamera) else _LEVEL_CAMERA
    )
    return np.asarray(skeleton.points_m @ surface_from_camera.T)


def lifts(body: FloatArray) -> FloatArray:
    """How high the left and right foot are above the lower of both, (2,) metres; 0 without depth."""
    over_sole = np.array([body[joint, 2] - height_m for joint, height_m in SOLE.items()])
    lowest = over_sole.reshape(2, 2).min(axis=1)
    return np.asarray(np.nan_to_num(lowest - lowest.min()))


def joint_places(body: FloatArray, scores: FloatArray, feet: Point) -> tuple[JointPlace, ...]:
    """Stand an upright body on the surface with the middle of its soles at `feet`.

    No joint lies below the surface. A joint without depth is placed at the feet with score 0.
    """
    soles = body[list(SOLE)]
    ground_m = (soles[:, 2] - list(SOLE.values())).min()
    placed = body - [*soles[:, :2].mean(axis=0), ground_m] + [feet.x_m, feet.y_m, 0.0]
    placed[:, 2] = np.maximum(placed[:, 2], 0.0)
    known = np.isfinite(placed).all(axis=1)
    placed[~known] = (feet.x_m, feet.y_m, 0.0)
    sure = np.where(known, scores, 0.0)
    return tuple(JointPlace(*row) for row in np.c_[placed, sure].tolist())
