"""What the host writes on a surface for the readers at its edges: hints, countdown, scores, results."""

from __future__ import annotations

import math
from collections.abc import Mapping

from didim.drawing import UP_RAD, Canvas, Color, Edge, Facing
from didim.geometry import Point, Surface
from didim.play._effects import GOLD, popped, wide_caps
from didim.play._game import Tell
from didim.play._palette import Seat, seat
from didim.play._words import Words

CREAM = Color(1.6, 1.5, 1.3)
STAR = Color(2.4, 1.4, 0.14)
DARK = Color(0.004, 0.012, 0.03)

CAP_SHARE, CAP_LEAST_M, CAP_MOST_M = 0.055, 0.1, 0.24
"""A line's height, of the surface's shorter side; lower than 10 cm nobody reads it on a floor, standing."""
STARS_MOST = 5
TOLD_AFTER_S = 1.0
UPSIDE_DOWN = str.maketrans("01689", "01986")


class Signs:
    """Draws words in sizes that suit the surface.

    A floor is read from its near and its far edge, a wall from below, both languages one over the other.
    """

    def __init__(self, surface: Surface, words: Words) -> None:
        self._surface = surface
        self._words = words
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)
        self._short_m = min(surface.width_m, surface.height_m)
        self._is_floor = surface.kind == "floor"
        self._least_m = CAP_LEAST_M if self._is_floor else 0.0
        self._cap_m = max(self._least_m, min(CAP_MOST_M, CAP_SHARE * self._short_m))

    @property
    def cap_m(self) -> float:
        """The cap height of a line along an edge."""
        return self._cap_m

    def edges(self, canvas: Canvas, key: str, *, opacity: float = 1.0, **numbers: int) -> None:
        """A message along the near and the far edge; on a wall, along the top."""
        near, far = self._words.near(key, **numbers), self._words.far(key, **numbers)
        low_m, high_m = 1.2 * self._cap_m, self._surface.height_m - 1.2 * self._cap_m
        if self._is_floor:
            self._line(canvas, near, low_m, "near", opacity)
            self._line(canvas, far, high_m, "far", opacity)
        else:
            self._line(canvas, near, high_m, "near", opacity)
            if far != near:
                self._line(canvas, far, high_m - 1.7 * self._cap_m, "near", opacity, share=0.8)

    def title(self, canvas: Canvas, center: Point, cap_m: float, *, opacity: float = 1.0) -> None:
        """The game's title about `center`, for every reader."""
        near, far = self._words.near("title"), self._words.far("title")
        near_m, far_m = (min(cap_m, self._fitting_m(words, 0.5)) for words in (near, far))
        if self._is_floor:
            canvas.text(near, center.moved(0, -0.9 * cap_m), near_m, GOLD, facing="near", opacity=opacity)
            canvas.text(far, center.moved(0, 0.9 * cap_m), far_m, GOLD, facing="far", opacity=opacity)
        else:
            canvas.text(near, center.moved(0, 0.9 * cap_m), near_m, GOLD, opacity=opacity)
            if far != near:
                canvas.text(far, center.moved(0, -0.9 * cap_m), 0.7 * far_m, CREAM, opacity=opacity)

    def countdown(self, canvas: Canvas, left_s: float, of_s: float) -> None:
        """The seconds before the game begins."""
        radius_m = 0.16 * self._short_m
        canvas.glow(self._middle, 2 * radius_m, GOLD, opacity=0.2)
        canvas.disc(self._middle, radius_m, DARK, opacity=0.8)
        canvas.ring(self._middle, radius_m, GOLD, width_m=0.1 * radius_m, progress=left_s / of_s)
        beat = popped(4 * (1 - left_s % 1.0))
        if beat > 0:
            facing: Facing = "all_sides" if self._is_floor else "near"
            cap_m = (0.42 if self._is_floor else 0.9) * radius_m * beat
            canvas.text(str(math.ceil(left_s)), self._middle, cap_m, CREAM, facing=facing)

    def pause(self, canvas: Canvas) -> None:
        """Two bars in a ring."""
        radius_m = 0.17 * self._short_m
        canvas.glow(self._middle, 2.2 * radius_m, GOLD, opacity=0.18)
        canvas.disc(self._middle, radius_m, DARK, opacity=0.8)
        canvas.ring(self._middle, radius_m, GOLD, width_m=0.06 * radius_m)
        for side in (-1, 1):
            low, high = (self._middle.moved(0.26 * side * radius_m, y * radius_m) for y in (-0.34, 0.34))
            canvas.line(low, high, CREAM, width_m=0.22 * radius_m)

    def badge(self, canvas: Canvas, center: Point, of: Seat, radius_m: float) -> None:
        """The color and sign of a seat."""
        canvas.disc(center, radius_m, DARK, opacity=0.75)
        canvas.ring(center, radius_m, of.color, width_m=0.12 * radius_m)
        canvas.symbol(of.symbol, center, 0.68 * radius_m, of.color.times(1.2))

    def scores(self, canvas: Canvas, points: Mapping[int, int]) -> None:
        """Points by seat number: odd seats along the left edge, even ones along the right; a wall's below."""
        for number, value in points.items():
            column = sorted(n for n in points if n % 2 == number % 2)
            share = (column.index(number) + 1) / (len(column) + 1)
            if self._is_floor:
                self._score_at_side(canvas, seat(number), value, share)
            else:
                self._score_below(canvas, number, value, sorted(points))

    def together(self, canvas: Canvas, points: int) -> None:
        """What everybody has earned, at the left and the right edge; a wall's below."""
        text, cap_m = str(points), 1.3 * self._cap_m
        if not self._is_floor:
            canvas.text(text, Point(self._middle.x_m, 1.2 * cap_m), cap_m, GOLD)
            return
        sides: tuple[tuple[Edge, float], ...] = (
            ("left", 1.1 * cap_m),
            ("right", self._surface.width_m - 1.1 * cap_m),
        )
        for facing, x_m in sides:
            place = Point(x_m, self._middle.y_m)
            canvas.text(text, place, cap_m, GOLD, facing=UP_RAD[facing])
            draw_bar(canvas, text, place, cap_m, GOLD, UP_RAD[facing])

    def results(
        self,
        canvas: Canvas,
        points: Mapping[int, int],
        age_s: float,
        *,
        together: bool,
        told: Mapping[int, Tell],
    ) -> None:
        """Everybody's stars, side by side; their points or what they came to together; what else is told."""
        total = sum(points.values())
        self.edges(canvas, "together" if together and age_s > 2 else "well_done", points=total)
        room_m = self._surface.width_m / (len(points) + 1)
        radius_m = min(0.28 * room_m, 0.13 * self._short_m)
        best = max(points.values(), default=0)
        for column, number in enumerate(sorted(points)):
            center = Point(room_m * (column + 1), self._middle.y_m)
            share = 1.0 if together or best <= 0 else points[number] / best
            shown = None if together else points[number]
            self._result(canvas, center, radius_m, seat(number), shown, 3 + round(2 * share), age_s)
            if number in told and age_s > TOLD_AFTER_S:
                self._tell(canvas, column, center, room_m, radius_m, told[number])

    def _result(
        self,
        canvas: Canvas,
        center: Point,
        radius_m: float,
        of: Seat,
        points: int | None,
        stars: int,
        age_s: float,
    ) -> None:
        size_m = radius_m * popped(2.5 * age_s)
        if size_m <= 0:
            return
        canvas.glow(center, 2.2 * size_m, of.color, opacity=0.3)
        canvas.disc(center, size_m, DARK, opacity=0.8)
        canvas.ring(center, size_m, of.color.times(1.4), width_m=0.1 * size_m)
        if points is None:
            canvas.symbol(of.symbol, center, 0.55 * size_m, of.color)
        elif self._is_floor:
            inside = 0.34 * radius_m >= self._least_m
            canvas.symbol(of.symbol, center, (0.3 if inside else 0.6) * size_m, of.color)
            cap_m, apart_m = (0.34 * size_m, 0.6 * size_m) if inside else self._beyond(radius_m)
            self._number(canvas, str(points), center, cap_m, apart_m)
        else:
            canvas.symbol(of.symbol, center.moved(0, 0.42 * size_m), 0.3 * size_m, of.color)
            canvas.text(str(points), center.moved(0, -0.28 * size_m), 0.46 * size_m, CREAM)
        for index in range(min(stars, STARS_MOST, int(age_s / 0.35))):
            angle_rad = math.pi / 2 - math.tau * index / STARS_MOST - 0.12 * age_s
            place = center.moved(1.4 * size_m * math.cos(angle_rad), 1.4 * size_m * math.sin(angle_rad))
            canvas.star(place, 0.26 * size_m, STAR, turn_rad=angle_rad)

    def _beyond(self, radius_m: float) -> tuple[float, float]:
        """Height and distance of a number beyond the stars about a result that has no room for it."""
        return self._least_m, 1.7 * radius_m + 0.6 * self._least_m

    def _tell(
        self, canvas: Canvas, column: int, center: Point, room_m: float, radius_m: float, told: Tell
    ) -> None:
        """A line below a result, for both edges of a floor; in a crowd by turns nearer and farther off."""
        near, far = (words(told.message, **told.numbers) for words in (self._words.near, self._words.far))
        share = 0.92 * room_m / self._surface.width_m
        cap_m = min(0.75 * self._cap_m, self._fitting_m(near, share), self._fitting_m(far, share))
        apart_m = 2.0 * radius_m
        if cap_m < self._least_m:
            cap_m, apart_m = self._least_m, apart_m + (column % 2) * 1.6 * self._least_m
        if 0.34 * radius_m < self._least_m:
            apart_m += 1.8 * self._least_m  # the number's line
        canvas.text(near, center.moved(0, -apart_m), cap_m, CREAM)
        if self._is_floor:
            canvas.text(far, center.moved(0, apart_m), cap_m, CREAM, facing="far")
        elif far != near:
            canvas.text(far, center.moved(0, -apart_m - 1.6 * cap_m), cap_m, CREAM, opacity=0.75)

    def _score_at_side(self, canvas: Canvas, of: Seat, value: int, share: float) -> None:
        inset_m, odd, text = 1.1 * self._cap_m, of.number % 2, str(value)
        facing: Edge = "left" if odd else "right"
        place = Point(inset_m if odd else self._surface.width_m - inset_m, self._surface.height_m * share)
        # The badge stands before the number in the direction that its reader reads.
        before_m = (0.9 + 0.42 * len(text)) * self._cap_m
        canvas.symbol(
            of.symbol, place.moved(0, before_m if odd else -before_m), 0.55 * self._cap_m, of.color.times(1.2)
        )
        canvas.text(text, place, 1.1 * self._cap_m, of.color.times(1.4), facing=facing)
        draw_bar(
            canvas, text, place, 1.1 * self._cap_m, of.color.times(1.4), UP_RAD["left" if odd else "right"]
        )

    def _score_below(self, canvas: Canvas, number: int, value: int, numbers: list[int]) -> None:
        of, share = seat(number), (numbers.index(number) + 1) / (len(numbers) + 1)
        place = Point(self._surface.width_m * share, 1.2 * self._cap_m)
        before_m = (0.9 + 0.42 * len(str(value))) * self._cap_m
        canvas.symbol(of.symbol, place.moved(-before_m, 0), 0.55 * self._cap_m, of.color.times(1.2))
        canvas.text(str(value), place, 1.1 * self._cap_m, of.color.times(1.4))

    def _number(self, canvas: Canvas, text: str, center: Point, cap_m: float, apart_m: float) -> None:
        """A number on a floor, for every reader: twice, its feet to either edge."""
        if cap_m <= 0:
            return
        edges: tuple[tuple[int, Edge], ...] = ((-1, "near"), (1, "far"))
        for side, facing in edges:
            place = center.moved(0, side * apart_m)
            canvas.text(text, place, cap_m, CREAM, facing=UP_RAD[facing])
            draw_bar(canvas, text, place, cap_m, CREAM, UP_RAD[facing])

    def _line(
        self, canvas: Canvas, words: str, y_m: float, facing: Facing, opacity: float, share: float = 1.0
    ) -> None:
        cap_m = share * min(self._cap_m, self._fitting_m(words, 0.9))
        canvas.text(words, Point(self._middle.x_m, y_m), cap_m, CREAM, facing=facing, opacity=opacity)

    def _fitting_m(self, words: str, share: float) -> float:
        """The height at which the words fill that share of the width."""
        return share * self._surface.width_m / max(wide_caps(words), 1.0)


def draw_bar(canvas: Canvas, text: str, place: Point, cap_m: float, color: Color, up_rad: float) -> None:
    """A bar below a number that would read as another one from the other side, such as 68."""
    turned = text.translate(UPSIDE_DOWN)[::-1]
    if not set(text) <= set("01689") or turned == text or (turned[0] == "0" and len(text) > 1):
        return
    half_m, down_m = 0.34 * cap_m * len(text), 0.74 * cap_m
    sin, cos = math.sin(up_rad), math.cos(up_rad)
    below = place.moved(-down_m * cos, -down_m * sin)
    start, end = (below.moved(side * half_m * sin, -side * half_m * cos) for side in (-1, 1))
    canvas.line(start, end, color, width_m=0.09 * cap_m)
