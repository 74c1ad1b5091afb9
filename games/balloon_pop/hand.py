"""Hands in gloves, as one sees one's own: the left one is white, the right one orange with a band."""

from __future__ import annotations

import math
from typing import Literal

from didim.play import Canvas, Color, Player, Point, eased, hands

Side = Literal["left", "right"]

SIDES: tuple[Side, Side] = ("left", "right")
SLOW_M_S, LASTS = 0.5, 0.9  # a hand quicker than that sweeps; how much of its speed is left a tick later
WHITE, ORANGE = Color(1.25, 1.2, 1.1), Color(1.5, 0.42, 0.03)
GLOVES: dict[Side, Color] = {"left": WHITE, "right": ORANGE}
DARK = Color(0.02, 0.02, 0.06)
FINGERS = ((-0.42, 0.62), (-0.15, 0.85), (0.14, 0.82), (0.40, 0.60))  # tips: aside, up, of the size


def draw_hand(canvas: Canvas, place: Point, size_m: float, side: Side, *, opacity: float = 1.0) -> None:
    """The back of a hand that is held up, its thumb towards the body; `size_m` from its middle to a tip."""
    inward = 1 if side == "left" else -1
    glove = GLOVES[side]
    for color, wider in ((DARK, 0.11), (glove, 0.0)):
        for aside, up in FINGERS:
            root = place.moved(0.72 * aside * size_m, 0.05 * size_m)
            tip = place.moved(aside * size_m, up * size_m)
            canvas.line(root, tip, color, width_m=(0.23 + wider) * size_m, opacity=opacity)
        thumb = place.moved(0.78 * inward * size_m, 0.12 * size_m)
        root = place.moved(0.2 * inward * size_m, -0.28 * size_m)
        canvas.line(root, thumb, color, width_m=(0.25 + wider) * size_m, opacity=opacity)
        canvas.disc(place.moved(0.0, -0.18 * size_m), (0.46 + wider / 2) * size_m, color, opacity=opacity)
        cuff = place.moved(0.0, -0.68 * size_m)
        ends = cuff.moved(-0.26 * size_m, 0), cuff.moved(0.26 * size_m, 0)
        canvas.line(*ends, color, width_m=(0.22 + wider) * size_m, opacity=opacity)
    if side == "right":  # told apart without color, too
        band = place.moved(0.0, -0.2 * size_m)
        canvas.disc(band, 0.2 * size_m, DARK, opacity=0.8 * opacity)
        canvas.disc(band, 0.1 * size_m, WHITE, opacity=opacity)


class Swings:
    """How quickly hands move: fingers that sweep over a place would make it flicker."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, Side], tuple[Point, float]] = {}

    def see(self, player: Player, dt_s: float) -> None:
        """Take note of a player's hands of this tick."""
        for side in SIDES:
            for hand in hands(player, side=side):
                before, speed_m_s = self._at.get((player.id, side), (hand, 0.0))
                speed_m_s = max(before.distance_m(hand) / dt_s, LASTS * speed_m_s)
                self._at[player.id, side] = hand, speed_m_s

    def clear(self, player_id: int, side: Side) -> float:
        """How clearly a hand is drawn, 1 for one that rests to 0 for one that sweeps."""
        _, speed_m_s = self._at.get((player_id, side), (None, 0.0))
        return 1 - eased((speed_m_s - SLOW_M_S) / SLOW_M_S)


def way(source: Point, target: Point, t_s: float) -> list[Point]:
    """Beads that run in a bow over the middle from a hand to what it is to reach."""
    dx_m, dy_m = target.x_m - source.x_m, target.y_m - source.y_m
    shares = [0.15 + 0.6 * ((step + 2 * t_s) % 7) / 7 for step in range(7)]
    return [
        source.moved(dx_m * share, dy_m * share + 0.18 * abs(dx_m) * math.sin(math.pi * share))
        for share in shares
    ]
