"""What a surface shows between the games: a pond at rest, and a rest with a breath to follow."""

from __future__ import annotations

import math

from didim.drawing import Canvas, Color
from didim.geometry import Point, Surface
from didim.play._effects import GOLD, eased
from didim.play._signs import CREAM, Signs
from didim.play._words import Messages, Words

BREATH_IN_S, BREATH_OUT_S = 4.0, 6.0
"""Six breaths a minute: slow enough to calm, easy for a child."""

ANNOUNCED_S = 15.0
"""So long before its end a rest tells what comes next."""

KOI = (Color(1.3, 0.32, 0.06), Color(1.2, 1.1, 0.95), Color(1.25, 0.75, 0.1))
PETAL = Color(1.2, 0.42, 0.62)
LEAF = Color(0.05, 0.34, 0.12)
SOFT = Color(0.5, 0.85, 1.0)


class _Pond:
    """Koi that swim slow rounds between leaves, the same for everybody who looks at the same time."""

    def __init__(self, surface: Surface) -> None:
        self._wide_m, self._high_m = surface.width_m, surface.height_m
        self._short_m = min(surface.width_m, surface.height_m)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        canvas.fill("pond")
        for index, (x, y, size) in enumerate(
            (
                (0.13, 0.24, 0.10),
                (0.22, 0.15, 0.07),
                (0.86, 0.77, 0.11),
                (0.78, 0.86, 0.07),
                (0.90, 0.22, 0.08),
            )
        ):
            sway = 0.02 * self._short_m * math.sin(0.21 * t_s + 1.7 * index)
            place = Point(x * self._wide_m + sway, y * self._high_m + 0.6 * sway)
            canvas.lily(place, size * self._short_m, LEAF, turn_rad=1.3 * index + 0.06 * math.sin(0.17 * t_s))
            if index in (0, 2):
                canvas.lotus(place, 0.55 * size * self._short_m, PETAL, turn_rad=0.4 * index)
        for index, color in enumerate(KOI):
            self._koi(canvas, index, color, t_s)

    def _koi(self, canvas: Canvas, index: int, color: Color, t_s: float) -> None:
        """Along a long eight; its heading is that of its way."""
        turn_s, shift = 46.0 + 9.0 * index, 2.1 * index
        angle_rad = math.tau * t_s / turn_s + shift
        middle = Point(0.5 * self._wide_m, 0.5 * self._high_m)
        reach_x_m, reach_y_m = 0.38 * self._wide_m, (0.24 + 0.05 * index) * self._high_m
        place = middle.moved(reach_x_m * math.sin(angle_rad), reach_y_m * math.sin(2 * angle_rad + index))
        way_x, way_y = reach_x_m * math.cos(angle_rad), 2 * reach_y_m * math.cos(2 * angle_rad + index)
        length_m = (0.17 + 0.03 * (index % 2)) * self._short_m
        canvas.koi(place, length_m, color, turn_rad=math.atan2(way_y, way_x), stroke=3.2 * t_s + shift)
        if (t_s + 3.1 * index) % 9.0 < 2.0:
            age_s = (t_s + 3.1 * index) % 9.0
            canvas.ripple(place, length_m * (0.5 + age_s), SOFT, opacity=0.25 * (1 - age_s / 2.0))


class Idle:
    """A pond at rest, with the place's name and the time of day. It moves slowly and is never dark.

    Args:
        words: their "title" is the place's name; see `host_words`.
    """

    def __init__(self, surface: Surface, words: Words) -> None:
        self._pond = _Pond(surface)
        self._signs = Signs(surface, words)
        self._surface = surface
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)

    def draw(self, canvas: Canvas, t_s: float, clock: str) -> None:
        """Draw it at `t_s`, with the time as it is to be read."""
        self._pond.draw(canvas, t_s)
        short_m = min(self._surface.width_m, self._surface.height_m)
        breath = 0.5 - 0.5 * math.cos(math.tau * t_s / (BREATH_IN_S + BREATH_OUT_S))
        canvas.glow(self._middle, 0.55 * short_m, SOFT, opacity=0.05 + 0.04 * breath)
        self._signs.title(canvas, self._middle, 0.085 * short_m, opacity=0.9)
        cap_m = 0.9 * self._signs.cap_m
        if self._surface.kind == "floor":
            low, high = self._middle.y_m - 0.33 * short_m, self._middle.y_m + 0.33 * short_m
            canvas.text(clock, Point(self._middle.x_m, low), cap_m, CREAM, facing="near", opacity=0.7)
            canvas.text(clock, Point(self._middle.x_m, high), cap_m, CREAM, facing="far", opacity=0.7)
        else:
            canvas.text(
                clock, Point(self._middle.x_m, 0.8 * self._surface.height_m), cap_m, CREAM, opacity=0.7
            )


class Rest:
    """A rest: a circle that breathes, the time that is left, and what comes next.

    Args:
        words: the host's; see `host_words`.
        seconds: how long it lasts.
        next_words: of the game that follows; None: nothing does.
    """

    def __init__(
        self, surface: Surface, words: Words, seconds: float, next_words: Words | None = None
    ) -> None:
        self.seconds = seconds
        self._surface = surface
        self._pond = _Pond(surface)
        self._signs = Signs(surface, words)
        self._next = Signs(surface, _announcing(words, next_words)) if next_words else None
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        """Draw it `t_s` seconds after it began."""
        self._pond.draw(canvas, t_s)
        short_m = min(self._surface.width_m, self._surface.height_m)
        breath = breathing(t_s)
        radius_m = short_m * (0.15 + 0.06 * breath)
        left_s = max(0.0, self.seconds - t_s)
        canvas.glow(self._middle, 2.2 * radius_m, SOFT, opacity=0.16 + 0.14 * breath)
        canvas.disc(self._middle, radius_m, SOFT, opacity=0.16)
        canvas.ring(
            self._middle,
            0.225 * short_m,
            SOFT,
            width_m=0.014 * short_m,
            progress=left_s / self.seconds,
            opacity=0.8,
        )
        self._draw_left(canvas, left_s, short_m)
        if self._next is not None and left_s < ANNOUNCED_S:
            self._next.edges(canvas, "next", opacity=eased(ANNOUNCED_S - left_s))
        else:
            self._signs.edges(canvas, "rest")

    def _draw_left(self, canvas: Canvas, left_s: float, short_m: float) -> None:
        minutes, seconds = divmod(math.ceil(left_s), 60)
        text, cap_m = f"{minutes}:{seconds:02d}", 0.052 * short_m
        if self._surface.kind == "floor":
            canvas.text(text, self._middle.moved(0, -0.06 * short_m), cap_m, GOLD, facing="near")
            canvas.text(text, self._middle.moved(0, 0.06 * short_m), cap_m, GOLD, facing="far")
        else:
            canvas.text(text, self._middle, cap_m, GOLD)


def _announcing(words: Words, following: Words) -> Words:
    """What comes next, at either edge."""
    return Words(
        *(
            Messages(own.language, {"next": own("next", title=after("title"))})
            for own, after in ((words.near, following.near), (words.far, following.far))
        )
    )


def breathing(t_s: float) -> float:
    """How full the lungs are in a breath of `BREATH_IN_S` in and `BREATH_OUT_S` out, 0 to 1."""
    at_s = t_s % (BREATH_IN_S + BREATH_OUT_S)
    if at_s < BREATH_IN_S:
        return eased(at_s / BREATH_IN_S)
    return eased(1 - (at_s - BREATH_IN_S) / BREATH_OUT_S)
