"""Where the feet are: joints of the foot, cast through the camera to the surface."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._body import SOLE, lifts

ANKLE_HEIGHT_M = 0.09
LIFT_DOUBTED_M, LIFT_BELIEVED_M = 0.15, 0.25
SURE = 0.3
SIDES = (
    (Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.LEFT_ANKLE),
    (Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX, Joint.RIGHT_ANKLE),
)


@dataclass(frozen=True, slots=True)
class FootSight:
    """One foot as one picture shows it.

    Attributes:
        place: (2,) middle of the sole, metres; nan where the camera does not see the surface.
        heading_rad: heel to toe; None where only the ankle was sure.
        lift_m: height above the lower foot.
        score: 0 to 1.
    """

    place: FloatArray
    heading_rad: float | None
    lift_m: float
    score: float

    @property
    def seen(self) -> bool:
        return self.score >= SURE and bool(np.isfinite(self.place).all())


def see_feet(view: SurfaceView, skeleton: Skeleton, body: FloatArray) -> tuple[FootSight, FootSight]:
    """Cast heels, toes and ankles of a skeleton; `body` is the same skeleton made `upright`.

    Heel and toe joints lie a little above the surface and are cast at that height; through the plain
    surface they would drift away from the camera by up to their height over the tangent of its tilt.
    """
    lift_m = lifts(body)
    # a lift within its noise is not believed: seen from a low camera it would push a standing foot about
    belief = (lift_m - LIFT_DOUBTED_M) / (LIFT_BELIEVED_M - LIFT_DOUBTED_M)
    raised_m = np.repeat(lift_m * np.clip(belief, 0.0, 1.0), 3)
    joints = [joint for side in SIDES for joint in side]
    rest_m = np.array([SOLE.get(joint, ANKLE_HEIGHT_M) for joint in joints])
    cast = view.surface_points(skeleton.points_px[joints], rest_m + raised_m).reshape(2, 3, 2)
    scores = skeleton.scores[joints].reshape(2, 3)
    left, right = (_sight(cast[side], scores[side], float(lift_m[side])) for side in (0, 1))
    return left, right


def _sight(cast: FloatArray, scores: FloatArray, lift_m: float) -> FootSight:
    heel, toe, ankle = cast
    sole_score, ankle_score = float(scores[:2].min()), float(scores[2])
    if sole_score < SURE <= ankle_score:
        return FootSight(ankle, None, lift_m, ankle_score)
    heading_rad = math.atan2(toe[1] - heel[1], toe[0] - heel[0])
    return FootSight((heel + toe) / 2, heading_rad, lift_m, sole_score)
