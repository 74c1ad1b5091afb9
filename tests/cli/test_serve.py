"""`didim console`: what it refuses before anything starts. What it does is tested in tests/run."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from didim.cli._app import app
from didim.cli._serve import _kept
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


def test_what_robots_play_stays_apart_from_the_places_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("DIDIM_RECORDS", f"sqlite:///{tmp_path}/real.sqlite")
    url, folder = _kept(None, None, made_up=True)
    assert url == f"sqlite:///{tmp_path}/didim/trial/records.sqlite"
    assert folder == tmp_path / "didim" / "trial" / "backups"
    assert "A trial" in capsys.readouterr().out
    assert not (tmp_path / "real.sqlite").exists()
    assert _kept(None, None, made_up=False)[0] == f"sqlite:///{tmp_path}/real.sqlite"
    chosen = f"sqlite:///{tmp_path}/chosen.sqlite"
    assert _kept(chosen, None, made_up=True)[0] == chosen
