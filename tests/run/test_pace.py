"""How many camera pictures a second were understood."""

from __future__ import annotations

import time
from typing import cast

import pytest

from didim.run.sources import Sighting
from didim.run.timing import Timings
from didim.run.vision import _Tally


class _Seen:
    """A sighting of which only the number counts."""

    def __init__(self, seq: int) -> None:
        self.frame = self
        self.seq = seq


def test_a_slow_start_is_no_slowness(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture comes after nine seconds, ten a second follow; two of three are missed."""
    tally = _Tally()
    for index in range(21):
        monkeypatch.setattr(time, "monotonic", lambda now_s=9.0 + 0.1 * index: now_s)
        tally.add(cast(Sighting, _Seen(3 * index)), ())
    summary = tally.summary(Timings(), None)
    assert summary.pictures_hz == pytest.approx(10.0)
    assert (summary.pictures_in, summary.pictures_missed) == (21, 40)


def test_one_picture_has_no_pace() -> None:
    tally = _Tally()
    tally.add(cast(Sighting, _Seen(0)), ())
    assert tally.summary(Timings(), None).pictures_hz == 0.0
