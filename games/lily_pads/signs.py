"""What is written on the water, for the readers at every edge."""

from __future__ import annotations

import math
from collections.abc import Mapping

from didim.play import Canvas, Color, Facing, Point, Surface, Words, seat

from .pads import Bloom

CREAM = Color(1.6, 1.5, 1.3)
GOLD = Color(2.0, 1.3, 0.14)
STAR = Color(2.4, 1.4, 0.14)
DARK = Color(0.004, 0.012, 0.03)

STARS_MOST = 12
STAR_POINTS = 20

NEAR_AND_FAR: tuple[tuple[Facing, int], ...] = (("near", -1), ("far", 1))
SIDES: tuple[tuple[Facing, int], ...] = (("left", 1), ("right", 0))


class Signs:
    """Draws words in sizes that suit the surface."""

    def __init__(self, surface: Surface, words: Words) -> None:
        self._surface = surface
        self._words = words
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)
        self._short_m = min(surface.width_m, surface.height_m)
        self._cap_m = min(0.24, 0.055 * self._short_m)

    def edges(self, canvas: Canvas, key: str, *, opacity: float = 1.0, **numbers: int) -> None:
        """A message along the near and the far edge."""
        inset_m = 1.2 * self._cap_m
        near = Point(self._middle.x_m, inset_m)
        far = Point(self._middle.x_m, self._surface.height_m - inset_m)
        near_words, far_words = self._words.near(key, **numbers), self._words.far(key, **numbers)
        canvas.text(near_words, near, self._fitting_m(near_words), CREAM, facing="near", opacity=opacity)
        canvas.text(far_words, far, self._fitting_m(far_words), CREAM, facing="far", opacity=opacity)

    def points(self, canvas: Canvas, bloom: Bloom, t_s: float) -> None:
        """What a landing was worth, drifting outwards around it."""
        left, radius_m = bloom.left(t_s), bloom.pad.radius_m
        out_m, cap_m = radius_m * (1.15 + 0.35 * (1 - left)), min(0.14, 0.5 * radius_m)
        opacity = min(1.0, 3 * left)
        self._around(canvas, bloom.pad.center, out_m, cap_m, "points", opacity=opacity, points=bloom.points)

    def welcome(self, canvas: Canvas, t_s: float) -> None:
        """The empty pond: the title, and prints that show what to do."""
        breath = 0.5 + 0.5 * math.sin(1.2 * t_s)
        radius_m = 0.13 * self._short_m
        canvas.glow(self._middle, 2.6 * radius_m, Color(0.02, 0.5, 0.35), opacity=0.3 + 0.3 * breath)
        canvas.lily(self._middle, radius_m * (1 + 0.04 * breath), Color(0.03, 0.42, 0.12), turn_rad=0.1 * t_s)
        length_m = 0.75 * radius_m
        for side, sign in (("left", -1), ("right", 1)):
            lifted = 0.5 + 0.5 * math.sin(2.4 * t_s + sign * math.pi / 2)
            canvas.footprint(
                self._middle.moved(0.3 * sign * radius_m, 0.1 * radius_m * lifted),
                length_m,
                CREAM,
                turn_rad=math.pi / 2,
                side="left" if side == "left" else "right",
                opacity=1 - 0.6 * lifted,
            )
        self._around(canvas, self._middle, 1.6 * radius_m, 1.3 * self._cap_m, "title")
        self.edges(canvas, "come", opacity=0.6 + 0.4 * breath)

    def countdown(self, canvas: Canvas, left_s: float, of_s: float) -> None:
        """The last seconds before the leaves rise."""
        radius_m = 0.16 * self._short_m
        canvas.glow(self._middle, 2 * radius_m, GOLD, opacity=0.2)
        canvas.disc(self._middle, radius_m, DARK, opacity=0.8)
        canvas.ring(self._middle, radius_m, GOLD, width_m=0.1 * radius_m, progress=left_s / of_s)
        number = str(math.ceil(left_s))
        for facing, sign in NEAR_AND_FAR:
            place = self._middle.moved(0, 0.42 * sign * radius_m)
            canvas.text(number, place, 0.55 * radius_m, CREAM, facing=facing)

    def scores(self, canvas: Canvas, points: Mapping[int, int]) -> None:
        """Points by seat number, odd seats along the left edge, even seats along the right one."""
        inset_m = 1.1 * self._cap_m
        for facing, odd in SIDES:
            column = sorted(number for number in points if number % 2 == odd)
            for row, number in enumerate(column):
                y_m = self._surface.height_m * (row + 1) / (len(column) + 1)
                place = Point(inset_m if odd else self._surface.width_m - inset_m, y_m)
                color = seat(number).color.times(1.4)
                # The badge stands before the number in the direction that its reader reads.
                before_m = (0.9 + 0.42 * len(str(points[number]))) * self._cap_m
                badge = place.moved(0, before_m if odd else -before_m)
                self._badge(canvas, badge, number, 0.55 * self._cap_m, facing)
                canvas.text(str(points[number]), place, 1.1 * self._cap_m, color, facing=facing)

    def results(self, canvas: Canvas, points: Mapping[int, int], age_s: float) -> None:
        """Everybody's stars and points, side by side, and what they came to together."""
        self.edges(
            canvas, "together" if age_s > 3 and len(points) > 1 else "well_done", points=sum(points.values())
        )
        room_m = self._surface.width_m / (len(points) + 1)
        radius_m = min(0.28 * room_m, 0.13 * self._short_m)
        for column, number in enumerate(sorted(points)):
            center = Point(room_m * (column + 1), self._middle.y_m)
            self._result(canvas, center, radius_m, number, points[number], age_s)

    def _result(
        self, canvas: Canvas, center: Point, radius_m: float, number: int, points: int, age_s: float
    ) -> None:
        color = seat(number).color
        canvas.glow(center, 2.2 * radius_m, color, opacity=0.3)
        canvas.disc(center, radius_m, DARK, opacity=0.8)
        canvas.ring(center, radius_m, color.times(1.4), width_m=0.1 * radius_m)
        for facing, sign in NEAR_AND_FAR:
            place = center.moved(0, 0.54 * sign * radius_m)
            canvas.text(str(points), place, 0.4 * radius_m, CREAM, facing=facing)
        self._badge(canvas, center, number, 0.24 * radius_m, "near")
        stars = min(STARS_MOST, 1 + points // STAR_POINTS)
        for index in range(min(stars, int(age_s / 0.25))):
            angle_rad = math.pi / 2 - math.tau * index / STARS_MOST - 0.12 * age_s
            place = center.moved(1.4 * radius_m * math.cos(angle_rad), 1.4 * radius_m * math.sin(angle_rad))
            canvas.star(place, 0.22 * radius_m, STAR, turn_rad=angle_rad)

    def _around(
        self,
        canvas: Canvas,
        center: Point,
        radius_m: float,
        cap_m: float,
        key: str,
        *,
        opacity: float = 1.0,
        **numbers: int,
    ) -> None:
        near, far = self._words.near(key, **numbers), self._words.far(key, **numbers)
        canvas.text(near, center, cap_m, GOLD, facing="near", arc_radius_m=radius_m, opacity=opacity)
        canvas.text(far, center, cap_m, GOLD, facing="far", arc_radius_m=radius_m, opacity=opacity)

    def _badge(self, canvas: Canvas, center: Point, number: int, radius_m: float, facing: Facing) -> None:
        canvas.disc(center, radius_m, seat(number).color, opacity=0.9)
        canvas.text(str(number), center, 1.1 * radius_m, CREAM, facing=facing)

    def _fitting_m(self, words: str) -> float:
        """The height at which the words fit the surface's width; a Hangul syllable is 1.3 of it wide."""
        width = sum(1.3 if letter >= "\u1100" else 0.8 for letter in words)
        return min(self._cap_m, 0.9 * self._surface.width_m / width)
