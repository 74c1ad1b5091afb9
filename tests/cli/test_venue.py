"""`didim venue`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from didim.cli._venue import app
from didim.run.recording import RecordingError
from didim.sim.venue import ready_venues


def test_the_list_names_every_ready_venue_with_its_surface() -> None:
    told = CliRunner().invoke(app, ["list", "--json"])
    venues = {venue["name"]: venue for venue in json.loads(told.stdout)}
    assert set(venues) == set(ready_venues())
    assert venues["small-hall"]["surface"] == ["floor", 4.0, 3.0]
    table = CliRunner().invoke(app, ["list"]).stdout
    assert all(name in table for name in venues)


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("didim.cli._play.prepare_engine", lambda engine: None)  # nothing is to be fetched
    (tmp_path / "mine.txt").write_text("mine")
    arguments = ["record", "small-hall", "--seconds", "1", "--out", str(tmp_path)]
    assert isinstance(CliRunner().invoke(app, arguments).exception, RecordingError)
