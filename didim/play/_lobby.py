"""The lobby: step in, choose a color by standing on it; on a wall, by holding a hand on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from didim.drawing import Canvas
from didim.geometry import Point, Surface
from didim.play._effects import Marks, eased, popped
from didim.play._game import Cue, Say, Sound, Tick
from didim.play._palette import HOLD_S, Seat, Seats, seat
from didim.play._signs import CREAM, DARK, Signs
from didim.play._target import Target, around, touching

STAND_S = 0.8
GATHER_S = 2.0
PATIENCE_S = 9.0
EXPECTED_S = 30.0
"""So long after the first has come those who are expected are waited for."""
SPOT_SHARE, SPOT_MOST_M = 0.085, 0.26
RING_SHARE = 0.34
AROUND_MOST = 10


@dataclass(slots=True)
class _Spot:
    seat: Seat
    place: Point
    taken_by: int | None = None
    stood_s: float = 0.0
    taken_s: float = -math.inf
    seen_s: float = 0.0


class Lobby:
    """Gathers the players of a round; ready once all who are there have a color.

    Who does not choose is given a free color after nine seconds, so that nobody waits for one who looks on.
    Those who are expected are waited for, but not for ever.

    Attributes:
        ready: everybody is seated.

    Args:
        numbers: of the seats that can be chosen.
        expected: how many will come; 0: nobody knows.
        asks: the word to those who came in, by its key, and no title; None: a game's lobby.
    """

    def __init__(
        self,
        surface: Surface,
        signs: Signs,
        seats: Seats,
        numbers: Sequence[int],
        *,
        expected: int = 0,
        asks: str | None = None,
    ) -> None:
        self.ready = False
        self._expected = min(expected, len(numbers))
        self._titled = asks is None
        self._asks = asks or ("choose" if surface.kind == "floor" else "reach")
        self._surface = surface
        self._signs = signs
        self._seats = seats
        self._marks = Marks(surface)
        self._t_s = 0.0
        self._since_s: float | None = None
        self._joined_s = 0.0
        self._waiting: list[int] = []
        short_m = min(surface.width_m, surface.height_m)
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)
        self._radius_m = min(SPOT_MOST_M, SPOT_SHARE * short_m)
        self._spots = self._placed(numbers)

    @property
    def taken(self) -> frozenset[int]:
        """The seats that somebody stands for."""
        return frozenset(spot.seat.number for spot in self._spots if spot.taken_by is not None)

    def _placed(self, numbers: Sequence[int]) -> list[_Spot]:
        """Around the middle of a floor, in rows where there are many; within a child's reach on a wall."""
        count = len(numbers)
        if self._surface.kind == "floor" and count > AROUND_MOST:
            places = self._rows(count)
        elif self._surface.kind == "floor":
            circle = around(Point(0, 0), 1.0, count, from_rad=0.75 * math.pi)
            stretch_x_m, stretch_y_m = RING_SHARE * self._surface.width_m, 0.29 * self._surface.height_m
            places = [self._middle.moved(p.x_m * stretch_x_m, p.y_m * stretch_y_m) for p in circle]
        else:
            y_m = min(0.45 * self._surface.height_m, 1.0)
            step_m = self._surface.width_m / (count + 1)
            places = [Point(step_m * (i + 1), y_m) for i in range(count)]
            self._radius_m = min(self._radius_m, 0.4 * step_m)
        return [_Spot(seat(number), place) for number, place in zip(numbers, places, strict=True)]

    def _rows(self, count: int) -> list[Point]:
        """Evenly over the floor."""
        wide_m, high_m = 0.86 * self._surface.width_m, 0.66 * self._surface.height_m
        columns = math.ceil(math.sqrt(count * wide_m / high_m))
        rows = math.ceil(count / columns)
        step_x_m, step_y_m = wide_m / columns, high_m / rows
        self._radius_m = min(self._radius_m, 0.38 * min(step_x_m, step_y_m))
        left, low = (1 - columns) / 2 * step_x_m, (1 - rows) / 2 * step_y_m
        return [
            self._middle.moved(left + i % columns * step_x_m, low + i // columns * step_y_m)
            for i in range(count)
        ]

    def targets(self) -> list[Target]:
        """A free color for each who has none yet."""
        free = [spot.place for spot in self._spots if spot.taken_by is None]
        return [
            Target(place, self._radius_m, player_id)
            for place, player_id in zip(free, self._waiting, strict=False)
        ]

    def update(self, tick: Tick) -> list[Cue]:
        self._t_s = tick.t_s
        here = {player.id for player in tick.players}
        for spot in self._spots:
            self._keep(spot, here, tick.t_s)
        cues: list[Cue] = []
        if not here:
            self._since_s = None
            return cues
        if self._since_s is None:
            self._since_s = tick.t_s
            cues.append(Say(self._asks))
        for spot in self._spots:
            cues += self._stand(spot, tick)
        self._settle(tick, here)
        self._marks.update([p for p in tick.players if p.id in self._seats], self._seats, tick.t_s)
        return cues

    def _keep(self, spot: _Spot, here: set[int], t_s: float) -> None:
        """A color stays theirs while they are in view, and a moment longer."""
        holder = self._seats.holder(spot.seat.number)
        if holder in here or holder != spot.taken_by:
            spot.seen_s = t_s
        elif holder is not None and t_s - spot.seen_s > HOLD_S:
            self._seats.leave(holder)
            holder = None
        spot.taken_by = holder

    def _stand(self, spot: _Spot, tick: Tick) -> list[Cue]:
        """Somebody stays on a free color: it fills, then it is theirs."""
        if spot.taken_by is not None:
            return []
        seated = {other.taken_by for other in self._spots}
        on_it = [
            player
            for player in tick.players
            if player.id not in seated
            and any(p.distance_m(spot.place) <= 1.2 * self._radius_m for p in touching(player, self._surface))
        ]
        if not on_it:
            spot.stood_s = max(0.0, spot.stood_s - 2 * tick.dt_s)
            return []
        spot.stood_s += tick.dt_s
        if spot.stood_s < STAND_S or not self._seats.choose(on_it[0].id, spot.seat.number):
            return []
        spot.taken_by, spot.taken_s, spot.stood_s = on_it[0].id, tick.t_s, 0.0
        self._joined_s = tick.t_s
        return [Sound("join", spot.place, semitones=2.0 * spot.seat.number)]

    def _settle(self, tick: Tick, here: set[int]) -> None:
        """Seat who looks on for too long; ready when all are seated."""
        taken = {spot.taken_by for spot in self._spots}
        self._waiting = sorted(here - taken)
        assert self._since_s is not None
        if len(here) < self._expected and tick.t_s - self._since_s < EXPECTED_S:
            self.ready = False
        elif not self._waiting:
            self.ready = tick.t_s - self._joined_s >= GATHER_S
        elif tick.t_s - max(self._since_s, self._joined_s) >= PATIENCE_S:
            self.ready = True

    def draw(self, canvas: Canvas) -> None:
        """On the game's background, drawn before."""
        breath = 0.5 + 0.5 * math.sin(1.4 * self._t_s)
        short_m = min(self._surface.width_m, self._surface.height_m)
        title_y_m = self._middle.y_m if self._surface.kind == "floor" else 0.67 * self._surface.height_m
        if self._titled:
            self._signs.title(canvas, Point(self._middle.x_m, title_y_m), 0.075 * short_m)
        opacity = 0.65 + 0.35 * breath
        here = len(self.taken)
        if self._since_s is not None and not self._waiting and here < self._expected:
            self._signs.edges(canvas, "waiting", opacity=opacity, here=here, players=self._expected)
        else:
            self._signs.edges(canvas, "come" if self._since_s is None else self._asks, opacity=opacity)
        for spot in self._spots:
            self._draw_spot(canvas, spot, breath)
        self._marks.draw(canvas, self._t_s)

    def _draw_spot(self, canvas: Canvas, spot: _Spot, breath: float) -> None:
        color, radius_m = spot.seat.color, self._radius_m
        age_s = self._t_s - spot.taken_s
        if spot.taken_by is not None:
            size_m = radius_m * (1 + 0.25 * (popped(3 * age_s) - eased(2 * age_s)))
            canvas.glow(spot.place, 2.2 * size_m, color, opacity=0.7)
            canvas.disc(spot.place, size_m, color, opacity=0.9)
            canvas.symbol(spot.seat.symbol, spot.place, 0.6 * size_m, CREAM)
            return
        canvas.glow(spot.place, 1.9 * radius_m, color, opacity=0.2 + 0.25 * breath)
        canvas.disc(spot.place, radius_m, DARK, opacity=0.7)
        canvas.symbol(spot.seat.symbol, spot.place, 0.6 * radius_m, color)
        canvas.ring(
            spot.place,
            radius_m,
            color.times(1.5),
            width_m=0.14 * radius_m,
            progress=min(0.999, spot.stood_s / STAND_S),
        )
