"""The islands: a sign and a color each, which always go together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Seat, Symbol, eased, popped

RISE_S = 0.6
DARK = Color(0.01, 0.02, 0.05)
SAND, CREAM = Color(0.82, 0.60, 0.32), Color(1.6, 1.5, 1.3)
LEAF, TRUNK, NUT = Color(0.05, 0.36, 0.07), Color(0.28, 0.14, 0.05), Color(0.16, 0.07, 0.03)

KINDS: dict[Symbol, Color] = {
    "star": Color(1.5, 0.85, 0.05),
    "heart": Color(1.25, 0.12, 0.42),
    "drop": Color(0.03, 0.32, 1.3),
    "moon": Color(0.55, 0.14, 1.2),
    "triangle": Color(1.35, 0.32, 0.02),
    "square": Color(0.07, 0.75, 0.12),
}


@dataclass(frozen=True, slots=True)
class Island:
    """An island with the sign `kind`: who is within `radius_m` is on it; `owner` has it to themselves.

    `inward_rad` is the way to the middle of the floor.
    """

    kind: Symbol
    place: Point
    radius_m: float
    seed: float
    owner: int
    inward_rad: float

    @property
    def color(self) -> Color:
        return KINDS[self.kind]

    def holds(self, foot: Point) -> bool:
        return self.place.distance_m(foot) <= self.radius_m

    def draw(
        self,
        canvas: Canvas,
        t_s: float,
        *,
        age_s: float,
        sink: float,
        left: float | None,
        flag: Seat | None,
    ) -> None:
        """`age_s` since it rose, `sink` 0 to 1 as it goes under, `left` of the time until the wave.

        The `flag` tells whose it is.
        """
        under = eased(sink)  # it goes under by growing small: what is see-through would show its parts
        opacity = min(1.0, 4 * (1 - under))
        size_m = self.radius_m * max(0.05, popped(age_s / RISE_S) * (1 - under))
        if opacity <= 0:
            return
        canvas.island(self.place, 1.04 * size_m, SAND, seed=9 * self.seed, opacity=opacity)
        canvas.disc(self.place, 0.62 * size_m, self.color.times(0.4), opacity=0.92 * opacity)
        canvas.glow(self.place, 1.25 * size_m, self.color, opacity=0.3 * opacity)
        canvas.ring(self.place, 0.62 * size_m, self.color.times(1.2), width_m=0.05 * size_m, opacity=opacity)
        beat = 1 + 0.05 * math.sin(4 * t_s + 6 * self.seed)
        canvas.symbol(self.kind, self.place, 0.46 * size_m * beat, self.color.times(1.5), opacity=opacity)
        if left is not None:
            canvas.ring(self.place, 0.72 * size_m, CREAM, width_m=0.03, progress=left, opacity=opacity)
        for palm in range(2):
            angle_rad = math.tau * (self.seed + 0.38 * palm)
            foot = self.place.moved(0.86 * size_m * math.cos(angle_rad), 0.86 * size_m * math.sin(angle_rad))
            self._draw_palm(canvas, foot, 0.3 * size_m, angle_rad + 0.1 * math.sin(1.3 * t_s + palm), opacity)
        if flag is not None:
            angle_rad = self.inward_rad  # clear of the points along the edges
            foot = self.place.moved(0.8 * size_m * math.cos(angle_rad), 0.8 * size_m * math.sin(angle_rad))
            canvas.disc(foot, 0.24 * size_m, DARK, opacity=opacity)
            canvas.ring(foot, 0.24 * size_m, flag.color, width_m=0.02, opacity=opacity)
            canvas.symbol(flag.symbol, foot, 0.15 * size_m, flag.color.times(1.4), opacity=opacity)

    def _draw_palm(self, canvas: Canvas, foot: Point, size_m: float, lean_rad: float, opacity: float) -> None:
        crown = foot.moved(0.5 * size_m * math.cos(lean_rad), 0.5 * size_m * math.sin(lean_rad))
        canvas.line(foot, crown, TRUNK, width_m=0.12 * size_m, opacity=opacity)
        for index in range(7):
            angle_rad = lean_rad + math.tau * index / 7
            middle = crown.moved(0.5 * size_m * math.cos(angle_rad), 0.5 * size_m * math.sin(angle_rad))
            tip = crown.moved(
                0.9 * size_m * math.cos(angle_rad + 0.25), 0.9 * size_m * math.sin(angle_rad + 0.25)
            )
            tint = LEAF.times(0.8 + 0.5 * (index % 2))
            canvas.line(crown, middle, tint, width_m=0.17 * size_m, opacity=opacity)
            canvas.line(middle, tip, tint.times(1.3), width_m=0.11 * size_m, opacity=opacity)
        for side in (-1, 1):
            canvas.disc(crown.moved(0.09 * side * size_m, -0.05 * size_m), 0.1 * size_m, NUT, opacity=opacity)
