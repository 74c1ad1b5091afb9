"""A venue's recording: every file, in step with the others, whole or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

import didim.run.lockstep as lockstep
from didim.capture import open_camera
from didim.geometry import PinholeCamera
from didim.people import Joint
from didim.pose import Skeleton
from didim.project import ProjectError
from didim.rig import read_rig
from didim.run.recording import Recorded, RecordingError, record
from didim.sim.venue import Bump, People, Venue, open_venue

SECONDS = 0.5
PICTURES = 15
DOCUMENT = Path(__file__).parents[2] / "docs" / "venue-recordings.md"


class Nobody:
    """An engine that finds no one."""

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        return ()

    def close(self) -> None:
        pass


class Dies:
    """An engine that fails at its third picture."""

    def __init__(self) -> None:
        self._left = 3

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        self._left -= 1
        if not self._left:
            raise RuntimeError("the engine died")
        return ()

    def close(self) -> None:
        pass


def tiny() -> Venue:
    hall, replace = open_venue("small-hall"), msgspec.structs.replace
    camera = replace(hall.camera[0], size_px=(160, 120))
    projector = replace(hall.projector[0], size_px=(160, 100), bump=Bump(at_s=0.2, shift_m=(0.05, 0.0, 0.0)))
    people = People(count=1, heights_m=(1.3,))
    bare = {"lamp": (), "window": (), "box": (), "poster": ()}
    beside = replace(camera, name="beside", at_m=(0.5, -1.4, 2.4), size_px=(120, 90))
    second = replace(projector, name="second", at_m=(3.0, 1.5, 2.8), size_px=(96, 64), bump=None)
    return replace(hall, camera=(camera, beside), projector=(projector, second), people=people, **bare)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recorded, list[tuple[float, str]]]:
    out = tmp_path_factory.mktemp("venue") / "recording"
    told: list[tuple[float, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lockstep, "open_engine", lambda name, **_: Nobody())
        try:
            done = record(
                tiny(), out, seconds=SECONDS, seed=4, progress=lambda share, what: told.append((share, what))
            )
        except ProjectError as problem:
            pytest.skip(f"needs OpenGL 3.3 in software: {problem}")
    return out, done, told


Recording = tuple[Path, Recorded, list[tuple[float, str]]]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def pictures(path: Path) -> tuple[list[float], list[NDArray[np.uint8]]]:
    camera = open_camera(kind="file", path=path, pace="fast")
    times, shown = [], []
    while (frame := camera.read(timeout_s=5.0)) is not None:
        times.append(frame.captured_ns * 1e-9)
        shown.append(frame.bgr)
    camera.close()
    return [t - times[0] for t in times], shown


def test_pictures_light_truth_and_beliefs_are_in_step(recorded: Recording) -> None:
    out, done, _ = recorded
    assert done.pictures == PICTURES
    meta = json.loads((out / "meta.json").read_text("utf-8"))
    truth, players = lines(out / "truth.jsonl"), lines(out / "players.jsonl")
    due = [k / meta["fps"] for k in range(meta["pictures"])]
    assert [line["seq"] for line in truth] == [line["seq"] for line in players] == list(range(PICTURES))
    for times in ([line["t_s"] for line in truth], [line["t_s"] for line in players]):
        assert times == pytest.approx(due, abs=1e-4)
    devices = [*meta["cameras"], *meta["projectors"]]
    assert [each["file"] for each in devices] == ["camera.mp4", "camera-2.mp4", "light.mp4", "light-2.mp4"]
    for device in devices:
        times, shown = pictures(out / device["file"])
        assert times == pytest.approx(due, abs=1e-4)
        assert list(shown[0].shape[1::-1]) == device["size_px"]


def test_the_light_is_dark_until_the_projector_has_a_frame(recorded: Recording) -> None:
    for name in ("light.mp4", "light-2.mp4"):
        _, shown = pictures(recorded[0] / name)
        assert shown[0].max() < 8
        assert shown[-1].max() > 100


def test_the_truth_in_pixels_follows_from_metres_and_the_camera(recorded: Recording) -> None:
    out = recorded[0]
    meta, rig = json.loads((out / "meta.json").read_text("utf-8")), read_rig(out / "rig.toml")
    (person,) = lines(out / "truth.jsonl")[-1]["people"]
    for camera, told, told_px in zip(rig.cameras, meta["cameras"], person["joints_px"], strict=True):
        view = camera.view
        assert isinstance(view, PinholeCamera)
        assert np.abs(view.matrix - told["matrix"]).max() < 1e-9
        points_px = view.project(np.array(person["joints_m"]))
        assert np.abs(points_px - np.array(told_px)).max() < 0.02
    assert meta["joints"] == [joint.name.lower() for joint in Joint]
    assert [who["id"] for who in meta["people"]] == [person["id"]]
    standing = [person[side] for side in ("left", "right") if person[side]["down"]]
    assert standing
    assert all(foot["since_s"] <= SECONDS for foot in standing)


def test_a_bump_is_told_with_the_map_after_it(recorded: Recording) -> None:
    projector = json.loads((recorded[0] / "meta.json").read_text("utf-8"))["projectors"][0]
    bump = projector["bump"]
    assert bump["at_s"] == 0.2
    before, after = (np.array(each["projector_from_surface"]) for each in (projector, bump))
    moved = [matrix @ [2.0, 1.5, 1.0] for matrix in (before, after)]
    assert np.linalg.norm(moved[0][:2] / moved[0][2] - moved[1][:2] / moved[1][2]) > 1.0


def test_progress_rises_to_the_end(recorded: Recording) -> None:
    shares = [share for share, _ in recorded[2]]
    assert shares == sorted(shares)
    assert shares[-1] > 0.9
    assert recorded[2][-1][1].endswith("of 0.5 s")


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(RecordingError, match=r"not an empty folder; choose another --out"):
        record(tiny(), tmp_path, seconds=1.0)
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_a_recording_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockstep, "open_engine", lambda name, **_: Dies())
    try:
        with pytest.raises(RuntimeError, match="the engine died"):
            record(tiny(), tmp_path / "recording", seconds=SECONDS)
    except ProjectError as problem:
        pytest.skip(f"needs OpenGL 3.3 in software: {problem}")
    assert list(tmp_path.iterdir()) == []


def test_every_key_of_the_files_is_documented(recorded: Recording) -> None:
    out, page = recorded[0], DOCUMENT.read_text("utf-8")
    words = set(re.findall(r"\w+", page))
    documents: list[Any] = [json.loads((out / "meta.json").read_text("utf-8"))]
    documents += [lines(out / name)[-1] for name in ("truth.jsonl", "players.jsonl")]
    missing = {key for document in documents for key in keys(document) if key not in words}
    assert missing == set()
    assert all(path.name in page for path in out.iterdir())


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys(each)}
    if isinstance(value, list):
        return {key for each in value for key in keys(each)}
    return set()
