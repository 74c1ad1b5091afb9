"""Where the feet are: joints of the foot, cast through the camera to the surface."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray
from didim.pose import Skeleton
from didim.track._body import SOLE, lifts
from didim.track._lines import FEET, Lines

ANKLE_HEIGHT_M = 0.09
LIFT_DOUBTED_M, LIFT_BELIEVED_M = 0.15, 0.25
SURE = 0.3
UPRIGHT_LEAST = 0.3
"""From steeper above, what is upright is taken to be seen at this share of its length."""
REST_M = np.array([SOLE.get(joint, ANKLE_HEIGHT_M) for joint in FEET])
_FEET = list(FEET)


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
        return -float(self.sole_px[0, 1] + self.sole_px[1, 1]) / 2 * self.m_a_px

    @property
    def height_m(self) -> float:
        """The same, of what goes straight up."""
        return self.up_m / max(self.upright, UPRIGHT_LEAST)

    @property
    def seen(self) -> bool:
        return self.score >= SURE and all(map(math.isfinite, self.place.tolist()))


def see_feet(lines: Lines, skeleton: Skeleton, body: FloatArray) -> tuple[FootSight, FootSight]:
    """Cast heels, toes and ankles of a skeleton; `body` is the same skeleton made `upright`.

    Heel and toe joints lie a little above the surface and are cast at that height; through the plain
    surface they would drift away from the camera by up to their height over the tangent of its tilt.
    """
    lifts_m = lifts(body).tolist()
    raised_m = [lift_m * _belief(lift_m) for lift_m in lifts_m]
    places = lines.feet_at(REST_M + np.repeat(raised_m, 3))
    pixels_m = (places[1:] - places[0]).reshape(2, 2, 3, 2)
    m_a_px, deep_m_a_px = np.hypot(pixels_m[..., 0], pixels_m[..., 1]).mean(axis=2).tolist()
    cast, points_px = places[0].reshape(2, 3, 2), skeleton.points_px[_FEET].reshape(2, 3, 2)
    scores = skeleton.scores[_FEET].reshape(2, 3).tolist()
    left, right = (
        _sight(
            cast[side],
            scores[side],
            lifts_m[side],
            (points_px[side], m_a_px[side], _upright(m_a_px[side], deep_m_a_px[side])),
        )
        for side in (0, 1)
    )
    return left, right


def _belief(lift_m: float) -> float:
    """How far a lift is believed; within its noise not at all: it would push a standing foot about."""
    return min(max((lift_m - LIFT_DOUBTED_M) / (LIFT_BELIEVED_M - LIFT_DOUBTED_M), 0.0), 1.0)


def _upright(m_a_px: float, deep_m_a_px: float) -> float:
    """A camera at the elevation e shortens the floor by sin e and what stands on it by cos e."""
    return math.sqrt(min(max(1.0 - (m_a_px / max(deep_m_a_px, 1e-9)) ** 2, 0.0), 1.0))


def _sight(
    cast: FloatArray, scores: list[float], lift_m: float, pictured: tuple[FloatArray, float, float]
) -> FootSight:
    heel_score, toe_score, ankle_score = scores
    sole_score = min(heel_score, toe_score)
    points_px, *scale = pictured
    if sole_score < SURE <= ankle_score:
        return FootSight(cast[2], None, lift_m, ankle_score, points_px[[2, 2]], *scale)
    along_x_m, along_y_m = (cast[1] - cast[0]).tolist()
    heading_rad = math.atan2(along_y_m, along_x_m)
    return FootSight((cast[0] + cast[1]) / 2, heading_rad, lift_m, sole_score, points_px[:2], *scale)
