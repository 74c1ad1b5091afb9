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
UPRIGHT_LEAST = 0.3
"""From steeper above, what is upright is taken to be seen at this share of its length."""
RIGHT_PX, DOWN_PX = np.array([1.0, 0.0]), np.array([0.0, 1.0])
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
        sole_px: (2, 2) heel and toe in the picture; twice the ankle where only that was sure.
        m_a_px: how long a pixel is across the picture, at the foot, metres.
        upright: how long a metre straight up looks there, in metres across the picture: 1 seen level, 0 from
            above.
    """

    place: FloatArray
    heading_rad: float | None
    lift_m: float
    score: float
    sole_px: FloatArray
    m_a_px: float
    upright: float

    @property
    def up_m(self) -> float:
        """How high the sole is in the picture, from a level of its own."""
        return -float(self.sole_px[:, 1].mean()) * self.m_a_px

    @property
    def height_m(self) -> float:
        """The same, of what goes straight up."""
        return self.up_m / max(self.upright, UPRIGHT_LEAST)

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
    points_px = skeleton.points_px[joints]
    around_px = np.concatenate([points_px, points_px + RIGHT_PX, points_px + DOWN_PX])
    cast, aside, below = view.surface_points(around_px, np.tile(rest_m + raised_m, 3)).reshape(3, 6, 2)
    m_a_px, deep_m_a_px = (np.hypot(*(each - cast).T).reshape(2, 3).mean(axis=1) for each in (aside, below))
    # a camera at the elevation e shortens the floor by sin e and what stands on it by cos e
    upright = np.sqrt(np.clip(1.0 - (m_a_px / deep_m_a_px) ** 2, 0.0, 1.0))
    cast, points_px = cast.reshape(2, 3, 2), points_px.reshape(2, 3, 2)
    scores = skeleton.scores[joints].reshape(2, 3)
    left, right = (
        _sight(
            cast[side],
            scores[side],
            float(lift_m[side]),
            (points_px[side], float(m_a_px[side]), float(upright[side])),
        )
        for side in (0, 1)
    )
    return left, right


def _sight(
    cast: FloatArray, scores: FloatArray, lift_m: float, pictured: tuple[FloatArray, float, float]
) -> FootSight:
    heel, toe, ankle = cast
    sole_score, ankle_score = float(scores[:2].min()), float(scores[2])
    points_px, *scale = pictured
    if sole_score < SURE <= ankle_score:
        return FootSight(ankle, None, lift_m, ankle_score, points_px[[2, 2]], *scale)
    heading_rad = math.atan2(toe[1] - heel[1], toe[0] - heel[0])
    return FootSight((heel + toe) / 2, heading_rad, lift_m, sole_score, points_px[:2], *scale)
