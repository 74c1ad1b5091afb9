from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calibration.command import rig_app
from calibration.published import CalibrationError
from didim.geometry import RigidPose
from didim.rig import RigError, read_rig
from tests.calibration.conftest import pose2sim_toml


@pytest.fixture
def calib(tmp_path: Path, poses: dict[str, RigidPose]) -> Path:
    path = tmp_path / "Calib.toml"
    path.write_text(pose2sim_toml(poses), "utf-8")
    return path


def _call(*words: str | Path) -> str:
    """Run the command as `didim rig` does and give its stdout; a Problem comes through."""
    result = CliRunner().invoke(rig_app, [str(word) for word in words])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_import_writes_a_rig_that_reads_back(calib: Path, tmp_path: Path) -> None:
    out = tmp_path / "site" / "rig.toml"
    _call("import", calib, "--out", out, "--area", "3x2.5", "--center", "1,2", "--level", "0.05")
    rig = read_rig(out)
    assert rig.name == "Calib"
    assert (rig.surfaces["floor"].width_m, rig.surfaces["floor"].height_m) == (3.0, 2.5)
    assert [camera.name for camera in rig.cameras] == ["north", "east", "south"]
    assert rig.projector().size_px == (1280, 1066)


def test_import_needs_no_options(calib: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _call("import", calib)
    assert read_rig(tmp_path / "rig.toml").surfaces["floor"].width_m >= 1.0


def test_chosen_cameras_come_in_the_order_given(calib: Path, tmp_path: Path) -> None:
    out = tmp_path / "rig.toml"
    _call("import", calib, "--out", out, "--camera", "south", "--camera", "north")
    assert [camera.name for camera in read_rig(out).cameras] == ["south", "north"]


@pytest.mark.parametrize("center", ["-1,0", "-1.5 , .5", "0,-2"])
def test_a_center_may_be_negative(calib: Path, tmp_path: Path, center: str) -> None:
    _call("import", calib, "--out", tmp_path / "rig.toml", "--area", "3X2", "--center", center)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--area", "3by2"], "--area expects two numbers such as 4x3"),
        (["--area", "3x2x1"], "--area expects"),
        (["--center", "here"], "--center expects"),
        (["--camera", "west"], "no camera 'west'; it has: north, east, south"),
        (["--unit", "inch"], "--unit is one of m, cm, mm"),
        (["--area", "0.1x2", "--center", "0,0"], "between 0.2 and 50 metres"),
    ],
)
def test_a_wrong_option_is_told(calib: Path, tmp_path: Path, words: list[str], told: str) -> None:
    with pytest.raises(CalibrationError, match=told):
        _call("import", calib, "--out", tmp_path / "rig.toml", *words)
    assert not (tmp_path / "rig.toml").exists()


def test_a_rig_that_is_there_is_not_lost(calib: Path, tmp_path: Path) -> None:
    out = tmp_path / "rig.toml"
    out.write_text("precious", "utf-8")
    with pytest.raises(CalibrationError, match="--force"):
        _call("import", calib, "--out", out)
    assert out.read_text("utf-8") == "precious"
    _call("import", calib, "--out", out, "--force")
    assert read_rig(out).cameras


def test_show_tells_a_person_and_a_machine(calib: Path, tmp_path: Path) -> None:
    out = tmp_path / "rig.toml"
    _call("import", calib, "--out", out, "--area", "3x2", "--center", "1,2")
    told = _call("show", out)
    assert "north" in told
    assert "virtual" in told
    shown = json.loads(_call("show", out, "--json"))
    assert shown["surfaces"] == [{"name": "floor", "kind": "floor", "width_m": 3.0, "height_m": 2.0}]
    north = shown["cameras"][0]
    assert north["place_m"] == [1.5, 5.0, 2.4]
    assert north["tilt_deg"] == pytest.approx(31.0, abs=0.1)
    assert north["sees_share"] > 0.9


def test_show_tells_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RigError, match="no such rig file"):
        _call("show", tmp_path / "none.toml")


def test_didim_finds_the_command_by_its_entry_point() -> None:
    (entry,) = entry_points(group="didim.commands", name="rig")
    assert entry.load() is rig_app
