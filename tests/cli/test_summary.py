"""What is said of a round: of a computer that was too slow, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import didim.run
from didim.cli import _demo
from didim.cli._summary import print_summary
from didim.run.jobs import StageJob, VenueSource, VisionJob
from didim.run.play import PlaySummary
from didim.run.timing import spread
from didim.words import catalogue


def played(pictures: int, seconds: float) -> PlaySummary:
    """A round in which nothing happened but pictures."""
    return PlaySummary(
        game="lily_pads",
        seconds=seconds,
        finished=False,
        pictures_in=pictures,
        pictures_with_person=0,
        pictures_missed=0,
        players_seen=0,
        steps=0,
        score=0,
        scores={},
        frames_drawn=0,
        quality="",
        frames_damped=0,
        ms={},
        picture_to_cue_ms=spread([]),
        started_cpu_s={},
        restarts=0,
        warnings=(),
        out=None,
        verdict=None,
        pictures_hz=pictures / seconds,
    )


def test_a_computer_that_was_too_slow_is_named_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(played(30, 10.0), ("ko", "en"))
    told = capsys.readouterr().err
    assert "too slow or too busy: 3.0 pictures a second, 10 or more" in told
    assert "너무 느리거나" in told


@pytest.mark.parametrize("pictures", [0, 100])
def test_nothing_is_said_of_one_that_kept_up_or_saw_nothing(
    pictures: int, capsys: pytest.CaptureFixture[str]
) -> None:
    print_summary(played(pictures, 10.0), ("en",))
    assert "too slow" not in capsys.readouterr().err


def test_the_table_speaks_each_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    stages = tuple(catalogue("didim.cli", "summary.toml")["en"])
    timed = {key.removeprefix("stage."): spread([5.0]) for key in stages if key.startswith("stage.")}
    round_ = replace(
        played(100, 10.0),
        ms=timed,
        quality="0.4x canvas, 1/6 ground, no bloom",
        frames_damped=2,
        verdict={
            "found": 0.98,
            "foot_error_cm": (2.0, 4.0),
            "contact_delay_ms": (60.0, 90.0),
            "landings_felt": 9,
            "landings": 10,
        },
        out="film.mp4",
    )
    print_summary(round_, ("ko",))
    korean = capsys.readouterr().out
    assert "캔버스 0.4배, 바탕 1/6, 빛 번짐 없음" in korean
    assert "딛음 10번 가운데 9번" in korean
    assert not set(re.findall("[A-Za-z_]+", korean)) - {"lily_pads", "ms", "cm", "p", "film", "mp"}
    print_summary(round_, ("ko", "en"))
    assert {"참가자", "players"} <= set(capsys.readouterr().out.split())


def test_the_words_of_a_summary_are_the_same_in_both_languages() -> None:
    words = catalogue("didim.cli", "summary.toml")
    assert set(words["en"]) == set(words["ko"])


def test_each_stage_that_is_timed_has_its_words() -> None:
    files = set(Path(didim.run.__file__).parent.glob("*.py"))
    code = "".join(path.read_text("utf-8") for path in files if path.name != "host.py")  # the service's own
    timed = set(re.findall(r'timings\.(?:of|add)\("(\w+)"', code))
    assert {"pose", "draw"} <= timed
    assert {f"stage.{name}" for name in timed} <= set(catalogue("didim.cli", "summary.toml")["en"])


def test_a_film_of_the_demo_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from didim.run.demo import picture_aligned_rig

    said: list[tuple[str, float | None]] = []

    class Bar:
        def __enter__(self) -> object:
            return lambda message, fraction=None: said.append((message, fraction))

        def __exit__(self, *_: object) -> None: ...

    def play(vision: VisionJob, job: StageJob, *, on_time: object) -> PlaySummary:
        assert callable(on_time)
        for seconds in (0.0, 5.0, 30.0):
            on_time(seconds)
        return played(0, 20.0)

    monkeypatch.setattr(_demo, "progress", lambda title: Bar())
    monkeypatch.setattr(_demo, "play", play)
    rig = picture_aligned_rig()
    job = StageJob(rig, "lily_pads", seconds=20.0, out=Path("film.mp4"))
    _demo._filmed(VisionJob(rig, None, VenueSource("small-hall", 0, "auto", None)), job)
    assert [fraction for _, fraction in said] == [None, 0.25, 1.0]
