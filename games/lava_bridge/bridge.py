"""The bridges: stones in a gently bent row over the lava, narrower towards one end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.play import Canvas, Color, Point, Seat, Surface

PAD_M, BANK_M = 0.24, 0.47
STONE_M = 0.17
TAPER = 0.78  # how much of its width is left at its end
BEND_MOST_M = 0.16
SLACK_M = 0.05
HOT = Color(1.9, 0.42, 0.03)
IDLE = Color(0.5, 0.45, 0.4)


@dataclass(frozen=True, slots=True)
class Bridge:
    """From a pad at the near bank to one at the far bank, `length_m` apart, beginning at `near`."""

    near: Point
    length_m: float
    bend_m: float
    pad_m: float

    def at(self, share: float) -> Point:
        """A place on its middle line, 0 at the near bank, 1 at the far one."""
        bend_m = self.bend_m * math.sin(math.tau * share)
        return self.near.moved(bend_m, share * self.length_m)

    def half_m(self, share: float, wide_m: float, *, upwards: bool) -> float:
        """Half its width there, for who goes up or down; it grows narrow on the way."""
        return wide_m * (1 + (TAPER - 1) * (share if upwards else 1 - share)) / 2

    def holds(self, foot: Point, wide_m: float, *, upwards: bool) -> bool:
        """Whether a foot is on its stones or on one of its pads."""
        if min(foot.distance_m(self.at(0.0)), foot.distance_m(self.at(1.0))) <= self.pad_m + SLACK_M:
            return True
        share = (foot.y_m - self.near.y_m) / self.length_m
        if not 0 <= share <= 1:
            return False
        return abs(foot.x_m - self.at(share).x_m) <= self.half_m(share, wide_m, upwards=upwards) + SLACK_M

    def draw(self, canvas: Canvas, t_s: float, wide_m: float, *, upwards: bool, seat: Seat | None) -> None:
        count = max(3, round((self.length_m - 2 * self.pad_m) / STONE_M))
        shares = [(self.pad_m + (index + 0.5) * STONE_M) / self.length_m for index in range(count)]
        shares = [share for share in shares if share < 1 - 0.6 * self.pad_m / self.length_m]
        light = seat.color if seat else IDLE
        for share in shares:  # what glows between the stones lies below all of them
            canvas.glow(
                self.at(share), 0.62 * wide_m + 0.1, HOT, opacity=0.12 + 0.04 * math.sin(2 * t_s + 9 * share)
            )
        for index, share in enumerate(shares):
            self._draw_stone(
                canvas, t_s, index, share, 2 * self.half_m(share, wide_m, upwards=upwards), light
            )
        for share in (0.0, 1.0):
            self._draw_pad(canvas, t_s, self.at(share), light, seat)

    def _draw_stone(
        self, canvas: Canvas, t_s: float, index: int, share: float, wide_m: float, light: Color
    ) -> None:
        place = self.at(share).moved(0.0, 0.006 * math.sin(1.4 * t_s + 1.7 * index))
        lean_rad = -self.bend_m * math.tau / self.length_m * math.cos(math.tau * share)
        turn_rad = lean_rad + 0.04 * math.sin(2.3 * index)
        deep_m = 0.92 * STONE_M
        size_m = (wide_m + 0.02, deep_m)
        canvas.stone(place, size_m, light.times(0.35), turn_rad=turn_rad, seed=3.7 * index + place.x_m)
        wave = max(0.0, math.sin(2.2 * t_s - 0.9 * index))
        for side in (-1, 1):
            rim = place.moved(side * (wide_m / 2 - 0.02) * math.cos(turn_rad), 0.0)
            canvas.line(
                rim.moved(0, -0.3 * deep_m),
                rim.moved(0, 0.3 * deep_m),
                light,
                width_m=0.022,
                opacity=0.5 + 0.5 * wave,
            )

    def _draw_pad(self, canvas: Canvas, t_s: float, place: Point, light: Color, seat: Seat | None) -> None:
        canvas.glow(place, 1.7 * self.pad_m, HOT, opacity=0.2)
        side_m = 2.1 * self.pad_m
        canvas.stone(place, (side_m, side_m), IDLE.times(0.5), turn_rad=0.2, seed=place.x_m + place.y_m)
        canvas.ring(place, 0.8 * self.pad_m, light, width_m=0.02, opacity=0.7 + 0.3 * math.sin(2 * t_s))
        if seat:
            canvas.symbol(seat.symbol, place, 0.42 * self.pad_m, seat.color.times(0.8))


def side_by_side(surface: Surface, spacing_m: float, most: int) -> list[Bridge]:
    """Bridges from near to far, gems of one at least `spacing_m` from those of the next."""
    count = max(1, min(most, int(surface.width_m / spacing_m)))
    lane_m = surface.width_m / count
    bank_m = min(BANK_M, 0.2 * surface.height_m)
    pad_m = min(PAD_M, 0.16 * surface.height_m)
    bend_m = min(BEND_MOST_M, max(0.0, (lane_m - spacing_m) / 2))
    length_m = surface.height_m - 2 * bank_m
    return [Bridge(Point(lane_m * (i + 0.5), bank_m), length_m, bend_m, pad_m) for i in range(count)]
