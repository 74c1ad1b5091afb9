"""Frames that take too long are drawn coarser, and finer again when there is time."""

from __future__ import annotations

import numpy as np
import pytest

from didim.drawing import Color
from didim.geometry import Point, Surface
from didim.project import Stage, Window, straight_projector
from didim.project._governor import FINEST, QUALITIES, SPARED, WARY_FRAMES, Governor


def settle(governor: Governor, cost_ms: list[float], frames: int) -> list[int]:
    """The quality after each frame, where each quality has a cost of its own."""
    return [governor.index for _ in range(frames) if governor.add(cost_ms[governor.index]) or True]


def test_it_stops_at_the_finest_quality_that_fits() -> None:
    cost_ms = [40.0, 30.0, 22.0, 15.0, 9.0, 5.0]
    governor = Governor(16.0)
    assert settle(governor, cost_ms, 400)[-1] == 3
    assert set(settle(governor, cost_ms, WARY_FRAMES // 2)) == {3}, "it does not hunt"


def test_a_quick_computer_keeps_the_finest_and_a_slow_one_ends_at_the_coarsest() -> None:
    assert set(settle(Governor(16.0), [5.0] * 6, 500)) == {FINEST}
    assert settle(Governor(16.0), [90.0] * 6, 500)[-1] == len(QUALITIES) - 1


def test_it_draws_finer_again_when_there_is_time() -> None:
    governor = Governor(16.0, SPARED)
    assert settle(governor, [4.0] * 6, 1200)[-1] == FINEST


def test_a_single_slow_frame_changes_nothing() -> None:
    governor = Governor(16.0)
    for index in range(300):
        governor.add(200.0 if index == 150 else 8.0)
    assert governor.index == FINEST


class Screen:
    """A display that makes a window wait for its next refresh, on a clock of its own."""

    def __init__(self, window: Window, hz: int, patch: pytest.MonkeyPatch) -> None:
        self._window, self._refresh_ns, self._now_ns, self._work_ns = window, 10**9 // hz, 0, 0
        patch.setattr(window, "offscreen", False)
        patch.setattr(window, "_rates_hz", [0, 144, hz])
        patch.setattr(window, "_clock_ns", lambda: self._now_ns)
        patch.setattr(window, "_finish", self._finish)
        patch.setattr("pygame.display.flip", self._wait)

    def frames(self, stage: Stage, work_ms: float, count: int) -> None:
        for _ in range(count):
            began_ns, self._work_ns = self._now_ns, round(work_ms * 1e6)
            self._window.flip()
            stage.govern((self._now_ns - began_ns) / 1e6 - stage.waited_ms)

    def _finish(self) -> None:
        self._now_ns, self._work_ns = self._now_ns + self._work_ns, 0

    def _wait(self) -> None:
        self._now_ns += self._refresh_ns - self._now_ns % self._refresh_ns


@pytest.mark.parametrize("hz", [30, 50, 60])
def test_waiting_for_the_display_makes_nothing_coarser(
    window: Window, hz: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface, refresh_ms = Surface("floor", 2.0, 2.0), 1000 / hz
    screen = Screen(window, hz, monkeypatch)
    projector, budget_ms = straight_projector(surface, (64, 64)), 1000 / window.rate_hz(60)
    with Stage(window, surface, projector, budget_ms=budget_ms) as stage:
        screen.frames(stage, 4.0, 1000)
        assert stage.quality is QUALITIES[FINEST]
        screen.frames(stage, 0.9 * refresh_ms, 200)
        assert stage.quality is QUALITIES[FINEST], "it comes in time"
        screen.frames(stage, 1.2 * refresh_ms, 300)
        assert stage.quality is QUALITIES[-1]
        screen.frames(stage, 4.0, WARY_FRAMES + 2000)
        assert stage.quality is QUALITIES[FINEST], "it rises again"
        assert stage.shown_ns % (10**9 // hz) == 0


def test_the_stage_goes_on_drawing_the_same_at_each_quality(window: Window) -> None:
    surface = Surface("floor", 2.0, 2.0)
    shown: list[np.ndarray] = []
    with Stage(window, surface, straight_projector(surface, (200, 200)), budget_ms=1.0) as stage:
        for _ in range(300):
            stage.govern(50.0)
            if len(shown) < 2 and (not shown or stage.quality is QUALITIES[-1]):
                stage.canvas(1.0).disc(Point(1.0, 1.0), 0.5, Color(0.3, 0.36, 0.33))
                stage.present()
                shown.append(stage.read_frame().astype(int))
        assert stage.quality is QUALITIES[-1]
    assert len(shown) == 2
    assert np.abs(shown[0] - shown[1]).mean() < 3
