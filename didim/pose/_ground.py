"""Who can be on the floor at all: a picture on a wall stands nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Surface
from didim.people import Joint
from didim.pose._skeleton import Skeleton
from didim.rig import footing_of

ANKLES = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
ANKLE_HEIGHT_M, HIPS_HEIGHT_M = 0.09, 0.6
BESIDE_M = 1.2
SURE = 0.5
_ANKLES, _HIPS = list(ANKLES), list(HIPS)
MOST_M = 2.3  # of a body with its arms up or spread


def ground_of(view: PinholeCamera | PlaneMap, surface: Surface) -> Ground | None:
    """The floor that a calibrated camera sees; None where a plane map is all there is, or before a wall of
    which nobody knows how high it hangs.
    """
    footing = footing_of(view, surface)
    if footing is None or not isinstance(footing.view, PinholeCamera):
        return None
    return Ground(footing.view, footing.floor)


@dataclass(frozen=True, slots=True)
class Ground:
    """The floor as a calibrated camera sees it."""

    view: PinholeCamera
    surface: Surface

    def bears(self, skeletons: Sequence[Skeleton]) -> NDArray[np.bool_]:
        """Whether each body could stand on the floor or near it and is no larger than people are there, (n,).

        Only its size counts where its ankles are not seen for sure. A body in the air counts as well: a jump
        moves its ankles in the picture by less than they may be off.
        """
        if not skeletons:
            return np.zeros(0, np.bool_)
        points_px = np.stack([skeleton.points_px for skeleton in skeletons])
        sure = np.array([skeleton.scores[_ANKLES].min() >= SURE for skeleton in skeletons])
        hips_px = points_px[:, _HIPS].mean(axis=1, keepdims=True)
        asked_px = np.concatenate([points_px[:, _ANKLES], hips_px], axis=1)
        heights_m = np.tile([ANKLE_HEIGHT_M, ANKLE_HEIGHT_M, HIPS_HEIGHT_M], len(skeletons))
        places_m = self.view.surface_points(asked_px.reshape(-1, 2), heights_m).reshape(-1, 3, 2)
        ankles_m, hips_m = places_m[:, :2], places_m[:, 2]
        size_m = np.array([self.surface.width_m, self.surface.height_m])
        beside = np.asarray(((ankles_m >= -BESIDE_M) & (ankles_m <= size_m + BESIDE_M)).all(axis=2))
        stands = np.isfinite(ankles_m).all(axis=(1, 2)) & beside.any(axis=1)
        middle_m = (beside[..., None] * ankles_m).sum(axis=1) / np.maximum(beside.sum(axis=1), 1)[:, None]
        human = self._human(points_px, np.where(sure[:, None], middle_m, hips_m))
        return np.where(sure, stands & human, human | ~np.isfinite(hips_m).all(axis=1))

    def _human(self, points_px: FloatArray, places_m: FloatArray) -> NDArray[np.bool_]:
        """Whether (n, 33, 2) bodies are no larger than a tall person there, upright or with arms spread."""
        at_m = np.zeros((len(places_m), 3, 3))
        at_m[..., :2] = places_m[:, None]
        at_m[:, 1, 2] += MOST_M
        at_m[:, 2, 0] += MOST_M
        px = self.view.project(at_m.reshape(-1, 3)).reshape(-1, 3, 2)
        most_px = np.linalg.norm(px[:, 1:] - px[:, :1], axis=2).max(axis=1)
        return np.asarray(np.ptp(points_px, axis=1).max(axis=1) <= most_px)
