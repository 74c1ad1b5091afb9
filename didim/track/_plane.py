"""Bodies without depth: an engine that tells places in the picture alone."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, SurfaceView
from didim.pose import Skeleton

NEAREST_M = 0.3  # a camera right above the feet does not see the plane


def flat_joints(view: SurfaceView, skeleton: Skeleton, feet: FloatArray) -> FloatArray:
    """The joints of a body without any depth over the surface, (33, 3) metres, none below it.

    nan where the body has depth, which tells more, or where the camera cannot place a joint.
    """
    if not isinstance(view, PinholeCamera) or np.isfinite(skeleton.points_m).any():
        return np.full_like(skeleton.points_m, np.nan)
    placed = upright_plane(view, skeleton.points_px, feet)
    placed[:, 2] = np.maximum(placed[:, 2], 0.0)
    return placed


def upright_plane(view: PinholeCamera, points_px: FloatArray, feet: FloatArray) -> FloatArray:
    """Where the lines of sight meet the upright plane through the feet that faces the camera, (n, 3) metres.

    A person who stands is no more than half a body's breadth off that plane; who reaches towards the camera
    is shown too high or too low, by as much as the camera looks down on the hand.

    Args:
        feet: (2,) the middle between the feet, metres.

    Returns:
        nan for a joint whose line does not meet the plane in front of the camera.
    """
    origin_m = view.surface_from_camera.translation_m
    towards = origin_m[:2] - feet
    away_m = float(np.hypot(*towards))
    placed = np.full((len(points_px), 3), np.nan)
    if not away_m > NEAREST_M:
        return placed
    rays = view.rays(points_px)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = -(away_m**2) / (rays[:, :2] @ towards)
    ahead = np.isfinite(reach) & (reach > 0)
    placed[ahead] = origin_m + rays[ahead] * reach[ahead, None]
    return placed
