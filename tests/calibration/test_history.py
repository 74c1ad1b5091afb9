"""Rig files are kept before they are written over, and come back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.history import HistoryError, kept_rigs, restore_rig, save_rig
from didim.geometry import DenseMap, PlaneMap, Surface
from didim.rig import Camera, Projector, Rig, read_rig

NOW = datetime(2026, 5, 4, 10, 30)
DENSE = DenseMap(np.random.default_rng(0).random((6, 8, 2), np.float32))


def rig(name: str, dense: DenseMap | None = None) -> Rig:
    view = PlaneMap(np.eye(3))
    return Rig(
        name,
        {"play": Surface("floor", 4.0, 3.0)},
        (Camera("camera", "play", (64, 48), view),),
        (Projector("projector", "play", (8, 6), view, dense),),
    )


def test_the_file_before_comes_back_with_its_map(tmp_path: Path) -> None:
    file = tmp_path / "rig.toml"
    assert save_rig(rig("first", DENSE), file, NOW) is None
    kept = save_rig(rig("second", replace(DENSE, xy=DENSE.xy + 1)), file, NOW)
    assert kept is not None
    chosen, aside = restore_rig(file, NOW + timedelta(minutes=1))
    found = read_rig(file)
    assert (chosen, found.name) == (kept, "first")
    dense = found.projectors[0].surface_from_projector
    assert dense is not None
    np.testing.assert_array_equal(dense.xy, DENSE.xy)
    assert aside is not None
    assert read_rig(aside.file).name == "second"


def test_versions_of_one_second_do_not_write_over_each_other(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    for number in range(4):
        save_rig(rig(f"rig {number}"), file, NOW)
    assert {read_rig(kept.file).name for kept in kept_rigs(file)} == {"rig 0", "rig 1", "rig 2"}
    assert {path.name for path in tmp_path.iterdir()} == {"hall.toml", "hall-history"}


def test_a_version_is_restored_by_name_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    file = tmp_path / "rig.toml"
    with pytest.raises(HistoryError, match="no version"):
        restore_rig(file, NOW)
    for number in range(3):
        save_rig(rig(f"rig {number}"), file, NOW + timedelta(hours=number))
    restore_rig(file, NOW + timedelta(hours=9), "20260504-113000")
    assert read_rig(file).name == "rig 0"
    with pytest.raises(HistoryError, match="20260504-113000"):
        restore_rig(file, NOW, "yesterday")


def test_a_file_that_is_broken_does_not_stop_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "rig.toml"
    file.write_text("this is no rig", "utf-8")
    kept = save_rig(rig("new"), file, NOW)
    assert read_rig(file).name == "new"
    assert kept is not None
    assert kept.file.read_text("utf-8") == "this is no rig"
