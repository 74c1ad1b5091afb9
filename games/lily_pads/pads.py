"""The leaves to step on: where they rise, how long they float, what they are worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.play import Canvas, Color, Foot, Player, Point, Rng, Surface

POP_S = 0.45
BLOOM_S = 1.5
SINK_SHARE = 0.15
REACH_M = 1.6
FOOT_ROOM_M = 0.25
PAD_GAP_M = 0.16
SIGN_ROOM_M = 0.32
LANDING_SLACK_M = 0.04
TRIES = 16

GREEN = Color(0.03, 0.42, 0.12)
TEAL = Color(0.015, 0.28, 0.38)
GOLDEN = Color(0.70, 0.29, 0.02)
STAR = Color(2.4, 1.4, 0.14)
FRESH = Color(1.6, 0.85, 0.05)
LATE = Color(1.6, 0.14, 0.12)
LOTUS = Color(1.10, 0.24, 0.55)


@dataclass(frozen=True, slots=True)
class Pad:
    """A leaf that floats from `born_s` for `life_s`; a golden one carries a star and counts double.

    It rises near the player `risen_for`, and is anybody's.
    """

    risen_for: int
    center: Point
    radius_m: float
    born_s: float
    life_s: float
    golden: bool
    turn_rad: float

    def left(self, t_s: float) -> float:
        """Share of its life left, from 1 (fresh) down to 0 (sunk)."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def points(self, t_s: float) -> int:
        """10 at once, 5 at the last moment."""
        return (5 + round(5 * self.left(t_s))) * (2 if self.golden else 1)

    def holds(self, foot: Foot) -> bool:
        """A foot stands on it; standing still counts as much as stamping."""
        return foot.down and self.center.distance_m(foot.place) <= self.radius_m + LANDING_SLACK_M

    @property
    def color(self) -> Color:
        return GOLDEN if self.golden else (GREEN if self.turn_rad > 0 else TEAL)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        left, age_s = self.left(t_s), t_s - self.born_s
        opacity = min(1.0, left / SINK_SHARE)
        size_m = self.radius_m * popped(age_s / POP_S) * (0.75 + 0.25 * opacity)
        turn_rad = self.turn_rad + 0.12 * math.sin(0.9 * age_s + self.turn_rad)
        if self.golden:
            canvas.glow(self.center, 2.1 * size_m, GOLDEN, opacity=0.55 * opacity)
        canvas.lily(self.center, size_m, self.color, turn_rad=turn_rad, opacity=opacity)
        ring_m = size_m + 0.22 * self.radius_m
        width_m = 0.1 * self.radius_m
        canvas.ring(self.center, ring_m, Color(0.10, 0.11, 0.2), width_m=0.6 * width_m, opacity=0.6 * opacity)
        canvas.ring(
            self.center, ring_m, LATE.mixed(FRESH, left), width_m=width_m, progress=left, opacity=opacity
        )
        if self.golden:
            beat = 1 + 0.06 * math.sin(4 * age_s)
            canvas.star(
                self.center, 0.52 * size_m * beat, STAR, turn_rad=0.2 * math.sin(age_s), opacity=opacity
            )


@dataclass(frozen=True, slots=True)
class Bloom:
    """A lotus that opens where somebody landed."""

    pad: Pad
    at_s: float
    points: int

    def left(self, t_s: float) -> float:
        """Share of its time left, from 1 (just landed) down to 0."""
        return max(0.0, 1 - (t_s - self.at_s) / BLOOM_S)

    def draw(self, canvas: Canvas, t_s: float) -> None:
        left, pad = self.left(t_s), self.pad
        opacity = min(1.0, 2.5 * left)
        size_m = 0.8 * pad.radius_m * popped((t_s - self.at_s) / POP_S)
        canvas.glow(pad.center, 2.2 * pad.radius_m, FRESH, opacity=0.25 * left)
        canvas.lily(pad.center, pad.radius_m, pad.color, turn_rad=pad.turn_rad, opacity=0.7 * opacity)
        canvas.lotus(
            pad.center, size_m, LOTUS, turn_rad=pad.turn_rad + 0.4 * (1 - left), opacity=0.9 * opacity
        )


def popped(share: float) -> float:
    """Growth that overshoots a little and settles at 1 (Penner's back ease-out, overshoot 1.7)."""
    rest = min(1.0, max(0.02, share)) - 1
    return 1 + 2.7 * rest**3 + 1.7 * rest**2


def fitting_radius_m(surface: Surface, players: int, wanted_m: float) -> float:
    """The radius of a pad that leaves this many players room for theirs."""
    short_m = min(surface.width_m, surface.height_m)
    room_m = math.sqrt(surface.width_m * surface.height_m / players)
    return min(wanted_m, 0.14 * short_m, 0.17 * room_m)


def place_for(
    player: Player,
    players: Sequence[Player],
    taken: Sequence[Pad],
    radius_m: float,
    surface: Surface,
    rng: Rng,
) -> Point | None:
    """A place for a pad within the player's reach, under nobody's foot and clear of the pads there are.

    It lies nearer to this player than to the others where that can be had, so that nobody need run into
    anybody.
    """
    feet = [foot.place for other in players for foot in (other.left, other.right)]
    near_m = radius_m + FOOT_ROOM_M
    rim_m = 1.3 * radius_m + min(SIGN_ROOM_M, 0.1 * min(surface.width_m, surface.height_m))
    x_m, y_m = player.feet
    fallback: Point | None = None
    for _ in range(TRIES):
        place = Point(
            rng.uniform(max(rim_m, x_m - REACH_M), min(surface.width_m - rim_m, x_m + REACH_M)),
            rng.uniform(max(rim_m, y_m - REACH_M), min(surface.height_m - rim_m, y_m + REACH_M)),
        )
        away_m = place.distance_m(player.feet)
        if (
            away_m <= REACH_M
            and all(place.distance_m(foot) >= near_m for foot in feet)
            and all(place.distance_m(pad.center) >= radius_m + pad.radius_m + PAD_GAP_M for pad in taken)
        ):
            if all(place.distance_m(other.feet) >= away_m for other in players):
                return place
            fallback = fallback or place
    return fallback


def path(source: Point, target: Point) -> list[Point]:
    """A gently bent way between two points."""
    dx_m, dy_m = target.x_m - source.x_m, target.y_m - source.y_m
    shares = [0.2 + 0.6 * step / 8 for step in range(9)]
    bends = [0.12 * math.sin(math.pi * share) for share in shares]
    return [
        source.moved(dx_m * share - dy_m * bend, dy_m * share + dx_m * bend)
        for share, bend in zip(shares, bends, strict=True)
    ]
