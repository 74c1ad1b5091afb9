"""Every display shows its own number, until somebody has seen enough."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from didim.cli import displays
from didim.project import Display, ProjectError, Rect, identification

THERE = (Display(0, (640, 480), 60), Display(1, (320, 240), 50))


class Shown:
    """A window that shows nothing and remembers; `leaves` after so many looks."""

    leaves = 10**9

    def __init__(self, size_px: tuple[int, int], *, display: int, fullscreen: bool) -> None:
        assert fullscreen
        self.size_px, self._display = size_px, display
        self._looks = 0

    def __enter__(self) -> Shown:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show_picture(self, picture: Any, part: Rect) -> None:
        assert np.array_equal(picture, identification(self._display, self.size_px))
        assert part == Rect(0, 0, *self.size_px)
        seen.append(self._display)

    def flip(self) -> None:
        self._looks += 1

    def closing(self) -> bool:
        return self._looks >= self.leaves


seen: list[int] = []


@pytest.fixture(autouse=True)
def two_displays(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.clear()
    monkeypatch.setattr(displays, "displays", lambda: THERE)
    monkeypatch.setattr(displays, "Window", Shown)
    monkeypatch.setattr(Shown, "leaves", 10**9)


def test_each_display_shows_its_own_number(capsys: pytest.CaptureFixture[str]) -> None:
    displays.show_each(0.1)
    assert set(seen) == {0, 1}
    assert "display 1: 320x240 at 50 Hz" in capsys.readouterr().out


def test_esc_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shown, "leaves", 1)
    displays.show_each(5.0)
    assert seen == [0]


def test_without_a_screen_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(displays, "displays", lambda: ())
    with pytest.raises(ProjectError, match="connect one"):
        displays.show_each(1.0)
