"""What stands between the light and a screen is named, with what to do."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from didim.geometry import PlaneMap, Surface
from didim.project import Display, ProjectError, Rect, Window, _window
from didim.project._span import spanning
from didim.rig import Projector, Rig
from didim.run._shining import shining


def test_esc_or_the_closed_window_ends_it_for_good(window: Window) -> None:
    assert not window.closing()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a))
    assert not window.closing()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE))
    assert window.closing()
    assert window.closing()


def test_an_offscreen_window_names_its_renderer(window: Window) -> None:
    assert window.offscreen
    assert window.size_px == (320, 240)
    assert window.renderer
    assert window.context.version_code >= 330


def test_a_wrong_display_lists_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    there = (Display(0, (1920, 1080), 60), Display(1, (1280, 800), 60))
    monkeypatch.setattr(_window, "displays", lambda: there)
    with pytest.raises(ProjectError, match=r"no display 2; there are: 0 \(1920x1080\), 1 \(1280x800\)"):
        Window(display=2, fullscreen=True)


def test_a_computer_without_a_screen_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_window, "displays", lambda: ())
    with pytest.raises(ProjectError, match="--headless"):
        Window()


def test_missing_opengl_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise pygame.error("Could not initialize OpenGL / GLES library")

    monkeypatch.setattr(pygame.display, "set_mode", refuse)
    with pytest.raises(ProjectError, match=r"Could not initialize.*libgl1 libegl1 libgles2 libgl1-mesa-dri"):
        Window(offscreen=True)


def test_a_driver_without_vsync_still_gets_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = []

    def set_mode(*_: object, vsync: int = 0, **__: object) -> None:
        wishes.append(vsync)
        raise pygame.error("regular vsync for OpenGL not available" if vsync else "no such visual")

    monkeypatch.setattr(_window, "displays", lambda: (Display(0, (640, 480), 60),))
    monkeypatch.setattr(pygame.display, "gl_set_attribute", lambda *_: None)
    monkeypatch.setattr(pygame.display, "set_mode", set_mode)
    with pytest.raises(ProjectError, match="no such visual"):
        Window((320, 240))
    assert wishes == [1, 0]


ROW = (Display(0, (1920, 1080), 60), Display(1, (1280, 800), 60), Display(2, (1024, 768), 60))


def test_a_window_spans_displays_that_stand_side_by_side() -> None:
    span = spanning(ROW, [2, 1])
    assert (span.left_px, span.top_px, span.size_px) == (1920, 0, (2304, 800))
    assert span.parts == {1: Rect(0, 0, 1280, 800), 2: Rect(1280, 0, 1024, 768)}
    with pytest.raises(ProjectError, match="another one between"):
        spanning(ROW, [0, 2])
    with pytest.raises(ProjectError, match="no displays"):
        spanning(ROW, [1, 3])


def test_a_window_spans_displays_wherever_the_system_put_them() -> None:
    """A laptop in the middle, a projector to its left and lower, one above it."""
    at = {0: (1280, 0), 1: (0, 200), 2: (1300, -768)}
    span = spanning(ROW, [0, 1], at)
    assert (span.left_px, span.top_px, span.size_px) == (0, 0, (3200, 1080))
    assert span.parts == {0: Rect(1280, 0, 1920, 1080), 1: Rect(0, 200, 1280, 800)}
    span = spanning(ROW, [0, 2], at)
    assert (span.left_px, span.top_px, span.size_px) == (1280, -768, (1920, 1848))
    with pytest.raises(ProjectError, match=r"another one between them, \[0\]"):
        spanning(ROW, [1, 2], at)


def test_displays_that_a_system_puts_at_one_place_stand_in_a_row() -> None:
    nowhere = dict.fromkeys(range(3), (0, 0))
    assert spanning(ROW, [0, 1], nowhere) == spanning(ROW, [0, 1])


def test_projectors_with_displays_of_their_own_shine_together() -> None:
    floor, wall = Surface("floor", 2.0, 1.0), Surface("wall", 2.0, 1.0)
    way = PlaneMap(np.eye(3))

    def at(name: str, surface: str, display: int) -> Projector:
        return Projector(name, surface, (160, 80), way, display=display)

    rig = Rig(
        "hall",
        {"floor": floor, "wall": wall},
        (),
        (at("a", "floor", 0), at("b", "floor", 1), at("c", "wall", 2), at("d", "floor", 1)),
    )

    def names(*, to_venue: bool, fullscreen: bool) -> list[str]:
        return [each.name for each in shining(rig, "a", to_venue=to_venue, fullscreen=fullscreen)]

    assert names(to_venue=False, fullscreen=True) == ["a", "b"], "two cannot share a display"
    assert names(to_venue=False, fullscreen=False) == ["a"]
    assert names(to_venue=True, fullscreen=False) == ["a", "b", "d"]
