"""Canvases between a game and its canvas: they pass on what is drawn, changed or left out."""

from __future__ import annotations

from typing import Any

from didim.drawing import Background, Canvas, Color
from didim.geometry import Point

PALER, DIMMER, LESS_GLOW = 0.35, 0.72, 0.5


class Passing(Canvas):
    """Passes every word on as `_changed` says."""

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
        changed = self._changed(word, color, opacity)
        if changed is not None:
            self._canvas.lay(word, places, size_m, *changed, **details)

    def _changed(self, word: str, color: Color, opacity: float) -> tuple[Color, float] | None:
        """Color and opacity to pass on; None where the word is left out."""
        raise NotImplementedError


class SoftCanvas(Passing):
    """For calm play: paler and dimmer and with half the glow; what is written stays as bright."""

    def _changed(self, word: str, color: Color, opacity: float) -> tuple[Color, float]:
        share = LESS_GLOW if word in ("glow", "ripple", "trail") else 1.0
        return (color if word == "text" else soft(color)), share * opacity


class Unlabelled(Passing):
    """Without its words, where the host's own would lie over them."""

    def _changed(self, word: str, color: Color, opacity: float) -> tuple[Color, float] | None:
        return None if word == "text" else (color, opacity)


def soft(color: Color) -> Color:
    """A color with a third of its saturation and a good quarter of its light taken away."""
    return color.mixed(Color(color.grey, color.grey, color.grey), PALER).times(DIMMER)
