"""Who can be on the floor at all: a picture on a wall stands nowhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Surface
from didim.people import Joint
from didim.pose._skeleton import Skeleton
from didim.rig import footing_of

ANKLES = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
ANKLE_HEIGHT_M, HIPS_HEIGHT_M = 0.09, 0.6
BESIDE_M = 1.2
SURE = 0.5
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

    def bears(self, skeleton: Skeleton) -> bool:
        """Whether a body could stand on the floor or near it, and is no larger than people are there.

        Only its size counts where its ankles are not seen for sure. A body in the air counts as well: a jump
        moves its ankles in the picture by less than they may be off.
        """
        ankles, hips = list(ANKLES), list(HIPS)
        if skeleton.scores[ankles].min() < SURE:
            place_m = self.view.surface_points(skeleton.points_px[hips].mean(axis=0)[None], HIPS_HEIGHT_M)[0]
            return not np.isfinite(place_m).all() or self._human(skeleton, place_m)
        places_m = self.view.surface_points(skeleton.points_px[ankles], ANKLE_HEIGHT_M)
        if not np.isfinite(places_m).all():
            return False
        size_m = np.array([self.surface.width_m, self.surface.height_m])
        beside = ((places_m >= -BESIDE_M) & (places_m <= size_m + BESIDE_M)).all(axis=1)
        return bool(beside.any()) and self._human(skeleton, places_m[beside].mean(axis=0))

    def _human(self, skeleton: Skeleton, place_m: FloatArray) -> bool:
        """Whether a body is no larger than a tall person there, upright or with arms spread."""
        x_m, y_m = place_m
        at_m = np.array([[x_m, y_m, 0.0], [x_m, y_m, MOST_M], [x_m + MOST_M, y_m, 0.0]])
        here_px, *far_px = self.view.project(at_m)
        most_px = max(float(np.hypot(*(far - here_px))) for far in far_px)
        return float(np.ptp(skeleton.points_px, axis=0).max()) <= most_px
