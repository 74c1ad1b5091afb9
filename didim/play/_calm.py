"""Calm play: what a game draws and asks for, made softer by the host."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from didim.drawing import Background, Canvas, Color
from didim.geometry import Point
from didim.play._game import Burst, Cue

PALER, DIMMER, LESS_GLOW = 0.35, 0.72, 0.5
FEWER = 0.35


class SoftCanvas(Canvas):
    """Passes every word on, paler and dimmer and with half the glow; what is written stays as bright."""

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
        shade = color if word == "text" else soft(color)
        share = LESS_GLOW if word in ("glow", "ripple", "trail") else 1.0
        self._canvas.lay(word, places, size_m, shade, opacity * share, **details)


def soft(color: Color) -> Color:
    """A color with a third of its saturation and a good quarter of its light taken away."""
    return color.mixed(Color(color.grey, color.grey, color.grey), PALER).times(DIMMER)


def softened(cue: Cue) -> Cue:
    """A cue as it is in calm play: a third of the sparks, in a soft color."""
    if not isinstance(cue, Burst):
        return cue
    return replace(cue, color=soft(cue.color), count=max(1, round(FEWER * cue.count)))
