"""The question that walks with a player: around the feet, turned as they face."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Player, Point, Seat, Signs, Surface, Words, around, popped, up_rad

from .planets import Task

CREAM = Color(1.6, 1.5, 1.3)
STAR = Color(2.4, 1.4, 0.14)
FRESH, LATE = Color(0.5, 0.9, 1.8), Color(1.6, 0.14, 0.12)
RADIUS_M = 0.38
SHORT = 7  # letters that fit in before the feet


class Question:
    """Draws what is asked, and how much time is left, around its player."""

    def __init__(self, surface: Surface, words: Words, signs: Signs) -> None:
        short_m = min(surface.width_m, surface.height_m)
        self._surface = surface
        self._words = words
        self._radius_m = min(RADIUS_M, 0.17 * short_m)
        self._line_m = 2 * signs.cap_m  # of words, along the near and the far edge
        self._cap_m = min(0.15, 1.1 * signs.cap_m)

    def draw(self, canvas: Canvas, player: Player, task: Task, seat: Seat, t_s: float) -> None:
        if task.solved is not None:
            return
        center, age_s = self._inside(player.feet), t_s - task.born_s
        left = task.left(t_s)
        opacity = popped(3 * age_s) if age_s < 0.3 else 1.0
        opacity = min(1.0, opacity)
        ring_m = self._radius_m * (0.9 + 0.1 * popped(2.5 * age_s))
        canvas.glow(center, 1.9 * ring_m, seat.color, opacity=0.22)
        canvas.ring(center, ring_m, Color(0.06, 0.08, 0.16), width_m=0.014, opacity=0.8)
        canvas.ring(
            center, ring_m, LATE.mixed(FRESH, left), width_m=0.022, progress=left, opacity=0.9 * opacity
        )
        if task.sum.kind == "count":
            self._draw_stars(canvas, center, task.sum.answer, age_s, t_s)
            return
        asked = self._words.of(player, player.feet)(task.sum.key, **task.sum.numbers)
        cap_m = self._cap_m * max(0.05, popped(2.5 * age_s))
        turned_rad = up_rad(player, player.feet)
        short = len(asked) <= SHORT
        out_m = ring_m - 1.45 * self._cap_m if short else ring_m + 0.5 * self._cap_m
        canvas.text(asked, center, cap_m, CREAM, facing=turned_rad, arc_radius_m=out_m, opacity=opacity)

    def _draw_stars(self, canvas: Canvas, center: Point, count: int, age_s: float, t_s: float) -> None:
        """The stars to count come one after the other and circle the player slowly."""
        from_rad = math.pi / 2 + 0.18 * t_s
        far_m = self._radius_m + 0.45 * self._cap_m
        for index, place in enumerate(around(center, far_m, count, from_rad=from_rad)):
            size_m = 0.48 * self._cap_m * popped(3 * (age_s - 0.12 * index))
            if size_m > 0.001:
                beat = 1 + 0.08 * math.sin(5 * t_s + index)
                canvas.glow(place, 2.4 * size_m, STAR, opacity=0.3)
                canvas.star(place, size_m * beat, STAR, turn_rad=0.3 * math.sin(t_s + index))

    def _inside(self, place: Point) -> Point:
        """Where the whole question is on the surface."""
        margin_m = self._radius_m + 0.6 * self._cap_m
        inside = self._surface.clamped(place, margin_m=margin_m)
        return Point(inside.x_m, self._surface.clamped(place, margin_m=margin_m + self._line_m).y_m)
