"""A calibration keeps what else stands in the rig file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calibration.merging import merged_rig
from didim.geometry import DenseMap, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.rig import Area, Camera, Loudness, Projector, Rig

MATRIX = np.array([[900.0, 0, 639.5], [0, 900.0, 359.5], [0, 0, 1]])
DOWN = np.array([[1.0, 0, 0], [0, -0.6, 0.8], [0, -0.8, -0.6]])
SIZE_PX = (1280, 720)
TURN = RigidPose(np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]]), np.array([3.0, 0.5, 0.0]))
"""The new frame from the old one: a quarter turn and a shift."""


def view(x_m: float, motion: RigidPose | None = None) -> PinholeCamera:
    pose = RigidPose(DOWN, np.array([x_m, -2.0, 3.0]))
    return PinholeCamera(MATRIX, pose if motion is None else motion.after(pose))


def old() -> Rig:
    plane = PlaneMap(np.array([[300.0, 0, 0], [0, -300.0, 900], [0, 0, 1]]))
    dense = DenseMap(np.random.default_rng(0).uniform(0, 4, (8, 12, 2)).astype(np.float32))
    return Rig(
        "hall",
        {"play": Surface("floor", 4.0, 3.0), "end": Surface("wall", 3.0, 2.0)},
        (
            Camera("left", "play", SIZE_PX, view(0.0), plays="seated"),
            Camera("right", "play", SIZE_PX, view(3.0)),
            Camera("wall", "end", SIZE_PX, PlaneMap(np.eye(3))),
        ),
        (
            Projector("ceiling", "play", (12, 8), plane, display=0),
            Projector("beside", "play", (12, 8), plane, dense, display=1),
            Projector("end", "end", (12, 8), plane, display=2),
        ),
        engine="blazepose",
        loudness=Loudness(volume=0.5),
        areas={"play": Area(keep_out=(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),))},
    )


def new(camera: PinholeCamera) -> Rig:
    usable = (((0.0, 0.0), (3.5, 0.0), (3.5, 2.5)),)
    return Rig(
        "rig",
        {"play": Surface("floor", 3.5, 2.5)},
        (Camera("left", "play", SIZE_PX, camera),),
        (Projector("projector", "play", (12, 8), PlaneMap(np.diag([300.0, 300.0, 1.0])), display=0),),
        areas={"play": Area(usable)},
    )


def test_other_devices_follow_into_the_new_frame_by_a_camera_that_still_hangs_there() -> None:
    rig, left_out = merged_rig(new(view(0.0, TURN)), old())
    assert left_out == ()
    assert [camera.name for camera in rig.cameras] == ["left", "right", "wall"]
    assert [projector.name for projector in rig.projectors] == ["projector", "beside", "end"]
    px = np.array([[300.0, 500.0], [900.0, 400.0], [640.0, 700.0]])
    before = old().camera("right").view.surface_points(px)
    after = rig.camera("right").view.surface_points(px)
    assert np.allclose(TURN.apply(np.c_[before, np.zeros(3)])[:, :2], after, atol=1e-6)
    was, now = old().projector("beside"), rig.projector("beside")
    assert np.allclose(
        now.projector_from_surface.apply(after), was.projector_from_surface.apply(before), atol=1e-6
    )
    assert was.surface_from_projector is not None
    assert now.surface_from_projector is not None
    flat = was.surface_from_projector.xy.reshape(-1, 2)
    moved = TURN.apply(np.c_[flat, np.zeros(len(flat))])[:, :2]
    assert np.allclose(now.surface_from_projector.xy.reshape(-1, 2), moved, atol=1e-5)


def test_engine_sound_name_posture_and_other_surfaces_stay() -> None:
    rig, _ = merged_rig(new(view(0.0, TURN)), old())
    assert (rig.name, rig.engine, rig.loudness.volume) == ("hall", "blazepose", 0.5)
    assert rig.camera("left").plays == "seated"
    assert rig.surfaces == {"play": Surface("floor", 3.5, 2.5), "end": Surface("wall", 3.0, 2.0)}
    assert merged_rig(new(view(0.0)), old(), "gym")[0].name == "gym"


def test_what_was_kept_off_by_hand_moves_along() -> None:
    rig, _ = merged_rig(new(view(0.0, TURN)), old())
    area = rig.area("play")
    assert area.usable == new(view(0.0)).area("play").usable
    assert np.allclose(area.keep_out[0], [[3.0, 0.5], [3.0, 1.5], [2.0, 0.5]], atol=1e-6)


def test_how_high_a_wall_hangs_is_kept_where_a_camera_tells_how_its_frame_moved() -> None:
    def walls(camera: PinholeCamera, above_floor_m: float | None) -> Rig:
        rig = new(camera)
        return replace(rig, surfaces={"play": Surface("wall", 3.5, 2.5, above_floor_m)})

    half_up = RigidPose(np.eye(3), np.array([0.2, 0.1, 0.0]))  # the old lower edge lies 10 cm higher now
    rig, _ = merged_rig(walls(view(0.0, half_up), None), walls(view(0.0), 0.4))
    assert rig.surfaces["play"].above_floor_m == pytest.approx(0.3)
    for camera in (moved_up(), zoomed()):
        rig, _ = merged_rig(walls(camera, None), walls(view(0.0), 0.4))
        assert rig.surfaces["play"].above_floor_m is None


def moved_up() -> PinholeCamera:
    return PinholeCamera(MATRIX, RigidPose(DOWN, np.array([0.0, -2.0, 3.2])))


def zoomed() -> PinholeCamera:
    return replace(view(0.0), matrix=np.diag([1.2, 1.2, 1.0]) @ MATRIX)


@pytest.mark.parametrize("camera", [moved_up(), zoomed()])
def test_devices_whose_frame_is_lost_are_left_out_and_named(camera: PinholeCamera) -> None:
    rig, left_out = merged_rig(new(camera), old())
    assert left_out == ("right", "beside")
    assert [camera.name for camera in rig.cameras] == ["left", "wall"]
    assert [projector.name for projector in rig.projectors] == ["projector", "end"]
