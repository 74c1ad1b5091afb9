"""The game behind a sign of the host: all of its drawing but its words."""

from __future__ import annotations

from typing import Any

from didim.drawing import Background, Canvas, Color
from didim.geometry import Point


class Unlabelled(Canvas):
    """Passes on all but text, where the host's own would lie over it."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def fill(self, background: Background) -> None:
        self._canvas.fill(background)

    def lay(
        self,
        word: str,
        places: tuple[Point, ...],
        size_m: float,
        color: Color,
        opacity: float,
        **details: Any,
    ) -> None:
        if word != "text":
            self._canvas.lay(word, places, size_m, color, opacity, **details)
