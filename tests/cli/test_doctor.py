"""Each finding says in a sentence what is there, what is wrong and what mends it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from didim.capture import WebcamInfo
from didim.cli import doctor
from didim.cli._probe import answer_of, probe
from didim.cli.doctor import Finding
from didim.pose.weights import ModelState
from didim.problem import Problem
from didim.records import RoundBegan, RoundEnded, open_book
from didim.words import catalogue

WEBCAM = WebcamInfo(0, "Wide camera", "/dev/v4l/by-id/usb-wide-index0")
SCREEN = {"size_px": [1920, 1080], "hz": 60}
CARD = {
    "renderer": "Iris Xe",
    "version": "4.6",
    "software": False,
    "quality": "1x canvas, 1/3 ground",
    "frame_ms": 9.0,
    "size_px": (1920, 1080),
    "hz": 60,
}
HERE = Path("/home/hall")


def model(*, ready: bool) -> ModelState:
    return ModelState("blazepose", "BlazePose", "Apache-2.0", ready, 12_400_000 if ready else 0, ())


def test_every_subject_is_looked_at_once_and_can_be_read_by_a_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "probe", lambda _name: {"error": "no driver"})
    findings = doctor.diagnose()
    assert [finding.subject for finding in findings] == list(doctor.CHECKS)
    fields = json.loads(json.dumps([doctor.as_fields(finding) for finding in findings]))
    assert all(set(each) == {"subject", "status", "sentence", "remedy"} for each in fields)
    assert all(each["sentence"] for each in fields)


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Finding:
        raise OSError("no such bus")

    def told() -> Finding:
        raise Problem("the manifest lacks a key")

    fine = Finding("disk", "ok", "ok", {"free": "all"})
    monkeypatch.setattr(doctor, "CHECKS", {"cameras": broken, "models": told, "disk": lambda: fine})
    assert doctor.diagnose() == (
        Finding("cameras", "problem", "failed", {"error": "OSError: no such bus"}),
        Finding("models", "problem", "raw", {"text": "the manifest lacks a key"}),
        fine,
    )
    assert [finding.sentence() for finding in doctor.diagnose()] == [
        "This check failed itself: OSError: no such bus",
        "the manifest lacks a key",
        "Free: all.",
    ]


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (doctor.judge_packages(()), "didim 0."),
        (doctor.judge_computer(8, 15.6), "8 processor cores, 15.6 GiB of memory."),
        (doctor.judge_cameras([WEBCAM], []), "Webcams: 1 (0: Wide camera, /dev/v4l/by-id/usb-wide-index0)."),
        (
            doctor.judge_displays({"displays": [SCREEN, SCREEN]}),
            "Displays: 2 (0: 1920x1080, 60 Hz; 1: 1920x1080, 60 Hz).",
        ),
        (
            doctor.judge_graphics(CARD),
            "Iris Xe, OpenGL 4.6. A trial at 1920x1080 and 60 Hz chose 1x canvas, 1/3 ground: 9 ms a frame.",
        ),
        (doctor.judge_sound({"devices": ["HDMI"]}), "Sound devices: 1 (HDMI)."),
        (doctor.judge_models([model(ready=True)]), "Ready: blazepose 12.4 MB."),
        (doctor.judge_light({}), "No game flashed too much in the last 30 days."),
        (doctor.judge_light(None), "No game was played"),
        (doctor.judge_clock(1e-9, [5.0, 5.00001, 5.00002]), "It counts in steps of 1 ns and runs evenly."),
        (doctor.judge_disk({HERE: 50_000_000_000}, []), "Free: /home/hall 50.0 GB."),
    ],
)
def test_what_is_well_needs_no_remedy(finding: Finding, sentence: str) -> None:
    assert finding.status == "ok"
    assert finding.sentence().startswith(sentence)
    assert finding.remedy() == finding.remedy("ko") == ""
    assert finding.sentence("ko")


@pytest.mark.parametrize(
    ("finding", "status", "sentence", "remedy"),
    [
        (doctor.judge_packages(["pygame and pygame-ce share one folder."]), "problem", "share one", "Run"),
        (doctor.judge_computer(2, 15.6), "warning", "2 processor cores", "Close other programs"),
        (doctor.judge_computer(8, 1.9), "warning", "1.9 GiB", "Close other programs"),
        (doctor.judge_cameras([], []), "warning", "No webcam", "Plug a webcam in"),
        (doctor.judge_cameras([WEBCAM], [WEBCAM.path]), "problem", "may not use /dev/v4l", "-aG video"),
        (doctor.judge_displays({"displays": []}), "warning", "No screen", "Connect the projector"),
        (doctor.judge_displays({"error": "it crashed"}), "problem", "it crashed", "--headless"),
        (doctor.judge_graphics({"error": "no GLX"}), "problem", "no GLX", "sudo apt install libgl1"),
        (doctor.judge_graphics({**CARD, "software": True}), "warning", "software renderer", "driver"),
        (
            doctor.judge_graphics({**CARD, "frame_ms": 18.0}),
            "warning",
            "18 ms a frame. That is too",
            "smaller",
        ),
        (doctor.judge_sound({"error": "no card"}), "warning", "no card", "loudspeaker"),
        (doctor.judge_sound({"devices": []}), "warning", "No sound device is connected", "loudspeaker"),
        (doctor.judge_models([model(ready=False)]), "warning", "blazepose", "didim models prepare blazepose"),
        (doctor.judge_light({"hop": 3, "sea": 1}), "warning", "hop 3, sea 1.", "Tell who made"),
        (doctor.judge_clock(0.0156, []), "problem", "steps of 16 ms", "virtual machine"),
        (doctor.judge_clock(1e-9, [5.0, 5.0, 5.03]), "warning", "jumped by 30.0 ms", "timedatectl"),
        (doctor.judge_disk({HERE: 500_000_000}, []), "warning", "nearly full: /home/hall 0.5 GB", "Delete"),
        (doctor.judge_disk({HERE: 100_000_000}, []), "problem", "nearly full: /home/hall 0.1 GB", "Delete"),
        (doctor.judge_disk({HERE: 50_000_000_000}, [HERE]), "problem", "Nothing can be written", "yours"),
    ],
)
def test_what_is_wrong_is_said_with_what_mends_it(
    finding: Finding, status: str, sentence: str, remedy: str
) -> None:
    assert finding.status == status
    assert sentence in finding.sentence()
    assert remedy in finding.remedy()
    assert finding.remedy("ko")
    assert re.search("[가-힣]", finding.sentence("ko") + finding.remedy("ko"))


def test_folders_that_are_not_made_yet_are_looked_at_where_they_will_be(tmp_path: Path) -> None:
    finding = doctor._look_at_disk([tmp_path / "cache" / "models", tmp_path / "data"])
    assert f"{tmp_path} " in finding.sentence()


@pytest.mark.parametrize(
    ("exit_code", "printed", "answer"),
    [
        (0, 'a driver says hello\n{"devices": []}\n', {"devices": []}),
        (-11, "", {"error": "the driver crashed (the test ended with code -11)"}),
        (1, "half of {", {"error": "the driver crashed (the test ended with code 1)"}),
    ],
)
def test_an_answer_is_found_among_what_drivers_print(
    exit_code: int, printed: str, answer: dict[str, Any]
) -> None:
    assert answer_of(exit_code, printed) == answer


def test_graphics_are_asked_about_in_a_child() -> None:
    answer = probe("graphics")
    if "OpenGL" in str(answer.get("error")):
        pytest.skip(f"needs OpenGL 3.3: {answer['error']}")
    assert answer["renderer"]
    assert isinstance(answer["software"], bool)
    assert re.fullmatch(r"[\d.]+x canvas, 1/\d ground(, no bloom)?", answer["quality"])
    assert answer["frame_ms"] > 0


def test_displays_are_asked_about_in_a_child() -> None:
    assert all(each["size_px"] and each["hz"] >= 0 for each in probe("displays")["displays"])


def test_a_driver_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("didim.cli._probe.TIMEOUT_S", 0.001)
    assert probe("sound") == {"error": "the driver gave no answer in 0 s"}


def test_the_engine_and_what_can_run_it_are_told() -> None:
    finding = doctor.judge_engine("rtmdet+tinypose", [], {"cuda": None})
    assert (finding.status, finding.remedy()) == ("ok", "")
    assert finding.sentence() == "auto is rtmdet+tinypose; networks can run on: cpu, cuda."


def test_a_provider_that_fails_and_a_network_that_changed_are_told() -> None:
    note = "provider cuda does not start here: no libcudnn; the processor runs the pose networks instead"
    fails = doctor.judge_engine("blazepose", [], {"cuda": note})
    assert fails.status == "warning"
    assert fails.sentence() == f"auto is blazepose; networks can run on: cpu. {note}."
    changed = doctor.judge_engine("blazepose", ["net.onnx: expected the file that was added"], {})
    assert changed.status == "problem"
    assert "expected the file that was added" in changed.sentence()


def test_both_languages_say_the_same_things() -> None:
    """Every key in both, with the same places to fill."""
    en, ko = (catalogue("didim.cli", "doctor.toml")[language] for language in ("en", "ko"))
    assert en.keys() == ko.keys()
    for key, text in en.items():
        assert set(re.findall(r"\{(\w+)", text)) == set(re.findall(r"\{(\w+)", ko[key])), key


def test_the_records_tell_whose_light_was_softened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "records.sqlite"
    monkeypatch.setenv("DIDIM_RECORDS", f"sqlite:///{file}")
    assert doctor.CHECKS["light"]().what == "none"
    assert not file.exists(), "looking makes no records"
    now = datetime.now().astimezone()
    with open_book() as book:
        number = book.rounds.begin(RoundBegan("r", "hop", "floor", "6-9", now))
        book.rounds.end(number, RoundEnded(now, "finished", damped=2))
    found = doctor.CHECKS["light"]()
    assert (found.status, "hop 2" in found.sentence("ko")) == ("warning", True)
