"""One person followed over time."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from didim.angles import heading_rad
from didim.geometry import FloatArray, Point, Surface
from didim.people import Foot, Player, Plays
from didim.track._contact import Contact
from didim.track._evidence import Evidence
from didim.track._feeling import Feeling
from didim.track._feet import FootSight
from didim.track._filter import OneEuro
from didim.track._frame import FloorFrame
from didim.track._happening import Happening
from didim.track._identity import Identity, Known
from didim.track._joints import JointTracks
from didim.track._posture import HIPS
from didim.track._sight import Sight

MIN_CUTOFF_HZ, BETA = 1.5, 8.0
LEAP_M, LEAP_M_S = 0.3, 8.0
STALE_S = 0.3


class _FootTrack:
    """One foot over time."""

    def __init__(self, sight: FootSight, contact: Contact, t_s: float) -> None:
        self._filter = OneEuro(min_cutoff_hz=MIN_CUTOFF_HZ, beta=BETA)
        self._filter.add(sight.place, t_s)
        self._rest: FloatArray | None = None
        self.contact = contact
        self._heading = np.zeros(2)
        self._score = sight.score
        self._seen_s = t_s
        self._turn(sight)

    @property
    def place(self) -> FloatArray:
        """Where it rests, while it stands; else on its way."""
        return self._on_its_way if self._rest is None else self._rest

    @property
    def _on_its_way(self) -> FloatArray:
        assert self._filter.value is not None
        return self._filter.value

    def add(self, sight: FootSight, t_s: float) -> None:
        """Take a sight that `contact` has; one that leaps farther than a foot can is not believed until it
        stays.
        """
        self._score = sight.score
        away_s = t_s - self._seen_s
        leap_m = math.dist(sight.place, self._on_its_way)
        if not sight.seen or (leap_m > LEAP_M + LEAP_M_S * away_s and away_s < STALE_S):
            return
        self._filter.add(sight.place, t_s)
        self._rest = self.contact.rest
        self._seen_s = t_s
        self._turn(sight)

    def carry(self, moved: FloatArray) -> None:
        """Go along with the body while the foot is hidden."""
        self._score = 0.0
        self._filter.shift(moved)
        self._rest = None if self._rest is None else self._rest + moved

    def ahead(self, now_s: float, latency_s: float) -> tuple[FloatArray, FloatArray]:
        """Place after `latency_s` and velocity; a foot that stands or is out of sight stays."""
        if self.contact.down or now_s > self._seen_s:
            return self.place, np.zeros(2)
        return self.place + self._filter.lead_m(latency_s), self._filter.lead_m_s()

    def foot(self, place: FloatArray) -> Foot:
        heading_rad = math.atan2(self._heading[1], self._heading[0])
        return Foot(Point(*place.tolist()), heading_rad, self.contact.down, self._score)

    def _turn(self, sight: FootSight) -> None:
        if sight.heading_rad is not None:
            newest = np.array([math.cos(sight.heading_rad), math.sin(sight.heading_rad)])
            self._heading = newest if not self._heading.any() else 0.7 * self._heading + 0.3 * newest


class Person:
    """A person in view; nobody's player until `id` is given.

    Attributes:
        id: 0 until there is evidence enough.
        came_s, came_at: when and where first seen.
    """

    def __init__(
        self,
        sight: Sight,
        t_s: float,
        number: int,
        floor: Surface,
        frame: FloorFrame,
        *,
        plays: Plays | None = None,
    ) -> None:
        self.id = 0
        self.came_s, self.came_at = t_s, sight.middle
        self.identity = Identity(sight, t_s, number)
        self.evidence = Evidence(floor)
        self.evidence.add(sight)
        self._steps_before = 0
        feet = _both_seen(sight)
        self._feeling = Feeling(feet, t_s, frame, plays=plays)
        self._feet = [
            _FootTrack(foot, contact, t_s) for foot, contact in zip(feet, self._feeling.contacts, strict=True)
        ]
        self._happened: list[Happening] = []
        self._joints = JointTracks()
        self._joints.add(*sight.joints, t_s)

    def add(self, sight: Sight, t_s: float) -> None:
        before = self.identity.trail.place
        self.identity.add(sight, t_s)
        if not self.id:
            self.evidence.add(sight)
        moved = self.identity.trail.place - before
        self._happened += self._feeling.step(sight.feet, sight.trunk_m, t_s, sight.bent_rad)
        if self._feeling.flipped:
            self._feet.reverse()
        for track, foot in zip(self._feet, self._feeling.feet, strict=True):
            track.add(foot, t_s) if foot.seen else track.carry(moved)
        joints_m, scores = sight.joints
        self._joints.add(joints_m, scores, t_s)
        self._happened += self._feeling.move(self._joints.now_m, scores, t_s)
        if self._feeling.chair:
            self._happened += self._feeling.roll(
                sight.chair(self._joints.now_m), float(scores[HIPS].min()), t_s
            )

    def take_happened(self) -> list[Happening]:
        """What the person did, as far as it was found out since the last call."""
        happened, self._happened = self._happened, []
        return happened

    @property
    def steps(self) -> int:
        return self._steps_before + self._feeling.steps

    def go_on_as(self, other: Person) -> None:
        """Take up the id, the steps and what is known of a person who was lost and is this one."""
        self.id = other.id
        self.identity.go_on_as(other.identity)
        self._steps_before = other.steps

    def known(self) -> tuple[int, int, Known]:
        """The id, the steps and what is known of the person, for `take_up`."""
        return self.id, self.steps, self.identity.known()

    def take_up(self, known: tuple[int, int, Known]) -> None:
        """Be the person of whom that is known from now on."""
        if known[0] == self.id:
            return
        self.id, steps, identity = known
        self.identity.take_up(identity)
        self._steps_before = steps - self._feeling.steps

    def player(self, t_s: float, latency_s: float) -> Player:
        """The person at `t_s + latency_s`."""
        joints = self._joints.places(t_s, latency_s)
        facing_rad = heading_rad(joints)
        chair = self._feeling.chair
        if chair and chair.score:
            place, velocity_m_s = chair.ahead(t_s, latency_s)
            seat = Foot(Point(*place.tolist()), facing_rad, True, chair.score)
            return Player(
                id=self.id,
                feet=seat.place,
                left=seat,
                right=seat,
                joints=joints,
                velocity_m_s=(float(velocity_m_s[0]), float(velocity_m_s[1])),
                steps=self.steps,
                plays="seated",
                heading_rad=facing_rad,
            )
        (left, left_m_s), (right, right_m_s) = (foot.ahead(t_s, latency_s) for foot in self._feet)
        velocity_m_s = (left_m_s + right_m_s) / 2
        return Player(
            id=self.id,
            feet=Point(*((left + right) / 2).tolist()),
            left=self._feet[0].foot(left),
            right=self._feet[1].foot(right),
            joints=joints,
            velocity_m_s=(float(velocity_m_s[0]), float(velocity_m_s[1])),
            steps=self.steps,
            heading_rad=facing_rad,
        )


def _both_seen(sight: Sight) -> tuple[FootSight, FootSight]:
    """A foot not seen yet starts beside the one that is, or under the hips."""
    left, right = sight.feet
    if not sight.feet_seen:
        return replace(left, place=sight.middle), replace(right, place=sight.middle)
    return (left if left.seen else right, right if right.seen else left)
