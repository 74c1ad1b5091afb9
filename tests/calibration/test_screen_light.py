"""The computer's own displays as a light: one window over those that are held."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pytest

from calibration import live
from calibration.devices import Bytes
from didim.project import Display, Window
from didim.project._span import spanning

SIDE_BY_SIDE = (Display(0, (64, 48), 60), Display(1, (40, 30), 60), Display(2, (32, 32), 60))


class Screens(Window):
    """The window over displays that are not there, with all that it showed."""

    opened: list[list[int]]
    frames: list[Bytes]

    def __init__(self, *, display: int, fullscreen: bool, spans: Sequence[int], title: str) -> None:
        assert fullscreen
        assert display == spans[0]
        span = spanning(SIDE_BY_SIDE, spans)
        super().__init__(span.size_px, offscreen=True, title=title)
        self.parts = span.parts if len(spans) > 1 else {}
        Screens.opened.append(list(spans))

    def flip(self) -> None:
        Screens.frames.append(self.read_frame())
        super().flip()


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> live.ScreenLight:
    monkeypatch.setattr(live, "displays", lambda: SIDE_BY_SIDE)
    monkeypatch.setattr(live, "Window", Screens)
    monkeypatch.setattr(Screens, "opened", [], raising=False)
    monkeypatch.setattr(Screens, "frames", [], raising=False)
    return live.ScreenLight()


def grey(display: int, value: int) -> Bytes:
    return np.full(SIDE_BY_SIDE[display].size_px[::-1], value, np.uint8)


def test_several_projectors_keep_their_frames_in_one_window(light: live.ScreenLight) -> None:
    with closing(light):
        light.hold([0, 1])
        light.show(grey(1, 200), 1)
        light.show(grey(0, 90), 0)
    first, second = (frame[..., 0] for frame in Screens.frames)
    assert Screens.opened == [[0, 1]]
    assert second.shape == (48, 104)
    assert (first[:, :64] == 0).all()
    for frame in (first, second):
        assert (frame[:30, 64:] == 200).all()
    assert (second[:, :64] == 90).all()


def test_others_are_left_to_the_computer_and_joined_when_they_are_shown_on(light: live.ScreenLight) -> None:
    with closing(light):
        light.hold(range(3))
        light.hold({1})
        light.show(grey(1, 200), 1)
        light.hold([1])
        light.show(grey(2, 30), 2)
    assert Screens.opened == [[0, 1, 2], [1], [1, 2]]
    alone, both = (frame[..., 0] for frame in Screens.frames)
    assert (alone == np.full((30, 40), 200)).all()
    assert (both[:30, :40] == 200).all()
    assert (both[:, 40:] == 30).all()
