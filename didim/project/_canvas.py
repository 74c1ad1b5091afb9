"""The words of `didim.drawing.Canvas`, turned into quads."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from didim.drawing import (
    BACKGROUNDS,
    UP_RAD,
    Background,
    Canvas,
    Color,
    Facing,
    PixelSurface,
    Symbol,
    up_rad,
)
from didim.geometry import Point, Surface
from didim.project._batch import Batch
from didim.project._glyphs import GlyphAtlas
from didim.project._layer import Layer

Light = tuple[float, float, float, float]
"""Linear light and opacity."""

_OUTLINE_CAPS = 0.11
_SPARK_STEP_M = 0.09
_SPARK_SPEED_M_S = 0.25
_SIDES: dict[Symbol, int] = {"triangle": 3, "square": 4}

_REACH = {
    "disc": 1.05,
    "glow": 1.0,
    "star": 1.6,
    "lily": 1.35,
    "lotus": 1.2,
    "ripple": 1.0,
    "heart": 1.05,
    "drop": 1.05,
    "moon": 1.05,
    "cross": 1.05,
}
"""Words of a centre, a radius and a turn alone, and how many radii they reach; nothing falls outside."""


class _Letter(NamedTuple):
    """A placed glyph: middle and half sides in metres, turn in radians, place in the atlas."""

    x_m: float
    y_m: float
    turn_rad: float
    half_m: tuple[float, float]
    uv: tuple[float, float, float, float]


class SurfaceCanvas(Canvas):
    """Takes in one frame's words in metres; the stage draws them.

    Attributes:
        ground: the background chosen last, or None for black.
        t_s: the time that moving things are drawn for.
        pictures: the pictures of this frame by number, and its layers.
    """

    def __init__(self, surface: Surface, batch: Batch, atlas: GlyphAtlas) -> None:
        self.ground: Background | None = None
        self.t_s = 0.0
        self.pictures: dict[Hashable, NDArray[np.uint8] | Layer] = {}
        self._surface = surface
        self._batch = batch
        self._atlas = atlas
        self._quads: dict[str, Callable[..., None]] = {
            "ring": self._ring,
            "koi": self._koi,
            "footprint": self._footprint,
            "trail": self._trail,
            "line": self._line,
            "arrow": self._arrow,
            "arc": self._arc,
            "box": self._box,
            "chalk": self._chalk,
            "polygon": self._polygon,
            "symbol": self._symbol,
            "balloon": self._balloon,
            "mole": self._mole,
            "splat": self._splat,
            "island": partial(self._seeded, "island"),
            "mound": partial(self._seeded, "mound"),
            "planet": self._planet,
            "stone": self._stone,
            "picture": self._picture,
            "layer": self._layer,
            "text": self._text,
        }

    def begin(self, t_s: float) -> None:
        """Forget the last frame's words."""
        self.t_s = t_s
        self.ground = None
        self.pictures.clear()
        self._batch.clear()
        self._atlas.make_room()

    def fill(self, background: Background) -> None:
        """Cover the whole surface, and so all that was drawn before.

        Raises:
            ValueError: there is no such background.
        """
        if background not in BACKGROUNDS:
            raise ValueError(f"no background {background!r}; there are: {', '.join(BACKGROUNDS)}")
        self.ground = background
        self._batch.clear()

    def lay(
        self,
        word: str,
        places: tuple[Point, ...],
        size_m: float,
        color: Color,
        opacity: float,
        **details: Any,
    ) -> None:
        """Queue the quads of one word.

        Raises:
            ProjectError: the font lacks a letter.
        """
        light = (*color, opacity)
        if word in _REACH:
            self._square(word, places[0], size_m, light, **details)
        else:
            self._quads[word](places, size_m, light, **details)

    def _square(
        self, shape: str, center: Point, radius_m: float, light: Light, turn_rad: float = 0.0
    ) -> None:
        half_m = _REACH[shape] * radius_m
        turn_rad += math.pi / 2 if shape == "star" else 0.0
        self._batch.add(shape, (*center, turn_rad, 0.0), (half_m, half_m, radius_m, 0.0), light)

    def _ring(
        self, places: tuple[Point, ...], radius_m: float, light: Light, *, width_m: float, progress: float
    ) -> None:
        """Reaches 2.3 widths past its radius."""
        half_m = radius_m + 2.3 * width_m
        size = (half_m, half_m, radius_m, width_m / 2)
        share = min(max(progress, 0.0), 1.0)
        self._batch.add("ring", (*places[0], 0.0, 0.0), size, light, (share, 0.0, 0.0, 0.0))

    def _koi(
        self, places: tuple[Point, ...], length_m: float, light: Light, *, turn_rad: float, stroke: float
    ) -> None:
        """Reaches 0.65 lengths."""
        own = sum(light[:3]) * 1.7 + length_m * 5.0
        size = (0.60 * length_m, 0.30 * length_m, length_m, 0.0)
        self._batch.add("koi", (*places[0], turn_rad, own), size, light, (stroke, 0.0, 0.0, 0.0))

    def _footprint(
        self, places: tuple[Point, ...], length_m: float, light: Light, *, turn_rad: float, side: str
    ) -> None:
        """Reaches 0.7 lengths."""
        size = (0.60 * length_m, 0.36 * length_m, length_m, 0.0)
        more = (-1.0 if side == "left" else 1.0, 0.0, 0.0, 0.0)
        self._batch.add("footprint", (*places[0], turn_rad, 0.0), size, light, more)

    def _trail(self, points: tuple[Point, ...], width_m: float, light: Light) -> None:
        """Reaches 2 widths to each side."""
        lengths_m = [a.distance_m(b) for a, b in pairwise(points)]
        whole_m = sum(lengths_m)
        if whole_m <= 0:
            return
        along_m = self.t_s * _SPARK_SPEED_M_S % _SPARK_STEP_M
        past_m, leg = 0.0, 0
        while along_m < whole_m:
            while along_m > past_m + lengths_m[leg]:
                past_m, leg = past_m + lengths_m[leg], leg + 1
            a, b = points[leg], points[leg + 1]
            share, u = (along_m - past_m) / lengths_m[leg], along_m / whole_m
            at = a.moved((b.x_m - a.x_m) * share, (b.y_m - a.y_m) * share)
            # A spark that comes or goes at an end would blink: it fades there.
            shown = light[3] * (0.25 + 0.75 * u) * min(1.0, u * 6.0, (1.0 - u) * 12.0)
            half_m = width_m * (0.9 + 1.1 * u)
            self._batch.add("dot", (*at, 0.0, 0.0), (half_m, half_m, width_m, 0.0), (*light[:3], shown))
            along_m += _SPARK_STEP_M

    def _line(self, ends: tuple[Point, ...], width_m: float, light: Light) -> None:
        """Reaches 1.3 widths to each side."""
        self._stroke("line", ends, width_m, 1.3 * width_m, light)

    def _arrow(self, ends: tuple[Point, ...], width_m: float, light: Light) -> None:
        """Reaches 2.3 widths to each side."""
        self._stroke("arrow", ends, width_m, 2.3 * width_m, light)

    def _arc(
        self,
        places: tuple[Point, ...],
        radius_m: float,
        light: Light,
        *,
        from_rad: float,
        to_rad: float,
        width_m: float,
    ) -> None:
        """Reaches 1.8 widths past its radius."""
        half_m, reach_rad = radius_m + 1.8 * width_m, (to_rad - from_rad) % math.tau / 2
        size = (half_m, half_m, radius_m, width_m / 2)
        place = (*places[0], from_rad + reach_rad, 0.0)
        self._batch.add("arc", place, size, light, (reach_rad, 0.0, 0.0, 0.0))

    def _box(
        self,
        places: tuple[Point, ...],
        size_m: float,
        light: Light,
        *,
        sides_m: tuple[float, float],
        turn_rad: float,
        corner_m: float,
    ) -> None:
        """Reaches 0.1 of the shorter side beyond."""
        half, rim_m = (sides_m[0] / 2, sides_m[1] / 2), 0.1 * min(sides_m)
        size = (half[0] + rim_m, half[1] + rim_m, min(corner_m, *half), 0.0)
        self._batch.add("box", (*places[0], turn_rad, 0.0), size, light, (*half, 0.0, 0.0))

    def _chalk(
        self,
        places: tuple[Point, ...],
        size_m: float,
        light: Light,
        *,
        sides_m: tuple[float, float],
        filled: float,
        seed: float,
    ) -> None:
        """Reaches 0.12 of the shorter side beyond."""
        half, loose_m = (sides_m[0] / 2, sides_m[1] / 2), 0.12 * min(sides_m)
        size = (half[0] + loose_m, half[1] + loose_m, 0.16 * min(sides_m), 0.0)
        more = (*half, min(max(filled, 0.0), 1.0), seed % 64.0)
        self._batch.add("chalk", (*places[0], 0.0, 0.0), size, light, more)

    def _polygon(
        self, places: tuple[Point, ...], radius_m: float, light: Light, *, sides: int, turn_rad: float
    ) -> None:
        """Reaches 1.05 radii."""
        size = (1.05 * radius_m, 1.05 * radius_m, radius_m, 0.0)
        place = (*places[0], turn_rad + math.pi / 2, 0.0)
        self._batch.add("polygon", place, size, light, (float(sides), 0.0, 0.0, 0.0))

    def _symbol(
        self, places: tuple[Point, ...], radius_m: float, light: Light, *, name: Symbol, turn_rad: float
    ) -> None:
        """Reaches 1.6 radii."""
        if name in _SIDES:
            turn_rad += math.pi / 4 if name == "square" else 0.0
            self._polygon(places, radius_m, light, sides=_SIDES[name], turn_rad=turn_rad)
        elif name == "circle":
            self._square("disc", places[0], 0.9 * radius_m, light)
        else:
            self._square(name, places[0], radius_m, light, turn_rad)

    def _balloon(self, places: tuple[Point, ...], radius_m: float, light: Light, *, turn_rad: float) -> None:
        """Reaches 2.1 radii."""
        own, half_m = sum(light[:3]) + 7.0 * radius_m, 2.1 * radius_m
        self._batch.add("balloon", (*places[0], turn_rad, own), (half_m, half_m, radius_m, 0.0), light)

    def _mole(self, places: tuple[Point, ...], radius_m: float, light: Light, *, rise: float) -> None:
        """Reaches 1.5 radii."""
        size = (1.5 * radius_m, 1.5 * radius_m, radius_m, 0.0)
        more = (min(max(rise, 0.0), 1.0), 0.0, 0.0, 0.0)
        self._batch.add("mole", (*places[0], 0.0, 0.0), size, light, more)

    def _splat(self, places: tuple[Point, ...], radius_m: float, light: Light, *, seed: float) -> None:
        """Reaches 1.15 radii."""
        size = (1.15 * radius_m, 1.15 * radius_m, radius_m, 0.0)
        place = (*places[0], seed % math.tau, 0.0)
        self._batch.add("splat", place, size, light, (seed % 64.0, 0.0, 0.0, 0.0))

    def _seeded(
        self, shape: str, places: tuple[Point, ...], radius_m: float, light: Light, *, seed: float
    ) -> None:
        """Reaches 1.5 radii."""
        size = (1.5 * radius_m, 1.5 * radius_m, radius_m, 0.0)
        self._batch.add(shape, (*places[0], 0.0, 0.0), size, light, (seed % 64.0, 0.0, 0.0, 0.0))

    def _planet(
        self, places: tuple[Point, ...], radius_m: float, light: Light, *, turn_rad: float, seed: float
    ) -> None:
        """Reaches 1.35 radii."""
        size = (1.35 * radius_m, 1.35 * radius_m, radius_m, 0.0)
        self._batch.add("planet", (*places[0], turn_rad, 0.0), size, light, (seed % 64.0, 0.0, 0.0, 0.0))

    def _stone(
        self,
        places: tuple[Point, ...],
        size_m: float,
        light: Light,
        *,
        sides_m: tuple[float, float],
        turn_rad: float,
        seed: float,
    ) -> None:
        """Reaches 0.3 of the shorter side beyond."""
        half, reach_m = (sides_m[0] / 2, sides_m[1] / 2), 0.3 * min(sides_m)
        size = (half[0] + reach_m, half[1] + reach_m, 0.0, 0.0)
        self._batch.add("stone", (*places[0], turn_rad, 0.0), size, light, (*half, seed % 64.0, 0.0))

    def _picture(
        self,
        places: tuple[Point, ...],
        width_m: float,
        light: Light,
        *,
        rgba: NDArray[np.uint8],
        turn_rad: float,
    ) -> None:
        """Nothing past its sides."""
        self._pixels(rgba, places[0], (width_m, width_m * rgba.shape[0] / rgba.shape[1]), light, turn_rad)

    def _layer(
        self,
        places: tuple[Point, ...],
        width_m: float,
        light: Light,
        *,
        surface: PixelSurface,
        version: int | None,
        turn_rad: float,
    ) -> None:
        """Nothing past its sides."""
        width_px, height_px = surface.get_size()
        sides_m = (width_m, width_m * height_px / width_px)
        self._pixels(Layer(surface, version), places[0], sides_m, light, turn_rad)

    def _pixels(
        self,
        pixels: NDArray[np.uint8] | Layer,
        center: Point,
        sides_m: tuple[float, float],
        light: Light,
        turn_rad: float,
    ) -> None:
        key = len(self.pictures)
        self.pictures[key] = pixels
        size = (sides_m[0] / 2, sides_m[1] / 2, 0.0, 0.0)
        self._batch.add("picture", (*center, turn_rad, 0.0), size, light, source=key)

    def _stroke(
        self, shape: str, ends: tuple[Point, ...], width_m: float, reach_m: float, light: Light
    ) -> None:
        a, b = ends
        half_m = a.distance_m(b) / 2
        turn_rad = math.atan2(b.y_m - a.y_m, b.x_m - a.x_m)
        place = ((a.x_m + b.x_m) / 2, (a.y_m + b.y_m) / 2, turn_rad, 0.0)
        self._batch.add(shape, place, (half_m + reach_m, reach_m, half_m, width_m / 2), light)

    def _text(
        self,
        places: tuple[Point, ...],
        cap_m: float,
        light: Light,
        *,
        words: str,
        facing: Facing,
        arc_radius_m: float | None,
    ) -> None:
        center = places[0]
        if facing == "all_sides":
            out_m = self.text_width_m(words, cap_m) / 2 + 0.7 * cap_m
            for up in UP_RAD.values():
                at = center.moved(-math.cos(up) * out_m, -math.sin(up) * out_m)
                self._text((at,), cap_m, light, words=words, facing=up, arc_radius_m=None)
            return
        is_wall = self._surface.kind == "wall" and not isinstance(facing, str | float | int)
        turned_rad = UP_RAD["near"] if is_wall else up_rad(facing, center)  # nobody lies down to read a wall
        letters = self._set(words, center, cap_m, turned_rad, arc_radius_m)
        reach_m = self._atlas.reach * cap_m
        # All backs before all letters, or an outline would cut into its neighbour.
        for layer in (0.0, 1.0):
            for letter in letters:
                self._batch.add(
                    "glyph",
                    (letter.x_m, letter.y_m, letter.turn_rad, layer),
                    (*letter.half_m, reach_m, _OUTLINE_CAPS * cap_m),
                    light,
                    letter.uv,
                )

    def text_width_m(self, words: str, cap_height_m: float) -> float:
        """How long a line of `words` is."""
        return sum(self._atlas.glyph(letter).advance for letter in words) * cap_height_m

    def _set(
        self, words: str, center: Point, cap_m: float, turned_rad: float, arc_m: float | None
    ) -> list[_Letter]:
        pen_m = -self.text_width_m(words, cap_m) / 2
        letters = []
        for character in words:
            glyph = self._atlas.glyph(character)
            along_m = pen_m + glyph.middle[0] * cap_m
            pen_m += glyph.advance * cap_m
            if not glyph.size[0]:
                continue
            lift_m = (glyph.middle[1] - 0.5) * cap_m
            turn_rad = turned_rad
            if arc_m is not None:
                turn_rad, along_m, lift_m = turned_rad - along_m / arc_m, 0.0, lift_m + arc_m
            up, right = (math.cos(turn_rad), math.sin(turn_rad)), (math.sin(turn_rad), -math.cos(turn_rad))
            letters.append(
                _Letter(
                    center.x_m + right[0] * along_m + up[0] * lift_m,
                    center.y_m + right[1] * along_m + up[1] * lift_m,
                    turn_rad - math.pi / 2,
                    (glyph.size[0] * cap_m / 2, glyph.size[1] * cap_m / 2),
                    glyph.uv,
                )
            )
        return letters
