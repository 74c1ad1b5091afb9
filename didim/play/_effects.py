"""What games move and leave behind: easing, words that drift away, prints of feet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from didim.drawing import UP_RAD, Canvas, Color, Reader, up_rad
from didim.geometry import Point, Surface
from didim.people import Foot, Player
from didim.play._palette import Seats
from didim.play._target import CHAIR_M, contacts, hands
from didim.play._words import Words

GOLD = Color(2.0, 1.3, 0.14)
FLOAT_S = 1.4
FOOT_M = 0.25
RIPPLE_S = 1.2
LIFT_S = 0.08  # a shorter lift is a flicker of the camera's eye
HAND_M = 0.07
RIM_SHARE = 0.13  # of the shorter side: what words along the edges take
ARC_OFF_M = 0.3  # so far outside the surface the middle of an arc may lie
CURL_MOST_RAD = 1.6  # words on an arc that turn further stand on their heads at its ends


def wide_caps(words: str) -> float:
    """About how many cap heights a line is wide: a Hangul syllable 1.3, a letter 0.8."""
    return sum(1.3 if letter >= "\u1100" else 0.8 for letter in words)


def eased(share: float) -> float:
    """From 0 to 1 with a soft start and end (Hermite's smooth step); held outside."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def popped(share: float) -> float:
    """From 0 to 1 with an overshoot of a tenth (Penner's back ease-out, overshoot 1.7); held outside."""
    rest = min(1.0, max(0.0, share)) - 1
    return max(0.0, 1 + 2.7 * rest**3 + 1.7 * rest**2)


def bounced(share: float) -> float:
    """From 0 to 1, falling and bouncing three times (Penner's bounce ease-out); held outside."""
    share = min(1.0, max(0.0, share))
    for end, middle, floor in ((1 / 2.75, 0.0, 0.0), (2 / 2.75, 1.5, 0.75), (2.5 / 2.75, 2.25, 0.9375)):
        if share < end:
            return 7.5625 * (share - middle / 2.75) ** 2 + floor
    return 7.5625 * (share - 2.625 / 2.75) ** 2 + 0.984375


@dataclass(frozen=True, slots=True)
class _Floater:
    key: str
    numbers: dict[str, int]
    place: Point
    at_s: float
    color: Color
    reader_up_rad: float | None
    room_m: float


class Floaters:
    """Messages such as "+10" that drift outwards from where something happened and fade."""

    def __init__(self, surface: Surface, words: Words, *, cap_m: float = 0.13) -> None:
        self._surface = surface
        self._words = words
        self._cap_m = cap_m
        self._all: list[_Floater] = []

    def add(
        self,
        key: str,
        place: Point,
        t_s: float,
        color: Color = GOLD,
        *,
        reader: Reader | None = None,
        room_m: float = math.inf,
        **numbers: int,
    ) -> None:
        """Let a message of the catalogue rise at `place`, small enough to be no wider than `room_m`.

        It is turned to the `reader`, who is mostly the player who earned it; without one both edges read it.
        """
        up = None if reader is None or self._surface.kind == "wall" else up_rad(reader, place)
        self._all = [one for one in self._all if t_s - one.at_s < FLOAT_S]
        self._all.append(_Floater(key, numbers, place, t_s, color, up, room_m))

    def draw(self, canvas: Canvas, t_s: float) -> None:
        for one in self._all:
            share = (t_s - one.at_s) / FLOAT_S
            if not 0 <= share < 1:
                continue
            near, far = self._words.near(one.key, **one.numbers), self._words.far(one.key, **one.numbers)
            if one.reader_up_rad is not None:
                # who looks away from the near edge reads its language
                self._draw_one(canvas, one, near if math.sin(one.reader_up_rad) >= 0 else far, share)
                continue
            self._draw_one(canvas, one, near, share, up=UP_RAD["near"])
            if self._surface.kind == "floor":
                self._draw_one(canvas, one, far, share, up=UP_RAD["far"])

    def _draw_one(
        self, canvas: Canvas, one: _Floater, text: str, share: float, up: float | None = None
    ) -> None:
        turned_rad = one.reader_up_rad if up is None else up
        assert turned_rad is not None
        wide, short_m = max(1.0, wide_caps(text)), min(self._surface.width_m, self._surface.height_m)
        cap_m = min(self._cap_m, min(one.room_m, short_m) / wide)
        out_m = (1.7 + 1.7 * eased(share)) * cap_m
        # near an edge it would drift onto the lines there, or off the surface
        sin, cos, tip_m = math.sin(turned_rad), math.cos(turned_rad), out_m + 1.2 * cap_m
        tip = self._surface.clamped(one.place.moved(tip_m * cos, tip_m * sin), margin_m=RIM_SHARE * short_m)
        curl_m = max(out_m, wide * cap_m / CURL_MOST_RAD)
        arc_m: float | None = curl_m
        place = tip.moved(-(curl_m + 1.2 * cap_m) * cos, -(curl_m + 1.2 * cap_m) * sin)
        if self._surface.kind == "wall" or not self._surface.contains(place, margin_m=-ARC_OFF_M):
            arc_m, place = None, tip.moved(-0.7 * cap_m * cos, -0.7 * cap_m * sin)  # no room: straight
        canvas.text(
            text,
            place,
            cap_m * popped(4 * share + 0.05),
            one.color,
            facing=turned_rad,
            arc_radius_m=arc_m,
            opacity=min(1.0, 3 * (1 - share)),
        )


@dataclass(frozen=True, slots=True)
class _Ripple:
    place: Point
    at_s: float
    color: Color


class Marks:
    """Shows players that they are seen: prints under feet with a ripple at each step, lights at hands."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._ripples: list[_Ripple] = []
        self._shown: list[tuple[Player, Color]] = []
        self._down_s: dict[tuple[int, str], float] = {}

    def update(self, players: Sequence[Player], seats: Seats, t_s: float) -> None:
        """Take note of the players of this tick."""
        self._shown = [(player, seats[player.id].color) for player in players]
        self._ripples = [ripple for ripple in self._ripples if t_s - ripple.at_s < RIPPLE_S]
        if self._surface.kind == "floor":
            for player, color in self._shown:
                for side, foot in _feet(player):
                    self._step(player.id, side, foot, color, t_s)

    def _step(self, player_id: int, side: str, foot: Foot, color: Color, t_s: float) -> None:
        if not foot.down:
            return
        if t_s - self._down_s.get((player_id, side), -math.inf) > LIFT_S:
            self._ripples.append(_Ripple(foot.place, t_s, color))
        self._down_s[player_id, side] = t_s

    def draw(self, canvas: Canvas, t_s: float) -> None:
        for ripple in self._ripples:
            share = min(1.0, max(0.0, (t_s - ripple.at_s) / RIPPLE_S))
            opacity = 0.5 * (1 - share) ** 1.5
            canvas.ripple(ripple.place, 0.12 + 0.34 * share**0.6, ripple.color, opacity=opacity)
        for player, color in self._shown:
            if self._surface.kind == "floor":
                self._draw_feet(canvas, player, color)
            else:
                _draw_hands(canvas, player, color, self._surface)

    def _draw_feet(self, canvas: Canvas, player: Player, color: Color) -> None:
        canvas.glow(player.feet, 0.45, color, opacity=0.25)
        if player.plays == "seated":
            _draw_chair(canvas, player, color.times(1.3))
            held_out = contacts(player, self._surface)
            for hand in [place for name, place in held_out.items() if name != "chair"]:
                _draw_hand(canvas, hand, color)
            return
        for side, foot in _feet(player):
            canvas.footprint(
                foot.place,
                FOOT_M,
                color.times(1.3),
                turn_rad=foot.heading_rad,
                side=side,
                opacity=0.95 if foot.down else 0.4,
            )


def _draw_chair(canvas: Canvas, player: Player, color: Color) -> None:
    """The seat and its two wheels, from above."""
    sin, cos = math.sin(player.heading_rad), math.cos(player.heading_rad)
    canvas.ring(player.feet, 0.6 * CHAIR_M, color, width_m=0.03)
    for side in (-1, 1):
        wheel = player.feet.moved(-side * CHAIR_M * sin, side * CHAIR_M * cos)
        ends = wheel.moved(-0.25 * cos, -0.25 * sin), wheel.moved(0.25 * cos, 0.25 * sin)
        canvas.line(*ends, color, width_m=0.05)


def _draw_hands(canvas: Canvas, player: Player, color: Color, surface: Surface) -> None:
    for hand in hands(player):
        if surface.contains(hand):
            _draw_hand(canvas, hand, color)


def _draw_hand(canvas: Canvas, hand: Point, color: Color) -> None:
    canvas.glow(hand, 3 * HAND_M, color, opacity=0.6)
    canvas.ring(hand, HAND_M, color.times(1.6), width_m=0.02)


def _feet(player: Player) -> tuple[tuple[Literal["left", "right"], Foot], ...]:
    return ("left", player.left), ("right", player.right)
