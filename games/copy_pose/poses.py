"""The poses, and how well a body shows one."""

from __future__ import annotations

from collections.abc import Mapping

from didim.play import Player, Rng, apart_deg, limb_deg

Pose = Mapping[str, float]
"""Where each limb points on the wall, degrees: 0 to the right, 90 up; who faces it sees their left there."""

STANDING: Pose = {"left_thigh": -92, "left_shin": -90, "right_thigh": -88, "right_shin": -90}


def _arms(left: float, left_fore: float, right: float, right_fore: float) -> dict[str, float]:
    return {
        "left_upper_arm": left,
        "left_forearm": left_fore,
        "right_upper_arm": right,
        "right_forearm": right_fore,
    }


def _legs(left: float, left_shin: float, right: float, right_shin: float) -> dict[str, float]:
    return {
        "left_thigh": left,
        "left_shin": left_shin,
        "right_thigh": right,
        "right_shin": right_shin,
    }


EASY: tuple[Pose, ...] = (
    _arms(180, 180, 0, 0),  # wings
    _arms(125, 118, 55, 62),  # Y
    _arms(97, 88, 83, 92),  # a candle
    _arms(180, 90, 0, 90),  # a cactus
    _arms(-140, -140, -40, -40),  # a fir tree
    _arms(-135, -40, -45, -140),  # hands on the hips
)
MEDIUM: tuple[Pose, ...] = (
    _arms(95, 90, 0, 0),  # a clock at three
    _arms(180, 90, 0, -90),  # a robot
    _arms(-125, -125, 55, 55),  # a star of the disco
    _arms(130, 20, -45, -140),  # a teapot that waves
    _arms(180, 180, 85, 95),
    _arms(-140, -50, 60, 70),
)
HARD: tuple[Pose, ...] = (
    {**_arms(135, 135, 45, 45), **_legs(-118, -115, -62, -65)},  # a starfish
    {**_arms(115, 62, 65, 118), **_legs(-92, -90, -40, -150)},  # a tree on one leg
    {**_arms(180, 180, 0, 0), **_legs(-145, -90, -62, -62)},  # a lunge
    {**_arms(-120, -120, 60, 60), **_legs(-92, -90, -35, -88)},  # a step up
    {**_arms(180, 90, 0, 90), **_legs(-135, -80, -45, -100)},  # a frog
)


def mirrored(pose: Pose) -> Pose:
    """Left and right changed over."""
    other = {"left": "right", "right": "left"}
    sides = {limb: limb.partition("_") for limb in pose}
    return {f"{other[side]}_{rest}": 180 - pose[limb] for limb, (side, _, rest) in sides.items()}


def next_pose(difficulty: float, last: Pose | None, rng: Rng, *, side: str, legs: bool) -> Pose:
    """A pose for that difficulty, 0 to 1, other than the last; of the asked limbs alone."""
    sets = [EASY, MEDIUM, *([HARD] if legs else [])]
    reach = difficulty * len(sets)
    usable = sets[: max(1, min(len(sets), int(reach + 1 + 0.5 * rng.random())))]
    choices = [pose for poses in usable[-2:] for pose in poses]
    for _ in range(8):
        pose = rng.choice(choices)
        pose = mirrored(pose) if rng.random() < 0.5 else pose
        asked = {limb: deg for limb, deg in pose.items() if side == "both" or limb.startswith(side)}
        if asked != last:
            break
    return asked


def errors_deg(player: Player, pose: Pose) -> dict[str, float]:
    """How far off each limb of the pose is, those not seen left out."""
    seen = {limb: limb_deg(player, limb) for limb in pose}
    return {limb: apart_deg(deg, pose[limb]) for limb, deg in seen.items() if deg is not None}
