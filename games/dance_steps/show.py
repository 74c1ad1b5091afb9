"""How the dance looks: homes that pulse with the beat, arrows that glide in, stars for a streak."""

from __future__ import annotations

import math
from collections.abc import Sequence

from didim.play import Canvas, Color, Point, Seat, around, eased, popped

from .homes import DIRECTIONS, Homes
from .steps import Step

HINTS = (Color(1.5, 0.35, 0.9), Color(0.25, 1.1, 1.6), Color(1.5, 0.9, 0.12), Color(0.4, 1.5, 0.35))
CREAM = Color(1.6, 1.5, 1.3)
DARK = Color(0.006, 0.008, 0.025)
STAR = Color(2.4, 1.4, 0.14)
STREAK_STEPS, STARS_MOST = 4, 5
FLASH_S = 0.5
TILE_M, WAVE_BEATS = 0.5, 8  # the plates of the background "stage"


def draw_home(
    canvas: Canvas, homes: Homes, home: Point, seat: Seat, streak: int, beat: float, t_s: float
) -> None:
    """`beat` counts the beats; the home breathes out on each."""
    pulse = (1 - beat % 1.0) ** 2
    size_m = homes.out_m - homes.pad_m
    canvas.glow(home, 2.6 * homes.out_m, seat.color, opacity=0.14 + 0.14 * pulse)
    canvas.ripple(home, size_m * (1 + 1.6 * (beat % 1.0)), seat.color, opacity=0.35 * pulse)
    canvas.disc(home, size_m, DARK, opacity=0.7)
    canvas.ring(home, size_m * (1 + 0.05 * pulse), seat.color.times(1.2), width_m=0.016)
    canvas.symbol(seat.symbol, home, 0.36 * size_m * (1 + 0.12 * pulse), seat.color.times(0.8))
    stars = min(STARS_MOST, streak // STREAK_STEPS)
    for place in around(home, 0.85 * size_m, stars, from_rad=1.2 * t_s):
        canvas.glow(place, 0.1, STAR, opacity=0.4)
        canvas.star(place, 0.2 * size_m, STAR, turn_rad=-1.5 * t_s)


def draw_pads(canvas: Canvas, homes: Homes, home: Point, hit: tuple[int, float] | None, beat: float) -> None:
    """Four plates of glass with their arrows; `hit` is the one last stepped on, and how long ago."""
    pulse = (1 - beat % 1.0) ** 2
    for direction, angle_rad in enumerate(DIRECTIONS):
        pad = homes.pad(home, direction)
        lit = max(0.0, 1 - hit[1] / FLASH_S) if hit is not None and hit[0] == direction else 0.0
        color = HINTS[direction]
        if lit > 0:
            canvas.glow(pad, (1.6 + 1.5 * (1 - lit)) * homes.pad_m, color, opacity=lit)
        side_m = (1.72 + 0.12 * popped(2 * lit) * lit) * homes.pad_m
        tile = DARK.mixed(color, 0.20 + 0.55 * lit)
        canvas.glow(pad, 1.5 * homes.pad_m, color, opacity=0.16 + 0.1 * pulse)
        canvas.box(pad, (side_m, side_m), tile, corner_m=0.3 * homes.pad_m, opacity=0.92)
        inner_m = 0.72 * side_m
        canvas.box(pad, (inner_m, inner_m), tile.times(1.5), corner_m=0.2 * homes.pad_m, opacity=0.6)
        _arrow(
            canvas, pad, angle_rad, 0.56 * homes.pad_m, color.times(0.75 + 0.15 * pulse + lit), opacity=0.95
        )


def draw_steps(
    canvas: Canvas, homes: Homes, home: Point, steps: Sequence[Step], lead_s: float, t_s: float
) -> None:
    """The steps to come glide in from outside; a ring closes about the pad until it is due."""
    for step in reversed(steps):
        share = (step.due_s - t_s) / lead_s
        if not -0.05 <= share <= 1.0:
            continue
        share = max(0.0, share)
        color, pad = HINTS[step.direction], homes.pad(home, step.direction)
        place = homes.pad(home, step.direction, further_m=homes.glide_m * share)
        opacity = min(1.0, eased(4 * (1 - share)) + 0.02)
        size_m = homes.pad_m * (0.85 + 0.25 * popped(1 - share))
        canvas.ring(
            pad,
            homes.pad_m * (1 + 1.3 * share),
            color.times(1.5),
            width_m=0.018,
            opacity=opacity * (1 - share),
        )
        canvas.glow(place, 1.9 * size_m, color, opacity=0.55 * opacity)
        side_m = 1.45 * size_m
        canvas.box(place, (side_m, side_m), color.times(0.8), corner_m=0.25 * size_m, opacity=0.95 * opacity)
        _arrow(canvas, place, DIRECTIONS[step.direction], 0.55 * size_m, CREAM, opacity=opacity)


def draw_floor(canvas: Canvas, width_m: float, height_m: float, beat: float) -> None:
    """The plates of the dance floor light up in slow waves that go out from the middle."""
    columns, rows = math.ceil(width_m / TILE_M), math.ceil(height_m / TILE_M)
    for column in range(columns):
        for row in range(rows):
            place = Point((column + 0.5) * TILE_M, (row + 0.5) * TILE_M)
            away = math.hypot(place.x_m - width_m / 2, place.y_m - height_m / 2)
            wave = math.sin(math.tau * beat / WAVE_BEATS - 2.6 * away + 0.9 * math.sin(5 * column + 3 * row))
            if wave > 0:
                tint, side_m = HINTS[(column + 2 * row) % 4], 0.9 * TILE_M
                canvas.box(place, (side_m, side_m), tint.times(0.16), corner_m=0.05, opacity=0.7 * wave)
                canvas.glow(place, 0.62 * TILE_M, tint, opacity=0.22 * wave)


def draw_lights(canvas: Canvas, width_m: float, height_m: float, beat: float) -> None:
    """Lamps along both long edges take turns with the beat."""
    count = 8
    for index in range(count):
        on = (1 - beat % 1.0) ** 1.5 if index % 4 == int(beat) % 4 else 0.0
        x_m = width_m * (index + 0.5) / count
        color = HINTS[index % 4]
        for y_m in (0.03 * height_m, 0.97 * height_m):
            canvas.glow(Point(x_m, y_m), (0.08 + 0.14 * on) * height_m, color, opacity=0.12 + 0.5 * on)
            canvas.disc(Point(x_m, y_m), 0.008 * height_m, color.times(0.6 + on))


def _arrow(
    canvas: Canvas, center: Point, angle_rad: float, half_m: float, color: Color, *, opacity: float
) -> None:
    dx_m, dy_m = half_m * math.cos(angle_rad), half_m * math.sin(angle_rad)
    tail, tip = center.moved(-dx_m, -dy_m), center.moved(dx_m, dy_m)
    canvas.arrow(tail, tip, color, width_m=0.42 * half_m, opacity=opacity)
