"""Lines of sight: what the camera's lens makes of a body's joints, worked out for all bodies at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, SurfaceView
from didim.people import JOINT_COUNT, Joint
from didim.pose import Skeleton

FEET = (
    *(Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.LEFT_ANKLE),
    *(Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX, Joint.RIGHT_ANKLE),
)
RIGHT_PX, DOWN_PX = np.array([1.0, 0.0]), np.array([0.0, 1.0])
_FEET = list(FEET)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of sight to one body.

    Attributes:
        view: that sees it.
        joints: (33, 3) to its joints, as `PinholeCamera.rays` has them; (33, 2) places by a plane map.
        feet: (3, 6, 3), or (3, 6, 2), to the joints of `FEET`, and to one pixel right of and below each.
    """

    view: SurfaceView
    joints: FloatArray
    feet: FloatArray

    def feet_at(self, height_m: FloatArray) -> FloatArray:
        """Where the lines to the feet are (6,) metres over the surface; (3, 6, 2) metres."""
        return self.view.met(self.feet, height_m) if isinstance(self.view, PinholeCamera) else self.feet


def lines_to(view: SurfaceView, skeletons: Sequence[Skeleton]) -> list[Lines]:
    """The lines of sight to each body of a picture."""
    if not skeletons:
        return []
    points_px = np.stack([skeleton.points_px for skeleton in skeletons])
    feet_px = points_px[:, _FEET]
    asked_px = np.concatenate([points_px, feet_px + RIGHT_PX, feet_px + DOWN_PX], axis=1)
    cast = view.rays if isinstance(view, PinholeCamera) else view.surface_points
    lines = cast(asked_px.reshape(-1, 2)).reshape(len(skeletons), asked_px.shape[1], -1)
    feet = np.stack([lines[:, _FEET], *np.split(lines[:, JOINT_COUNT:], 2, axis=1)], axis=1)
    return [Lines(view, *each) for each in zip(lines[:, :JOINT_COUNT], feet, strict=True)]
