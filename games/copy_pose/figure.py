"""The figure of light that shows a pose, and over it, in thin lines, the player's own body."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from didim.play import LIMBS, Canvas, Color, Joint, Player, Point, limb_deg

from .poses import STANDING, Pose

CREAM = Color(1.6, 1.5, 1.3)
GOLD = Color(2.2, 1.35, 0.14)
DARK = Color(0.006, 0.010, 0.03)
TRUNK = {
    Joint.LEFT_SHOULDER: (-0.10, 0.80),
    Joint.RIGHT_SHOULDER: (0.10, 0.80),
    Joint.LEFT_HIP: (-0.06, 0.52),
    Joint.RIGHT_HIP: (0.06, 0.52),
}
"""Joints that no pose moves, as shares of the stature: across from the middle, up from the ground."""

LENGTHS = {"upper_arm": 0.17, "forearm": 0.15, "thigh": 0.24, "shin": 0.24}
HEAD_UP, HEAD_RADIUS = 0.935, 0.075
WIDTHS = {"upper_arm": 0.055, "forearm": 0.048, "thigh": 0.075, "shin": 0.06}


def limbs_of(pose: Pose, ground: Point, stature_m: float) -> dict[str, tuple[Point, Point]]:
    """From where to where each limb goes; legs that a pose does not ask for stand."""
    places = {joint: ground.moved(x * stature_m, y * stature_m) for joint, (x, y) in TRUNK.items()}
    ends = {}
    for limb, (inner, outer) in LIMBS.items():
        deg = pose.get(limb, STANDING.get(limb))
        if deg is None or inner not in places:
            continue
        length_m, angle_rad = stature_m * LENGTHS[limb.partition("_")[2]], math.radians(deg)
        places[outer] = places[inner].moved(length_m * math.cos(angle_rad), length_m * math.sin(angle_rad))
        ends[limb] = (places[inner], places[outer])
    return ends


def draw_figure(
    canvas: Canvas,
    pose: Pose,
    ground: Point,
    stature_m: float,
    color: Color,
    *,
    matched: Collection[str],
    opacity: float,
) -> None:
    """Limbs that the player shows right are golden."""
    ends = limbs_of(pose, ground, stature_m)
    chest, hips = ground.moved(0, 0.77 * stature_m), ground.moved(0, 0.54 * stature_m)
    canvas.glow(ground.moved(0, 0.62 * stature_m), 0.6 * stature_m, color, opacity=0.30 * opacity)
    for limb, (inner, outer) in ends.items():
        asked = limb in pose
        tint = GOLD if limb in matched else color.times(1.25 if asked else 0.5)
        width_m = WIDTHS[limb.partition("_")[2]] * stature_m
        if asked:
            middle = Point((inner.x_m + outer.x_m) / 2, (inner.y_m + outer.y_m) / 2)
            canvas.glow(middle, 2.6 * width_m, tint, opacity=0.5 * opacity)
        canvas.line(inner, outer, tint, width_m=width_m, opacity=opacity)
    canvas.line(chest, hips, color, width_m=0.19 * stature_m, opacity=opacity)
    canvas.line(chest, hips, color.mixed(DARK, 0.75), width_m=0.13 * stature_m, opacity=0.8 * opacity)
    for limb in ends:
        if limb in pose and limb.endswith(("forearm", "shin")):
            tint = GOLD if limb in matched else CREAM
            canvas.disc(ends[limb][1], 0.032 * stature_m, tint, opacity=opacity)
    _draw_head(canvas, ground.moved(0, HEAD_UP * stature_m), stature_m, color, opacity, bool(matched))


def draw_self(
    canvas: Canvas, player: Player, pose: Pose, ground: Point, stature_m: float, *, opacity: float
) -> None:
    """Where the player's own limbs point, laid over the figure."""
    seen = {limb: limb_deg(player, limb) for limb in LIMBS if limb in pose}
    own: Mapping[str, float] = {limb: deg for limb, deg in seen.items() if deg is not None}
    for limb, (inner, outer) in limbs_of(own, ground, stature_m).items():
        if limb in own:
            canvas.line(inner, outer, CREAM, width_m=0.016 * stature_m, opacity=0.75 * opacity)
            canvas.disc(outer, 0.016 * stature_m, CREAM, opacity=opacity)


def _draw_head(
    canvas: Canvas, place: Point, stature_m: float, color: Color, opacity: float, glad: bool
) -> None:
    radius_m = HEAD_RADIUS * stature_m
    canvas.glow(place, 2.4 * radius_m, color, opacity=0.4 * opacity)
    canvas.disc(place, radius_m, color.mixed(DARK, 0.6), opacity=opacity)
    canvas.ring(place, radius_m, color.times(1.4), width_m=0.14 * radius_m, opacity=opacity)
    for side in (-1, 1):
        eye = place.moved(0.34 * side * radius_m, 0.18 * radius_m)
        canvas.disc(eye, 0.13 * radius_m, CREAM, opacity=opacity)
    wide_rad = 1.1 if glad else 0.7
    canvas.arc(
        place.moved(0, 0.05 * radius_m),
        0.5 * radius_m,
        CREAM,
        from_rad=-math.pi / 2 - wide_rad,
        to_rad=-math.pi / 2 + wide_rad,
        width_m=0.12 * radius_m,
        opacity=opacity,
    )
