"""Displays tell their numbers apart, whole and the right way up; a trial finds what a computer can draw."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from didim.project import Rect, Stage, Window, identification, trial
from didim.project._governor import QUALITIES

SIZE_PX = (320, 180)


def test_each_number_has_its_own_picture_and_color() -> None:
    shown = [identification(number, SIZE_PX) for number in range(5)]
    assert all(picture.shape == (180, 320, 3) for picture in shown)
    rims = {tuple(picture[0, 160].tolist()) for picture in shown}
    assert len(rims) == 5
    for index, one in enumerate(shown):
        assert (one[45:135, 100:220].max(axis=2) > 100).sum() > 400, "the number is large"
        for other in shown[:index]:
            lit = [picture[30:150, 60:260].max(axis=2) > 100 for picture in (one, other)]
            assert (lit[0] ^ lit[1]).sum() > 200, "numbers differ without their color"


def test_it_tells_which_way_up_it_is() -> None:
    picture = identification(1, SIZE_PX)
    for turned in (picture[::-1], picture[:, ::-1], picture[::-1, ::-1]):
        assert np.abs(picture[:20, :20].astype(int) - turned[:20, :20]).max() > 100


def test_a_window_shows_it_whole(window: Window) -> None:
    whole = Rect(0, 0, *window.size_px)
    picture = identification(3, window.size_px)
    window.show_picture(picture, whole)
    got = window.read_frame()
    window.flip()
    assert np.abs(got.astype(int) - picture).max() <= 2


@pytest.mark.parametrize(("step_s", "index"), [(0.002, 0), (9.0, len(QUALITIES) - 1)])
def test_a_trial_takes_the_finest_quality_that_comes_in_time(
    window: Window, step_s: float, index: int
) -> None:
    times = count()
    found = trial(window, lambda: step_s * next(times), (96, 54), budget_ms=1000 / 24)
    # where the processor draws nothing finer than what is spared for it is tried
    first = 2 if window.is_software else 0
    assert found.quality is QUALITIES[max(index, first)]
    assert found.frame_ms == pytest.approx(1e3 * step_s)


def test_a_trial_counts_no_wait_for_the_display(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    times = count()
    monkeypatch.setattr(Stage, "waited_ms", 50.0)
    found = trial(window, lambda: 0.06 * next(times), (96, 54), budget_ms=1000 / 24)
    assert found.quality is QUALITIES[2 if window.is_software else 0]
    assert found.frame_ms == pytest.approx(10.0)
