"""What an installer keeps people off is in the rig file, and can be taken back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from calibration.command_area import change, polygon_of, tell
from calibration.history import kept_rigs
from calibration.words import Words
from didim.geometry import Surface
from didim.rig import Area, Rig, RigError, read_rig, write_rig

NOW = datetime(2026, 1, 2, 3, 4, 5)
USABLE = ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))
BENCH = "3,0 4,0 4,3 3,3"


@pytest.fixture
def rig_file(tmp_path: Path) -> Path:
    rig = Rig("hall", {"play": Surface("floor", 4.0, 3.0)}, (), (), areas={"play": Area((USABLE,))})
    write_rig(rig, tmp_path / "rig.toml")
    return tmp_path / "rig.toml"


def test_a_part_is_kept_off_and_given_back(rig_file: Path) -> None:
    on_bench, beside = np.array([[3.5, 1.0]]), np.array([[2.5, 1.0]])
    change(rig_file, None, (polygon_of(BENCH),), clear=False, now=NOW)
    area = read_rig(rig_file).area("play")
    assert not area.holds(on_bench).any()
    assert area.holds(beside).all()
    assert area.usable == (USABLE,)
    assert len(kept_rigs(rig_file)) == 1
    change(rig_file, "play", (polygon_of("0,0 1,0 0,1"),), clear=True, now=NOW)
    area = read_rig(rig_file).area("play")
    assert area.holds(on_bench).all()
    assert not area.holds(np.array([[0.2, 0.2]])).any()


def test_looking_changes_nothing(rig_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = rig_file.read_bytes()
    tell(change(rig_file, None, (), clear=False, now=NOW), Words("en"), as_json=True)
    assert json.loads(capsys.readouterr().out)["usable_m2"] == 12.0
    assert rig_file.read_bytes() == before
    assert not kept_rigs(rig_file)


def test_the_plan_has_the_far_side_on_top(rig_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = change(rig_file, None, (polygon_of("0,2.5 4,2.5 4,3 0,3"),), clear=False, now=NOW)
    tell(found, Words("ko"), as_json=False)
    rows = capsys.readouterr().out.splitlines()
    assert "■" in rows[0]
    assert "■" not in rows[-1]
    assert len(rows) == 12


@pytest.mark.parametrize("text", ["", "1,1 2,2", "1,1 2,2 a,b", "1;2 3,4 5,6"])
def test_what_is_no_polygon_is_told(text: str) -> None:
    with pytest.raises(RigError, match="corners"):
        polygon_of(text)


def test_a_corner_far_outside_and_an_unknown_surface_are_told(rig_file: Path) -> None:
    before = rig_file.read_bytes()
    with pytest.raises(RigError, match=r"corner 9,0 lies outside"):
        change(rig_file, None, (polygon_of("0,0 9,0 1,1"),), clear=False, now=NOW)
    for drawn in ((), (polygon_of(BENCH),)):
        with pytest.raises(RigError, match="no surface 'table'"):
            change(rig_file, "table", drawn, clear=False, now=NOW)
    assert rig_file.read_bytes() == before


def test_how_high_a_wall_hangs_is_written_and_a_floor_refused(
    rig_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RigError, match="above_floor_m is of a wall"):
        change(rig_file, None, (), clear=False, now=NOW, above_floor_m=0.4)
    wall = Rig("hall", {"end": Surface("wall", 3.0, 2.0)}, (), ())
    write_rig(wall, rig_file)
    tell(change(rig_file, None, (), clear=False, now=NOW), Words("en"), as_json=False)
    tell(change(rig_file, None, (), clear=False, now=NOW, above_floor_m=0.4), Words("en"), as_json=True)
    assert read_rig(rig_file).surfaces["end"].above_floor_m == 0.4
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["above_floor_m"] == 0.4
