"""A projector that is switched off or unplugged is told from one that shines."""

from __future__ import annotations

import pygame
import pytest

from didim.project import Display, DisplayLost, ProjectError, Window, _window

OPEN_GL = _window._open_gl


def opened() -> Window:
    pygame.display.init()
    try:
        return Window(display=1, fullscreen=True)
    except ProjectError as problem:
        pytest.skip(f"needs OpenGL 3.3 in software: {problem}")


def refuse() -> None:
    raise pygame.error("surface lost")


@pytest.mark.parametrize("gone", ["unplugged", "another mode", "no frame"])
def test_a_display_that_goes_is_noticed_with_the_next_frame(
    monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    size_px = (64, 48)
    sizes = [(1920, 1080), size_px]
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")  # a display of its own kind: its frames are flipped
    monkeypatch.setattr(
        _window, "displays", lambda: tuple(Display(i, size, 60) for i, size in enumerate(sizes))
    )
    monkeypatch.setattr(_window, "_open_gl", lambda size_px, *_: OPEN_GL(size_px, True, 0, False))
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: sizes)
    flips = [True]
    monkeypatch.setattr(pygame.display, "flip", lambda: None if flips else refuse())
    pygame.display.quit()
    with opened() as window:
        window.flip()
        sizes[0] = (800, 600)  # another display is no concern of this window
        window.flip()
        if gone == "unplugged":
            sizes.pop()
        elif gone == "another mode":
            sizes[1] = (640, 480)
        else:
            flips.clear()
        with pytest.raises(DisplayLost, match=r"(display 1 is gone|surface lost).* cable"):
            window.flip()
    sizes[1:], flips[:] = [size_px], [True]
    with opened() as window:
        window.flip()
