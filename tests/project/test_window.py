"""What stands between the light and a screen is named, with what to do."""

from __future__ import annotations

import pygame
import pytest

from didim.project import Display, ProjectError, Window, _window


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
