"""Several people on one floor, each with a mind, who keep out of each other's way or bump into each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from didim.geometry import FloatArray, Point, Surface
from didim.sim._body import Body
from didim.sim._minds import Mind, Mover, PadSeeker
from didim.sim._motion import Motion, Pose3D
from didim.sim._performance import Performance
from didim.sim._roller import Roller
from didim.sim._walker import Walker
from didim.sim._wheelchair import WheelchairMotion

TICK_HZ = 120
_PLACES_TRIED = 500
_TOUCH_M, _PARTED_M = 0.05, 0.15
_SHOVE_M = 0.5
_LOOKS_EVERY = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A body, who decides for it, and whether it sits in a wheelchair."""

    body: Body
    mind: Mind
    wheelchair: bool = False


@dataclass(frozen=True, slots=True)
class Bump:
    """Two people touched; they are numbered as in Pose3D."""

    t_s: float
    first: int
    second: int


class Crowd:
    """People on a floor, at 0 s each on a place of their own.

    The same surface, people, seed and targets give the same motion, however `advance` is called.

    Attributes:
        bumps: who touched whom so far.

    Args:
        collides: people come as near as their trunks allow and stagger apart where they touch; else they
            keep a step's distance.
        known_s: motion is known so much beyond the time reached, for who looks a moment ahead.

    Raises:
        ValueError: there is no room for so many.
    """

    def __init__(
        self,
        surface: Surface,
        people: Sequence[Person],
        seed: int,
        *,
        collides: bool = False,
        known_s: float = 0.0,
    ) -> None:
        self._known_s = known_s + 1.5 / TICK_HZ
        self.bumps: list[Bump] = []
        self._surface = surface
        self._minds = [person.mind for person in people]
        self._ticks = 0
        self._collides = collides
        self._touching: set[tuple[int, int]] = set()
        self._shoved_from: dict[int, Point] = {}
        rng = np.random.default_rng([seed, 5])
        places = _places(surface, people, rng)
        self._movers: list[Mover] = [
            _mover(person, place, float(rng.uniform(-math.pi, math.pi)), number, seed + number)
            for number, (person, place) in enumerate(zip(people, places, strict=True), start=1)
        ]

    @property
    def motions(self) -> tuple[Performance, ...]:
        """Each person's motion; truth of the past may be read from it at any time."""
        return tuple(mover.motion for mover in self._movers)

    def advance(self, t_s: float, targets: Sequence[Point] = ()) -> tuple[Pose3D, ...]:
        """Go on to `t_s`, with `targets` lit since the call before; everyone's pose then.

        Raises:
            ValueError: `t_s` lies before the call before.
        """
        if t_s * TICK_HZ < self._ticks - 1:
            raise ValueError(f"time runs forward: {t_s} s lies before {(self._ticks - 1) / TICK_HZ:.3f} s")
        while self._ticks <= t_s * TICK_HZ:
            self._tick(self._ticks / TICK_HZ, targets)
            self._ticks += 1
        return tuple(mover.motion.pose(t_s) for mover in self._movers)

    def _tick(self, t_s: float, targets: Sequence[Point]) -> None:
        for mover, mind in zip(self._movers, self._minds, strict=True):
            mind.watch(t_s, targets)
            while mover.motion.planned_until_s < t_s + self._known_s:
                other = self._shoved_from.pop(mover.motion.person, None)
                if other is None:
                    mind.act(mover, partial(self._free, mover))
                else:
                    self._stagger(mover, other)
        if self._collides and self._ticks % _LOOKS_EVERY == 0:
            self._look_for_bumps(t_s)

    def _look_for_bumps(self, t_s: float) -> None:
        """Note who touches whom by now; both will stagger apart with their next step."""
        places = [_hips(mover.motion.trunk(t_s).hips_m) for mover in self._movers]
        for second in range(len(places)):
            for first in range(second):
                pair = (first + 1, second + 1)
                gap_m = places[first].distance_m(places[second]) - self._apart_m(
                    self._movers[first], self._movers[second]
                )
                if gap_m > _PARTED_M:
                    self._touching.discard(pair)
                elif gap_m < _TOUCH_M and pair not in self._touching:
                    self._touching.add(pair)
                    self.bumps.append(Bump(t_s, *pair))
                    self._shoved_from |= {pair[0]: places[second], pair[1]: places[first]}

    def _stagger(self, mover: Mover, other: Point) -> None:
        """A step away from whom one touched, or, where there is no room, a halt."""
        gap_m = max(mover.center.distance_m(other), 1e-3)
        share = _SHOVE_M / gap_m
        away = mover.center.moved(
            share * (mover.center.x_m - other.x_m), share * (mover.center.y_m - other.y_m)
        )
        mover.toward(away, 1.5 * mover.motion.body.walk_speed_m_s, partial(self._free, mover))

    def _apart_m(self, one: Mover, other: Mover) -> float:
        """How near two people may come."""
        if not self._collides:
            return one.room_m + other.room_m
        return one.girth * one.motion.body.height_m + other.girth * other.motion.body.height_m

    def _free(self, mover: Mover, start: Point, end: Point) -> bool:
        if not self._surface.contains(end, margin_m=mover.margin_m):
            return False
        return all(
            _gap_m(start, end, a, b) >= self._apart_m(mover, other)
            for other in self._movers
            if other is not mover
            for a, b in zip(other.way, other.way[1:], strict=False)
        )


def children(count: int, surface: Surface, seed: int) -> tuple[Person, ...]:
    """That many children, 1.05 to 1.45 m tall, who play with different skill."""
    rng = np.random.default_rng([seed, 6])
    return tuple(
        Person(
            Body.of(float(rng.uniform(1.05, 1.45)), seed * 100 + number),
            PadSeeker(
                surface,
                seed * 100 + number,
                skill=float(rng.uniform(0.5, 0.95)),
                reaction_s=float(rng.uniform(0.25, 0.5)),
            ),
        )
        for number in range(count)
    )


def _mover(person: Person, at: Point, heading_rad: float, number: int, seed: int) -> Mover:
    if person.wheelchair:
        return Roller(WheelchairMotion(person.body, at, heading_rad, person=number, seed=seed))
    return Walker(Motion(person.body, at, heading_rad, person=number, seed=seed), at)


def _hips(hips_m: FloatArray) -> Point:
    return Point(float(hips_m[0]), float(hips_m[1]))


def _places(surface: Surface, people: Sequence[Person], rng: np.random.Generator) -> list[Point]:
    places: list[Point] = []
    rooms_m = [Roller.room_m if person.wheelchair else Walker.room_m for person in people]
    for _ in range(_PLACES_TRIED):
        if len(places) == len(people):
            break
        margin_m = Roller.margin_m if people[len(places)].wheelchair else Walker.margin_m
        spot = Point(
            float(rng.uniform(margin_m, surface.width_m - margin_m)),
            float(rng.uniform(margin_m, surface.height_m - margin_m)),
        )
        room_m = rooms_m[len(places)]
        if all(
            spot.distance_m(place) > 1.4 * (room_m + other_m)
            for place, other_m in zip(places, rooms_m, strict=False)
        ):
            places.append(spot)
    if len(places) < len(people):
        raise ValueError(
            f"a floor of {surface.width_m} x {surface.height_m} m has no room for {len(people)} people"
        )
    return places


def _gap_m(a: Point, b: Point, c: Point, d: Point) -> float:
    """The distance between the segments a-b and c-d."""
    if _cross(a, b, c) * _cross(a, b, d) < 0 and _cross(c, d, a) * _cross(c, d, b) < 0:
        return 0.0
    return min(_to_segment_m(a, c, d), _to_segment_m(b, c, d), _to_segment_m(c, a, b), _to_segment_m(d, a, b))


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m)


def _to_segment_m(point: Point, a: Point, b: Point) -> float:
    along_x, along_y = b.x_m - a.x_m, b.y_m - a.y_m
    length2 = along_x**2 + along_y**2
    share = 0.0
    if length2 > 0.0:
        share = ((point.x_m - a.x_m) * along_x + (point.y_m - a.y_m) * along_y) / length2
    share = min(max(share, 0.0), 1.0)
    return point.distance_m(a.moved(share * along_x, share * along_y))
