"""Which way a player's limbs point on the surface: what a pose on a wall is judged by."""

from __future__ import annotations

import math

from didim.people import Joint, Player

LIMBS: dict[str, tuple[Joint, Joint]] = {
    "left_upper_arm": (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW),
    "left_forearm": (Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    "right_upper_arm": (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW),
    "right_forearm": (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
    "left_thigh": (Joint.LEFT_HIP, Joint.LEFT_KNEE),
    "left_shin": (Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    "right_thigh": (Joint.RIGHT_HIP, Joint.RIGHT_KNEE),
    "right_shin": (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
}
"""The limbs by name, from the joint at the trunk to the one farther out."""

SURE = 0.3


def limb_deg(player: Player, limb: str) -> float | None:
    """Where a limb points in the surface's plane, degrees: 0 along +x, counter-clockwise, -180 to 180.

    None where one of its joints is not seen.
    """
    inner, outer = (player.joints[joint] for joint in LIMBS[limb]) if player.joints else (None, None)
    if inner is None or outer is None or min(inner.score, outer.score) < SURE:
        return None
    return math.degrees(math.atan2(outer.y_m - inner.y_m, outer.x_m - inner.x_m))


def apart_deg(one_deg: float, other_deg: float) -> float:
    """How far two directions are apart, 0 to 180 degrees."""
    return abs(math.remainder(one_deg - other_deg, 360.0))
