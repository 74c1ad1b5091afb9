"""Fifteen rigid bones through the 33 joints, and a chair under them: what a skin hangs on."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from didim.geometry import FloatArray, Point
from didim.people import Joint
from didim.sim._body import Body
from didim.sim._feet import FootTrack, Side, Stance
from didim.sim._figure import Arm, Trunk, joints_m


class Bone(IntEnum):
    """A rigid piece of a body; left comes before right."""

    PELVIS = 0
    CHEST = 1
    HEAD = 2
    LEFT_UPPER_ARM = 3
    RIGHT_UPPER_ARM = 4
    LEFT_FOREARM = 5
    RIGHT_FOREARM = 6
    LEFT_HAND = 7
    RIGHT_HAND = 8
    LEFT_THIGH = 9
    RIGHT_THIGH = 10
    LEFT_SHANK = 11
    RIGHT_SHANK = 12
    LEFT_FOOT = 13
    RIGHT_FOOT = 14
    CHAIR = 15
    """On the floor under the hips, upright, and facing as they do: no part of a body."""


BONE_COUNT = len(Bone)
_MIDDLES = (Joint.LEFT_HIP, Joint.LEFT_SHOULDER, Joint.LEFT_EAR)
_LEG = (Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.LEFT_ANKLE, Joint.LEFT_KNEE, Joint.LEFT_HIP)
_ARM = (
    *(Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    *(Joint.LEFT_PINKY, Joint.LEFT_INDEX, Joint.LEFT_THUMB),
)
_UP = np.array([[0.0, 0.0, 1.0]])
_YZX, _ZXY = [1, 2, 0], [2, 0, 1]

_REST_ARM = Arm(flexion=0.0, abduction=0.8, turn=0.0, elbow=0.12)


def rest_joints_m(body: Body) -> FloatArray:
    """The body at rest for meshing, (33, 3): at the origin, facing +x, arms held off, legs a little apart."""
    feet = {}
    for side in Side:
        place = Point(0.5 * body.foot_m - body.ankle_ahead_m, side * 1.25 * body.hip_half_m)
        stance = Stance(side, place, 0.0, 0.0, 0.0)
        feet[side] = FootTrack(body, stance).planted(stance, 0.0)
    upright = np.eye(3)
    trunk = Trunk(np.array([0.0, 0.0, body.stand_m]), upright, upright, upright)
    return joints_m(body, trunk, feet, dict.fromkeys(Side, _REST_ARM), {})


def bone_frames(joints: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Each bone's axes and origin in a pose: (16, 3, 3) with columns ahead, left, up, and (16, 3) metres.

    The way a frame is laid is the same in every pose, so that frames of two poses give a bone's motion.
    Up runs along each bone exactly, left as near as can be to a hinge that the joints around give.
    """
    hips, neck, ears = (0.5 * (joints[left] + joints[left + 1]) for left in _MIDDLES)
    heel, toe, ankle, knee, hip = (joints[left : left + 2] for left in _LEG)
    shoulder, elbow, wrist, pinky, index, thumb = (joints[left : left + 2] for left in _ARM)
    trunk_up = np.stack(
        [neck - hips, neck - hips, _cross(joints[Joint.NOSE] - ears, _breadth(joints, Joint.LEFT_EAR))]
    )
    trunk_left = np.stack([_breadth(joints, left) for left in _MIDDLES])
    foot_left = _unit(_cross(ankle - heel, toe - heel))
    back = wrist - 0.5 * (index + pinky)
    up = np.concatenate([trunk_up, elbow - wrist, back, _cross(toe - heel, foot_left), _UP])
    left = np.concatenate(
        [
            trunk_left,
            _cross(elbow - wrist, thumb - wrist),
            _cross(back, index - pinky),
            foot_left,
            trunk_left[:1],
        ]
    )
    trunk_hands_feet = _frames(up, left)
    pelvis, chest = trunk_hands_feet[0], trunk_hands_feet[1]
    upper_arm = _frames(shoulder - elbow, _swung(chest, shoulder - elbow))
    thigh = _frames(hip - knee, 0.75 * pelvis[:, 1] + 0.25 * foot_left)
    shank = _frames(knee - ankle, thigh[:, :, 1] + foot_left)
    parts = (trunk_hands_feet[:3], upper_arm, trunk_hands_feet[3:7], thigh, shank, trunk_hands_feet[7:])
    below = hips * (1.0, 1.0, 0.0)
    origins = np.concatenate([[hips, neck, ears], shoulder, elbow, wrist, hip, knee, ankle, [below]])
    return np.concatenate(parts), origins


def _breadth(joints: FloatArray, left: int) -> FloatArray:
    return np.asarray(joints[left] - joints[left + 1])


def _cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cross products of (..., 3); numpy's own takes ten times as long for a few."""
    return np.asarray(a[..., _YZX] * b[..., _ZXY] - a[..., _ZXY] * b[..., _YZX])


def _unit(a: FloatArray) -> FloatArray:
    return np.asarray(a / np.maximum(np.sqrt((a * a).sum(axis=-1, keepdims=True)), 1e-9))


def _frames(up: FloatArray, left: FloatArray) -> FloatArray:
    """(n, 3, 3) frames with up along `up` and left towards `left`, each (n, 3)."""
    up = _unit(up)
    left = _unit(left - up * (left * up).sum(axis=1, keepdims=True))
    return np.stack([_cross(left, up), left, up], axis=2)


def _swung(frame: FloatArray, up: FloatArray) -> FloatArray:
    """The left axis of one frame swung without twist until its up axis is each of `up`, (n, 3)."""
    up = _unit(up)
    turn = _cross(np.broadcast_to(frame[:, 2], up.shape), up)
    once = _cross(turn, np.broadcast_to(frame[:, 1], up.shape))
    # an arm straight overhead has no one way to swing: any will do
    rest = np.maximum(1.0 + up @ frame[:, 2], 1e-4)[:, None]
    return np.asarray(frame[:, 1] + once + _cross(turn, once) / rest)
