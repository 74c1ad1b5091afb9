"""The kernels' cameras, rays and triangles against OpenCV and geometry."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from didim.geometry import FloatArray
from didim.sim.render._raster import fill
from didim.sim.render._view import project_points, ray, view_of
from didim.sim.venue import VenueCamera, camera_in_room

CAMERA = VenueCamera(
    at_m=(0.3, -1.4, 2.5),
    look_at_m=(2.0, 1.6, 0.0),
    hfov_deg=80.0,
    distortion=(-0.2, 0.05, 0.001, -0.002, -0.004),
)
SHIFTS_PX = np.stack(np.meshgrid(np.arange(4) / 4, np.arange(4) / 4), axis=-1).reshape(-1, 2)
"""Drawn at each of these, a shape's place is known to a quarter of what one drawing tells."""


def _opencv_px(points_m: FloatArray) -> FloatArray:
    device = camera_in_room(CAMERA)
    seen = device.surface_from_camera.inverse()
    turn, _ = cv2.Rodrigues(seen.rotation)
    px, _ = cv2.projectPoints(points_m, turn, seen.translation_m, device.matrix, device.distortion)
    return np.asarray(px.reshape(-1, 2), np.float64)


def _points_ahead(count: int) -> FloatArray:
    rng = np.random.default_rng(3)
    points = rng.uniform((0.0, 0.0, 0.0), (4.0, 3.0, 1.8), (count, 3))
    px = camera_in_room(CAMERA).project(points)
    return points[((px > 0) & (px < (640, 480))).all(axis=1)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_projected_vertices_agree_with_opencv(dtype: type[np.floating]) -> None:
    points = _points_ahead(500)
    made = np.empty(points.shape, dtype)
    project_points(view_of(camera_in_room(CAMERA)), points.astype(dtype), made)
    assert len(points) > 100
    assert np.abs(made[:, :2] - _opencv_px(points)).max() < 1e-3


def test_a_pixels_ray_meets_the_point_that_projects_to_it() -> None:
    view = view_of(camera_in_room(CAMERA))
    pixels = np.random.default_rng(1).uniform((0, 0), (639, 479), (100, 2))
    on_ray = np.array([view[22:25] + 2.5 * np.array(ray(view, u, v)) for u, v in pixels])
    assert np.abs(_opencv_px(on_ray) - pixels).max() < 1e-3


def test_a_view_of_half_the_size_keeps_pixel_centres() -> None:
    points = _points_ahead(50)
    whole, half = np.empty(points.shape), np.empty(points.shape)
    project_points(view_of(camera_in_room(CAMERA)), points, whole)
    project_points(view_of(camera_in_room(CAMERA), 0.5), points, half)
    assert np.allclose((whole[:, :2] + 0.5) / 2 - 0.5, half[:, :2])


def _drawn(corners_px: FloatArray, inverse_depth: float = 1.0) -> np.ndarray:
    points = np.column_stack([corners_px, np.full(4, inverse_depth)]).astype(np.float32)
    triangles = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    ids, depth = np.full((120, 160), -1, np.int32), np.zeros((120, 160), np.float32)
    fill(points, triangles, 0, depth, ids)
    return ids >= 0


def test_a_drawn_shape_lies_where_its_corners_are() -> None:
    rng = np.random.default_rng(2)
    around = np.array([[-50.0, -40.0], [-50.0, 40.0], [50.0, 40.0], [50.0, -40.0]])
    misses = []
    for _ in range(40):
        corners = around + rng.uniform(-8, 8, (4, 2)) + rng.uniform((70, 50), (90, 70))
        finely = [(shift, np.nonzero(_drawn(corners + shift))) for shift in SHIFTS_PX]
        columns = np.concatenate([seen[1] - shift[0] for shift, seen in finely])
        rows = np.concatenate([seen[0] - shift[1] for shift, seen in finely])
        moments = cv2.moments(corners.astype(np.float32).reshape(-1, 1, 2))
        wanted = np.array([moments["m10"], moments["m01"]]) / moments["m00"]
        misses.append([columns.mean() - wanted[0], rows.mean() - wanted[1]])
    assert np.abs(misses).max() < 0.05


def test_the_far_side_of_a_shape_is_not_drawn() -> None:
    corners = np.array([[20.0, 20.0], [20.0, 80.0], [90.0, 80.0], [90.0, 20.0]])
    assert _drawn(corners).any()
    assert not _drawn(corners[::-1]).any()


def test_what_is_not_seen_is_not_drawn() -> None:
    assert not _drawn(np.array([[20.0, 20.0], [20.0, 80.0], [90.0, 80.0], [90.0, 20.0]]), 0.0).any()
