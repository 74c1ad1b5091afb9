"""What a game draws on: metres and linear colour in, light out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point


class Color(NamedTuple):
    """Linear light, red green blue; 1 is plain white, above 1 glows."""

    r: float
    g: float
    b: float

    def times(self, gain: float) -> Color:
        return Color(self.r * gain, self.g * gain, self.b * gain)

    def mixed(self, other: Color, share: float) -> Color:
        """This color at `share` 0, the other at 1."""
        return Color(*(a + (b - a) * share for a, b in zip(self, other, strict=True)))


Background = Literal["pond", "plain", "space", "meadow", "snow", "city", "lava", "stage", "sea"]
Symbol = Literal["circle", "triangle", "square", "star", "heart", "drop", "moon", "cross"]
Facing = Literal["near", "far", "left", "right", "all_sides"] | float
"""Which edge the reader stands at, or the angle that 'up' of the text points to, radians."""


class Canvas(Protocol):
    """Drawing words in surface metres; later words lie on top; angles in radians, counter-clockwise."""

    def fill(self, background: Background) -> None:
        """Cover the whole surface with a living background."""
        ...

    def disc(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None: ...

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
        """A ring, drawn clockwise from the far side up to `progress` (0 to 1)."""
        ...

    def glow(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        """Soft light added to what lies below."""
        ...

    def star(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None: ...

    def lily(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A floating leaf with its notch, veins and shadow."""
        ...

    def lotus(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None: ...

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
        """A fish that heads to `turn_rad`; `stroke` is the phase of its swimming, radians."""
        ...

    def ripple(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        """Rings of water around a point, the outermost at `radius_m`."""
        ...

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
        """The sole of a foot whose toes point to `turn_rad`."""
        ...

    def trail(
        self, points: Sequence[Point], color: Color, *, width_m: float = 0.02, opacity: float = 1.0
    ) -> None:
        """Sparks along a path, brightening to its end."""
        ...

    def line(
        self, start: Point, end: Point, color: Color, *, width_m: float = 0.03, opacity: float = 1.0
    ) -> None:
        """A straight stroke with round ends, shaded like a tube."""
        ...

    def arrow(
        self, tail: Point, tip: Point, color: Color, *, width_m: float = 0.05, opacity: float = 1.0
    ) -> None:
        """A stroke with a head three widths wide; `tip` is where it points."""
        ...

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
        """A part of a ring with round ends, counter-clockwise from `from_rad` to `to_rad`."""
        ...

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
        """A tile, width and height, with rounded corners and a raised rim."""
        ...

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
        """A regular polygon with 3 to 12 sides, one corner at `turn_rad` past the far side."""
        ...

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
        """A flat sign that stays apart from the others without its color."""
        ...

    def balloon(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A shining balloon whose knot and string hang to the near side, turned by `turn_rad`."""
        ...

    def mole(
        self, center: Point, radius_m: float, color: Color, *, rise: float = 1.0, opacity: float = 1.0
    ) -> None:
        """A mole in its hole, 0 hidden to 1 quite out; `color` is its hat's."""
        ...

    def splat(
        self, center: Point, radius_m: float, color: Color, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A blot of wet paint; each `seed` runs in its own way."""
        ...

    def picture(
        self,
        rgba: NDArray[np.uint8],
        center: Point,
        width_m: float,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A picture, (rows, columns, 4) uint8: sRGB and opacity, top row first; it is smoothed."""
        ...

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
        """Words in one line, or along a circle of `arc_radius_m` about `center`, tops outwards."""
        ...
