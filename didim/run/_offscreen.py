"""The product's own drawing, without a screen and without a clock."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.play import Burst, Cue, Round
from didim.project import Stage, Window
from didim.rig import Projector

LIGHT_SCALE = 0.6
"""Of the projector's pixels: a venue's camera sees no more, and the processor draws a third faster."""


class OffscreenLight:
    """Draws a round on a real stage and reads the projector's frame; a context manager.

    Raises:
        ProjectError: there is no OpenGL 3.3.
    """

    def __init__(self, surface: Surface, projector: Projector, more: Sequence[Projector] = ()) -> None:
        self._window = Window(projector.size_px, offscreen=True)
        self._stage = Stage(self._window, surface, projector, LIGHT_SCALE, more=more)

    def __call__(self, game: Round, cues: Sequence[Cue], t_s: float) -> NDArray[np.uint8]:
        for cue in cues:
            if isinstance(cue, Burst):
                self._stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)
        game.draw(self._stage.canvas(t_s))
        self._stage.present()
        return self._stage.read_frame()

    def more(self) -> list[NDArray[np.uint8]]:
        """What further projectors show of the frame drawn last."""
        return self._stage.read_more()

    def __enter__(self) -> OffscreenLight:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stage.close()
        self._window.close()
