"""The window that the light leaves by; one for each process, because SDL has one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import cast

import moderngl
import numpy as np
from numpy.typing import NDArray

from didim.project._error import DisplayLost, ProjectError
from didim.project._label import BACKGROUND, INK, Color, label
from didim.project._programs import Programs
from didim.project._rect import Rect
from didim.project._sdl import pygame
from didim.project._span import Display, spanning
from didim.project._textures import Textures
from didim.quiet import quiet

_PLACE = "SDL_VIDEO_WINDOW_POS"
_SCREENLESS = ("offscreen", "dummy", "evdev")
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "gdi generic")
_NO_GL = (
    "OpenGL 3.3 is needed and could not be had: {reason}. On Debian or Ubuntu install "
    "libgl1 libegl1 libgles2 libgl1-mesa-dri; elsewhere renew the graphics driver. "
    "`didim doctor` shows what is found."
)
_SEE_TO_IT = "see that the projector is on and its cable is in place"


def displays() -> tuple[Display, ...]:
    """Every display there is now; none on a computer without a screen."""
    if pygame.display.get_surface() is None:
        pygame.display.quit()  # without a window SDL hears of no display that comes or goes
    try:
        with quiet():  # a library below SDL writes of XDG_RUNTIME_DIR where there is no desktop
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

    A frame begins near-black, is shown in parts that later ones cover, and ends with `flip`; a stage that
    has the whole window does all of it in `present`. Use the window as a context manager or call `close`.
    At most one is open in a process.

    Attributes:
        size_px: (width, height); a fullscreen window takes its display's size.
        offscreen: nothing is shown.
        parts: where each display lies in a window that spans several, by its number.
        renderer: the name of the GL driver.
        context: the OpenGL 3.3 core context.
        drawn_ns, shown_ns: when the last frame was drawn, and when it had been handed to the display, by
            `clock_ns`.

    Args:
        spans: the displays that a fullscreen window covers together; none: `display` alone.
        clock_ns: tells the time in nanoseconds, as `time.perf_counter_ns`; who times no frames needs none.

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
        spans: Sequence[int] = (),
        clock_ns: Callable[[], int] = lambda: 0,
        title: str = "didim",
    ) -> None:
        self.offscreen = offscreen
        self._closing = False
        self.parts: dict[int, Rect] = {}
        self._clock_ns = clock_ns
        self.drawn_ns = self.shown_ns = 0
        self._rates_hz: list[int] = []
        self._covers: tuple[Display, ...] = ()
        if offscreen:
            _start_offscreen()
            self.size_px = size_px
        elif fullscreen and len(set(spans)) > 1:
            _display(min(spans))
            there = displays()
            span = spanning(there, spans, _corners_px())
            self._covers = tuple(each for each in there if each.index in spans)
            self._rates_hz = [each.hz for each in self._covers]
            self.size_px, self.parts = span.size_px, span.parts
            os.environ[_PLACE] = f"{span.left_px},{span.top_px}"
        else:
            chosen = _display(display)
            self.size_px = chosen.size_px if fullscreen else size_px
            self._rates_hz = [chosen.hz]
            self._covers = (chosen,) if fullscreen else ()
        self.context = _open_gl(self.size_px, offscreen, display, fullscreen)
        os.environ.pop(_PLACE, None)  # the next window goes where its display is
        self.renderer = str(self.context.info["GL_RENDERER"])
        self._finish = _gl_finish()
        self._programs, self._textures = Programs(self.context), Textures(self.context)
        self._programs.share(source=0)
        self._clear()
        pygame.display.set_caption(title)
        if fullscreen:
            pygame.mouse.set_visible(False)

    def parts_of(self, shown: Sequence[int]) -> tuple[Rect, ...]:
        """Where these displays lie in a window that spans them; none where it spans no others."""
        return tuple(self.parts[display] for display in shown) if self.parts else ()

    def rate_hz(self, wanted_hz: float) -> float:
        """How many of `wanted_hz` frames a second the slowest display shows; all where none tells."""
        return min([wanted_hz, *(hz for hz in self._rates_hz if hz > 0)])

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

    def show_picture(self, rgb: NDArray[np.uint8], part: Rect) -> None:
        """Show a picture, (height, width, 3) uint8 RGB, as large as fits into `part`.

        It is smoothed between two pixels only: one more than twice as large as the part looks rough.

        Raises:
            ValueError: the picture has another shape or type.
        """
        if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8:
            raise ValueError(f"a picture is (height, width, 3) uint8, got {rgb.shape} {rgb.dtype}")
        self.show_texture(self._textures.put(part, rgb), part)

    def show_text(self, text: str, part: Rect, line_px: int = 22, color: Color = INK) -> None:
        """Write the lines of `text` from the upper left corner of `part`; see `label`.

        What does not fit into the part is cut off. Text shown in the last frames costs next to nothing.

        Raises:
            ProjectError: the font lacks a letter.
        """
        key = text, part, line_px, color
        texture = self._textures.get(key)
        if texture is None:
            texture = self._textures.put(key, label(text, line_px, color)[: part.height_px, : part.width_px])
        self.show_texture(texture, Rect(part.x_px, part.y_px, *texture.size))

    def show_texture(self, texture: moderngl.Texture, part: Rect) -> None:
        """Show a texture whose first row is the top one, as large as fits into `part`."""
        at = part.fitted(texture.size)
        screen = self.context.screen
        screen.use()
        screen.viewport = (at.x_px, self.size_px[1] - at.y_px - at.height_px, at.width_px, at.height_px)
        self.context.disable(moderngl.BLEND)
        texture.use(0)
        self._programs.draw("screen", "show")

    def read_frame(self) -> NDArray[np.uint8]:
        """All that was shown since the last `flip`: (height, width, 3) uint8 RGB, top row first."""
        width, height = self.size_px
        pixels = self.context.screen.read(viewport=(0, 0, width, height), components=3, alignment=1)
        return np.ascontiguousarray(np.frombuffer(pixels, np.uint8).reshape(height, width, 3)[::-1])

    def flip(self) -> None:
        """End the frame: it goes to the display, and the next one begins near-black.

        Waits until all is drawn, then for the display's refresh where the driver can.

        Raises:
            DisplayLost: the display takes no frame, or one that the window covers is gone.
        """
        self._finish()  # other threads run meanwhile
        self.drawn_ns = self.shown_ns = self._clock_ns()
        if not self.offscreen:
            self._check_displays()
            try:
                pygame.display.flip()
            except pygame.error as error:
                raise DisplayLost(f"the display takes no frame: {error}; {_SEE_TO_IT}") from None
            self._finish()  # some drivers wait for the refresh only here
            self.shown_ns = self._clock_ns()
        self._clear()

    def close(self) -> None:
        self._textures.release()
        self._programs.release()
        self.context.release()
        pygame.display.quit()

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_displays(self) -> None:
        """What `closing` took in tells SDL which displays there are."""
        sizes = pygame.display.get_desktop_sizes()
        for each in self._covers:
            if each.index >= len(sizes) or sizes[each.index] != each.size_px:
                raise DisplayLost(f"display {each.index} is gone; {_SEE_TO_IT}")

    def _clear(self) -> None:
        red, green, blue = BACKGROUND
        self.context.screen.clear(red / 255, green / 255, blue / 255)


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


def _corners_px() -> dict[int, tuple[int, int]]:
    """Each display's upper left corner on the desktop, by a hidden window on it: SDL tells sizes alone."""
    corners = {}
    for each in displays():
        pygame.display.set_mode(each.size_px, pygame.NOFRAME | pygame.HIDDEN, display=each.index)
        corners[each.index] = pygame.display.get_window_position()
    pygame.display.quit()
    pygame.display.init()
    return corners


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
