"""The joints of a recording found by name, and a body put into the same posture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from didim.geometry import FloatArray
from didim.people import JOINT_COUNT, Joint
from didim.sim._body import Body
from didim.sim._bvh import Clip, ClipError
from didim.sim._feet import FootPose, Side
from didim.sim._figure import Trunk, hip_m, neck_m, put_hand, put_head

# What files call the joint where a bone begins, on the left side; earlier names go before later ones.
_NAMES: dict[str, tuple[str, ...]] = {
    "hip": ("LeftUpLeg", "LeftHip", "LHip", "upperleg01.L"),
    "knee": ("LeftLeg", "LeftKnee", "LKnee", "lowerleg01.L"),
    "ankle": ("LeftFoot", "LeftAnkle", "LAnkle", "foot.L"),
    "toe": ("LeftToeBase", "LeftToe", "LToe", "toe1-1.L", "LeftFoot+", "LeftAnkle+"),
    "shoulder": ("LeftArm", "LeftShoulder", "LShoulder", "upperarm01.L"),
    "elbow": ("LeftForeArm", "LeftElbow", "LElbow", "lowerarm01.L"),
    "wrist": ("LeftHand", "LeftWrist", "LWrist", "wrist.L"),
}
_MIDDLE: dict[str, tuple[str, ...]] = {"neck": ("Neck", "neck01"), "head": ("Head", "head")}
_CROWN = ("Head+", "head+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A body in the posture of one moment of a recording."""

    trunk: Trunk
    joints_m: FloatArray
    feet: dict[Side, FootPose]

    def raised(self, up_m: float) -> Likeness:
        up = np.array([0.0, 0.0, up_m])
        trunk = replace(self.trunk, hips_m=self.trunk.hips_m + up)
        feet = {
            side: replace(foot, heel_m=foot.heel_m + up, toe_m=foot.toe_m + up, ankle_m=foot.ankle_m + up)
            for side, foot in self.feet.items()
        }
        return Likeness(trunk, self.joints_m + up, feet)


def body_joints(clip: Clip) -> dict[str, FloatArray]:
    """What a body needs of a clip, z up: (frames, 2, 3) of left and right, (frames, 3) of the middle.

    Raises:
        ClipError: a joint is missing.
    """
    index = {name: i for i, name in enumerate(clip.names)}
    found = {part: clip.places[:, _first(index, names, part)] for part, names in _MIDDLE.items()}
    crowns = [clip.places[:, index[name]] for name in _CROWN if name in index]
    found["crown"] = crowns[0] if crowns else 2.0 * found["head"] - found["neck"]
    for part, names in _NAMES.items():
        left = _first(index, names, part)
        right = index.get(_mirrored(clip.names[left]))
        if right is None:
            raise ClipError(f"the clip has a left {part} but no joint {_mirrored(clip.names[left])!r}")
        found[part] = clip.places[:, [left, right]]
    tall = np.abs(np.median(found["head"] - found["ankle"].mean(axis=1), axis=0))
    # Files are y up or z up, whichever way heads are above feet.
    axes = [2, 0, 1] if tall[1] > tall[2] else [0, 1, 2]
    return {part: joints[..., axes].copy() for part, joints in found.items()}


def flat_slope_rad(places: dict[str, FloatArray]) -> float:
    """How steep the line from ankle to toe joint is in this clip when the foot is flat."""
    along = places["toe"] - places["ankle"]
    low = places["toe"][..., 2] <= np.quantile(places["toe"][..., 2], 0.3)
    level = np.linalg.norm(along[..., :2], axis=-1)
    # Of feet whose toes are down some are on tiptoe: the flatter ones tell.
    return float(np.quantile(np.arctan2(-along[..., 2], level)[low], 0.25))


def likeness(body: Body, at: dict[str, FloatArray], flat_rad: float) -> Likeness:
    """The body with each bone in the direction that it has in the clip; `at` as body_joints at one frame."""
    across, wide = at["hip"][0] - at["hip"][1], at["shoulder"][0] - at["shoulder"][1]
    spine = at["shoulder"].mean(axis=0) - at["hip"].mean(axis=0)
    trunk = Trunk(
        hips_m=at["hip"].mean(axis=0),
        pelvis=_frame(spine, across),
        chest=_frame(spine, wide),
        head=_frame(at["crown"] - at["head"], wide + 0.5 * across),
    )
    joints = np.empty((JOINT_COUNT, 3))
    put_head(joints, body, trunk)
    feet = {}
    for right, side in enumerate(Side):
        feet[side] = _put_leg(joints, body, trunk, {part: at[part][right] for part in _NAMES}, side, flat_rad)
        _put_arm(joints, body, trunk, {part: at[part][right] for part in _NAMES}, side)
    return Likeness(trunk, joints, feet)


def clearance_m(body: Body, like: Likeness) -> float:
    """How far the lowest heel or toe is over the floor; below 0 when it is under it."""
    over_m = [
        place_m[2] - height_m
        for foot in like.feet.values()
        for place_m, height_m in ((foot.heel_m, body.heel_height_m), (foot.toe_m, body.toe_height_m))
    ]
    return float(min(over_m))


def _put_leg(
    joints: FloatArray, body: Body, trunk: Trunk, at: dict[str, FloatArray], side: Side, flat_rad: float
) -> FootPose:
    right = side is Side.RIGHT
    hip = hip_m(body, trunk, side)
    knee = hip + body.thigh_m * _unit(at["knee"] - at["hip"])
    ankle = knee + body.shank_m * _unit(at["ankle"] - at["knee"])
    foot = _foot(body, ankle, at["toe"] - at["ankle"], at["knee"] - at["ankle"], flat_rad)
    joints[Joint.LEFT_HIP + right] = hip
    joints[Joint.LEFT_KNEE + right] = knee
    joints[Joint.LEFT_ANKLE + right] = ankle
    joints[Joint.LEFT_HEEL + right] = foot.heel_m
    joints[Joint.LEFT_FOOT_INDEX + right] = foot.toe_m
    return foot


def _foot(body: Body, ankle_m: FloatArray, along: FloatArray, shank: FloatArray, flat_rad: float) -> FootPose:
    """A foot under its ankle, turned as the clip's is turned against a flat one."""
    flat = np.array([np.cos(flat_rad), 0.0, -np.sin(flat_rad)])
    turn = _ahead_frame(along, shank) @ _ahead_frame(flat, np.array([0.0, 0.0, 1.0])).T
    heel = np.array([-body.ankle_ahead_m, 0.0, body.heel_height_m - body.ankle_height_m])
    toe = np.array([body.foot_m - body.ankle_ahead_m, 0.0, body.toe_height_m - body.ankle_height_m])
    heel_m, toe_m = ankle_m + turn @ heel, ankle_m + turn @ toe
    line = toe_m - heel_m
    return FootPose(
        heel_m=heel_m,
        toe_m=toe_m,
        ankle_m=ankle_m,
        heading_rad=float(np.arctan2(line[1], line[0])),
        pitch_rad=float(np.arctan2(-line[2], np.hypot(line[0], line[1]))),
    )


def _put_arm(joints: FloatArray, body: Body, trunk: Trunk, at: dict[str, FloatArray], side: Side) -> None:
    right = side is Side.RIGHT
    upper, fore = _unit(at["elbow"] - at["shoulder"]), _unit(at["wrist"] - at["elbow"])
    shoulder = neck_m(body, trunk) + side * body.shoulder_half_m * trunk.chest[:, 1]
    elbow = shoulder + body.upper_arm_m * upper
    wrist = elbow + body.forearm_m * fore
    # The thumb points to where the elbow bends, and ahead when the arm is straight.
    thumb = _frame(-fore, -side * np.cross(upper, fore) + 0.1 * trunk.chest[:, 1])[:, 0]
    joints[Joint.LEFT_SHOULDER + right] = shoulder
    joints[Joint.LEFT_ELBOW + right] = elbow
    joints[Joint.LEFT_WRIST + right] = wrist
    put_hand(joints, body, wrist, (fore, thumb), trunk.chest[:, 0] + trunk.chest[:, 2], side)


def _first(index: dict[str, int], names: tuple[str, ...], part: str) -> int:
    for name in names:
        if name in index:
            return index[name]
    raise ClipError(f"the clip has no {part}: expected a joint named {' or '.join(names)}")


def _mirrored(name: str) -> str:
    if name.startswith("Left"):
        return "Right" + name.removeprefix("Left")
    return name.removesuffix("L") + "R" if name.endswith(".L") else "R" + name.removeprefix("L")


def _unit(vector: FloatArray) -> FloatArray:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))


def _frame(up: FloatArray, left: FloatArray) -> FloatArray:
    """Columns ahead, left, up: up exactly, left as near as can be."""
    up = _unit(up)
    left = _unit(left - up * float(left @ up))
    return np.stack([np.cross(left, up), left, up], axis=1)


def _ahead_frame(ahead: FloatArray, up: FloatArray) -> FloatArray:
    """Columns ahead, left, up: ahead exactly, up as near as can be."""
    ahead = _unit(ahead)
    left = _unit(np.cross(up, ahead))
    return np.stack([ahead, left, np.cross(ahead, left)], axis=1)
