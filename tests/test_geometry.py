from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didim.geometry import DenseMap, FloatArray, PinholeCamera, PlaneMap, Point, RigidPose, Surface

MATRIX = np.array([[900.0, 0.0, 633.0], [0.0, 907.0, 366.0], [0.0, 0.0, 1.0]])
LENSES = {
    "none": (0.0, 0.0, 0.0, 0.0, 0.0),
    "mild": (-0.046, 0.14, 0.0006, 0.0007, 0.0),
    "barrel": (-0.33, 0.046, -0.0043, 0.0041, 0.0666),
    "strong barrel": (-0.4, 0.15, 0.002, -0.001, -0.02),
    "pincushion": (0.2, -0.25, 0.003, 0.002, 0.12),
}


def _turn(x: float, y: float, z: float) -> FloatArray:
    return np.asarray(cv2.Rodrigues(np.array([x, y, z]))[0], np.float64)


def _pose() -> RigidPose:
    """A camera 2.5 m up that looks down at the surface at about 40 degrees."""
    return RigidPose(_turn(math.radians(-130), 0, 0) @ _turn(0.05, 0.1, 0.2), np.array([2.0, -1.5, 2.5]))


@pytest.fixture(params=LENSES)
def camera(request: pytest.FixtureRequest) -> PinholeCamera:
    return PinholeCamera(MATRIX, _pose(), np.array(LENSES[request.param]))


def _picture_points() -> FloatArray:
    grid = np.meshgrid(np.linspace(0, 1279, 33), np.linspace(0, 719, 19))
    return np.stack(grid, axis=-1).reshape(-1, 2).astype(np.float64)


def test_projection_is_opencvs(camera: PinholeCamera) -> None:
    points = np.random.default_rng(0).uniform([0.5, 0, 0], [3.5, 2.5, 1.8], (200, 3))
    camera_from_surface = camera.surface_from_camera.inverse()
    expected, _ = cv2.projectPoints(
        points,
        cv2.Rodrigues(np.array(camera_from_surface.rotation))[0],
        np.array(camera_from_surface.translation_m),
        np.array(camera.matrix),
        np.array(camera.distortion),
    )
    assert np.abs(camera.project(points) - expected.reshape(-1, 2)).max() < 1e-6


def test_rays_undo_the_lens_everywhere_in_the_picture(camera: PinholeCamera) -> None:
    seen = _picture_points()
    in_camera = camera.rays(seen) @ camera.surface_from_camera.rotation
    back, _ = cv2.projectPoints(
        in_camera, np.zeros(3), np.zeros(3), np.array(camera.matrix), np.array(camera.distortion)
    )
    assert np.abs(back.reshape(-1, 2) - seen).max() < 1e-3


def test_rays_are_opencvs_where_its_iteration_converges(camera: PinholeCamera) -> None:
    seen = _picture_points()[np.hypot(*(_picture_points() - MATRIX[:2, 2]).T) < 450]
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 200, 1e-12)
    expected = cv2.undistortPoints(
        seen.reshape(-1, 1, 2), np.array(camera.matrix), np.array(camera.distortion), criteria=criteria
    ).reshape(-1, 2)
    in_camera = camera.rays(seen) @ camera.surface_from_camera.rotation
    assert np.abs(in_camera[:, :2] / in_camera[:, 2:] - expected).max() * 900 < 1e-3


@pytest.mark.parametrize("height_m", [0.0, 0.03, 1.2])
def test_a_cast_point_is_where_it_was(camera: PinholeCamera, height_m: float) -> None:
    floor = np.random.default_rng(1).uniform([1.0, 0.5], [3.0, 2.5], (50, 2))
    seen = camera.project(np.c_[floor, np.full(50, height_m)])
    assert np.allclose(camera.surface_points(seen, height_m), floor, atol=1e-6)
    heights = np.linspace(0, 0.5, 50)
    assert np.allclose(
        camera.surface_points(camera.project(np.c_[floor, heights]), heights), floor, atol=1e-6
    )


def test_the_sky_and_what_is_behind_are_nowhere() -> None:
    level = PinholeCamera(MATRIX, RigidPose(_turn(math.radians(-90), 0, 0), np.array([0.0, 0.0, 2.0])))
    points = level.surface_points(np.array([[633.0, 100.0], [633.0, 700.0]]))
    assert np.isnan(points[0]).all()
    assert np.isfinite(points[1]).all()
    assert np.isnan(level.project(np.array([[0.0, -5.0, 0.0]]))).all()


def test_pixels_that_the_lens_model_never_reaches_are_nowhere() -> None:
    wide = MATRIX.copy()
    wide[0, 0] = wide[1, 1] = 500.0
    camera = PinholeCamera(wide, _pose(), np.array(LENSES["strong barrel"]))
    assert np.isnan(camera.rays(np.array([[0.0, 0.0]]))).all()
    assert np.isfinite(camera.rays(np.array([[600.0, 300.0]]))).all()


@pytest.mark.parametrize("focal", [0.0, -900.0])
def test_a_camera_needs_a_focal_length(focal: float) -> None:
    with pytest.raises(ValueError, match="focal"):
        PinholeCamera(np.diag([focal, 900.0, 1.0]), _pose())


@pytest.mark.parametrize("matrix", [np.eye(2), np.full((3, 3), np.nan)])
def test_arrays_are_checked(matrix: FloatArray) -> None:
    with pytest.raises(ValueError, match=r"finite array of shape \(3, 3\)"):
        PlaneMap(matrix)


def test_values_cannot_be_changed_behind_ones_back() -> None:
    source = np.eye(3)
    plane = PlaneMap(source)
    source[0, 0] = 7.0
    assert plane.matrix[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        plane.matrix[0, 0] = 7.0


def test_a_mirror_is_no_rotation() -> None:
    with pytest.raises(ValueError, match="mirrored"):
        RigidPose(np.diag([1.0, 1.0, -1.0]), np.zeros(3))


def test_poses_chain_and_turn_back() -> None:
    first, second = _pose(), RigidPose(_turn(0.3, -0.2, 0.9), np.array([0.1, 2.0, -1.0]))
    points = np.random.default_rng(2).normal(size=(7, 3))
    assert np.allclose(first.after(second).apply(points), first.apply(second.apply(points)))
    assert np.allclose(first.inverse().apply(first.apply(points)), points)


_sides = st.floats(-0.3, 0.3)


@settings(max_examples=50, deadline=None)
@given(st.lists(_sides, min_size=8, max_size=8))
def test_plane_maps_are_opencvs_and_turn_back(bends: list[float]) -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    quad = square + np.array(bends, np.float32).reshape(4, 2)
    matrix = np.asarray(cv2.getPerspectiveTransform(square, quad), np.float64)
    plane = PlaneMap(matrix)
    inside = np.random.default_rng(3).uniform(0.2, 0.8, (20, 2))
    expected = cv2.perspectiveTransform(inside.reshape(-1, 1, 2), matrix).reshape(-1, 2)
    assert np.allclose(plane.apply(inside), expected)
    assert np.allclose(plane.inverse().apply(plane.apply(inside)), inside, atol=1e-6)
    assert np.allclose(plane.surface_points(inside, 0.3), plane.apply(inside))
    assert np.allclose(plane.inverse().after(plane).apply(inside), inside, atol=1e-6)


def test_a_flat_plane_map_is_refused() -> None:
    with pytest.raises(ValueError, match="invertible"):
        PlaneMap(np.ones((3, 3)))


def test_dense_maps_interpolate_and_hold_at_the_rim() -> None:
    rows, columns = np.mgrid[:5, :7]
    dense = DenseMap(np.stack([columns * 0.5 + 1, rows * 0.25], axis=-1).astype(np.float32))
    points = np.array([[0.0, 0.0], [2.5, 1.75], [6.0, 4.0], [-3.0, 9.0]])
    assert np.allclose(dense.apply(points), [[1.0, 0.0], [2.25, 0.4375], [4.0, 1.0], [1.0, 1.0]])
    picture = dense.xy[..., 0].astype(np.float32)
    at = np.random.default_rng(4).uniform([0, 0], [6, 4], (30, 2)).astype(np.float32)
    expected = cv2.remap(picture, at[None, :, 0], at[None, :, 1], cv2.INTER_LINEAR)[0]
    assert np.allclose(dense.apply(at.astype(np.float64))[:, 0], expected, atol=0.05)


def test_a_dense_map_has_two_values_a_pixel() -> None:
    with pytest.raises(ValueError, match="rows, columns, 2"):
        DenseMap(np.zeros((4, 4), np.float32))


@pytest.mark.parametrize(("width_m", "height_m"), [(0.1, 3.0), (4.0, 60.0), (math.nan, 3.0)])
def test_a_surface_has_sides_in_reason(width_m: float, height_m: float) -> None:
    with pytest.raises(ValueError, match="metres"):
        Surface("floor", width_m, height_m)


def test_points_and_surfaces() -> None:
    floor = Surface("floor", 4.0, 3.0)
    assert Point(1.0, 1.0).distance_m(Point(4.0, 5.0)) == 5.0
    assert Point(1.0, 1.0).moved(0.5, -0.25) == (1.5, 0.75)
    assert floor.contains(Point(0.0, 3.0))
    assert not floor.contains(Point(0.05, 1.0), margin_m=0.1)
    assert floor.contains(Point(-0.4, 1.0), margin_m=-0.5)
    assert not floor.contains(Point(math.nan, 1.0))
    with pytest.raises(ValueError, match="'floor' or a 'wall'"):
        Surface("ceiling", 4.0, 3.0)  # type: ignore[arg-type]  # what a rig file might say


def test_a_place_is_brought_inside_a_surface() -> None:
    floor = Surface("floor", 4.0, 2.0)
    assert floor.clamped(Point(5.0, -1.0), margin_m=0.5) == Point(3.5, 0.5)
    assert floor.clamped(Point(1.0, 1.5), margin_m=0.5) == Point(1.0, 1.5)
    assert floor.clamped(Point(1.0, 1.5), margin_m=1.5) == Point(1.5, 1.0)
