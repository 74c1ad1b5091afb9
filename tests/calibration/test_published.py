from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from calibration.published import (
    CalibrationError,
    PublishedCamera,
    make_rig,
    read_calibration,
    seen_share,
)
from didim.geometry import PinholeCamera, Point, RigidPose
from tests.calibration.conftest import LENS, MATRIX, SIZE_PX, looking, pose2sim_toml, qualisys_xml

QUALISYS = Path("C_floor/pose2sim_single/Demo_SinglePerson/calibration/Calib.qca.txt")
CALISCOPE = Path("B_boards/caliscope_charuco/post_optimization")


def _cameras(poses: dict[str, RigidPose]) -> tuple[PublishedCamera, ...]:
    return tuple(PublishedCamera(name, SIZE_PX, MATRIX, np.array(LENS), pose) for name, pose in poses.items())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _check(cameras: tuple[PublishedCamera, ...], poses: dict[str, RigidPose], lens_terms: int) -> None:
    assert [camera.name for camera in cameras] == list(poses)
    for camera, pose in zip(cameras, poses.values(), strict=True):
        assert camera.size_px == SIZE_PX
        assert np.allclose(camera.matrix, MATRIX)
        assert np.allclose(camera.distortion, [*LENS[:lens_terms], 0.0][:5])
        assert np.allclose(camera.world_from_camera.rotation, pose.rotation, atol=1e-9)
        assert np.allclose(camera.world_from_camera.translation_m, pose.translation_m, atol=1e-9)


@pytest.mark.parametrize("as_matrix", [False, True])
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
def test_pose2sim_toml_is_read(
    tmp_path: Path, poses: dict[str, RigidPose], unit_m: float, as_matrix: bool
) -> None:
    (tmp_path / "Calib.toml").write_text(pose2sim_toml(poses, unit_m=unit_m, as_matrix=as_matrix), "utf-8")
    _check(read_calibration(tmp_path / "Calib.toml", unit_m=unit_m), poses, lens_terms=4)


def test_qualisys_is_read(tmp_path: Path, poses: dict[str, RigidPose]) -> None:
    (tmp_path / "Calib.qca.txt").write_text(qualisys_xml(poses), "utf-8")
    _check(read_calibration(tmp_path / "Calib.qca.txt"), poses, lens_terms=5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no camera"),
        ("[metadata]\nerror = 0.1\n", "holds no camera"),
        ("cam_0 = ", "Pose2Sim, Anipose or Caliscope"),
        ("<calibration><cameras>", "Qualisys"),
        ("<calibration><camera serial='a'/></calibration>", "<transform>"),
        ("[cam_0]\nmatrix = [[1.0]]\n", "'rotation'"),
    ],
)
def test_other_files_are_told_from_calibrations(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "file").write_text(text, "utf-8")
    with pytest.raises(CalibrationError, match=told):
        read_calibration(tmp_path / "file")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("fisheye = false", "fisheye = true", "fisheye"),
        ("0.0007]", "0.0007, 0.0, 0.3]", "6 distortion terms"),
        ("size = [ 1280.0, 720.0,]", "size = [ 1280.0 ]", "unpack"),
        ("size = [ 1280.0, 720.0,]", "size = [ 0.0, 720.0 ]", r"\(width, height\)"),
    ],
)
def test_cameras_that_cannot_be_used_are_told(
    tmp_path: Path, poses: dict[str, RigidPose], before: str, after: str, told: str
) -> None:
    text = pose2sim_toml(poses)
    assert before in text
    (tmp_path / "Calib.toml").write_text(text.replace(before, after), "utf-8")
    with pytest.raises(CalibrationError, match=told):
        read_calibration(tmp_path / "Calib.toml")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="no such calibration file"):
        read_calibration(tmp_path / "none.toml")


@pytest.mark.parametrize("level_m", [0.0, 0.05])
def test_the_area_lies_where_it_was_put(poses: dict[str, RigidPose], level_m: float) -> None:
    rig = make_rig(_cameras(poses), name="hall", area_m=(3.0, 2.0), center_m=Point(1.2, 2.1), level_m=level_m)
    assert (rig.surfaces["floor"].width_m, rig.surfaces["floor"].height_m) == (3.0, 2.0)
    world = np.array([[-0.3, 1.1, level_m], [2.7, 3.1, level_m], [1.0, 2.0, level_m + 1.0]])
    surface = np.array([[0.0, 0.0, 0.0], [3.0, 2.0, 0.0], [1.3, 0.9, 1.0]])
    for camera, published in zip(rig.cameras, _cameras(poses), strict=True):
        in_world = PinholeCamera(published.matrix, published.world_from_camera, published.distortion)
        assert np.allclose(camera.view.project(surface), in_world.project(world))  # type: ignore[union-attr]  # made so


def test_without_a_wish_the_area_is_what_all_cameras_see(poses: dict[str, RigidPose]) -> None:
    rig = make_rig(_cameras(poses), name="hall")
    surface = rig.surfaces["floor"]
    assert surface.width_m >= 1.5
    assert surface.height_m >= 1.5
    assert all(seen_share(camera, surface) > 0.999 for camera in rig.cameras)


def test_a_camera_that_looks_elsewhere_is_outvoted(poses: dict[str, RigidPose]) -> None:
    away = looking((1.0, 8.0, 2.4), (1.0, 20.0, 1.0))
    rig = make_rig(_cameras({**poses, "away": away}), name="hall")
    shares = [seen_share(camera, rig.surfaces["floor"]) for camera in rig.cameras]
    assert min(shares[:3]) > 0.999
    assert shares[3] < 0.5


@pytest.mark.parametrize("area_m", [(3.0, 2.0), (2.0, 3.3), (4.0, 4.0)])
def test_the_virtual_projector_shows_the_whole_area(
    poses: dict[str, RigidPose], area_m: tuple[float, float]
) -> None:
    rig = make_rig(_cameras(poses), name="hall", area_m=area_m, center_m=Point(1.0, 2.0))
    projector = rig.projector()
    width, height = projector.size_px
    assert max(projector.size_px) == 1280
    assert width % 2 == height % 2 == 0
    corners = projector.projector_from_surface.apply(np.array([[0.0, 0.0], [0.0, area_m[1]], area_m]))
    expected = [[-0.5, height - 0.5], [-0.5, -0.5], [width - 0.5, -0.5]]
    assert np.allclose(corners, expected)
    assert width / height == pytest.approx(area_m[0] / area_m[1], rel=0.003)


def test_a_world_whose_z_points_down_is_turned_over(poses: dict[str, RigidPose]) -> None:
    over = RigidPose(np.diag([1.0, -1.0, -1.0]), np.zeros(3))
    upside_down = {name: over.after(pose) for name, pose in poses.items()}
    given = {"area_m": (3.0, 2.0), "center_m": Point(1.0, 2.0)}
    expected = make_rig(_cameras(poses), name="hall", **given)  # type: ignore[arg-type]  # both are given whole
    turned = make_rig(_cameras(upside_down), name="hall", **given)  # type: ignore[arg-type]  # as above
    seen = np.array([[400.0, 300.0], [800.0, 500.0]])
    for one, other in zip(turned.cameras, expected.cameras, strict=True):
        assert np.allclose(one.view.surface_points(seen), other.view.surface_points(seen))


def test_a_world_that_is_no_floor_is_told(poses: dict[str, RigidPose]) -> None:
    below = RigidPose(poses["east"].rotation, np.array([5.0, 2.0, -0.3]))
    with pytest.raises(CalibrationError, match="some below"):
        make_rig(_cameras({**poses, "east": below}), name="hall")


def test_an_area_out_of_reason_is_told(poses: dict[str, RigidPose]) -> None:
    with pytest.raises(CalibrationError, match="--area"):
        make_rig(_cameras(poses), name="hall", area_m=(300.0, 2.0), center_m=Point(0.0, 0.0))


def test_cameras_that_see_no_floor_are_told() -> None:
    with pytest.raises(CalibrationError, match="--area and --center"):
        make_rig(_cameras({"up": looking((0.0, 0.0, 2.0), (1.0, 0.0, 9.0))}), name="sky")


def test_the_recordings_qualisys_cameras_look_at_its_floor(recordings: Path) -> None:
    if not (recordings / QUALISYS).is_file():
        pytest.skip(f"needs the recording {QUALISYS}")
    cameras = read_calibration(recordings / QUALISYS)
    assert [camera.name for camera in cameras] == ["cam01", "cam02", "cam03", "cam04"]
    assert {camera.size_px for camera in cameras} == {(1088, 1920)}
    # the far end of the beam's top, read off the four pictures of the empty scene by eye, px; its Config.toml
    # puts it at (-2, 0). The cameras miss that by 5 to 15 cm; a wrong convention would by metres
    seen = {"cam01": (230, 951), "cam02": (619, 981), "cam03": (924, 1383), "cam04": (529, 1583)}
    for camera in cameras:
        view = PinholeCamera(camera.matrix, camera.world_from_camera, camera.distortion)
        place = view.surface_points(np.array([seen[camera.name]], np.float64), 0.05)[0]
        assert np.hypot(*(place - [-2.0, 0.0])) < 0.3


def test_caliscopes_cameras_see_its_board_where_it_was(recordings: Path) -> None:
    if not (recordings / CALISCOPE).is_dir():
        pytest.skip(f"needs the recording {CALISCOPE}")
    cameras = read_calibration(recordings / CALISCOPE / "config.toml")
    board = recordings / CALISCOPE / "calibration" / "extrinsic" / "CHARUCO"
    places = {
        (row["sync_index"], row["keypoint_id"]): [float(row[f"{axis}_coord"]) for axis in "xyz"]
        for row in _rows(board / "xyz_CHARUCO.csv")
    }
    misses_px = []
    for row in _rows(board / "xy_CHARUCO.csv"):
        place = places.get((row["sync_index"], row["keypoint_id"]))
        if place is not None:
            camera = cameras[int(row["cam_id"])]
            view = PinholeCamera(camera.matrix, camera.world_from_camera, camera.distortion)
            seen = [float(row["img_loc_x"]), float(row["img_loc_y"])]
            misses_px.append(np.hypot(*(view.project(np.array([place]))[0] - seen)))
    assert len(misses_px) > 1000
    assert np.median(misses_px) < 2.0
