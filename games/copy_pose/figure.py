"""The figure of light that shows a pose, and over it, in thin lines, the player's own body."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from didim.play import LIMBS, Canvas, Color, Joint, Player, Point, limb_deg

from .head import CREAM, DARK, SKIN, draw_head
from .poses import STANDING, Pose

GOLD = Color(2.2, 1.35, 0.14)
TRUNK = {
    Joint.LEFT_SHOULDER: (-0.10, 0.80),
    Joint.RIGHT_SHOULDER: (0.10, 0.80),
    Joint.LEFT_HIP: (-0.06, 0.52),
    Joint.RIGHT_HIP: (0.06, 0.52),
}
"""Joints that no pose moves, as shares of the stature: across from the middle, up from the ground."""

LENGTHS = {"upper_arm": 0.17, "forearm": 0.15, "thigh": 0.24, "shin": 0.24}
HEAD_UP = 0.955
WIDTHS = {"upper_arm": 0.072, "forearm": 0.060, "thigh": 0.105, "shin": 0.085}


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
    canvas.glow(ground.moved(0, 0.62 * stature_m), 0.62 * stature_m, color, opacity=0.32 * opacity)
    legs = [limb for limb in ends if limb.endswith(("thigh", "shin"))]
    arms = [limb for limb in ends if limb not in legs]
    _draw_outlines(canvas, ends, legs, stature_m, opacity)
    for limb in legs:
        _draw_limb(canvas, limb, ends[limb], stature_m, color.mixed(DARK, 0.55), limb in matched, opacity)
    for side in ("left", "right"):
        _draw_shoe(canvas, ends[f"{side}_shin"][1], side, stature_m, color, opacity)
    _draw_trunk(canvas, ground, stature_m, color, opacity)
    _draw_outlines(canvas, ends, arms, stature_m, opacity)
    for limb in arms:
        tint = color.times(1.15) if limb.endswith("upper_arm") else SKIN
        _draw_limb(canvas, limb, ends[limb], stature_m, tint, limb in matched, opacity, limb in pose)
    for limb in arms:
        if limb.endswith("forearm"):
            tint = GOLD if limb in matched else SKIN.times(1.2)
            canvas.disc(ends[limb][1], 0.040 * stature_m, tint, opacity=opacity)
    draw_head(canvas, ground.moved(0, HEAD_UP * stature_m), stature_m, color, opacity, bool(matched))


def _draw_outlines(
    canvas: Canvas,
    ends: Mapping[str, tuple[Point, Point]],
    limbs: Collection[str],
    stature_m: float,
    opacity: float,
) -> None:
    """Dark below limbs, so that they stand out from each other, and none across a knee or an elbow."""
    for limb in limbs:
        width_m = 1.22 * WIDTHS[limb.partition("_")[2]] * stature_m
        canvas.line(*ends[limb], DARK, width_m=width_m, opacity=0.8 * opacity)


def _draw_limb(
    canvas: Canvas,
    limb: str,
    ends: tuple[Point, Point],
    stature_m: float,
    tint: Color,
    matched: bool,
    opacity: float,
    asked: bool = False,
) -> None:
    inner, outer = ends
    width_m = WIDTHS[limb.partition("_")[2]] * stature_m
    if asked or matched:
        middle = Point((inner.x_m + outer.x_m) / 2, (inner.y_m + outer.y_m) / 2)
        canvas.glow(middle, 2.6 * width_m, GOLD if matched else tint, opacity=0.5 * opacity)
    canvas.line(inner, outer, GOLD if matched else tint, width_m=width_m, opacity=opacity)


def _draw_trunk(canvas: Canvas, ground: Point, stature_m: float, color: Color, opacity: float) -> None:
    """A shirt with a star on it, and the top of the trousers below."""
    dark, bright = color.mixed(DARK, 0.55), color.times(1.1)

    def bar(half_wide: float, low: float, high: float, width: float, tint: Color, shade: float) -> None:
        ends = (
            ground.moved(-half_wide * stature_m, low * stature_m),
            ground.moved(half_wide * stature_m, high * stature_m),
        )
        canvas.line(*ends, tint, width_m=width * stature_m, opacity=shade * opacity)

    bar(0.035, 0.525, 0.525, 0.125, dark, 1.0)
    for wider, tint, shade in (
        (0.022, DARK, 0.7),
        (0.0, bright, 1.0),
    ):  # rounded like the limbs, from one cloth
        bar(0.075, 0.775, 0.775, 0.105 + wider, tint, shade)
        bar(0.0, 0.625, 0.735, 0.215 + wider, tint, shade)
    bar(0.060, 0.775, 0.775, 0.085, bright, 1.0)
    chest = ground.moved(0, 0.69 * stature_m)
    neck = ground.moved(0, 0.83 * stature_m)
    canvas.line(neck, neck.moved(0, 0.04 * stature_m), SKIN, width_m=0.06 * stature_m, opacity=opacity)
    canvas.star(chest, 0.055 * stature_m, CREAM, opacity=0.85 * opacity)


def _draw_shoe(
    canvas: Canvas, ankle: Point, side: str, stature_m: float, color: Color, opacity: float
) -> None:
    """Its toes point outwards a little; a pale sole below."""
    out_m = (-1 if side == "left" else 1) * 0.05 * stature_m
    heel, toes = ankle.moved(0.1 * out_m, -0.012 * stature_m), ankle.moved(out_m, -0.02 * stature_m)
    for tint, down_m in ((CREAM, 0.014 * stature_m), (color.mixed(CREAM, 0.2), 0.0)):
        ends = heel.moved(0, -down_m), toes.moved(0, -down_m)
        canvas.line(*ends, tint, width_m=0.07 * stature_m, opacity=opacity)


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
