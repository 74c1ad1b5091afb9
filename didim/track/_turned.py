"""Bodies seen from behind that an engine takes for bodies seen from the front."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton

OTHER_SIDE = [
    Joint[joint.name.replace("LEFT", "side").replace("RIGHT", "LEFT").replace("side", "RIGHT")]
    for joint in Joint
]
"""Each joint's counterpart on the other side of the body."""

_LEFT = [Joint.LEFT_SHOULDER, Joint.LEFT_HIP]
_RIGHT = [Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP]


def facing(body: FloatArray) -> FloatArray:
    """Where a (33, 3) body's hips and shoulders face along the floor, (2,) of length 1; nan without depth."""
    across = (body[_LEFT, :2] - body[_RIGHT, :2]).sum(axis=0)
    ahead = np.array([across[1], -across[0]])
    return np.asarray(ahead / max(float(np.linalg.norm(ahead)), 1e-9))


def turned(view: SurfaceView, skeleton: Skeleton, middle: FloatArray) -> Skeleton:
    """The other body that looks the same: left and right change places, and so do near and far.

    An outline does not tell front from back: what is known of its depth is mirrored along the floor.

    Args:
        middle: (2,) where the body stands, metres.
    """
    points_m = skeleton.points_m[OTHER_SIDE]
    if isinstance(view, PinholeCamera):
        away = middle - view.surface_from_camera.translation_m[:2]
        away = np.append(away / max(float(np.linalg.norm(away)), 1e-9), 0.0)
        away_in_camera = view.surface_from_camera.rotation.T @ away
        points_m = points_m - 2.0 * np.outer(points_m @ away_in_camera, away_in_camera)
    return Skeleton(skeleton.points_px[OTHER_SIDE], skeleton.scores[OTHER_SIDE], points_m, skeleton.score)
