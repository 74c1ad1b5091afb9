"""Made-up players for measures: where they stand is given, what they do is told as events."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from didim.geometry import Point
from didim.people import Event, EventKind, Foot, JointPlace, Player, Plays
from didim.records.measures import Meter

_NUMBERS = count(1)
_FLICKER = count(1)


def player(place: Point, *, plays: Plays = "standing", seen: bool = True) -> Player:
    """Somebody at a place; who is not seen keeps the joints of the picture before."""
    foot = Foot(place, 0.0, True, 0.9)
    flicker = 1e-6 * next(_FLICKER) if seen else 0.0
    joints = tuple(JointPlace(place.x_m, place.y_m, flicker, 0.9) for _ in range(33))
    return Player(1, place, foot, foot, joints, (0.0, 0.0), 0, plays)


def event(kind: EventKind, t_s: float, **more: float) -> Event:
    return Event(next(_NUMBERS), kind, 1, t_s, Point(0.0, 0.0), **more)  # type: ignore[arg-type]


def watch(
    meter: Meter,
    until_s: float,
    at: Callable[[float], Point | None],
    *,
    from_s: float = 0.0,
    hz: float = 30.0,
    plays: Plays = "standing",
) -> None:
    """Show the player picture by picture; None: out of sight."""
    for index in range(round(from_s * hz), round(until_s * hz) + 1):
        place = at(index / hz)
        meter.see(index / hz, None if place is None else player(place, plays=plays))


def walk(meter: Meter, until_s: float, cadence: float, *, from_s: float = 0.0) -> int:
    """Steps at an even pace; how many."""
    period_s, steps = 60.0 / cadence, 0
    while from_s + (steps + 1) * period_s < until_s:
        steps += 1
        t_s = from_s + steps * period_s
        meter.hear(event("up", t_s - 0.6 * period_s))
        meter.hear(event("down", t_s))
    return steps


def still(_: float) -> Point:
    return Point(1.0, 1.0)
