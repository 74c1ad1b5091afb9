"""The words of drawing: metres and linear colour in, light out.

A word is told once, here. Whoever draws, records or changes what is drawn takes it in by `Canvas.lay`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, Protocol, get_args

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

    @property
    def grey(self) -> float:
        """Its relative luminance (ITU-R BT.709)."""
        return 0.2126 * self.r + 0.7152 * self.g + 0.0722 * self.b


class Reader(Protocol):
    """Somebody who reads: a player is one."""

    @property
    def feet(self) -> Point: ...

    @property
    def heading_rad(self) -> float: ...


class PixelSurface(Protocol):
    """Pixels that somebody else paints: a `pygame.Surface` is one, and nothing here imports pygame."""

    def get_size(self) -> tuple[int, int]: ...

    def get_bitsize(self) -> int: ...

    def get_shifts(self) -> tuple[int, int, int, int]: ...

    def get_masks(self) -> tuple[int, int, int, int]: ...

    def get_alpha(self) -> int | None: ...

    def get_colorkey(self) -> Any: ...

    def get_view(self, kind: Literal["2"], /) -> Any: ...

    def __hash__(self) -> int: ...


Background = Literal[
    "pond",
    "plain",
    "space",
    "meadow",
    "snow",
    "city",
    "lava",
    "stage",
    "sea",
    "playground",
    "stadium",
    "studio",
    "sky",
    "theatre",
]
Symbol = Literal["circle", "triangle", "square", "star", "heart", "drop", "moon", "cross"]
Edge = Literal["near", "far", "left", "right"]
Facing = Edge | Literal["all_sides"] | float | Reader
"""Who reads: somebody at an edge, at each of them, a player, or the angle that 'up' of the text points to."""

BACKGROUNDS: tuple[Background, ...] = get_args(Background)
SYMBOLS: tuple[Symbol, ...] = get_args(Symbol)
UP_RAD: dict[Edge, float] = {"near": math.pi / 2, "far": -math.pi / 2, "left": 0.0, "right": math.pi}
"""Where 'up' of a text points for who reads it from that edge."""

_WHITE = Color(1.0, 1.0, 1.0)
_LAYER_MOST_PX = 4096  # what every OpenGL 3.3 that draws a projector's picture takes
_AT_FEET_M = 0.6  # nearer than that, a text is read the way its reader faces


def up_rad(facing: Edge | float | Reader, place: Point) -> float:
    """Where 'up' of a text at `place` points for its reader.

    For a player it leads on from their feet; a text at the feet themselves is turned as they face.
    """
    if isinstance(facing, str):
        return UP_RAD[facing]
    if isinstance(facing, int | float):
        return float(facing)
    away_m = facing.feet.distance_m(place)
    if away_m == 0:
        return facing.heading_rad
    share = min(1.0, away_m / _AT_FEET_M)
    dx = share * (place.x_m - facing.feet.x_m) / away_m + (1 - share) * math.cos(facing.heading_rad)
    dy = share * (place.y_m - facing.feet.y_m) / away_m + (1 - share) * math.sin(facing.heading_rad)
    return math.atan2(dy, dx)


class Canvas(ABC):
    """Drawing words in surface metres; later words lie on top; angles in radians, counter-clockwise.

    Every word but `fill` becomes one call of `lay`.
    """

    @abstractmethod
    def fill(self, background: Background) -> None:
        """Cover the whole surface with a living background."""

    @abstractmethod
    def lay(
        self,
        word: str,
        places: tuple[Point, ...],
        size_m: float,
        color: Color,
        opacity: float,
        **details: Any,
    ) -> None:
        """Take in one word.

        Args:
            word: its name, that of its method.
            places: its centre, its ends, or each point of a trail.
            size_m: radius, length, cap height or width, whichever the word takes.
            details: what else was given, by the word's names.
        """

    def disc(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        """A round plate of light."""
        self.lay("disc", (center,), radius_m, color, opacity)

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
        self.lay("ring", (center,), radius_m, color, opacity, width_m=width_m, progress=progress)

    def glow(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        """Soft light added to what lies below."""
        self.lay("glow", (center,), radius_m, color, opacity)

    def star(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A five-pointed star, one tip at `turn_rad` past the far side."""
        self.lay("star", (center,), radius_m, color, opacity, turn_rad=turn_rad)

    def lily(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A floating leaf with its notch, which opens to `turn_rad`, veins and shadow."""
        self.lay("lily", (center,), radius_m, color, opacity, turn_rad=turn_rad)

    def lotus(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A water lily in bloom, seen from above."""
        self.lay("lotus", (center,), radius_m, color, opacity, turn_rad=turn_rad)

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
        self.lay("koi", (center,), length_m, color, opacity, turn_rad=turn_rad, stroke=stroke)

    def ripple(self, center: Point, radius_m: float, color: Color, *, opacity: float = 1.0) -> None:
        """Rings of water around a point, the outermost at `radius_m`."""
        self.lay("ripple", (center,), radius_m, color, opacity)

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
        self.lay("footprint", (center,), length_m, color, opacity, turn_rad=turn_rad, side=side)

    def trail(
        self, points: Sequence[Point], color: Color, *, width_m: float = 0.02, opacity: float = 1.0
    ) -> None:
        """Sparks along a path, brightening to its end."""
        self.lay("trail", tuple(points), width_m, color, opacity)

    def line(
        self, start: Point, end: Point, color: Color, *, width_m: float = 0.03, opacity: float = 1.0
    ) -> None:
        """A straight stroke with round ends, shaded like a tube."""
        self.lay("line", (start, end), width_m, color, opacity)

    def arrow(
        self, tail: Point, tip: Point, color: Color, *, width_m: float = 0.05, opacity: float = 1.0
    ) -> None:
        """A stroke with a head three widths wide; `tip` is where it points."""
        self.lay("arrow", (tail, tip), width_m, color, opacity)

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
        details = {"from_rad": from_rad, "to_rad": to_rad, "width_m": width_m}
        self.lay("arc", (center,), radius_m, color, opacity, **details)

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
        details = {"sides_m": size_m, "turn_rad": turn_rad, "corner_m": corner_m}
        self.lay("box", (center,), max(size_m), color, opacity, **details)

    def chalk(
        self,
        center: Point,
        size_m: tuple[float, float],
        color: Color,
        *,
        filled: float = 0.0,
        seed: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A field drawn in chalk, width and height; `filled` from 0 to 1 it is coloured in, each `seed` by
        its own hand."""
        self.lay("chalk", (center,), max(size_m), color, opacity, sides_m=size_m, filled=filled, seed=seed)

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
        """A regular polygon, one corner at `turn_rad` past the far side.

        Raises:
            ValueError: it has not 3 to 12 sides.
        """
        if not 3 <= sides <= 12:
            raise ValueError(f"a polygon has 3 to 12 sides, got {sides}")
        self.lay("polygon", (center,), radius_m, color, opacity, sides=sides, turn_rad=turn_rad)

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
        """A flat sign that stays apart from the others without its color.

        Raises:
            ValueError: there is no such sign.
        """
        if name not in SYMBOLS:
            raise ValueError(f"no symbol {name!r}; there are: {', '.join(SYMBOLS)}")
        self.lay("symbol", (center,), radius_m, color, opacity, name=name, turn_rad=turn_rad)

    def balloon(
        self, center: Point, radius_m: float, color: Color, *, turn_rad: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A shining balloon whose knot and string hang to the near side, turned by `turn_rad`."""
        self.lay("balloon", (center,), radius_m, color, opacity, turn_rad=turn_rad)

    def mole(
        self, center: Point, radius_m: float, color: Color, *, rise: float = 1.0, opacity: float = 1.0
    ) -> None:
        """A mole in its hole, 0 hidden to 1 quite out; `color` is its hat's."""
        self.lay("mole", (center,), radius_m, color, opacity, rise=rise)

    def island(
        self, center: Point, radius_m: float, color: Color, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        """Sand, grass and surf around them, about `radius_m` to the shore; each `seed` another one."""
        self.lay("island", (center,), radius_m, color, opacity, seed=seed)

    def mound(
        self, center: Point, radius_m: float, color: Color, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        """Earth thrown up around a hole, the top of its ridge at 0.84 radii; each `seed` another one."""
        self.lay("mound", (center,), radius_m, color, opacity, seed=seed)

    def planet(
        self,
        center: Point,
        radius_m: float,
        color: Color,
        *,
        turn_rad: float = 0.0,
        seed: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A small world whose clouds drift, its axis turned by `turn_rad`; each `seed` has other clouds."""
        self.lay("planet", (center,), radius_m, color, opacity, turn_rad=turn_rad, seed=seed)

    def stone(
        self,
        center: Point,
        size_m: tuple[float, float],
        color: Color,
        *,
        turn_rad: float = 0.0,
        seed: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A slab of dark rock on embers, width and height; `color` is the light of its rim."""
        details = {"sides_m": size_m, "turn_rad": turn_rad, "seed": seed}
        self.lay("stone", (center,), max(size_m), color, opacity, **details)

    def splat(
        self, center: Point, radius_m: float, color: Color, *, seed: float = 0.0, opacity: float = 1.0
    ) -> None:
        """A blot of wet paint; each `seed` runs in its own way."""
        self.lay("splat", (center,), radius_m, color, opacity, seed=seed)

    def picture(
        self,
        rgba: NDArray[np.uint8],
        center: Point,
        width_m: float,
        *,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """A picture, (rows, columns, 4) uint8: sRGB and opacity, top row first; it is smoothed.

        Raises:
            ValueError: it has another shape or type.
        """
        if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8:
            raise ValueError(f"a picture is (rows, columns, 4) uint8, got {rgba.shape} {rgba.dtype}")
        self.lay("picture", (center,), width_m, _WHITE, opacity, rgba=rgba, turn_rad=turn_rad)

    def layer(
        self,
        surface: PixelSurface,
        center: Point,
        width_m: float,
        *,
        version: int | None = None,
        turn_rad: float = 0.0,
        opacity: float = 1.0,
    ) -> None:
        """What is painted on a `pygame.Surface`: sRGB, its opacity and its pixels' own; smoothed.

        Args:
            surface: 32 bits a pixel, at most 4096 a side: `pygame.Surface((512, 288), pygame.SRCALPHA)`.
            width_m: its height follows from its pixels, which are square.
            version: any number that changes whenever the surface was painted on: only then it is sent to
                the graphics card again. None sends it with every frame.

        Raises:
            ValueError: the surface has no 32 bits a pixel, a color key, or no side of 1 to 4096 pixels.
        """
        size_px = surface.get_size()
        if not all(1 <= side <= _LAYER_MOST_PX for side in size_px):
            raise ValueError(f"a layer has 1 to {_LAYER_MOST_PX} pixels a side, got {size_px}")
        if surface.get_bitsize() != 32 or surface.get_colorkey() is not None:
            raise ValueError(
                "a layer has 32 bits a pixel and no color key: pygame.Surface(size, pygame.SRCALPHA, 32); "
                f"got {surface.get_bitsize()} bits, color key {surface.get_colorkey()}"
            )
        alpha = surface.get_alpha()
        shown = opacity if alpha is None else opacity * alpha / 255
        details = {"surface": surface, "version": version, "turn_rad": turn_rad}
        self.lay("layer", (center,), width_m, _WHITE, shown, **details)

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
        """Words in one line, or along a circle of `arc_radius_m` about `center`, tops outwards.

        `facing=player` turns them to be read by that player; `facing="all_sides"` sets the line four times
        about `center`, its tops inwards, for readers on every edge.
        """
        details = {"words": words, "facing": facing, "arc_radius_m": arc_radius_m}
        self.lay("text", (center,), cap_height_m, color, opacity, **details)
