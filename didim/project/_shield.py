"""The flash guard at the end of the drawing: it looks at each finished picture and holds back too much."""

from __future__ import annotations

import moderngl
import numpy as np

from didim.project._flash import COLUMNS, LUMINANCE, ROWS, FlashGuard, Flashing, FloatArray
from didim.project._programs import Programs
from didim.project._stripes import CONTRAST, SHARE, STAY_S, StripeWatch
from didim.project._target import light_target, release, texture_of

FINE_COLUMNS, FINE_ROWS = 128, 72
LOOK_EVERY_S = 0.1
"""Stripes that stay are looked for on a finer grid, and less often."""
SOFTEN_S, HARDEN_S = 0.2, 2.0
LEFT = 0.7
"""How soon stripes are softened once they have stayed, how slowly they come back, and what contrast is left
of the least that counts."""

_NEW_UNIT, _OLD_UNIT, _SHARES_UNIT = 3, 4, 5


class Shield:
    """Lets pictures pass, whole or mixed into the one before; see `FlashGuard`. A game cannot lift it.

    Stripes that would stay too long are mixed with the picture's mean until they are gone.

    Attributes:
        damped: how many pictures were held back or softened.
        told: why the last picture was; empty if it passed whole.
    """

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int]) -> None:
        self._context = context
        self._size_px = size_px
        self.damped = 0
        self.told: tuple[Flashing, ...] = ()
        self._guard = FlashGuard()
        self._softener = _Softener()
        self._cells = light_target(context, (COLUMNS, ROWS))
        self._fine = light_target(context, (FINE_COLUMNS, FINE_ROWS))
        self._shares = context.texture((COLUMNS, ROWS), 1, dtype="f4")
        self._shares.filter = moderngl.NEAREST, moderngl.NEAREST
        self._mixed: list[moderngl.Framebuffer] = []
        self._before: moderngl.Texture | None = None

    def admit(self, programs: Programs, new: moderngl.Texture, t_s: float) -> moderngl.Texture:
        """The picture to show at `t_s` for the `new` one; the one shown before must still be there."""
        if self._softener.is_due(t_s):
            fine = self._light_of(programs, new, self._fine)
            self._softener.look((fine @ LUMINANCE).reshape(FINE_ROWS, FINE_COLUMNS), t_s)
        light, soft = self._light_of(programs, new, self._cells), self._softener.softness(t_s)
        mean = light.mean(axis=0)
        shares = self._guard.admit(light + soft * (mean - light), t_s)
        self.told = (*self._guard.told, *(self._softener.told if soft else ()))
        self.damped += bool(self.told)
        shown = new
        if self.told:
            self._shares.write(np.ones(ROWS * COLUMNS, "f4") if shares is None else shares.astype("f4"))
            shown = self._mix(programs, new, self._before or new, soft, mean)
        self._before = shown
        return shown

    def release(self) -> None:
        for target in (self._cells, self._fine, *self._mixed):
            release(target)
        self._shares.release()

    def _light_of(
        self, programs: Programs, picture: moderngl.Texture, target: moderngl.Framebuffer
    ) -> FloatArray:
        """The mean light of each cell, (cells, 3)."""
        self._context.disable(moderngl.BLEND)
        target.use()
        picture.use(_NEW_UNIT)
        columns, rows = target.size
        programs.draw("screen", "cells", cells=(float(columns), float(rows)))
        light = np.frombuffer(target.read(components=3, dtype="f2"), np.float16)
        return light.reshape(-1, 3).astype(np.float64)

    def _mix(
        self,
        programs: Programs,
        new: moderngl.Texture,
        old: moderngl.Texture,
        soft: float,
        mean: FloatArray,
    ) -> moderngl.Texture:
        """Into whichever of two pictures is not the old one; most rounds never need them.

        They are finer than bytes: what is mixed again and again would stand still where bytes round.
        """
        if not self._mixed:
            self._mixed = [light_target(self._context, self._size_px) for _ in range(2)]
        target = next(each for each in self._mixed if texture_of(each) is not old)
        target.use()
        new.use(_NEW_UNIT)
        old.use(_OLD_UNIT)
        self._shares.use(_SHARES_UNIT)
        programs.draw("screen", "blend", soft=soft, mean_light=tuple(float(part) for part in mean))
        return texture_of(target)


class _Softener:
    """How much of the mean to mix into pictures whose stripes have stayed.

    It begins before half a second is over, goes on for as long as the game draws them, and gives way slowly:
    stripes that come and go are not a flicker of its own.
    """

    def __init__(self) -> None:
        self._watch = StripeWatch(
            stay_s=STAY_S - SOFTEN_S - LOOK_EVERY_S, share=0.9 * SHARE, contrast=0.9 * CONTRAST
        )
        self.told: tuple[Flashing, ...] = ()
        self._looked_s = self._moved_s = -np.inf
        self._wanted = self._soft = 0.0

    def is_due(self, t_s: float) -> bool:
        return t_s - self._looked_s >= LOOK_EVERY_S - 1e-6

    def look(self, luminance: FloatArray, t_s: float) -> None:
        """Take in a picture as the game drew it."""
        self._looked_s = t_s
        found = self._watch.add(luminance, t_s)
        self._wanted = 0.0 if found is None else max(0.0, 1 - LEFT * CONTRAST / found[1].contrast)
        if found is not None:
            self.told = (found[0],)

    def softness(self, t_s: float) -> float:
        """The share of the mean, 0 to 1, at `t_s`."""
        passed_s = min(max(0.0, t_s - self._moved_s), 0.1)
        self._moved_s = t_s
        step = self._wanted - self._soft
        limit = passed_s / (SOFTEN_S if step > 0 else HARDEN_S)
        self._soft += min(max(step, -limit), limit)
        return self._soft
