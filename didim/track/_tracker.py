"""Skeletons of one camera, picture by picture, to the players on its surface."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import PinholeCamera, PlaneMap, Point, Surface
from didim.people import Event, Player, Plays
from didim.pose import Skeleton
from didim.rig import footing_of, why_unfollowed
from didim.track._frame import FloorFrame, WallFrame
from didim.track._lines import Lines, lines_to
from didim.track._matching import distinct, give
from didim.track._person import Person
from didim.track._settling import settle
from didim.track._sight import Sight, mark_crowded
from didim.track._turned import turned

MARGIN_M = 0.5
LOST_S, HELD_S = 1.0, 5.0
UNSURE_LOST_S = 0.2
REMEMBERED_S = 10.0
REFOUND_M, REFOUND_M_S, REFOUND_MOST_M = 1.0, 1.5, 2.5
REFOUND_UNLIKE, REMEMBERED_UNLIKE = 20.0, 7.0
HEIR_S, HEIR_M, HEIR_UNLIKE = 3.0, 1.5, 12.0
SAME_SPOT_M, SAME_AFTER_S = 0.25, 0.3
HUG_M = 0.6
BESIDE_M, EDGE_M = 0.35, 0.3


class FloorTracker:
    """Follows everyone on a surface; holds no clock: time is the pictures' own.

    A person counts after three pictures that show somebody of human size on the surface, or on the way to
    it, keeps the id while in view or lost for up to a second, and for longer in somebody else's arms.
    Who was gone for up to ten seconds and comes back in the same clothes has the same id; who vanishes in
    the middle goes on as who has just appeared there. Nobody is a player farther than half a metre outside
    the surface.

    Players of a wall are followed on the floor before it, up to 3 m off and 1 m to both sides, and told in
    the wall's frame: hands and joints where they are before it, feet by the way along it and the distance
    from it.

    Args:
        view: the camera over the surface, or before the wall.
        surface: on which is played.
        latency_s: from the capture of a picture to the light that answers it; people are predicted so far.
        camera_latency_s: how long before its capture the moment was that a picture shows; events happened
            then.
        plays: how everybody plays; None tells it of each from the posture.

    Attributes:
        events: what the players did, as far as the newest picture told.

    Raises:
        ValueError: nobody can be followed before this wall, see `why_unfollowed`.
    """

    def __init__(
        self,
        view: PinholeCamera | PlaneMap,
        surface: Surface,
        *,
        latency_s: float = 0.0,
        camera_latency_s: float = 0.0,
        plays: Plays | None = None,
    ) -> None:
        footing = footing_of(view, surface)
        if footing is None:
            raise ValueError(why_unfollowed(view, surface))
        self._view, self._floor = footing.view, footing.floor
        self._frame = FloorFrame()
        if surface.kind == "wall" and isinstance(view, PinholeCamera):
            self._frame = WallFrame(footing.surface_from_floor, view.surface_from_camera.translation_m)
        self._latency_s = latency_s
        self._camera_latency_s = camera_latency_s
        self._plays = plays
        self.events: tuple[Event, ...] = ()
        self._told = 0
        self._people: list[Person] = []
        self._gone: list[Person] = []
        self._last_id = self._last_number = 0
        self._last_ns: int | None = None

    def follow(
        self, skeletons: tuple[Skeleton, ...], captured_ns: int, bgr: NDArray[np.uint8] | None = None
    ) -> tuple[Player, ...]:
        """Take the bodies of the next picture and return the players, in the order of their ids.

        Args:
            bgr: (h, w, 3) uint8, the picture itself: clothes help to tell people apart.

        Raises:
            ValueError: the picture is not newer than the one before.
        """
        if self._last_ns is not None and captured_ns <= self._last_ns:
            raise ValueError(f"pictures come in order of time: {captured_ns} ns after {self._last_ns} ns")
        self._last_ns = captured_ns
        t_s = captured_ns * 1e-9
        lines = lines_to(self._view, skeletons)
        seen = (self._sight(*each, bgr) for each in zip(skeletons, lines, strict=True))
        self._match(distinct([sight for sight in seen if self._holds(sight)]), t_s)
        self._part(t_s)
        named = sorted((person for person in self._people if person.id), key=lambda person: person.id)
        self.events = tuple(self._events_of(named))
        players = (person.player(t_s, self._latency_s) for person in named)
        return tuple(self._frame.player(player) for player in players)

    def _sight(self, skeleton: Skeleton, lines: Lines, bgr: NDArray[np.uint8] | None) -> Sight:
        sight = Sight(self._view, skeleton, bgr, lines)
        if self._frame.faces_away(sight.middle, sight.body):
            return Sight(self._view, turned(self._view, skeleton, sight.middle), bgr)
        return sight

    def _events_of(self, named: list[Person]) -> Iterator[Event]:
        for person in named:
            for happening in person.take_happened():
                self._told += 1
                yield happening.as_event(self._told, person.id, -self._camera_latency_s)

    def _holds(self, sight: Sight) -> bool:
        return self._floor.contains(Point(*sight.middle.tolist()), margin_m=-MARGIN_M)

    def _match(self, sights: list[Sight], t_s: float) -> None:
        """Give each sight to a person: to those with a name first, else to who may become one."""
        mark_crowded(sights)
        free = give([person for person in self._people if person.id], sights, t_s)
        for sight in give([person for person in self._people if not person.id], free, t_s):
            self._people.append(self._newcomer(sight, t_s))
        for person in [each for each in self._people if not each.id and each.evidence.suffices]:
            self._name(person, t_s)
        settle([person for person in self._people if person.id], self._gone, t_s)
        in_sight = [person.identity for person in self._people if person.identity.trail.seen_s == t_s]
        for one, other in combinations(in_sight, 2):
            one.stands_beside(other)
            other.stands_beside(one)

    def _newcomer(self, sight: Sight, t_s: float) -> Person:
        self._last_number += 1
        return Person(sight, t_s, self._last_number, self._floor, self._frame, plays=self._plays)

    # who is it

    def _name(self, person: Person, t_s: float) -> None:
        """Give a new id, or that of somebody lost who is this one.

        Nobody new appears beside somebody else but as a body wrongly found in theirs, or over the edge.
        """
        lost = [each for each in self._people if each.id and each.identity.trail.seen_s < person.came_s]
        costs = {each: self._refound_cost(each, person) for each in [*lost, *self._gone]}
        found = min(costs, key=lambda each: costs[each], default=None)
        if found is None or not math.isfinite(costs[found]):
            place = person.identity.trail.place
            others = [other.identity.trail.place for other in self._others_in_sight(person, t_s)]
            inside = self._floor.contains(Point(*person.came_at.tolist()), margin_m=EDGE_M)
            if inside and any(math.dist(place, other) < BESIDE_M for other in others):
                return
            self._last_id += 1
            person.id = self._last_id
            return
        person.go_on_as(found)
        for group in (self._people, self._gone):
            if found in group:
                group.remove(found)

    def _refound_cost(self, lost: Person, person: Person) -> float:
        """How unlike who was lost is to one who came since; infinite where they must be two."""
        trail = lost.identity.trail
        away_m = math.dist(trail.at(person.came_s), person.identity.trail.place)
        unlike = lost.identity.unlike_of(person.identity)
        reach_m = REFOUND_M
        inside = self._floor.contains(Point(*person.came_at.tolist()), margin_m=MARGIN_M)
        if inside or unlike < REMEMBERED_UNLIKE:  # nobody new comes in but over the edge
            reach_m = min(REFOUND_M + REFOUND_M_S * (person.came_s - trail.seen_s), REFOUND_MOST_M)
        most = REMEMBERED_UNLIKE if lost in self._gone else REFOUND_UNLIKE
        return unlike + away_m / REFOUND_M if away_m < reach_m and unlike < most else math.inf

    # who is gone

    def _part(self, t_s: float) -> None:
        """Leave out who is no longer here; remember for a while who may come back."""
        kept = [person for person in self._people if self._keeps(person, t_s)]
        for lost in self._people:
            if lost in kept or not lost.id or self._is_double(lost, t_s):
                continue
            if heir := self._heir(lost, kept):
                heir.go_on_as(lost)
            elif lost.identity.knows_clothes:
                self._gone.append(lost)
        self._people = kept
        self._gone = [person for person in self._gone if t_s - person.identity.trail.seen_s < REMEMBERED_S]

    def _heir(self, lost: Person, kept: list[Person]) -> Person | None:
        """Whom one lost has gone on as: nobody comes in or leaves but over the edge, so that who vanishes
        inside and who has just appeared there, alike and near, are one, whose id a body wrongly found took.
        """
        trail = lost.identity.trail
        if not self._floor.contains(Point(*trail.place.tolist()), margin_m=EDGE_M):
            return None
        costs = {
            other: unlike + math.dist(trail.place, other.identity.trail.place) / REFOUND_M
            for other in kept
            if other.id > lost.id
            and other.came_s > max(trail.seen_s - HEIR_S, lost.came_s)
            and self._floor.contains(Point(*other.came_at.tolist()), margin_m=EDGE_M)
            and math.dist(trail.place, other.identity.trail.place) < HEIR_M
            and (unlike := lost.identity.unlike_of(other.identity)) < HEIR_UNLIKE
        }
        return min(costs, key=lambda other: costs[other], default=None)

    def _keeps(self, person: Person, t_s: float) -> bool:
        away_s = t_s - person.identity.trail.seen_s
        if not person.id:
            return away_s <= UNSURE_LOST_S
        if away_s > 0.0 and self._is_double(person, t_s):
            return False
        return away_s <= LOST_S or self._is_held(person, t_s)

    def _is_double(self, lost: Person, t_s: float) -> bool:
        """Whether somebody in sight stands where one lost would be, and they were never seen to be two.

        One body may be taken for either by turns, so that neither is lost for long.
        """
        return any(
            lost.id > other.id
            and not lost.identity.has_met(other.identity)
            and t_s - lost.identity.seen_with_s(other.identity) >= SAME_AFTER_S
            and math.dist(lost.identity.trail.at(t_s), other.identity.trail.place) < SAME_SPOT_M
            for other in self._others_in_sight(lost, t_s)
        )

    def _is_held(self, lost: Person, t_s: float) -> bool:
        """Whether somebody in sight is so near that both may be seen as one, for not too long yet."""
        place = lost.identity.trail.at(t_s)
        return any(
            math.dist(place, other.identity.trail.place) < HUG_M
            and lost.identity.has_met(other.identity)
            and t_s - lost.identity.seen_with_s(other.identity) < HELD_S
            for other in self._others_in_sight(lost, t_s)
        )

    def _others_in_sight(self, lost: Person, t_s: float) -> Iterable[Person]:
        return (
            other
            for other in self._people
            if other is not lost and other.id and other.identity.trail.seen_s == t_s
        )
