"""Skeletons of one camera, picture by picture, to the players on its surface."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import Point, Surface, SurfaceView
from didim.people import Player
from didim.pose import Skeleton
from didim.track._identity import assign
from didim.track._person import Person
from didim.track._sight import Sight

MARGIN_M = 0.5
LOST_S = 1.0
UNSURE_LOST_S = 0.2
SIGHTS_TO_BELIEVE = 3
REFOUND_M = 1.0
SAME_FEET_M = 0.15
SAME_SPOT_M, HIDDEN_S = 0.25, 0.3


class FloorTracker:
    """Follows everyone on a surface; holds no clock: time is the pictures' own.

    A person counts after three pictures, keeps the id while in view or lost for up to a second, and
    is nobody's player farther than half a metre outside the surface.

    Args:
        view: the camera over the surface.
        surface: where the players are.
        latency_s: from the capture of a picture to the light that answers it; feet are predicted so far.
    """

    def __init__(self, view: SurfaceView, surface: Surface, *, latency_s: float = 0.0) -> None:
        self._view = view
        self._surface = surface
        self._latency_s = latency_s
        self._people: list[Person] = []
        self._last_id = 0
        self._last_ns: int | None = None

    def follow(self, skeletons: tuple[Skeleton, ...], captured_ns: int) -> tuple[Player, ...]:
        """Take the bodies of the next picture and return the players, in the order of their ids.

        Raises:
            ValueError: the picture is not newer than the one before.
        """
        if self._last_ns is not None and captured_ns <= self._last_ns:
            raise ValueError(f"pictures come in order of time: {captured_ns} ns after {self._last_ns} ns")
        self._last_ns = captured_ns
        t_s = captured_ns * 1e-9
        sights = [sight for skeleton in skeletons if self._holds(sight := Sight(self._view, skeleton))]
        self._match(_distinct(sights), t_s)
        self._people = [person for person in self._people if self._keeps(person, t_s)]
        named = sorted((person for person in self._people if person.id), key=lambda person: person.id)
        return tuple(person.player(t_s, self._latency_s) for person in named)

    def _holds(self, sight: Sight) -> bool:
        return self._surface.contains(Point(*sight.middle.tolist()), margin_m=-MARGIN_M)

    def _match(self, sights: list[Sight], t_s: float) -> None:
        """Give each sight to a person: to those with a name first, else to who may become one."""
        free = list(sights)
        for group in (
            [person for person in self._people if person.id],
            [person for person in self._people if not person.id],
        ):
            free = _given(group, free, t_s)
        self._people += [Person(sight, t_s) for sight in free]
        for person in [each for each in self._people if not each.id and each.sights >= SIGHTS_TO_BELIEVE]:
            self._name(person)

    def _name(self, person: Person) -> None:
        """Give a new id, or that of who was lost close by before this one came: it is the same person."""
        lost = [each for each in self._people if each.id and each.trail.seen_s < person.came_s]
        away_m = [float(np.linalg.norm(each.trail.at(person.came_s) - person.trail.place)) for each in lost]
        if away_m and min(away_m) < REFOUND_M:
            found = lost[int(np.argmin(away_m))]
            person.go_on_as(found)
            self._people.remove(found)
        else:
            self._last_id += 1
            person.id = self._last_id

    def _keeps(self, person: Person, t_s: float) -> bool:
        away_s = t_s - person.trail.seen_s
        if away_s > (LOST_S if person.id else UNSURE_LOST_S):
            return False
        return away_s < HIDDEN_S or not any(self._stands_in(person, other, t_s) for other in self._people)

    @staticmethod
    def _stands_in(lost: Person, other: Person, t_s: float) -> bool:
        """Whether somebody in sight stands where one lost for a while would be: then they are the same."""
        if not other.id or other is lost or other.trail.seen_s < t_s or (lost.id and lost.id < other.id):
            return False
        return float(np.linalg.norm(lost.trail.at(t_s) - other.trail.place)) < SAME_SPOT_M


def _given(people: list[Person], sights: list[Sight], t_s: float) -> list[Sight]:
    """Give the nearest sights to these people, at the least total distance; return those left over."""
    expected = np.array([person.trail.at(t_s) for person in people]).reshape(-1, 1, 2)
    seen = np.array([sight.middle for sight in sights]).reshape(1, -1, 2)
    gates_m = np.array([person.trail.gate_m(t_s) for person in people])
    pairs = assign(np.linalg.norm(expected - seen, axis=2), gates_m)
    for row, column in pairs:
        people[row].add(sights[column], t_s)
    taken = {column for _, column in pairs}
    return [sight for i, sight in enumerate(sights) if i not in taken]


def _distinct(sights: list[Sight]) -> list[Sight]:
    """Drop bodies found in a body: nobody stands on another's two feet. The surer one stays."""
    kept: list[Sight] = []
    for sight in sorted(sights, key=lambda each: -each.skeleton.score):
        if all(_feet_apart_m(sight, other) > SAME_FEET_M for other in kept):
            kept.append(sight)
    return kept


def _feet_apart_m(one: Sight, other: Sight) -> float:
    """How far the farther foot of `one` is from the nearest of `other`, whichever side that is, metres."""
    places = [foot.place for foot in other.feet if foot.seen]
    return max(min(math.dist(foot.place, place) for place in places) for foot in one.feet if foot.seen)
