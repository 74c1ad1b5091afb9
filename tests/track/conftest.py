"""A made-up body seen by a made-up camera, with its truth known."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera, RigidPose
from didim.people import JOINT_COUNT, Joint
from didim.pose import Skeleton

Place = tuple[float, float]
MakeBody = Callable[..., Skeleton]

STANDING_M = {"NOSE": 1.6, "SHOULDER": 1.4, "ELBOW": 1.15, "WRIST": 0.9, "HIP": 0.9, "KNEE": 0.5}


def _camera(at_m: tuple[float, float, float], looks_at_m: tuple[float, float, float]) -> PinholeCamera:
    ahead = np.array(looks_at_m) - np.array(at_m)
    ahead /= np.linalg.norm(ahead)
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    pose = RigidPose(np.stack([right, np.cross(ahead, right), ahead], axis=1), np.array(at_m))
    matrix = np.array([[900.0, 0.0, 639.5], [0.0, 900.0, 359.5], [0.0, 0.0, 1.0]])
    return PinholeCamera(matrix, pose, np.array([-0.1, 0.02, 0.001, -0.001, 0.0]))


@pytest.fixture
def cameras() -> tuple[PinholeCamera, ...]:
    """Four cameras at 2.2 m around a floor of 4 x 3 m."""
    corners = ((2.0, -2.5), (6.5, 1.5), (2.0, 5.5), (-2.5, 1.5))
    return tuple(_camera((x, y, 2.2), (2.0, 1.5, 0.5)) for x, y in corners)


@pytest.fixture
def camera(cameras: tuple[PinholeCamera, ...]) -> PinholeCamera:
    return cameras[0]


def joints_m(left: Place, right: Place, lift_m: Place = (0.0, 0.0), heading_rad: float = 0.0) -> FloatArray:
    """The true places of the joints, (33, 3) metres, of a body whose soles have their middles there."""
    ahead = np.array([math.cos(heading_rad), math.sin(heading_rad)])
    middle = (np.array(left) + np.array(right)) / 2
    places = np.zeros((JOINT_COUNT, 3))
    for joint in Joint:
        side = 0.1 if joint.name.startswith("LEFT") else -0.1 if joint.name.startswith("RIGHT") else 0.0
        height_m = next((h for part, h in STANDING_M.items() if part in joint.name), 1.5)
        places[joint] = [*(middle + side * np.array([-ahead[1], ahead[0]])), height_m]
    for name, sole, lift in (("LEFT", left, lift_m[0]), ("RIGHT", right, lift_m[1])):
        for part, along_m, height_m in (
            ("ANKLE", -0.06, 0.09),
            ("HEEL", -0.09, 0.03),
            ("FOOT_INDEX", 0.09, 0.02),
        ):
            places[Joint[f"{name}_{part}"]] = [*(np.array(sole) + along_m * ahead), height_m + lift]
    return places


@pytest.fixture
def make_body() -> MakeBody:
    """Make the skeleton that a camera would see of `joints_m`, with pixel noise of `noise_px`."""

    def make(
        view: PinholeCamera,
        left: Place,
        right: Place,
        *,
        lift_m: Place = (0.0, 0.0),
        heading_rad: float = 0.0,
        noise_px: float = 0.0,
        seed: int = 0,
        score: float = 0.9,
    ) -> Skeleton:
        places = joints_m(left, right, lift_m, heading_rad)
        hips = places[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0)
        noise = np.random.default_rng(seed).normal(0.0, 1.0, (JOINT_COUNT, 2)) * noise_px
        return Skeleton(
            points_px=view.project(places) + noise,
            scores=np.full(JOINT_COUNT, score),
            points_m=(places - hips) @ view.surface_from_camera.rotation,
            score=1.0,
        )

    return make
