"""`didim console`: what it refuses before anything starts. What it does is tested in tests/run."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from didim.cli._app import app
from didim.pose import PoseError
from didim.rig import write_rig
from didim.run.demo import picture_aligned_rig


@pytest.mark.parametrize("options", [[], ["--sim", "--venue", "dark"], ["--rig", "rig.toml", "--sim"]])
def test_people_come_from_one_place(options: list[str]) -> None:
    result = CliRunner().invoke(app, ["console", *options])
    assert result.exit_code == 2
    assert "--rig" in result.output


def test_an_engine_that_reports_to_its_maker_is_refused(tmp_path: Path) -> None:
    write_rig(picture_aligned_rig(), tmp_path / "rig.toml")
    options = ["--rig", str(tmp_path / "rig.toml"), "--camera", "0", "--engine", "mediapipe"]
    result = CliRunner().invoke(app, ["console", *options])
    assert isinstance(result.exception, PoseError)
    assert "engine auto" in str(result.exception)


def test_records_that_cannot_be_used_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(app, ["console", "--sim", "--records", f"sqlite:///{tmp_path}/file/r.sqlite"])
    assert getattr(result.exception, "exit_code", 0) == 10
