"""The exact rig of a venue: camera and projector models against OpenCV's."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera
from didim.sim.venue import Venue, camera_in_room, open_venue, projector_in_room, surface_from_room, true_rig


def _opencv_px(device: PinholeCamera, points_m: FloatArray) -> FloatArray:
    seen = device.surface_from_camera.inverse()
    turn, _ = cv2.Rodrigues(seen.rotation)
    px, _ = cv2.projectPoints(points_m, turn, seen.translation_m, device.matrix, device.distortion)
    return np.asarray(px.reshape(-1, 2), np.float64)


def _floor(venue: Venue, count: int = 200) -> FloatArray:
    rng = np.random.default_rng(0)
    return rng.uniform((0, 0), (venue.surface.width_m, venue.surface.height_m), (count, 2))


@pytest.mark.parametrize("name", ["small-hall", "big-hall", "wall", "generated-4"])
def test_cameras_and_projectors_agree_with_opencv(name: str) -> None:
    venue = open_venue(name)
    rig = true_rig(venue)
    on_surface = np.column_stack([_floor(venue), np.zeros(200)])
    in_room = surface_from_room(venue).inverse().apply(on_surface)
    for given, camera in zip(venue.camera, rig.cameras, strict=True):
        assert isinstance(camera.view, PinholeCamera)
        wanted = _opencv_px(camera_in_room(given), in_room)
        assert np.abs(camera.view.project(on_surface) - wanted).max() < 1e-3
    for projector, made in zip(venue.projector, rig.projectors, strict=True):
        wanted = _opencv_px(projector_in_room(projector), in_room)
        assert np.abs(made.projector_from_surface.apply(on_surface[:, :2]) - wanted).max() < 1e-3


def test_a_camera_looks_at_its_point_from_its_place() -> None:
    camera = open_venue("small-hall").camera[0]
    straight = msgspec.structs.replace(camera, distortion=(0.0,) * 5)
    px = camera_in_room(straight).project(np.array([camera.look_at_m]))
    assert px == pytest.approx(np.array([[319.5, 239.5]]), abs=1e-6)


def test_a_wall_has_its_own_frame() -> None:
    venue = open_venue("wall")
    frame = surface_from_room(venue)
    # 1.2 m from the left end of the back wall, 15 cm up, is its corner; into the room is out of the surface
    assert frame.apply(np.array([0.0, 0.0, 0.15])) == pytest.approx(np.zeros(3))
    assert frame.apply(np.array([1.0, -0.5, 0.65])) == pytest.approx(np.array([1.0, 0.5, 0.5]))


def test_a_bump_moves_the_projector_from_its_second_on() -> None:
    venue = open_venue("bumped")
    floor = _floor(venue)
    before, late, after = (
        true_rig(venue, t_s).projectors[0].projector_from_surface for t_s in (0.0, 9.99, 10.0)
    )
    assert np.array_equal(before.matrix, late.matrix)
    moved_px = np.linalg.norm(after.apply(floor) - before.apply(floor), axis=1)
    assert 2.0 < np.median(moved_px) < 60.0


def test_a_projector_with_a_lens_gets_a_dense_map() -> None:
    venue = open_venue("small-hall")
    bent = msgspec.structs.replace(
        venue.projector[0], distortion=(-0.05, 0.0, 0.0, 0.0, 0.0), size_px=(160, 100)
    )
    projector = true_rig(msgspec.structs.replace(venue, projector=(bent,))).projectors[0]
    assert projector.surface_from_projector is not None
    pixels = np.array([[5.0, 7.0], [80.0, 50.0], [150.0, 90.0]])
    floor_m = projector.surface_from_projector.apply(pixels)
    back = _opencv_px(projector_in_room(bent), np.column_stack([floor_m, np.zeros(3)]))
    assert np.abs(back - pixels).max() < 1e-2
