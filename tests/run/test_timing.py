"""Spreads and pace, on a clock that the test moves."""

from __future__ import annotations

import time

import pytest

from didim.run.timing import Pacer, Spread, Timings, spread


def test_a_spread_is_median_and_95th_percentile() -> None:
    assert spread([float(ms) for ms in range(1, 102)]) == Spread(101, 51.0, 96.0)
    assert spread([]) == Spread(0, 0.0, 0.0)


def test_each_stage_has_its_own_times() -> None:
    timings = Timings()
    timings.add("pose", 4.0)
    timings.add("pose", 6.0)
    with timings.of("track"):
        pass
    spreads = timings.spreads()
    assert spreads["pose"] == Spread(2, 5.0, 5.9)
    assert spreads["track"].count == 1


class FakeClock:
    """Sleeping takes as long as asked; work is time that the test adds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = 100.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now_s)
        monkeypatch.setattr(time, "sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now_s += seconds


def test_the_pace_has_no_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(monkeypatch)
    pacer = Pacer(rate_hz=50)
    for work_s in (0.001, 0.019, 0.010) * 20:
        clock.now_s += work_s
        pacer.wait()
    assert clock.now_s == pytest.approx(100.0 + 60 / 50)


def test_a_late_loop_skips_what_it_missed_and_keeps_its_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(monkeypatch)
    pacer = Pacer(rate_hz=50)
    clock.now_s += 0.075  # three and a half periods of work
    pacer.wait()
    pacer.wait()
    assert clock.now_s == pytest.approx(100.0 + 0.08)
