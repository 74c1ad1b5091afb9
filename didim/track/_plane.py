"""Bodies without depth: an engine that tells places in the picture alone."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray, PinholeCamera
from didim.people import JOINT_COUNT
from didim.track._lines import Lines

NEAREST_M = 0.3  # a camera right above the feet does not see the plane


def flat_joints(lines: Lines, feet: FloatArray) -> FloatArray:
    """The joints of a body without any depth over the surface, (33, 3) metres, none below it.

    nan where the camera cannot place a joint.
    """
    if not isinstance(lines.view, PinholeCamera):
        return np.full((JOINT_COUNT, 3), np.nan)
    placed = upright_plane(lines.view, lines.joints, feet)
    placed[:, 2] = np.maximum(placed[:, 2], 0.0)
    return placed


def upright_plane(view: PinholeCamera, rays: FloatArray, feet: FloatArray) -> FloatArray:
    """Where the lines of sight meet the upright plane through the feet that faces the camera, (n, 3) metres.

    A person who stands is no more than half a body's breadth off that plane; who reaches towards the camera
    is shown too high or too low, by as much as the camera looks down on the hand.

    Args:
        rays: (n, 3) the view's.
        feet: (2,) the middle between the feet, metres.

    Returns:
        nan for a joint whose line does not meet the plane in front of the camera.
    """
    origin_m = view.surface_from_camera.translation_m
    towards = origin_m[:2] - feet
    away_m = float(np.hypot(*towards))
    placed = np.full((len(rays), 3), np.nan)
    if not away_m > NEAREST_M:
        return placed
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = -(away_m**2) / (rays[:, :2] @ towards)
    ahead = np.isfinite(reach) & (reach > 0)
    placed[ahead] = origin_m + rays[ahead] * reach[ahead, None]
    return placed
