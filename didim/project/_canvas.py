"""The drawing words of `didim.play.Canvas`, turned into quads."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point, Surface
from didim.project._batch import Batch
from didim.project._glyphs import GlyphAtlas

Light = tuple[float, float, float]
Ground = Literal["pond", "plain", "space", "meadow", "snow", "city", "lava", "stage", "sea"]
Symbol = Literal["circle", "triangle", "square", "star", "heart", "drop", "moon", "cross"]
GROUNDS, SYMBOLS = get_args(Ground), get_args(Symbol)
Facing = Literal["near", "far", "left", "right", "all_sides"] | float

_UP_RAD = {"near": math.pi / 2, "far": -math.pi / 2, "left": 0.0, "right": math.pi}
_OUTLINE_CAPS = 0.11
_SPARK_STEP_M = 0.09
_SPARK_SPEED_M_S = 0.25
_SIDES: dict[Symbol, int] = {"triangle": 3, "square": 4}


class _Letter(NamedTuple):
    """A placed glyph: middle and half sides in metres, turn in radians, place in the atlas."""

    x_m: float
    y_m: float
    turn_rad: float
    half_m: tuple[float, float]
    uv: tuple[float, float, float, float]


class SurfaceCanvas:
    """Records one frame's words in metres; the stage draws them.

    Light is linear red, green, blue and may exceed 1. Angles are in radians, counter-clockwise as seen on
    the surface. Nothing falls outside a word's own bounds, given with each word as a multiple of its size.

    Attributes:
        ground: the background chosen last, or None for black.
        t_s: the time that moving things are drawn for.
        pictures: the pictures of this frame by number.
    """

    def __init__(self, surface: Surface, batch: Batch, atlas: GlyphAtlas) -> None:
        self.ground: Ground | None = None
        self.t_s = 0.0
        self.pictures: dict[Hashable, NDArray[np.uint8]] = {}
        self._surface = surface
        self._batch = batch
        self._atlas = atlas

    def begin(self, t_s: float) -> None:
        """Forget the last frame's words."""
        self.t_s = t_s
        self.ground = None
        self.pictures.clear()
        self._batch.clear()
        self._atlas.make_room()

    def fill(self, background: Ground) -> None:
        """Cover the whole surface with a living background, and so all that was drawn before."""
        if background not in GROUNDS:
            raise ValueError(f"no background {background!r}; there are: {', '.join(GROUNDS)}")
        self.ground = background
        self._batch.clear()

    def disc(self, center: Point, radius_m: float, color: Light, *, opacity: float = 1.0) -> None:
        """A round plate of light; reaches 1.05 radii."""
        self._square("disc", center, 1.05 * radius_m, radius_m, color, opacity)

    def ring(
        self,
        center: Point,
        radius_m: float,
        color: Light,
        *,
        width_m: float = 0.03,
        progress: float = 1.0,
        opacity: float = 1.0,
    ) -> None:
        """A ring, drawn clockwise from the far side up to `progress`; reaches 2.3 widths past its radius."""
        half_m = radius_m + 2.3 * width_m
        self._batch.add(
            "ring",
            (*center, 0.0, 0.0),
            (half_m, half_m, radius_m, width_m / 2),
            (*color, opacity),
            (min(max(progress, 0.0), 1.0), 0.0, 0.0, 0.0),
        )

    def glow(self, center: Point, radius_m: float, color: Light, *, opacity: float = 1.0) -> None:
        """Soft light added to what lies below; nothing past its radius."""
        self._square("glow", center, radius_m, radius_m, color, opacity)

    def star(
        self, center: Point, radius_m: float, color: Light, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A five-pointed star, one tip at `turn_rad` past the far side; reaches 1.6 radii."""
        self._square("star", center, 1.6 * radius_m, radius_m, color, opacity, turn_rad + math.pi / 2)

    def lily(
        self, center: Point, radius_m: float, color: Light, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A floating leaf whose notch opens to `turn_rad`, with veins and shadow; reaches 1.35 radii."""
        self._square("lily", center, 1.35 * radius_m, radius_m, color, opacity, turn_rad)

    def lotus(
        self, center: Point, radius_m: float, color: Light, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A water lily in bloom, seen from above; reaches 1.2 radii."""
        self._square("lotus", center, 1.2 * radius_m, radius_m, color, opacity, turn_rad)

    def koi(
        self,
        center: Point,
        length_m: float,
        color: Light,
        *,
        turn_rad: float,
        stroke: float,
        opacity: float = 1.0,
    ) -> None:
        """A fish that heads to `turn_rad`; `stroke` is the phase of its swimming; reaches 0.65 lengths."""
        own = sum(color) * 1.7 + length_m * 5.0
        self._batch.add(
            "koi",
            (*center, turn_rad, own),
            (0.60 * length_m, 0.30 * length_m, length_m, 0.0),
            (*color, opacity),
            (stroke, 0.0, 0.0, 0.0),
        )

    def ripple(self, center: Point, radius_m: float, color: Light, *, opacity: float = 1.0) -> None:
        """Rings of water around a point; nothing past its radius."""
        self._square("ripple", center, radius_m, radius_m, color, opacity)

    def footprint(
        self,
        center: Point,
        length_m: float,
        color: Light,
        *,
        turn_rad: float,
        side: Literal["left", "right"],
        opacity: float = 1.0,
    ) -> None:
        """The sole of a foot whose toes point to `turn_rad`; reaches 0.7 lengths."""
        self._batch.add(
            "footprint",
            (*center, turn_rad, 0.0),
            (0.60 * length_m, 0.36 * length_m, length_m, 0.0),
            (*color, opacity),
            (-1.0 if side == "left" else 1.0, 0.0, 0.0, 0.0),
        )

    def trail(
        self, points: Sequence[Point], color: Light, *, width_m: float = 0.02, opacity: float = 1.0
    ) -> None:
        """Sparks that run along a path and brighten to its end; reach 2 widths to each side."""
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
            shown = opacity * (0.25 + 0.75 * u) * min(1.0, u * 6.0, (1.0 - u) * 12.0)
            self._square("dot", at, width_m * (0.9 + 1.1 * u), width_m, color, shown)
            along_m += _SPARK_STEP_M

    def line(
        self, start: Point, end: Point, color: Light, *, width_m: float = 0.03, opacity: float = 1.0
    ) -> None:
        """A straight stroke with round ends, shaded like a tube; reaches 1.3 widths to each side."""
        self._stroke("line", start, end, width_m, 1.3 * width_m, color, opacity)

    def arrow(
        self, tail: Point, tip: Point, color: Light, *, width_m: float = 0.05, opacity: float = 1.0
    ) -> None:
        """A stroke with a head three widths wide at `tip`; reaches 2.3 widths to each side."""
        self._stroke("arrow", tail, tip, width_m, 2.3 * width_m, color, opacity)

    def arc(
        self,
        center: Point,
        radius_m: float,
        color: Light,
        *,
        from_rad: float,
        to_rad: float,
        width_m: float = 0.03,
        opacity: float = 1.0,
    ) -> None:
        """A part of a ring with round ends, counter-clockwise; reaches 1.8 widths past its radius."""
        half_m, reach_rad = radius_m + 1.8 * width_m, (to_rad - from_rad) % math.tau / 2
        self._batch.add(
            "arc",
            (*center, from_rad + reach_rad, 0.0),
            (half_m, half_m, radius_m, width_m / 2),
            (*color, opacity),
            (reach_rad, 0.0, 0.0, 0.0),
        )

    def box(
        self,
        center: Point,
        size_m: tuple[float, float],
        color: Light,
        *,
        turn_rad: float = 0.0,
        corner_m: float = 0.04,
        opacity: float = 1.0,
    ) -> None:
        """A tile, width and height, with rounded corners and a raised rim; reaches 0.1 of a side beyond."""
        half = size_m[0] / 2, size_m[1] / 2
        corner_m = min(corner_m, *half)
        self._batch.add(
            "box",
            (*center, turn_rad, 0.0),
            (half[0] + 0.1 * min(size_m), half[1] + 0.1 * min(size_m), corner_m, 0.0),
            (*color, opacity),
            (*half, 0.0, 0.0),
        )

    def polygon(
        self,
        center: Point,
        radius_m: float,
        color: Light,
        *,
        sides: int = 6,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A regular polygon, one corner at `turn_rad` past the far side; reaches 1.05 radii.

        Raises:
            ValueError: it has not 3 to 12 sides.
        """
        if not 3 <= sides <= 12:
            raise ValueError(f"a polygon has 3 to 12 sides, got {sides}")
        half_m, up_rad = 1.05 * radius_m, turn_rad + math.pi / 2
        self._batch.add(
            "polygon",
            (*center, up_rad, 0.0),
            (half_m, half_m, radius_m, 0.0),
            (*color, opacity),
            (float(sides), 0.0, 0.0, 0.0),
        )

    def symbol(
        self,
        name: Symbol,
        center: Point,
        radius_m: float,
        color: Light,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A flat sign that stays apart from the others without its color; reaches 1.6 radii.

        Raises:
            ValueError: there is no such sign.
        """
        if name not in SYMBOLS:
            raise ValueError(f"no symbol {name!r}; there are: {', '.join(SYMBOLS)}")
        if name in _SIDES:
            turn_rad += math.pi / 4 if name == "square" else 0.0
            self.polygon(center, radius_m, color, sides=_SIDES[name], turn_rad=turn_rad, opacity=opacity)
        elif name == "circle":
            self.disc(center, 0.9 * radius_m, color, opacity=opacity)
        elif name == "star":
            self.star(center, radius_m, color, turn_rad=turn_rad, opacity=opacity)
        else:
            self._square(name, center, 1.05 * radius_m, radius_m, color, opacity, turn_rad)

    def balloon(
        self, center: Point, radius_m: float, color: Light, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A shining balloon, knot and string to the near side; reaches 2.1 radii."""
        own = sum(color) + 7.0 * radius_m
        half_m = 2.1 * radius_m
        self._batch.add(
            "balloon", (*center, turn_rad, own), (half_m, half_m, radius_m, 0.0), (*color, opacity)
        )

    def mole(
        self, center: Point, radius_m: float, color: Light, *, rise: float = 1.0, opacity: float = 1.0
    ) -> None:
        """A mole in its hole, 0 hidden to 1 quite out; reaches 1.5 radii."""
        half_m = 1.5 * radius_m
        self._batch.add(
            "mole",
            (*center, 0.0, 0.0),
            (half_m, half_m, radius_m, 0.0),
            (*color, opacity),
            (min(max(rise, 0.0), 1.0), 0.0, 0.0, 0.0),
        )

    def splat(
        self, center: Point, radius_m: float, color: Light, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A blot of wet paint; each `seed` runs in its own way; reaches 1.15 radii."""
        half_m = 1.15 * radius_m
        self._batch.add(
            "splat",
            (*center, seed % math.tau, 0.0),
            (half_m, half_m, radius_m, 0.0),
            (*color, opacity),
            (seed % 64.0, 0.0, 0.0, 0.0),
        )

    def picture(
        self,
        rgba: NDArray[np.uint8],
        center: Point,
        width_m: float,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A picture, top row first, smoothed between its pixels; nothing past its sides.

        Raises:
            ValueError: it is not (rows, columns, 4) uint8.
        """
        if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8:
            raise ValueError(f"a picture is (rows, columns, 4) uint8, got {rgba.shape} {rgba.dtype}")
        key = len(self.pictures)
        self.pictures[key] = rgba
        half_m = width_m / 2, width_m / 2 * rgba.shape[0] / rgba.shape[1]
        self._batch.add(
            "picture", (*center, turn_rad, 0.0), (*half_m, 0.0, 0.0), (1.0, 1.0, 1.0, opacity), source=key
        )

    def _stroke(
        self, shape: str, a: Point, b: Point, width_m: float, reach_m: float, color: Light, opacity: float
    ) -> None:
        half_m = a.distance_m(b) / 2
        middle = Point((a.x_m + b.x_m) / 2, (a.y_m + b.y_m) / 2)
        turn_rad = math.atan2(b.y_m - a.y_m, b.x_m - a.x_m)
        self._batch.add(
            shape,
            (*middle, turn_rad, 0.0),
            (half_m + reach_m, reach_m, half_m, width_m / 2),
            (*color, opacity),
        )

    def text(
        self,
        words: str,
        center: Point,
        cap_height_m: float,
        color: Light,
        *,
        facing: Facing = "near",
        arc_radius_m: float | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Words in one line, or along a circle of `arc_radius_m` about `center`, tops outwards.

        `facing="all_sides"` sets the line four times about `center`, its tops inwards, for readers on
        every edge.

        Raises:
            ProjectError: the font lacks a letter.
        """
        if facing == "all_sides":
            out_m = self.text_width_m(words, cap_height_m) / 2 + 0.7 * cap_height_m
            for up_rad in _UP_RAD.values():
                at = center.moved(-math.cos(up_rad) * out_m, -math.sin(up_rad) * out_m)
                self.text(words, at, cap_height_m, color, facing=up_rad, opacity=opacity)
            return
        up_rad = _UP_RAD[facing] if isinstance(facing, str) else facing
        letters = self._set(words, center, cap_height_m, up_rad, arc_radius_m)
        reach_m = self._atlas.reach * cap_height_m
        # All backs before all letters, or an outline would cut into its neighbour.
        for layer in (0.0, 1.0):
            for letter in letters:
                self._batch.add(
                    "glyph",
                    (letter.x_m, letter.y_m, letter.turn_rad, layer),
                    (*letter.half_m, reach_m, _OUTLINE_CAPS * cap_height_m),
                    (*color, opacity),
                    letter.uv,
                )

    def text_width_m(self, words: str, cap_height_m: float) -> float:
        """How long a line of `words` is."""
        return sum(self._atlas.glyph(letter).advance for letter in words) * cap_height_m

    def _set(
        self, words: str, center: Point, cap_m: float, up_rad: float, arc_m: float | None
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
            turn_rad = up_rad
            if arc_m is not None:
                turn_rad, along_m, lift_m = up_rad - along_m / arc_m, 0.0, lift_m + arc_m
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

    def _square(
        self,
        shape: str,
        center: Point,
        half_m: float,
        radius_m: float,
        color: Light,
        opacity: float,
        turn_rad: float = 0.0,
    ) -> None:
        self._batch.add(shape, (*center, turn_rad, 0.0), (half_m, half_m, radius_m, 0.0), (*color, opacity))
