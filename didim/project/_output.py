"""One projector's way out: the warp, then the flash guard, then its picture."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.project._error import ProjectError
from didim.project._flash import Flashing
from didim.project._programs import Programs
from didim.project._shield import Shield
from didim.project._target import pixel_target, release, texture_of
from didim.project._warp import Warp
from didim.rig import Projector


class Output:
    """What leaves by one projector."""

    def __init__(self, context: moderngl.Context, surface: Surface, projector: Projector) -> None:
        self._context, self._size_px = context, projector.size_px
        self._warp = Warp(context, surface, projector)
        self._shield = Shield(context, projector.size_px)
        self._shown: moderngl.Texture | None = None
        self._white: moderngl.Framebuffer | None = None

    @property
    def damped(self) -> int:
        """How many pictures the flash guard has held back."""
        return self._shield.damped

    @property
    def flashing(self) -> tuple[Flashing, ...]:
        """Why the last picture was held back; empty if it passed whole."""
        return self._shield.told

    @property
    def shown(self) -> moderngl.Texture:
        """The picture of the last `draw`, its first row on top.

        Raises:
            ProjectError: nothing was drawn yet.
        """
        if self._shown is None:
            raise ProjectError("nothing was presented yet: draw a frame, then read it")
        return self._shown

    def draw(self, programs: Programs, canvas: moderngl.Texture, bloom: moderngl.Texture, t_s: float) -> None:
        self._shown = self._shield.admit(programs, self._warp.draw(programs, canvas, bloom), t_s)

    def whiten(self) -> None:
        """Leave with white. Nothing holds it back: going white once and staying so is no flash."""
        if self._white is None:
            self._white = pixel_target(self._context, self._size_px)
        self._white.clear(1.0, 1.0, 1.0, 1.0)
        self._shown = texture_of(self._white)

    def read(self) -> NDArray[np.uint8]:
        """The picture: (height, width, 3) uint8 RGB, top row first."""
        width, height = self.shown.size
        shown = self._context.framebuffer([self.shown])  # a texture alone is read five times as slowly
        pixels = np.frombuffer(shown.read(components=3, alignment=1), np.uint8)
        shown.release()
        return pixels.reshape(height, width, 3)

    def release(self) -> None:
        if self._white is not None:
            release(self._white)
        self._warp.release()
        self._shield.release()
