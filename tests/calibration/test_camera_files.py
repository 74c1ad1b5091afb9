from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from calibration._camera_files import opencv_yaml_of
from calibration.command import rig_app
from calibration.published import CalibrationError, read_calibration
from didim.geometry import PinholeCamera, PlaneMap, RigidPose, Surface
from didim.rig import Camera, Rig, write_rig
from tests.calibration.conftest import LENS, MATRIX, SIZE_PX


def _camera(pose: RigidPose) -> Camera:
    return Camera("north", "floor", SIZE_PX, PinholeCamera(MATRIX, pose, np.array(LENS)))


@pytest.mark.parametrize("unit_m", [1.0, 0.01])
def test_opencv_yaml_goes_round(tmp_path: Path, poses: dict[str, RigidPose], unit_m: float) -> None:
    rig = Rig("hall", {"floor": Surface("floor", 4, 3)}, (_camera(poses["north"]),), ())
    write_rig(rig, tmp_path / "rig.toml")
    out = tmp_path / "camera.yml"
    words = ["export", str(tmp_path / "rig.toml"), "--out", str(out)]
    assert CliRunner().invoke(rig_app, words).exit_code == 0
    (read,) = read_calibration(out, unit_m=unit_m)
    assert (read.name, read.size_px) == ("north", SIZE_PX)
    assert read.matrix == pytest.approx(MATRIX)
    assert read.distortion == pytest.approx(np.array(LENS))
    assert read.world_from_camera.rotation == pytest.approx(np.array(poses["north"].rotation))
    assert read.world_from_camera.translation_m == pytest.approx(poses["north"].translation_m * unit_m)
    again = CliRunner().invoke(rig_app, words)
    assert isinstance(again.exception, CalibrationError)
    assert "--force" in str(again.exception)


def test_a_plane_map_has_no_lens_to_write() -> None:
    with pytest.raises(ValueError, match="without a lens"):
        opencv_yaml_of(Camera("flat", "floor", SIZE_PX, PlaneMap(np.eye(3))))


@pytest.mark.parametrize("text", ["%YAML:1.0\n---\n", "%YAML:1.0\n---\nimage_width: 640\n"])
def test_a_yaml_without_a_camera_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yml").write_text(text, "utf-8")
    with pytest.raises(CalibrationError, match=r"lacks|OpenCV"):
        read_calibration(tmp_path / "a.yml")


def _by_column(tag: str, matrix: np.ndarray) -> str:
    columns = "".join(
        "<d:ArrayOfdouble>"
        + "".join(f"<d:double>{float(v)!r}</d:double>" for v in column)
        + "</d:ArrayOfdouble>"
        for column in matrix.T
    )
    space = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
    return f'<{tag}><ValuesByColumn xmlns:d="{space}">{columns}</ValuesByColumn></{tag}>'


def test_a_roomalive_ensemble_is_read(tmp_path: Path, poses: dict[str, RigidPose]) -> None:
    matrix = np.array([[1065.0, 0, 945.0], [0, 1066.0, 545.0], [0, 0, 1]])
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = poses["east"].rotation @ np.diag([-1, -1, 1]), poses["east"].translation_m
    lens = np.array([[0.016], [-0.004]])
    own = _by_column("colorCameraMatrix", matrix) + _by_column("colorLensDistortion", lens)
    (tmp_path / "ensemble.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>'
        '<ProjectorCameraEnsemble xmlns="http://schemas.datacontract.org/2004/07/RoomAliveToolkit"><cameras>'
        f"<ProjectorCameraEnsemble.Camera><calibration>{own}</calibration><name>0</name>"
        f"{_by_column('pose', pose)}</ProjectorCameraEnsemble.Camera></cameras></ProjectorCameraEnsemble>",
        "utf-8",
    )
    (read,) = read_calibration(tmp_path / "ensemble.xml")
    assert (read.name, read.size_px) == ("0", (1920, 1080))
    assert read.world_from_camera.rotation == pytest.approx(np.array(poses["east"].rotation))
    assert read.matrix[0, 2] == pytest.approx(1919 - 945.0)
    assert read.distortion[:2].tolist() == [0.016, -0.004]
