"""The numbers to stand on: planets that belong to one player's task."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from didim.play import Canvas, Color, Places, Player, Point, Rng, Seat, Target, eased, popped

from .digits import GOLD, draw_number
from .sums import Sum

HOLD_S = 0.45
MOON_RADII = 1.5  # of a planet, with its moons
ASK_M = 0.3  # of a question, half across
POP_S = 0.45
FADE_S = 0.9
RIGHT, WRONG = Color(0.25, 1.6, 0.35), Color(1.3, 0.12, 0.10)


@dataclass(slots=True)
class Planet:
    """A number on the floor; whoever stands on it for `HOLD_S` says that it is the answer."""

    place: Point
    radius_m: float
    number: int
    tilt_rad: float
    stood_s: float = 0.0

    def stand(self, on_it: bool, dt_s: float) -> bool:
        """Count the time that a foot is on it; whether it has been there long enough."""
        self.stood_s = self.stood_s + dt_s if on_it else max(0.0, self.stood_s - 2 * dt_s)
        return self.stood_s >= HOLD_S

    def draw(
        self,
        canvas: Canvas,
        t_s: float,
        age_s: float,
        seat: Seat,
        reader: Player | None,
        *,
        tint: Color,
        opacity: float,
    ) -> None:
        bob_m = 0.012 * math.sin(1.8 * t_s + 3 * self.tilt_rad)
        place = self.place.moved(0.0, bob_m)
        size_m = self.radius_m * max(0.05, popped(age_s / POP_S))
        canvas.glow(place, 2.3 * size_m, tint, opacity=0.25 * opacity)
        seed, tilt_rad = self.number + self.tilt_rad, 0.5 * math.sin(self.tilt_rad)
        canvas.planet(place, size_m, tint.times(1.15), turn_rad=tilt_rad, seed=seed, opacity=opacity)
        canvas.ring(place, 1.04 * size_m, tint.times(1.3), width_m=0.035 * size_m, opacity=0.8 * opacity)
        for index in range(2):  # moons of the seat's sign go round it
            angle_rad = 0.7 * t_s + self.tilt_rad + math.pi * index
            moon = place.moved(1.3 * size_m * math.cos(angle_rad), 1.3 * size_m * math.sin(angle_rad))
            canvas.symbol(seat.symbol, moon, 0.15 * size_m, tint.times(1.5), opacity=opacity)
        cap_m = (0.86 if self.number < 10 else 0.68) * size_m
        draw_number(canvas, str(self.number), place, cap_m, opacity, reader)
        if self.stood_s > 0:
            share = min(1.0, self.stood_s / HOLD_S)
            canvas.ring(place, 1.18 * size_m, GOLD, width_m=0.14 * size_m, progress=share, opacity=opacity)


@dataclass(slots=True)
class Task:
    """A player's task with its planets; the first of them is right.

    `ask_at` is where the question stands. `solved` tells how it ended, None while it goes on; then it is
    shown a moment longer.
    """

    player_id: int
    sum: Sum
    planets: list[Planet]
    ask_at: Point
    born_s: float
    life_s: float
    slips: int = 0
    solved: bool | None = None
    ended_s: float = field(default=math.inf)

    @property
    def right(self) -> Planet:
        return self.planets[0]

    def left(self, t_s: float) -> float:
        """Share of the time left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def end(self, t_s: float, *, solved: bool) -> None:
        self.solved, self.ended_s = solved, t_s

    def is_over(self, t_s: float) -> bool:
        return t_s - self.ended_s >= FADE_S

    def draw(self, canvas: Canvas, t_s: float, seat: Seat, reader: Player | None) -> None:
        """Once it has ended the right number stays for a moment, so that everybody sees which it was."""
        age_s, gone = t_s - self.born_s, eased((t_s - self.ended_s) / FADE_S)
        for index, planet in enumerate(self.planets):
            tint = seat.color
            if self.solved is not None:
                tint = RIGHT if index == 0 else seat.color
            opacity = 1 - gone if index == 0 else max(0.0, 1 - 3 * gone)
            if opacity > 0.02:
                planet.draw(canvas, t_s, age_s - 0.12 * index, seat, reader, tint=tint, opacity=opacity)


def room(
    places: Places,
    player: Player,
    players: Sequence[Player],
    tasks: Sequence[Task],
    sizes_m: tuple[float, float],
    count: int,
    rng: Rng,
) -> list[Point]:
    """Places for up to that many planets of one player, the right one's first.

    It keeps the spacing from the right ones of others; all keep the second of `sizes_m` from all of
    others, the first is their radius. None where not even two have room.
    """
    radius_m, apart_m = sizes_m
    reach_m = MOON_RADII * radius_m
    wide_m = max(reach_m, apart_m / 1.1 - reach_m)
    taken = [Target(planet.place, wide_m) for task in tasks for planet in task.planets]
    taken += [Target(task.ask_at, ASK_M - 0.05) for task in tasks if task.solved is None]
    rights = [Target(task.right.place, wide_m, task.player_id) for task in tasks]
    found: list[Point] = []
    for _ in range(count):
        place = places.find(player, players, taken if found else [*taken, *rights], reach_m, rng)
        if place is not None:
            taken.append(Target(place, reach_m))
            found.append(place)
        elif not found:
            break
    return found if len(found) >= 2 else []
