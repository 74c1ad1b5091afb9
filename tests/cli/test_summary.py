"""What is said of a round: of a computer that was too slow, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from didim.cli import _demo
from didim.cli._play import print_summary
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
    print_summary(played(pictures, 10.0))
    assert "too slow" not in capsys.readouterr().err


def test_the_words_of_a_summary_are_the_same_in_both_languages() -> None:
    words = catalogue("didim.cli", "summary.toml")
    assert set(words["en"]) == set(words["ko"])


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
