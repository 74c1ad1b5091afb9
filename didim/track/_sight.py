"""One skeleton read as a person on the surface."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray, Point, SurfaceView
from didim.pose import Skeleton
from didim.track._body import place_joints, size_at, upright
from didim.track._feet import LIFT_DOUBTED_M, FootSight, see_feet
from didim.track._plane import flat_joints


class Sight:
    """One skeleton read as a person on the surface.

    Attributes:
        size: the body as a multiple of what the engine takes it for; nan where that cannot be told.
        body: (33, 3) the joints about the hips in the surface's axes, metres, in its true size.
        feet: left and right.
        middle: (2,) between the feet that are seen, metres; nan where none is.
    """

    def __init__(self, view: SurfaceView, skeleton: Skeleton) -> None:
        self.skeleton, self._view = skeleton, view
        guessed = upright(view, skeleton)
        self.feet = see_feet(view, skeleton, guessed)
        self.size = size_at(view, skeleton, _middle(self.feet))
        self.body = guessed * (self.size if np.isfinite(self.size) else 1.0)
        if max(foot.lift_m for foot in self.feet) > LIFT_DOUBTED_M:  # less moves no foot
            self.feet = see_feet(view, skeleton, self.body)
        self.middle = _middle(self.feet)

    def joints_m(self) -> FloatArray:
        """The joints over the surface, (33, 3) metres."""
        placed = place_joints(self._view, self.skeleton, self.body, Point(*self.middle.tolist()))
        flat_m = flat_joints(self._view, self.skeleton, self.middle)
        return np.where(np.isfinite(flat_m).all(axis=1, keepdims=True), flat_m, placed)

    def joint_scores(self) -> FloatArray:
        """(33,); 0 for a joint without depth that the camera alone cannot place."""
        flat_m = flat_joints(self._view, self.skeleton, self.middle)
        placed = np.isfinite(self.body).all(axis=1) | np.isfinite(flat_m).all(axis=1)
        return np.where(placed, self.skeleton.scores, 0.0)


def _middle(feet: tuple[FootSight, FootSight]) -> FloatArray:
    seen = [foot.place for foot in feet if foot.seen]
    return np.asarray(np.mean(seen, axis=0)) if seen else np.full(2, np.nan)
