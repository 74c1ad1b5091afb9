"""From hips, feet and arm angles to the 33 joints of a body, all bones at their length."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray
from didim.people import JOINT_COUNT, Joint
from didim.sim._body import Body
from didim.sim._feet import FootPose, Side, soft_min

# Shares of the head's height, ahead / left / up of its middle, for the left side of a face.
_FACE: dict[Joint, tuple[float, float, float]] = {
    Joint.NOSE: (0.50, 0.00, -0.13),
    Joint.LEFT_EYE_INNER: (0.37, 0.07, 0.03),
    Joint.LEFT_EYE: (0.36, 0.14, 0.03),
    Joint.LEFT_EYE_OUTER: (0.33, 0.20, 0.03),
    Joint.LEFT_EAR: (0.00, 0.34, -0.02),
    Joint.MOUTH_LEFT: (0.40, 0.11, -0.28),
}
_FACE_RIGHT = {
    Joint.LEFT_EYE_INNER: Joint.RIGHT_EYE_INNER,
    Joint.LEFT_EYE: Joint.RIGHT_EYE,
    Joint.LEFT_EYE_OUTER: Joint.RIGHT_EYE_OUTER,
    Joint.LEFT_EAR: Joint.RIGHT_EAR,
    Joint.MOUTH_LEFT: Joint.MOUTH_RIGHT,
}
# Shares of the hand's length along the hand, towards the thumb's edge, for pinky, index and thumb.
_HAND = ((0.80, -0.28), (0.85, 0.20), (0.50, 0.42))
_HAND_JOINTS = {
    Side.LEFT: (Joint.LEFT_PINKY, Joint.LEFT_INDEX, Joint.LEFT_THUMB),
    Side.RIGHT: (Joint.RIGHT_PINKY, Joint.RIGHT_INDEX, Joint.RIGHT_THUMB),
}
_PALM = 0.010
"""How high, in shares of stature, the joints of a hand are that lies on the floor."""
_LOW = 0.030
"""How high, in shares of stature, knees, elbows and wrists are that lie on the floor."""
_STRETCH = 0.9985
"""Share of its length up to which a leg is stretched; a straight knee would snap."""


@dataclass(frozen=True, slots=True)
class Arm:
    """Joint angles of one arm, radians; all 0 hangs straight down, palm to the thigh.

    Attributes:
        flexion: upper arm forward; abduction: away from the side; turn: about its own length, the bent
            forearm then going outward; elbow: bend.
    """

    flexion: float = 0.08
    abduction: float = 0.14
    turn: float = 0.0
    elbow: float = 0.28

    def mixed(self, other: Arm, share: float) -> Arm:
        """This arm at `share` 0, the other at 1."""
        return Arm(
            self.flexion + (other.flexion - self.flexion) * share,
            self.abduction + (other.abduction - self.abduction) * share,
            self.turn + (other.turn - self.turn) * share,
            self.elbow + (other.elbow - self.elbow) * share,
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """A wrist drawn to a point, (3,) metres, as far as the arm allows; `share` 0 not at all, 1 wholly."""

    target_m: FloatArray
    share: float


@dataclass(frozen=True, slots=True)
class Trunk:
    """How a body carries itself: (3,) metres of the hips' middle, rotations (3, 3) of pelvis, chest, head.

    The columns of a rotation are ahead, left and up of that part in the surface's frame.
    """

    hips_m: FloatArray
    pelvis: FloatArray
    chest: FloatArray
    head: FloatArray


def rotation(heading: float, lean: float = 0.0, roll: float = 0.0) -> FloatArray:
    """Turn by roll (to the right), then lean (forward), then heading; radians; (3, 3)."""
    ch, sh, cl, sl = math.cos(heading), math.sin(heading), math.cos(lean), math.sin(lean)
    cr, sr = math.cos(roll), math.sin(roll)
    return np.array(
        [
            [ch * cl, ch * sl * sr - sh * cr, ch * sl * cr + sh * sr],
            [sh * cl, sh * sl * sr + ch * cr, sh * sl * cr - ch * sr],
            [-sl, cl * sr, cl * cr],
        ]
    )


def hip_m(body: Body, trunk: Trunk, side: Side) -> FloatArray:
    return np.asarray(trunk.hips_m + side * body.hip_half_m * trunk.pelvis[:, 1])


def settled(body: Body, trunk: Trunk, feet: dict[Side, FootPose]) -> Trunk:
    """The trunk lowered, if it must be, so that both legs reach their ankles."""
    room_m = [_reach_m(body, hip_m(body, trunk, side), foot.ankle_m) for side, foot in feet.items()]
    width_m = 0.010 * body.leg_m
    lower_m = soft_min(0.0, soft_min(room_m[0], room_m[1], 2.0 * width_m), width_m)
    if lower_m == 0.0:
        return trunk
    return Trunk(trunk.hips_m + np.array([0.0, 0.0, lower_m]), trunk.pelvis, trunk.chest, trunk.head)


def highest_hips_m(body: Body, side_m: float, ankle_up_m: float) -> float:
    """The highest that `settled` leaves alone when each ankle is `side_m` beside its hip joint."""
    stretched_m = math.sqrt((_STRETCH * body.leg_m) ** 2 - side_m**2)
    return ankle_up_m + stretched_m - 0.015 * body.leg_m


def _reach_m(body: Body, hip: FloatArray, ankle: FloatArray) -> float:
    """How far the hip could rise before the leg is stretched; below 0 when it must sink."""
    aside_m2 = float((hip[0] - ankle[0]) ** 2 + (hip[1] - ankle[1]) ** 2)
    stretched_m2 = (_STRETCH * body.leg_m) ** 2
    return math.sqrt(max(stretched_m2 - aside_m2, 1e-6)) + float(ankle[2] - hip[2])


def joints_m(
    body: Body,
    trunk: Trunk,
    feet: dict[Side, FootPose],
    arms: dict[Side, Arm],
    reaches: Mapping[Side, Sequence[Reach]],
) -> FloatArray:
    """All joints, (33, 3) metres; a hand follows its reaches one after the other."""
    joints = np.empty((JOINT_COUNT, 3))
    neck = neck_m(body, trunk)
    put_head(joints, body, trunk)
    for side in Side:
        _put_leg(joints, body, hip_m(body, trunk, side), feet[side], trunk, side)
        _put_arm(joints, body, trunk, neck, arms[side], reaches.get(side, ()), side)
    return joints


def neck_m(body: Body, trunk: Trunk) -> FloatArray:
    """The middle of the shoulder line, (3,) metres."""
    waist_m = trunk.hips_m + body.loin_m * trunk.pelvis[:, 2]
    return np.asarray(waist_m + body.chest_m * trunk.chest[:, 2])


def put_head(joints: FloatArray, body: Body, trunk: Trunk) -> None:
    """Lay in the joints of the face."""
    middle_m = neck_m(body, trunk) + body.neck_m * (0.25 * trunk.chest[:, 2] + 0.75 * trunk.head[:, 2])
    middle_m = middle_m + 0.06 * body.head_m * trunk.head[:, 0]
    for joint, share in _FACE.items():
        joints[joint] = middle_m + body.head_m * (trunk.head @ np.array(share))
        if joint in _FACE_RIGHT:
            mirrored = np.array([share[0], -share[1], share[2]])
            joints[_FACE_RIGHT[joint]] = middle_m + body.head_m * (trunk.head @ mirrored)


def _put_leg(
    joints: FloatArray, body: Body, hip: FloatArray, foot: FootPose, trunk: Trunk, side: Side
) -> None:
    right = side is Side.RIGHT
    foot_left = np.cross(foot.ankle_m - foot.heel_m, foot.toe_m - foot.heel_m)
    hinge = trunk.pelvis[:, 1] + foot_left / np.linalg.norm(foot_left)
    # A knee is a hinge: it bends to the front of the leg, be the leg upright, folded or lying.
    knee_ahead = np.cross(foot.ankle_m - hip, hinge) / body.leg_m + 0.08 * side * trunk.pelvis[:, 1]
    joints[Joint.LEFT_HIP + right] = hip
    bones_m, low_m = (body.thigh_m, body.shank_m), _LOW * body.height_m
    knee = _bent_m(hip, foot.ankle_m, bones_m, knee_ahead, knee_ahead, low_m)
    joints[Joint.LEFT_KNEE + right] = knee
    joints[Joint.LEFT_ANKLE + right] = foot.ankle_m
    joints[Joint.LEFT_HEEL + right] = foot.heel_m
    joints[Joint.LEFT_FOOT_INDEX + right] = foot.toe_m


def _put_arm(
    joints: FloatArray,
    body: Body,
    trunk: Trunk,
    neck: FloatArray,
    arm: Arm,
    reaches: Sequence[Reach],
    side: Side,
) -> None:
    right = side is Side.RIGHT
    raised = max(arm.abduction - 1.2, 0.0) + max(arm.flexion - 1.6, 0.0)
    shrug = np.array([0.0, side * (1.0 - 0.12 * raised), 0.16 * raised])
    shoulder = neck + body.shoulder_half_m * (trunk.chest @ shrug)
    upper, fore, thumb = _arm_axes(trunk.chest, arm, side)
    elbow = shoulder + body.upper_arm_m * upper
    wrist = elbow + body.forearm_m * fore
    if reaches:
        aim_m = wrist
        for reach in reaches:
            aim_m = aim_m + (reach.target_m - aim_m) * reach.share
        low_m = _LOW * body.height_m
        aim_m = np.array([*aim_m[:2], max(float(aim_m[2]), low_m)])
        wrist = _within(shoulder, aim_m, body.upper_arm_m + body.forearm_m)
        outward = side * trunk.chest[:, 1] + 0.6 * trunk.chest[:, 0]
        # Who props himself up on the floor turns the elbows out.
        prone = min(max(1.75 - 5.0 * float(shoulder[2]) / body.height_m, 0.0), 1.0)
        bend = elbow - shoulder - 0.2 * thumb + 2.0 * prone * body.height_m * outward
        elbow = _bent_m(shoulder, wrist, (body.upper_arm_m, body.forearm_m), bend, outward, low_m)
        hung, fore = fore, (wrist - elbow) / body.forearm_m
        thumb = _swung(thumb, hung, fore)
    joints[Joint.LEFT_SHOULDER + right] = shoulder
    joints[Joint.LEFT_ELBOW + right] = elbow
    joints[Joint.LEFT_WRIST + right] = wrist
    put_hand(joints, body, wrist, (fore, thumb), trunk.chest[:, 0] + trunk.chest[:, 2], side)


def put_hand(
    joints: FloatArray,
    body: Body,
    wrist: FloatArray,
    axes: tuple[FloatArray, FloatArray],
    onward: FloatArray,
    side: Side,
) -> None:
    """Lay in a hand that goes on from the forearm, bent at the wrist where the floor is in its way.

    `axes` are the directions of forearm and thumb; a hand under an upright forearm points `onward`.
    """
    fore, thumb = axes
    room_m = float(wrist[2]) - _PALM * body.height_m
    lowest = -max(room_m, 0.0) / (body.hand_m * (_HAND[1][0] + 0.1))
    if fore[2] < lowest:
        level = fore[:2] + (lowest - fore[2]) * onward[:2]
        level *= math.sqrt(1.0 - lowest**2) / np.linalg.norm(level)
        straight, fore = fore, np.array([*level, lowest])
        thumb = _swung(thumb, straight, fore)
    for joint, (along, aside) in zip(_HAND_JOINTS[side], _HAND, strict=True):
        place = wrist + body.hand_m * (along * fore + aside * thumb)
        place[2] = max(place[2], min(_PALM * body.height_m, float(wrist[2])))
        joints[joint] = place


def _arm_axes(chest: FloatArray, arm: Arm, side: Side) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Directions of upper arm, forearm and thumb in the surface's frame."""
    lift = rotation(0.0, -arm.flexion) @ rotation(0.0, 0.0, side * arm.abduction)
    frame = chest @ lift @ rotation(side * arm.turn)
    upper = -frame[:, 2]
    bend = frame @ rotation(0.0, -arm.elbow)
    return upper, -bend[:, 2], bend[:, 0]


def _bent_m(
    root: FloatArray,
    tip: FloatArray,
    bones_m: tuple[float, float],
    towards: FloatArray,
    outward: FloatArray,
    low_m: float,
) -> FloatArray:
    """The joint between two bones from root to tip, on the side of `towards` (law of cosines).

    Were it lower than `low_m`, it swings outward about the line from root to tip, over the floor.
    """
    first_m, second_m = bones_m
    line = tip - root
    length_m = float(np.linalg.norm(line))
    axis = line / length_m
    along_m = (first_m**2 - second_m**2 + length_m**2) / (2.0 * length_m)
    aside_m = math.sqrt(max(first_m**2 - along_m**2, 0.0))
    aside = towards - axis * float(towards @ axis)
    aside /= np.linalg.norm(aside)
    middle = root + along_m * axis
    if middle[2] + aside_m * aside[2] < low_m:
        aside = _over_floor(axis, outward, (low_m - float(middle[2])) / max(aside_m, 1e-9))
    return np.asarray(middle + aside_m * aside)


def _swung(vector: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """A vector turned as the unit vector `start` is turned straight to `end`."""
    turn, cosine = np.cross(start, end), float(start @ end)
    turned = np.cross(turn, vector)
    return np.asarray(vector + turned + np.cross(turn, turned) / max(1.0 + cosine, 1e-3))


def _over_floor(axis: FloatArray, outward: FloatArray, rise: float) -> FloatArray:
    """A unit vector across `axis`, on the outer side, that rises by `rise` as far as that can be."""
    level = np.array([axis[1], -axis[0], 0.0])
    level /= max(float(np.linalg.norm(level)), 1e-9)
    level *= math.copysign(1.0, float(level @ outward))
    steep = np.array([0.0, 0.0, 1.0]) - axis * axis[2]
    steepness = max(float(np.linalg.norm(steep)), 1e-9)
    share = min(rise / steepness, 1.0)
    return np.asarray(share * steep / steepness + math.sqrt(1.0 - share**2) * level)


def _within(root: FloatArray, tip: FloatArray, length_m: float) -> FloatArray:
    """`tip`, drawn towards `root` until a limb of that length reaches it bent a little."""
    line = tip - root
    far_m = float(np.linalg.norm(line))
    return np.asarray(root + line * min(1.0, 0.995 * length_m / far_m))
