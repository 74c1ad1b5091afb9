"""The question: a window into space ahead of its player's feet, turned to be read from there."""

from __future__ import annotations

import math
from collections.abc import Sequence

from didim.play import Canvas, Color, Player, Point, Seat, Signs, Surface, Words, around, popped, up_rad

from .planets import ASK_M, Task

CREAM = Color(1.6, 1.5, 1.3)
STAR = Color(2.4, 1.4, 0.14)
DARK = Color(0.008, 0.012, 0.05)
FRESH, LATE = Color(0.5, 0.9, 1.8), Color(1.6, 0.14, 0.12)
FEET_M = 0.22
LEAST_M = 0.1  # of what is read on a floor
LETTER = 0.62  # of the height, how wide a letter is on the whole; a Hangul syllable is twice that


class Question:
    """Draws what is asked, and how much time is left."""

    def __init__(self, surface: Surface, words: Words, signs: Signs) -> None:
        self._surface = surface
        self._words = words
        self._radius_m = min(ASK_M, 0.16 * min(surface.width_m, surface.height_m))
        self._line_m = 2 * signs.cap_m  # of words, along the near and the far edge
        self._cap_m = min(0.16, 1.3 * signs.cap_m)

    def spot(self, player: Player, covered: Sequence[Point]) -> Point:
        """Where a question of a player stands clear of all that is `covered`, rather ahead of the feet."""
        near_m = self._radius_m + FEET_M
        tries = [
            self._inside(place)
            for out_m in (near_m, 1.4 * near_m, 1.9 * near_m, 2.4 * near_m)
            for place in around(player.feet, out_m, 12, from_rad=player.heading_rad)
        ]

        def worth(place: Point) -> float:
            free_m = min((place.distance_m(other) for other in covered), default=9.0)
            ahead = math.cos(up_rad(player, place) - player.heading_rad)
            far = place.distance_m(player.feet) / near_m
            return min(free_m, 2.2 * self._radius_m) + 0.12 * ahead - 0.02 * far

        return max(tries, key=worth)

    def draw(self, canvas: Canvas, player: Player, task: Task, seat: Seat, t_s: float) -> None:
        if task.solved is not None:
            return
        place, age_s, left = task.ask_at, t_s - task.born_s, task.left(t_s)
        counts = task.sum.kind == "count"
        asked = "" if counts else self._words.of(player, player.feet)(task.sum.key, **task.sum.numbers)
        radius_m = max(self._radius_m, LEAST_M * _wide(asked) / 1.75)
        size_m = radius_m * max(0.05, popped(2.5 * age_s))
        canvas.glow(place, 1.7 * size_m, seat.color, opacity=0.35)
        canvas.disc(place, size_m, DARK, opacity=0.92)
        canvas.ring(place, size_m, seat.color.times(0.45), width_m=0.035)
        canvas.ring(place, size_m, LATE.mixed(FRESH, left), width_m=0.035, progress=left)
        up = up_rad(player, place)
        sin, cos = math.sin(up), math.cos(up)
        badge = place.moved(-0.62 * size_m * cos, -0.62 * size_m * sin)
        canvas.symbol(seat.symbol, badge, 0.14 * size_m, seat.color.times(1.2), turn_rad=up - math.pi / 2)
        if counts:
            self._draw_stars(canvas, place, task.sum.answer, age_s, t_s)
            return
        cap_m = min(self._cap_m, 1.75 * radius_m / _wide(asked)) * max(0.05, popped(2.5 * age_s))
        canvas.text(asked, place, cap_m, CREAM, facing=up)

    def _draw_stars(self, canvas: Canvas, center: Point, count: int, age_s: float, t_s: float) -> None:
        """The stars to count come one after the other: up to six in a ring, the rest within it."""
        rings = [(min(count, 6), 0.66), (max(0, count - 6), 0.28)]
        places = [
            place for some, out in rings for place in around(center, out * self._radius_m, some) if some > 0
        ]
        for index, place in enumerate(places):
            size_m = 0.19 * self._radius_m * popped(3 * (age_s - 0.12 * index))
            if size_m > 0.001:
                beat = 1 + 0.08 * math.sin(5 * t_s + index)
                canvas.glow(place, 2.2 * size_m, STAR, opacity=0.3)
                canvas.star(place, size_m * beat, STAR, turn_rad=0.3 * math.sin(t_s + index))

    def _inside(self, place: Point) -> Point:
        """Where the whole question is on the surface."""
        margin_m = self._radius_m + 0.2
        inside = self._surface.clamped(place, margin_m=margin_m)
        return Point(inside.x_m, self._surface.clamped(place, margin_m=self._radius_m + self._line_m).y_m)


def _wide(line: str) -> float:
    """How wide a line is, by its height."""
    return sum(2 * LETTER if letter >= "\u1100" else LETTER for letter in line)
