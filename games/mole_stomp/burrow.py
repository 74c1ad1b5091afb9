"""The holes of the meadow and who comes up in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.play import Canvas, Player, Point, Rng, Seat, Surface, Target, eased, popped

from .mole import Frame, draw_hill, draw_mole

PITCH_M = 0.8
RISE_S, HIDE_S = 0.22, 0.4
SLACK_M = 0.04
FOOT_ROOM_M = 0.22
NEAREST_M, MOST_QUICK_MS, LEAST_QUICK_MS = 0.4, 700, 3000
FALSE_START_S, MOVED_M = 0.1, 0.1  # sooner than that is a false start, as in athletics


@dataclass(slots=True)
class Mole:
    """A mole with the cap of `seat`, up from `born_s` for `life_s`, if nobody steps on it.

    Attributes:
        up_rad: where the top of its head points: away from its player, who sees it upright.
        stood: where the player's feet were as it came up; left_s: when one of them first left there.
    """

    player_id: int
    place: Point
    radius_m: float
    born_s: float
    life_s: float
    seat: Seat
    up_rad: float
    stood: tuple[Point, Point]
    left_s: float | None = None

    def left(self, t_s: float) -> float:
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def holds(self, foot: Point) -> bool:
        return self.place.distance_m(foot) <= self.radius_m + SLACK_M

    def watch(self, player: Player, t_s: float) -> None:
        """Note when a foot first lifts or moves off; what began before anybody reacts does not count."""
        feet = player.left, player.right
        off = any(
            not foot.down or foot.place.distance_m(stood) > MOVED_M
            for foot, stood in zip(feet, self.stood, strict=True)
        )
        if off and t_s - self.born_s < FALSE_START_S:
            self.stood = player.left.place, player.right.place
        elif off and self.left_s is None:
            self.left_s = t_s

    def reaction_ms(self, t_s: float) -> int:
        """From its first sight until a foot was off: the way to it does not count."""
        return round(1000 * ((t_s if self.left_s is None else self.left_s) - self.born_s))

    def rise(self, t_s: float) -> float:
        age_s = t_s - self.born_s
        hidden = min(1.0, (self.life_s - age_s) / HIDE_S)
        return max(0.0, min(popped(age_s / RISE_S), eased(hidden)))

    def draw(self, canvas: Canvas, t_s: float, *, timed: bool) -> None:
        age_s, rise = t_s - self.born_s, self.rise(t_s)
        beat = 0.5 + 0.15 * math.sin(6 * age_s)
        canvas.glow(self.place, 2.2 * self.radius_m, self.seat.color, opacity=beat)
        bob = self.place.moved(0.012 * math.sin(9 * age_s), 0.0)
        draw_mole(canvas, Frame(bob, 1.12 * self.radius_m, self.up_rad), self.seat, rise, t_s)
        if timed:
            ring_m, color = 1.5 * self.radius_m, self.seat.color
            canvas.ring(self.place, ring_m, color, width_m=0.025, progress=self.left(t_s))


class Burrow:
    """Attributes: holes: their places; radius_m: of each."""

    def __init__(self, surface: Surface, rng: Rng) -> None:
        short_m = min(surface.width_m, surface.height_m)
        self.radius_m = min(0.2, 0.13 * short_m)
        pitch_m = min(PITCH_M, 0.45 * short_m)
        rim_m = 2.2 * self.radius_m  # clear of points and words at the edges
        low_m = min(2.1 * self.radius_m + 0.1, 0.25 * surface.height_m)
        columns = max(2, int((surface.width_m - 2 * rim_m) / pitch_m) + 1)
        rows = max(2, round((surface.height_m - 2 * low_m) / pitch_m) + 1)
        wide_m, deep_m = surface.width_m - 2 * rim_m, surface.height_m - 2 * low_m
        self.holes = [
            Point(
                rim_m
                + wide_m * (column + 0.25 * (row % 2 - 0.5) * (0 < column < columns - 1)) / (columns - 1),
                low_m + deep_m * row / (rows - 1) + rng.uniform(-0.04, 0.04) * short_m * (0 < row < rows - 1),
            )
            for row in reversed(range(rows))
            for column in range(columns)
        ]

    def draw(self, canvas: Canvas) -> None:
        for hole in self.holes:
            draw_hill(canvas, hole, self.radius_m)

    def free(
        self,
        player: Player,
        players: Sequence[Player],
        taken: Sequence[Target],
        spacing_m: float,
        reach_m: float,
    ) -> list[Point]:
        """Holes for a player: in reach, under nobody, nearest to them, apart from what is taken."""
        away_m = {hole: hole.distance_m(player.feet) for hole in self.holes}
        clear_m = self.radius_m + FOOT_ROOM_M
        return [
            hole
            for hole in self.holes
            if max(NEAREST_M, clear_m) <= away_m[hole] <= reach_m
            and all(
                hole.distance_m(p.feet) >= max(clear_m, away_m[hole]) for p in players if p.id != player.id
            )
            and all(
                hole.distance_m(each.place) >= (spacing_m if each.player_id not in (None, player.id) else 0.1)
                for each in taken
            )
        ]


def points_for(reaction_ms: int) -> int:
    """10 for a step at once, 4 for one at the last moment."""
    late = (reaction_ms - MOST_QUICK_MS) / (LEAST_QUICK_MS - MOST_QUICK_MS)
    return 10 - round(6 * min(1.0, max(0.0, late)))
