"""The angles of a body: how joints are bent and how the trunk leans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.people import Joint, JointPlace

_UNKNOWN = 0.0


@dataclass(frozen=True, slots=True)
class Angles:
    """Degrees; a joint that is not seen reads nan.

    Attributes:
        left_elbow, right_elbow, left_knee, right_knee: 180 stretched, less when bent.
        left_shoulder, right_shoulder: between upper arm and trunk; 0 hangs, 90 level, 180 straight up.
        left_hip, right_hip: between thigh and trunk; 180 stands, 90 sits.
        lean: of the trunk from upright, whichever way.
    """

    left_elbow: float
    right_elbow: float
    left_shoulder: float
    right_shoulder: float
    left_hip: float
    right_hip: float
    left_knee: float
    right_knee: float
    lean: float


def angles(joints: Sequence[JointPlace]) -> Angles:
    """Read the angles off one place for each `Joint`, as `Player.joints` holds them."""

    def between(a: Joint, corner: Joint, b: Joint) -> float:
        return _between_deg(joints[a], joints[corner], joints[b])

    return Angles(
        left_elbow=between(Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
        right_elbow=between(Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
        left_shoulder=between(Joint.LEFT_HIP, Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW),
        right_shoulder=between(Joint.RIGHT_HIP, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW),
        left_hip=between(Joint.LEFT_SHOULDER, Joint.LEFT_HIP, Joint.LEFT_KNEE),
        right_hip=between(Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_KNEE),
        left_knee=between(Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
        right_knee=between(Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
        lean=_lean_deg(joints),
    )


def heading_rad(joints: Sequence[JointPlace]) -> float:
    """Where hips and shoulders face; 0 along +x, counter-clockwise."""
    x_m = y_m = 0.0
    for left, right in ((Joint.LEFT_HIP, Joint.RIGHT_HIP), (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)):
        x_m += joints[left].x_m - joints[right].x_m
        y_m += joints[left].y_m - joints[right].y_m
    return math.atan2(-x_m, y_m)


def _between_deg(a: JointPlace, corner: JointPlace, b: JointPlace) -> float:
    if min(a.score, corner.score, b.score) <= _UNKNOWN:
        return math.nan
    one = [p - q for p, q in zip(a[:3], corner[:3], strict=True)]
    other = [p - q for p, q in zip(b[:3], corner[:3], strict=True)]
    lengths = math.hypot(*one) * math.hypot(*other)
    if lengths < 1e-9:
        return math.nan
    cosine = sum(p * q for p, q in zip(one, other, strict=True)) / lengths
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))


def _lean_deg(joints: Sequence[JointPlace]) -> float:
    hips, shoulders = (
        [joints[Joint[f"LEFT_{part}"]], joints[Joint[f"RIGHT_{part}"]]] for part in ("HIP", "SHOULDER")
    )
    if min(joint.score for joint in (*hips, *shoulders)) <= _UNKNOWN:
        return math.nan
    along = [sum(joint[k] for joint in shoulders) - sum(joint[k] for joint in hips) for k in range(3)]
    return math.degrees(math.atan2(math.hypot(along[0], along[1]), along[2]))
