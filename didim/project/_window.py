"""The window that the light leaves by; one for each process, because SDL has one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import cast

import moderngl

from didim.project._error import ProjectError
from didim.project._sdl import pygame

_SCREENLESS = ("offscreen", "dummy", "evdev")
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "gdi generic")
_NO_GL = (
    "OpenGL 3.3 is needed and could not be had: {reason}. On Debian or Ubuntu install "
    "libgl1 libegl1 libgles2 libgl1-mesa-dri; elsewhere renew the graphics driver. "
    "`didim doctor` shows what is found."
)


@dataclass(frozen=True, slots=True)
class Display:
    """One screen or projector of this computer.

    Attributes:
        index: as `Window` and the rig file's `display` count, from 0.
        size_px: (width, height).
        hz: its refresh rate.
    """

    index: int
    size_px: tuple[int, int]
    hz: int


def displays() -> tuple[Display, ...]:
    """Every display there is; none on a computer without a screen."""
    try:
        pygame.display.init()
    except pygame.error:
        return ()
    if pygame.display.get_driver() in _SCREENLESS:
        if pygame.display.get_surface() is None:
            pygame.display.quit()
        return ()
    sizes, rates = pygame.display.get_desktop_sizes(), pygame.display.get_desktop_refresh_rates()
    return tuple(Display(i, size, hz) for i, (size, hz) in enumerate(zip(sizes, rates, strict=True)))


class Window:
    """A window, a whole display, or neither: `offscreen` draws with real OpenGL where no screen is.

    Use it as a context manager or call `close`. At most one is open in a process.

    Attributes:
        size_px: (width, height); a fullscreen window takes its display's size.
        offscreen: nothing is shown.
        renderer: the name of the GL driver.
        context: the OpenGL 3.3 core context.

    Raises:
        ProjectError: there is no such display, no screen, or no OpenGL 3.3.
    """

    def __init__(
        self,
        size_px: tuple[int, int] = (1280, 720),
        *,
        offscreen: bool = False,
        display: int = 0,
        fullscreen: bool = False,
        title: str = "didim",
    ) -> None:
        self.offscreen = offscreen
        self._closing = False
        if offscreen:
            _start_offscreen()
            self.size_px = size_px
        else:
            chosen = _display(display)
            self.size_px = chosen.size_px if fullscreen else size_px
        self.context = _open_gl(self.size_px, offscreen, display, fullscreen)
        self.renderer = str(self.context.info["GL_RENDERER"])
        self._finish = _gl_finish()
        pygame.display.set_caption(title)
        if fullscreen:
            pygame.mouse.set_visible(False)

    @property
    def is_software(self) -> bool:
        """Whether the processor draws, and effects should be spared."""
        return any(name in self.renderer.lower() for name in _SOFTWARE)

    def closing(self) -> bool:
        """Take in the window's events; true from when Esc was pressed or the window was closed."""
        for event in pygame.event.get():
            escaped = event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
            self._closing = self._closing or escaped or event.type == pygame.QUIT
        return self._closing

    def finish(self) -> None:
        """Wait until all that was drawn is done; other threads run meanwhile."""
        self._finish()

    def flip(self) -> None:
        """Show what was drawn to the screen; waits for the display's refresh where the driver can."""
        if not self.offscreen:
            pygame.display.flip()

    def close(self) -> None:
        self.context.release()
        pygame.display.quit()

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _start_offscreen() -> None:
    pygame.display.quit()
    before = os.environ.get("SDL_VIDEODRIVER")
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    try:
        pygame.display.init()
    except pygame.error as error:
        raise ProjectError(_NO_GL.format(reason=error)) from None
    finally:  # a later window, or a program started from here, may want the real screen
        if before is None:
            del os.environ["SDL_VIDEODRIVER"]
        else:
            os.environ["SDL_VIDEODRIVER"] = before


def _display(index: int) -> Display:
    # A projector must not vanish when the operator clicks elsewhere.
    os.environ["SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS"] = "0"
    there = displays()
    if not there:
        raise ProjectError("this computer shows no screen; connect one, or run with --headless")
    if not 0 <= index < len(there):
        have = ", ".join(f"{d.index} ({d.size_px[0]}x{d.size_px[1]})" for d in there)
        raise ProjectError(f"there is no display {index}; there are: {have}. Choose one of these.")
    return there[index]


def _open_gl(size_px: tuple[int, int], offscreen: bool, display: int, fullscreen: bool) -> moderngl.Context:
    for attribute, value in (
        (pygame.GL_CONTEXT_PROFILE_MASK, pygame.GL_CONTEXT_PROFILE_CORE),
        (pygame.GL_CONTEXT_MAJOR_VERSION, 3),
        (pygame.GL_CONTEXT_MINOR_VERSION, 3),
        (pygame.GL_CONTEXT_FLAGS, pygame.GL_CONTEXT_FORWARD_COMPATIBLE_FLAG),
        (pygame.GL_DEPTH_SIZE, 0),
        (pygame.GL_STENCIL_SIZE, 0),
    ):
        pygame.display.gl_set_attribute(attribute, value)
    # A borderless window of the display's size keeps the display's mode.
    flags = pygame.OPENGL | pygame.DOUBLEBUF | (pygame.NOFRAME if fullscreen else 0)
    try:
        _set_mode(size_px, flags, display, vsync=not offscreen)
        return moderngl.create_context(require=330)
    except (pygame.error, moderngl.Error, ImportError, OSError, ValueError) as error:
        pygame.display.quit()
        raise ProjectError(_NO_GL.format(reason=error)) from None


def _set_mode(size_px: tuple[int, int], flags: int, display: int, *, vsync: bool) -> None:
    if vsync:
        try:
            pygame.display.set_mode(size_px, flags, display=display, vsync=1)
            return
        except pygame.error as error:  # drivers without it refuse the window instead of the wish
            if "vsync" not in str(error):
                raise
    pygame.display.set_mode(size_px, flags, display=display)


def _gl_finish() -> Callable[[], None]:
    """glFinish itself: moderngl's holds the interpreter for as long as the GPU is busy."""
    names = {
        "win32": ("opengl32",),
        "darwin": ("/System/Library/Frameworks/OpenGL.framework/OpenGL",),
    }.get(sys.platform, ("libGL.so.1", "libOpenGL.so.0", "libGLESv2.so.2"))
    for name in names:
        try:
            finish = ctypes.CDLL(name).glFinish
        except (OSError, AttributeError):
            continue
        finish.argtypes, finish.restype = (), None
        return cast(Callable[[], None], finish)
    raise ProjectError(_NO_GL.format(reason=f"none of {', '.join(names)} is installed"))
