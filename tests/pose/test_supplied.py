"""Networks that a site supplied: taken in whole or not at all, listed, chosen, removed."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from didim.content import ContentError
from didim.pose import EngineChoice, JoinedEngine, PoseError, choose_engine, open_engine
from didim.pose.layouts import OneStage
from didim.pose.supplied import add_model, recheck_model, remove_model, supplied_models
from didim.pose.weights import WeightsError
from tests.pose.layouts.test_check import made


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the site's own content."""
    folder = tmp_path / "site"
    monkeypatch.setenv("DIDIM_CONTENT", str(folder))
    return folder / "models"


def add(layout: str, folder: Path, name: str | None = None) -> str:
    files = folder / f"files_{name or layout}"
    files.mkdir()
    return add_model(made(layout, files), layout, name or layout, time.process_time)[0].name


def test_a_network_is_copied_with_its_description(site: Path, tmp_path: Path) -> None:
    source = made("rtmdet", tmp_path)
    model, checked = add_model(source, "rtmdet", "finder", time.process_time)
    source.unlink()
    assert supplied_models() == {"finder": model}
    assert model.path.is_relative_to(site / "finder")
    assert model.manifest.outputs == checked.names == ("dets", "labels")
    assert model.manifest.title == "tiny.onnx"
    assert model.open().outputs
    assert sorted(path.name for path in site.iterdir()) == ["finder"]


def test_a_network_is_called_as_its_file_where_nobody_says_otherwise(site: Path, tmp_path: Path) -> None:
    named = made("rtmdet", tmp_path).rename(tmp_path / "My RTMDet (v2).onnx")
    assert add_model(named, "rtmdet", None, time.process_time)[0].name == "my_rtmdet_v2"


@pytest.mark.parametrize("name", ["auto", "blazepose", "mediapipe"])
def test_the_name_of_something_else_is_refused(site: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(PoseError, match=f"there is '{name}' already"):
        add_model(made("rtmdet", tmp_path), "rtmdet", name, time.process_time)


@pytest.mark.parametrize("name", ["a+b", "a@b", "../x", "Großes", ""])
def test_a_name_that_would_read_as_something_else_is_refused(site: Path, tmp_path: Path, name: str) -> None:
    file = made("rtmdet", tmp_path)
    if name:
        with pytest.raises(PoseError, match="small letters"):
            add_model(file, "rtmdet", name, time.process_time)
    else:
        assert add_model(file, "rtmdet", name, time.process_time)[0].name == "tiny"


def test_nothing_is_kept_of_a_network_that_fails(site: Path, tmp_path: Path) -> None:
    with pytest.raises(PoseError, match="is not heatmap"):
        add_model(made("rtmdet", tmp_path), "heatmap", None, time.process_time)
    with pytest.raises(PoseError, match="no such file"):
        add_model(tmp_path / "nowhere.onnx", "heatmap", None, time.process_time)
    assert list(site.glob("*")) == []
    assert list(site.glob(".*")) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DIDIM_CONTENT", str(tmp_path / "file"))
    with pytest.raises(WeightsError, match="expected to keep the network here"):
        add_model(made("rtmdet", tmp_path), "rtmdet", None, time.process_time)


def test_a_file_that_was_changed_is_not_opened(site: Path, tmp_path: Path) -> None:
    name = add("rtmdet", tmp_path)
    model = supplied_models()[name]
    model.path.write_bytes(made("yolox", tmp_path).read_bytes())
    with pytest.raises(WeightsError, match=r"expected the file that was added .*didim models remove rtmdet"):
        model.open()
    with pytest.raises(WeightsError, match="expected the file that was added"):
        recheck_model(name, time.process_time)


def test_a_network_is_tried_again_and_removed(site: Path, tmp_path: Path) -> None:
    name = add("rtmdet", tmp_path)
    assert recheck_model(name, time.process_time) is not None
    assert remove_model(name)
    assert supplied_models() == {}
    assert not remove_model(name)
    assert recheck_model(name, time.process_time) is None


def test_a_layout_of_another_version_is_told(site: Path, tmp_path: Path) -> None:
    manifest = supplied_models_path = site / add("rtmdet", tmp_path) / "model.toml"
    manifest.write_text(manifest.read_text().replace('"rtmdet"', '"rtmdet9"'))
    with pytest.raises(ContentError, match="layout 'rtmdet9' is not one of"):
        supplied_models()
    assert supplied_models_path.is_file()


def test_auto_is_blazepose_until_both_halves_of_another_are_there(site: Path, tmp_path: Path) -> None:
    assert choose_engine("auto") == EngineChoice("blazepose", None, None)
    add("rtmdet", tmp_path)
    assert choose_engine("auto") == EngineChoice("blazepose", None, None)
    add("yolo-pose-e2e", tmp_path)
    assert choose_engine("auto") == EngineChoice("yolo-pose-e2e", None, None)
    add("movenet", tmp_path)
    assert choose_engine("auto") == EngineChoice(None, "rtmdet", "movenet")
    add("heatmap", tmp_path)
    assert choose_engine("auto@cuda") == EngineChoice(None, "rtmdet", "heatmap", "cuda")


def test_an_engine_is_spelled_as_it_is_read(site: Path, tmp_path: Path) -> None:
    add("rtmdet", tmp_path)
    add("heatmap", tmp_path)
    for spelled in ("blazepose", "mediapipe", "rtmdet+heatmap", "blazepose+heatmap@openvino"):
        assert str(choose_engine(spelled)) == spelled


@pytest.mark.parametrize(
    ("spelled", "told"),
    [
        ("nothing", "pose engine 'nothing' is not one of auto, blazepose, mediapipe"),
        ("rtmdet", r"one half of an engine \(detector\): write rtmdet\+LANDMARKS"),
        ("heatmap", r"one half of an engine \(landmarks\): write DETECTOR\+heatmap"),
        ("rtmdet+rtmdet", "landmark net 'rtmdet' is not one of blazepose, heatmap"),
        ("other+heatmap", "detector 'other' is not one of blazepose, rtmdet"),
        ("auto@gpu", "provider 'gpu' is not one of cpu, cuda"),
    ],
)
def test_what_is_no_engine_is_told(site: Path, tmp_path: Path, spelled: str, told: str) -> None:
    add("rtmdet", tmp_path)
    add("heatmap", tmp_path)
    with pytest.raises(PoseError, match=told):
        choose_engine(spelled)


def test_every_kind_of_engine_opens_and_finds_nobody_in_the_dark(site: Path, tmp_path: Path) -> None:
    for layout in ("rtmdet", "heatmap", "movenet", "rtmo"):
        add(layout, tmp_path)
    kinds = {"rtmdet+heatmap": JoinedEngine, "movenet": JoinedEngine, "rtmo": OneStage}
    for spelled, kind in kinds.items():
        engine = open_engine(spelled)
        assert isinstance(engine, kind)
        assert engine.notes == ()
        for count in range(4):
            assert engine.find(np.zeros((360, 640, 3), np.uint8), count) == ()
        engine.close()


def test_a_provider_that_is_missing_is_told_by_the_engine(site: Path, tmp_path: Path) -> None:
    add("rtmdet", tmp_path)
    add("heatmap", tmp_path)
    (note,) = open_engine("rtmdet+heatmap@cuda").notes
    assert note.startswith("provider cuda ")
    assert "the processor runs the pose networks instead" in note
