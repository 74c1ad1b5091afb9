"""How a field looks: chalk on the ground, and a star that hops the way ahead of its player."""

from __future__ import annotations

import math
from itertools import pairwise

from didim.play import Canvas, Color, Point, Seat, Symbol, eased, popped, up_rad

from .grid import Tile
from .lane import Lane

CREAM, GOLD, DARK = Color(1.6, 1.5, 1.3), Color(2.2, 1.35, 0.14), Color(0.004, 0.006, 0.014)
WRONG = Color(1.1, 0.07, 0.08)
CHALKS = (
    Color(1.0, 0.20, 0.30),
    Color(1.0, 0.46, 0.08),
    Color(0.95, 0.82, 0.10),
    Color(0.28, 0.85, 0.20),
    Color(0.05, 0.70, 0.85),
    Color(0.22, 0.36, 1.0),
    Color(0.66, 0.26, 1.0),
)
SIGNS: tuple[Symbol, ...] = ("star", "drop", "heart", "moon", "triangle", "circle", "cross", "square")
HOP_SHARE = 0.55  # of the time of a tile the star is in the air
SHAKE_S = 1.0


def draw_field(canvas: Canvas, lane: Lane, t_s: float, seat: Seat | None) -> None:
    """Each tile has a picture of its own: a way is remembered as heart, moon, star."""
    grid = lane.grid
    frame = seat.color if seat else Color(0.5, 0.5, 0.55)
    size_m = (grid.columns * grid.pitch_m + 0.08, grid.rows * grid.pitch_m + 0.08)
    canvas.box(grid.middle, size_m, DARK.mixed(frame, 0.03), corner_m=0.08, opacity=0.62)
    canvas.chalk(grid.middle, size_m, frame.mixed(CREAM, 0.15), seed=7.0, opacity=0.9 if seat else 0.4)
    for tile in grid.tiles:
        _draw_tile(canvas, lane, tile, t_s)
    if seat is not None:
        _draw_walked(canvas, lane, t_s, seat)
        _draw_start(canvas, lane, t_s, seat)
        _draw_hopper(canvas, lane, t_s)


def _draw_tile(canvas: Canvas, lane: Lane, tile: Tile, t_s: float) -> None:
    place, size_m = lane.grid.place(tile), 0.88 * lane.grid.pitch_m
    column, row = tile
    color, sign = CHALKS[(row + 2 * column) % len(CHALKS)], SIGNS[(3 * column + row) % len(SIGNS)]
    own = 3.1 * column + 1.7 * row
    lit = lane.lit(tile, t_s)
    breath = 0.5 + 0.5 * math.sin(1.1 * t_s - 1.3 * row + 0.9 * column)
    if lit > 0:
        canvas.glow(place, 1.25 * size_m, color, opacity=0.75 * lit)
    canvas.chalk(
        place,
        (size_m, size_m),
        color.times(0.85 + 0.7 * lit),
        filled=0.48 + 0.08 * breath + 0.44 * lit,
        seed=own,
    )
    lean_rad = 0.16 * math.sin(0.8 * t_s + own)
    grown = 1 + 0.25 * popped(2 * lit) * lit
    shade = color.times(0.55).mixed(CREAM, 0.5 + 0.5 * lit)
    canvas.symbol(sign, place, 0.24 * size_m * grown, shade, turn_rad=lean_rad, opacity=0.55 + 0.45 * lit)
    wrong, at_s = lane.wrong
    if wrong == tile and t_s - at_s < SHAKE_S:
        fade = 1 - (t_s - at_s) / SHAKE_S
        shaken = place.moved(0.02 * fade * math.sin(40 * t_s), 0.0)
        canvas.chalk(shaken, (size_m, size_m), WRONG, filled=1.0, seed=own, opacity=fade)
        canvas.symbol("cross", shaken, 0.28 * size_m, CREAM, turn_rad=math.pi / 4, opacity=fade)


def _draw_start(canvas: Canvas, lane: Lane, t_s: float, seat: Seat) -> None:
    """Before the first step an arrow points from outside to the tile where the way begins."""
    if not lane.walking or lane.step > 0:
        return
    place, size_m = lane.grid.place(lane.way[0]), lane.grid.pitch_m
    out = -1.0 if lane.way[0][1] == 0 else 1.0
    beat = 0.5 + 0.5 * math.sin(5 * t_s)
    canvas.glow(place, 0.9 * size_m, seat.color, opacity=0.35 + 0.3 * beat)
    canvas.ring(place, (0.50 + 0.06 * beat) * size_m, seat.color.times(1.4), width_m=0.03)
    tip = place.moved(0, out * (0.36 + 0.12 * beat) * size_m)
    canvas.arrow(tip.moved(0, 0.5 * out * size_m), tip, seat.color.times(1.4), width_m=0.07)


def _draw_walked(canvas: Canvas, lane: Lane, t_s: float, seat: Seat) -> None:
    """The way so far in the player's colour, counted, with the hops between."""
    done, size_m = lane.way[: lane.step], 0.88 * lane.grid.pitch_m
    places = [lane.grid.place(tile) for tile in done]
    upwards = up_rad(
        "near" if len(places) < 2 or places[-1].y_m >= places[0].y_m else "far", lane.grid.middle
    )
    for index, (tile, place) in enumerate(zip(done, places, strict=True)):
        newest = index == len(done) - 1
        beat = 1 + (0.06 * math.sin(5 * t_s) if newest else 0.0)
        canvas.glow(place, 0.9 * size_m, seat.color, opacity=0.55 if newest else 0.3)
        field = (size_m * beat, size_m * beat)
        canvas.chalk(place, field, seat.color.times(1.1), filled=0.95, seed=3.1 * tile[0] + 1.7 * tile[1])
        canvas.text(str(index + 1), place, 0.38 * size_m * beat, CREAM, facing=upwards)
    for one, other in pairwise(places):
        canvas.trail(_hop(one, other), seat.color.mixed(CREAM, 0.4), width_m=0.018, opacity=0.9)


def _draw_hopper(canvas: Canvas, lane: Lane, t_s: float) -> None:
    """The star that shows the way: it hops on, higher in the middle of a hop."""
    at = lane.hop(t_s)
    if at is None:
        return
    tile, before, share = at
    place, size_m = lane.grid.place(tile), 0.88 * lane.grid.pitch_m
    flight = min(1.0, share / HOP_SHARE)
    if before is not None and flight < 1:
        start = lane.grid.place(before)
        place = start.moved((place.x_m - start.x_m) * eased(flight), (place.y_m - start.y_m) * eased(flight))
    high = math.sin(math.pi * flight) if before is not None else 1 - flight
    canvas.disc(place, (0.24 - 0.08 * high) * size_m, DARK, opacity=0.45)
    lifted = place.moved(-0.10 * high * size_m, 0.22 * high * size_m)
    canvas.glow(lifted, (0.75 + 0.4 * high) * size_m, GOLD, opacity=0.55)
    canvas.star(lifted, (0.30 + 0.14 * high) * size_m, GOLD, turn_rad=0.5 * math.sin(2.5 * t_s) + 2 * flight)


def _hop(one: Point, other: Point) -> list[Point]:
    """A bow from tile to tile, to the right of the way."""
    dx_m, dy_m = other.x_m - one.x_m, other.y_m - one.y_m
    shares = [0.1 + 0.8 * step / 6 for step in range(7)]
    bows = [0.22 * math.sin(math.pi * share) for share in shares]
    return [
        one.moved(dx_m * share + dy_m * bow, dy_m * share - dx_m * bow)
        for share, bow in zip(shares, bows, strict=True)
    ]
