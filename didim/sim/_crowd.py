"""Several people on one floor, each with a mind, who keep out of each other's way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from didim.geometry import Point, Surface
from didim.sim._body import Body
from didim.sim._minds import Mind, PadSeeker
from didim.sim._motion import Motion, Pose3D
from didim.sim._walker import Walker

TICK_HZ = 120
_APART_M = 0.55
_MARGIN_M = 0.28
_PLACES_TRIED = 500


@dataclass(frozen=True, slots=True)
class Person:
    """A body and who decides for it."""

    body: Body
    mind: Mind


class Crowd:
    """People on a floor, at 0 s each on a place of their own.

    The same surface, people, seed and targets give the same motion, however `advance` is called.

    Raises:
        ValueError: there is no room for so many.
    """

    def __init__(self, surface: Surface, people: Sequence[Person], seed: int) -> None:
        self._surface = surface
        self._minds = [person.mind for person in people]
        self._ticks = 0
        rng = np.random.default_rng([seed, 5])
        places = _places(surface, len(people), rng)
        self._walkers = [
            Walker(
                Motion(
                    person.body,
                    place,
                    float(rng.uniform(-math.pi, math.pi)),
                    person=number,
                    seed=seed + number,
                ),
                place,
            )
            for number, (person, place) in enumerate(zip(people, places, strict=True), start=1)
        ]

    @property
    def motions(self) -> tuple[Motion, ...]:
        """Each person's motion; truth of the past may be read from it at any time."""
        return tuple(walker.motion for walker in self._walkers)

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
        return tuple(walker.motion.pose(t_s) for walker in self._walkers)

    def _tick(self, t_s: float, targets: Sequence[Point]) -> None:
        for walker, mind in zip(self._walkers, self._minds, strict=True):
            mind.watch(t_s, targets)
            while walker.motion.planned_until_s < t_s + 1.5 / TICK_HZ:
                mind.act(walker, partial(self._free, walker))

    def _free(self, walker: Walker, start: Point, end: Point) -> bool:
        if not self._surface.contains(end, margin_m=_MARGIN_M):
            return False
        return all(
            _gap_m(start, end, a, b) >= _APART_M
            for other in self._walkers
            if other is not walker
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


def _places(surface: Surface, count: int, rng: np.random.Generator) -> list[Point]:
    places: list[Point] = []
    for _ in range(_PLACES_TRIED):
        if len(places) == count:
            break
        spot = Point(
            float(rng.uniform(_MARGIN_M, surface.width_m - _MARGIN_M)),
            float(rng.uniform(_MARGIN_M, surface.height_m - _MARGIN_M)),
        )
        if all(spot.distance_m(place) > 1.4 * _APART_M for place in places):
            places.append(spot)
    if len(places) < count:
        raise ValueError(
            f"a floor of {surface.width_m} x {surface.height_m} m has no room for {count} people"
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
