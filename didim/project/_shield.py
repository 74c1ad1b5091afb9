"""The flash guard at the end of the drawing: it looks at each finished picture and holds back too much."""

from __future__ import annotations

import moderngl
import numpy as np

from didim.project._flash import FlashGuard
from didim.project._programs import Programs
from didim.project._target import light_target, pixel_target, release, texture_of

COLUMNS, ROWS = 16, 9
"""Cells of a usual floor are a quarter of a metre wide: seen by a child little more than the 0.006 sr from
which on WCAG counts a flash; a single spark that passes is none."""

_NEW_UNIT, _OLD_UNIT = 3, 4


class Shield:
    """Lets pictures pass, whole or mixed into the one before; see `FlashGuard`. A game cannot lift it.

    Attributes:
        damped: how many pictures were held back.
    """

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int]) -> None:
        self._context = context
        self._size_px = size_px
        self._guard = FlashGuard(ROWS, COLUMNS)
        self._cells = light_target(context, (COLUMNS, ROWS))
        self._mixed: list[moderngl.Framebuffer] = []
        self._before: moderngl.Texture | None = None

    @property
    def damped(self) -> int:
        return self._guard.damped

    def admit(self, programs: Programs, new: moderngl.Texture, t_s: float) -> moderngl.Texture:
        """The picture to show at `t_s` for the `new` one; the one shown before must still be there."""
        share = self._guard.admit(self._light_of(programs, new), t_s)
        shown = new
        if share < 1 and self._before is not None:
            shown = self._mix(programs, new, self._before, share)
        self._before = shown
        return shown

    def release(self) -> None:
        for target in (self._cells, *self._mixed):
            release(target)

    def _light_of(self, programs: Programs, picture: moderngl.Texture) -> np.ndarray:
        self._context.disable(moderngl.BLEND)
        self._cells.use()
        picture.use(_NEW_UNIT)
        programs.draw("screen", "cells", cells=(float(COLUMNS), float(ROWS)))
        light = np.frombuffer(self._cells.read(components=3, dtype="f2"), np.float16)
        return light.reshape(-1, 3).astype(np.float64)

    def _mix(
        self, programs: Programs, new: moderngl.Texture, old: moderngl.Texture, share: float
    ) -> moderngl.Texture:
        """Into whichever of two pictures is not the old one; most rounds never need them."""
        if not self._mixed:
            self._mixed = [pixel_target(self._context, self._size_px) for _ in range(2)]
        target = next(each for each in self._mixed if texture_of(each) is not old)
        target.use()
        new.use(_NEW_UNIT)
        old.use(_OLD_UNIT)
        programs.draw("screen", "blend", share=share)
        return texture_of(target)
