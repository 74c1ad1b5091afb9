"""The drawing words of `didim.play.Canvas`, turned into quads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from didim.geometry import Point, Surface
from didim.project._batch import Batch
from didim.project._glyphs import GlyphAtlas

Light = tuple[float, float, float]
Ground = Literal["pond", "plain"]
GROUNDS = get_args(Ground)
Facing = Literal["near", "far", "left", "right", "all_sides"] | float

_UP_RAD = {"near": math.pi / 2, "far": -math.pi / 2, "left": 0.0, "right": math.pi}
_OUTLINE_CAPS = 0.11
_SPARK_STEP_M = 0.09
_SPARK_SPEED_M_S = 0.25


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
    """

    def __init__(self, surface: Surface, batch: Batch, atlas: GlyphAtlas) -> None:
        self.ground: Ground | None = None
        self.t_s = 0.0
        self._surface = surface
        self._batch = batch
        self._atlas = atlas

    def begin(self, t_s: float) -> None:
        """Forget the last frame's words."""
        self.t_s = t_s
        self.ground = None
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
