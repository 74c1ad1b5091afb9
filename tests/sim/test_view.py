"""The virtual camera, simulated skeletons and the small hall."""

from __future__ import annotations

import math

import numpy as np
import pytest

from didim.geometry import Point
from didim.people import Joint
from didim.sim import Body, Motion, Pose3D, camera_over, skeletons

VIEW = camera_over((2.0, -1.5, 2.5), (2.0, 1.5, 0.0), hfov_deg=75.0, size_px=(640, 480))


def standing(x_m: float, y_m: float) -> Pose3D:
    return Motion(Body.of(1.2, 0), Point(x_m, y_m), -1.57).pose(0.0)


def test_the_camera_looks_where_it_is_told_and_stands_upright() -> None:
    middle, right, higher = VIEW.project(np.array([[2.0, 1.5, 0.0], [2.5, 1.5, 0.0], [2.0, 1.5, 0.5]]))
    np.testing.assert_allclose(middle, [319.5, 239.5], atol=1e-9)
    assert right[0] > middle[0]
    assert right[1] == pytest.approx(middle[1])
    assert higher[1] < middle[1]


def test_the_angle_of_view_fits_the_picture() -> None:
    rays = VIEW.rays(np.array([[-0.5, 239.5], [639.5, 239.5]]))
    cosine = rays[0] @ rays[1] / np.linalg.norm(rays[0]) / np.linalg.norm(rays[1])
    assert math.degrees(math.acos(cosine)) == pytest.approx(75.0)


def test_a_camera_straight_above_has_the_far_side_on_top() -> None:
    above = camera_over((2.0, 1.5, 3.0), (2.0, 1.5, 0.0), hfov_deg=80.0, size_px=(640, 480))
    middle, far, right = above.project(np.array([[2.0, 1.5, 0.0], [2.0, 2.0, 0.0], [2.5, 1.5, 0.0]]))
    assert far[1] < middle[1]
    assert right[0] > middle[0]


def test_a_skeleton_without_noise_is_the_projected_pose() -> None:
    pose = standing(2.0, 1.5)
    (skeleton,) = skeletons([pose], VIEW, np.random.default_rng(0), noise_px=0.0)
    np.testing.assert_allclose(skeleton.points_px, VIEW.project(pose.joints_m), atol=1e-9)
    hips_m = 0.5 * (skeleton.points_m[Joint.LEFT_HIP] + skeleton.points_m[Joint.RIGHT_HIP])
    np.testing.assert_allclose(hips_m, 0.0, atol=1e-12)
    assert skeleton.points_m[Joint.NOSE, 1] < -0.2  # the head is up, y is down
    np.testing.assert_allclose(
        np.linalg.norm(skeleton.points_m[11] - skeleton.points_m[12]),
        np.linalg.norm(pose.joints_m[11] - pose.joints_m[12]),
    )


def test_noise_is_as_strong_as_told_and_follows_the_seed() -> None:
    pose = standing(2.0, 1.5)
    exact = VIEW.project(pose.joints_m)
    rng = np.random.default_rng(0)
    strays = [skeletons([pose], VIEW, rng, noise_px=2.0)[0].points_px - exact for _ in range(60)]
    assert np.std(strays) == pytest.approx(2.0, rel=0.05)
    one, other = (skeletons([pose], VIEW, np.random.default_rng(7))[0].points_px for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_who_stands_behind_another_is_seen_less_surely() -> None:
    front, behind = standing(2.0, 0.8), standing(2.03, 1.3)
    rng = np.random.default_rng(0)
    seen_front, seen_behind = skeletons([front, behind], VIEW, rng)
    assert seen_front.scores.min() > 0.9
    assert (seen_behind.scores < 0.5).sum() > 8


def test_who_is_out_of_the_picture_is_not_found() -> None:
    assert skeletons([standing(9.0, 1.5)], VIEW, np.random.default_rng(0)) == ()


def test_a_camera_cannot_look_at_itself() -> None:
    with pytest.raises(ValueError, match="its own place"):
        camera_over((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), hfov_deg=60.0, size_px=(640, 480))
