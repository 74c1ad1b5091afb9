"""A canvas that writes down what a game draws: for tests, and for simulated players who look at the floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point
from didim.play._canvas import Background, Color, Facing, Symbol

_WHITE = Color(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One word drawn.

    Attributes:
        word: the method of the canvas.
        places: its centre, or each point of a trail.
        size_m: radius, length, cap height or width, whichever the word takes.
        details: what else was given, by the canvas's names.
    """

    word: str
    places: tuple[Point, ...]
    size_m: float
    color: Color
    opacity: float
    details: Mapping[str, Any] = field(default_factory=dict)


class RecordingCanvas:
    """A Canvas; `background` is the last fill, `drawn` what lies on it, lowest first."""

    def __init__(self) -> None:
        self.background: Background | None = None
        self.drawn: list[Drawn] = []

    def fill(self, background: Background) -> None:
        self.background = background
        self.drawn.clear()

    def disc(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        self._note("disc", center, radius_m, color, opacity)

    def ring(
        self,
        center: Point,
        radius_m: float,
        color: Color,
        *,
        width_m: float = 0.03,
        progress: float = 1.0,
        opacity: float = 1.0,
    ) -> None:
        self._note("ring", center, radius_m, color, opacity, width_m=width_m, progress=progress)

    def glow(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        self._note("glow", center, radius_m, color, opacity)

    def star(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        self._note("star", center, radius_m, color, opacity, turn_rad=turn_rad)

    def lily(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        self._note("lily", center, radius_m, color, opacity, turn_rad=turn_rad)

    def lotus(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        self._note("lotus", center, radius_m, color, opacity, turn_rad=turn_rad)

    def koi(
        self,
        center: Point,
        length_m: float,
        color: Color,
        *,
        turn_rad: float,
        stroke: float,
        opacity: float = 1.0,
    ) -> None:
        self._note("koi", center, length_m, color, opacity, turn_rad=turn_rad, stroke=stroke)

    def ripple(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        self._note("ripple", center, radius_m, color, opacity)

    def footprint(
        self,
        center: Point,
        length_m: float,
        color: Color,
        *,
        turn_rad: float,
        side: Literal["left", "right"],
        opacity: float = 1.0,
    ) -> None:
        self._note("footprint", center, length_m, color, opacity, turn_rad=turn_rad, side=side)

    def trail(
        self, points: Sequence[Point], color: Color, *, width_m: float = 0.02, opacity: float = 1.0
    ) -> None:
        self.drawn.append(Drawn("trail", tuple(points), width_m, color, opacity))

    def line(
        self, start: Point, end: Point, color: Color, *, width_m: float = 0.03, opacity: float = 1.0
    ) -> None:
        self.drawn.append(Drawn("line", (start, end), width_m, color, opacity))

    def arrow(
        self, tail: Point, tip: Point, color: Color, *, width_m: float = 0.05, opacity: float = 1.0
    ) -> None:
        self.drawn.append(Drawn("arrow", (tail, tip), width_m, color, opacity))

    def arc(
        self,
        center: Point,
        radius_m: float,
        color: Color,
        *,
        from_rad: float,
        to_rad: float,
        width_m: float = 0.03,
        opacity: float = 1.0,
    ) -> None:
        self._note("arc", center, radius_m, color, opacity, from_rad=from_rad, to_rad=to_rad, width_m=width_m)

    def box(
        self,
        center: Point,
        size_m: tuple[float, float],
        color: Color,
        *,
        turn_rad: float = 0.0,
        corner_m: float = 0.04,
        opacity: float = 1.0,
    ) -> None:
        self._note(
            "box", center, max(size_m), color, opacity, sides_m=size_m, turn_rad=turn_rad, corner_m=corner_m
        )

    def polygon(
        self,
        center: Point,
        radius_m: float,
        color: Color,
        *,
        sides: int = 6,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        self._note("polygon", center, radius_m, color, opacity, sides=sides, turn_rad=turn_rad)

    def symbol(
        self,
        name: Symbol,
        center: Point,
        radius_m: float,
        color: Color,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        self._note("symbol", center, radius_m, color, opacity, name=name, turn_rad=turn_rad)

    def balloon(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        self._note("balloon", center, radius_m, color, opacity, turn_rad=turn_rad)

    def mole(
        self, center: Point, radius_m: float, color: Color, *, rise: float = 1.0, opacity: float = 1.0
    ) -> None:
        self._note("mole", center, radius_m, color, opacity, rise=rise)

    def splat(
        self, center: Point, radius_m: float, color: Color, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        self._note("splat", center, radius_m, color, opacity, seed=seed)

    def picture(
        self,
        rgba: NDArray[np.uint8],
        center: Point,
        width_m: float,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        self._note("picture", center, width_m, _WHITE, opacity, shape=rgba.shape, turn_rad=turn_rad)

    def text(
        self,
        words: str,
        center: Point,
        cap_height_m: float,
        color: Color,
        *,
        facing: Facing = "near",
        arc_radius_m: float | None = None,
        opacity: float = 1.0,
    ) -> None:
        details = {"words": words, "facing": facing, "arc_radius_m": arc_radius_m}
        self._note("text", center, cap_height_m, color, opacity, **details)

    def _note(
        self, word: str, center: Point, size_m: float, color: Color, opacity: float, **details: Any
    ) -> None:
        self.drawn.append(Drawn(word, (center,), size_m, color, opacity, details))
