"""A virtual camera and what a pose engine would find in its picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, RigidPose
from didim.people import BONES, Joint
from didim.pose import Skeleton
from didim.sim._motion import Pose3D

_BONE_RADIUS_M = 0.06
_HIDDEN_NOISE = 3.0


def camera_over(
    position_m: tuple[float, float, float],
    look_at_m: tuple[float, float, float],
    *,
    hfov_deg: float,
    size_px: tuple[int, int],
) -> PinholeCamera:
    """A lens-perfect camera held level; one that looks straight down has +y of the surface on top.

    Args:
        hfov_deg: horizontal angle of view, above 0 and below 170 degrees.

    Raises:
        ValueError: position and target are the same, or the angle is out of range.
    """
    if not 0.0 < hfov_deg < 170.0:
        raise ValueError(f"hfov_deg must lie between 0 and 170 degrees, got {hfov_deg}")
    position = np.array(position_m, np.float64)
    ahead = np.array(look_at_m, np.float64) - position
    distance_m = float(np.linalg.norm(ahead))
    if distance_m < 1e-9:
        raise ValueError(f"the camera at {position_m} cannot look at its own place")
    ahead /= distance_m
    top = np.array([0.0, 1.0, 0.0]) if abs(ahead[2]) > 1.0 - 1e-9 else np.array([0.0, 0.0, 1.0])
    right = np.cross(ahead, top)
    right /= np.linalg.norm(right)
    rotation = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    width_px, height_px = size_px
    focal_px = 0.5 * width_px / math.tan(0.5 * math.radians(hfov_deg))
    matrix = np.array(
        [[focal_px, 0.0, 0.5 * (width_px - 1)], [0.0, focal_px, 0.5 * (height_px - 1)], [0.0, 0.0, 1.0]]
    )
    return PinholeCamera(matrix, RigidPose(rotation, position))


def skeletons(
    poses: Sequence[Pose3D],
    camera: PinholeCamera,
    rng: np.random.Generator,
    *,
    noise_px: float = 1.0,
    size_px: tuple[int, int] | None = None,
) -> tuple[Skeleton, ...]:
    """What a pose engine would find: joints with pixel noise, unsure where hidden, none who is out of view.

    A joint behind somebody else's bones scores low and strays more; one outside the picture scores 0. People
    come in the order of `poses`; one with less than half of the joints in the picture is left out.

    Args:
        noise_px: standard deviation of each coordinate of a joint in plain view, pixels.
        size_px: the picture's width and height; none takes the principal point for its middle.
    """
    if size_px is None:
        size_px = (round(2 * camera.matrix[0, 2]) + 1, round(2 * camera.matrix[1, 2]) + 1)
    exact_px = [camera.project(pose.joints_m) for pose in poses]
    depths_m = [_depth_m(camera, pose.joints_m) for pose in poses]
    found = []
    for i, pose in enumerate(poses):
        inside = _inside(exact_px[i], size_px)
        if inside.mean() < 0.5:
            continue
        hidden = np.zeros(len(inside), bool)
        for j in range(len(poses)):
            if j != i:
                hidden |= _behind(camera, exact_px[i], depths_m[i], exact_px[j], depths_m[j])
        stray_px = noise_px * np.where(hidden, _HIDDEN_NOISE, 1.0)[:, None]
        scores = np.where(inside, np.where(hidden, 0.35, 0.95), 0.0)
        points_px = exact_px[i] + stray_px * rng.standard_normal(exact_px[i].shape)
        about_hips_m = _about_hips_m(camera, pose.joints_m)
        metres_a_px = float(np.median(depths_m[i])) / camera.matrix[0, 0]
        points_m = about_hips_m + metres_a_px * stray_px * rng.standard_normal(about_hips_m.shape)
        found.append(Skeleton(points_px, scores, points_m, float(scores.mean())))
    return tuple(found)


def _depth_m(camera: PinholeCamera, joints_m: FloatArray) -> FloatArray:
    pose = camera.surface_from_camera
    return np.asarray((joints_m - pose.translation_m) @ pose.rotation[:, 2])


def _about_hips_m(camera: PinholeCamera, joints_m: FloatArray) -> FloatArray:
    hips_m = 0.5 * (joints_m[Joint.LEFT_HIP] + joints_m[Joint.RIGHT_HIP])
    return np.asarray((joints_m - hips_m) @ camera.surface_from_camera.rotation)


def _inside(points_px: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    with np.errstate(invalid="ignore"):
        return np.asarray((points_px >= -0.5).all(axis=1) & (points_px < np.array(size_px) - 0.5).all(axis=1))


def _behind(
    camera: PinholeCamera,
    points_px: FloatArray,
    depth_m: FloatArray,
    other_px: FloatArray,
    other_m: FloatArray,
) -> FloatArray:
    """Which points lie behind another body's bones, taken as lines 12 cm thick."""
    first, second = (np.array([bone[k] for bone in BONES]) for k in (0, 1))
    start, along = other_px[first], other_px[second] - other_px[first]
    to_point = points_px[:, None] - start
    share = (to_point * along).sum(axis=2) / np.maximum((along * along).sum(axis=1), 1e-9)
    share = np.clip(share, 0.0, 1.0)
    apart_px = np.linalg.norm(to_point - share[..., None] * along, axis=2)
    bone_m = other_m[first] + share * (other_m[second] - other_m[first])
    radius_px = _BONE_RADIUS_M * camera.matrix[0, 0] / np.maximum(bone_m, 0.1)
    return np.asarray(((apart_px < radius_px) & (bone_m < depth_m[:, None] - 0.1)).any(axis=1))
