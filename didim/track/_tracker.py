"""Skeletons of one camera, picture by picture, to the players on its surface."""

from __future__ import annotations

import numpy as np

from didim.geometry import Point, Surface, SurfaceView
from didim.people import Player
from didim.pose import Skeleton
from didim.track._identity import assign
from didim.track._person import Person, Sight

MARGIN_M = 0.5
LOST_S = 1.0
UNSURE_LOST_S = 0.2
SIGHTS_TO_BELIEVE = 3
REFOUND_M = 1.0
SAME_SPOT_M = 0.2


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
        self._match(sights, t_s)
        self._people = [person for person in self._people if self._keeps(person, t_s)]
        named = sorted((person for person in self._people if person.id), key=lambda person: person.id)
        return tuple(person.player(t_s, self._latency_s) for person in named)

    def _holds(self, sight: Sight) -> bool:
        return self._surface.contains(Point(*sight.middle.tolist()), margin_m=-MARGIN_M)

    def _match(self, sights: list[Sight], t_s: float) -> None:
        expected = np.array([person.trail.at(t_s) for person in self._people]).reshape(-1, 1, 2)
        seen = np.array([sight.middle for sight in sights]).reshape(1, -1, 2)
        gates_m = np.array([person.trail.gate_m(t_s) for person in self._people])
        pairs = assign(np.linalg.norm(expected - seen, axis=2), gates_m)
        for row, column in pairs:
            self._people[row].add(sights[column], t_s)
        known = {column for _, column in pairs}
        self._people += [Person(sight, t_s) for i, sight in enumerate(sights) if i not in known]
        for person in [each for each in self._people if not each.id and each.sights >= SIGHTS_TO_BELIEVE]:
            if any(each.id and _same_spot(each, person) for each in self._people):
                self._people.remove(person)  # two bodies found in one: nobody stands where another does
            else:
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
        return t_s - person.trail.seen_s <= (LOST_S if person.id else UNSURE_LOST_S)


def _same_spot(known: Person, newcomer: Person) -> bool:
    """Whether both were seen in the newest picture and stand on each other's feet."""
    both_seen = known.trail.seen_s == newcomer.trail.seen_s
    return both_seen and float(np.linalg.norm(known.trail.place - newcomer.trail.place)) < SAME_SPOT_M
