"""Who is followed from picture to picture, and whose turn it is for a landmark pass."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from didim.people import Joint
from didim.pose._region import FloatArray, Region
from didim.pose._seams import Sighting

MIN_SCORE = 0.5
MIN_FIRST_SCORE = 0.7  # a first sight is not in the middle of its region, and nothing else speaks for it
SAME_REGION_OVERLAP = 0.6
SAME_FOUND_OVERLAP = 0.5  # somebody followed, and what a detector of whole pictures finds
SAME_BODY_DISTANCE = 0.08  # of the region's side, of a joint in the middle
SAME_HIPS_DISTANCE = 0.25  # beyond it nobody looks at the joints

LEAST_UPRIGHT = 0.35  # a body's height by its region's side at first sight; who stands has 0.5 to 0.7

MAX_WAIT_PICTURES = 3
STILL_SPEED = 0.004  # of the region's side a picture: who stands still is as urgent as at this speed
MAX_LEAP = 0.12  # of the region's side: a joint's prediction goes no farther
TRUNK_BELIEVED, LIMBS_BELIEVED = 0.85, 0.3  # of the trunk's velocity, and of a joint's about the trunk
PREDICTED_SCORE = 0.93  # what a score loses with each predicted picture

_TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)


@dataclass(frozen=True)
class Followed:
    """Somebody as last seen, and how they moved.

    Attributes:
        seen: by the last landmark pass.
        step_px: (33, 2) what each joint moves in a picture; None after a first sight.
        waited: pictures since the pass.
        leap: by the region's side, how far from where they were expected the last pass saw them.
    """

    seen: Sighting
    step_px: FloatArray | None = None
    waited: int = 0
    leap: float = math.inf

    def seen_again(self, sighting: Sighting) -> Followed:
        """After a landmark pass on the picture after those waited."""
        moved_px = sighting.skeleton.points_px - self.seen.skeleton.points_px
        if self.step_px is None:
            moved_px[:] = 0.0  # joints of a first sight lie too far off to tell a velocity
        expected, region = self.now.next_region, sighting.next_region
        leap_px = math.hypot(region.x_px - expected.x_px, region.y_px - expected.y_px)
        return Followed(sighting, moved_px / (self.waited + 1), leap=leap_px / expected.side_px)

    def unseen(self) -> Followed:
        """After a picture without a pass."""
        return replace(self, waited=self.waited + 1)

    def found_at(self, region: Region) -> Followed:
        """After a detector that set right where to look for them now."""
        before, now = self.seen.next_region, self.now.next_region
        x_px, y_px = region.x_px + before.x_px - now.x_px, region.y_px + before.y_px - now.y_px
        return replace(self, seen=self.seen._replace(next_region=replace(region, x_px=x_px, y_px=y_px)))

    @property
    def is_person(self) -> bool:
        """Whether it goes on being followed; at first sight a person stands, kneels or sits upright."""
        score = self.seen.skeleton.score
        return score >= MIN_SCORE if self.step_px is not None else score >= MIN_FIRST_SCORE and self._upright

    @property
    def _upright(self) -> bool:
        y_px = self.seen.skeleton.points_px[:, 1]
        head_up = y_px[Joint.NOSE] < y_px[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]].min()
        return bool(head_up and np.ptp(y_px) >= LEAST_UPRIGHT * self.seen.next_region.side_px)

    @cached_property
    def urgency(self) -> float:
        """How much a pass on the next picture is worth: it grows with speed and with the wait."""
        if self.step_px is None:
            return math.inf
        speed = float(_median(np.hypot(*self.step_px.T))) / self.seen.next_region.side_px
        return (self.waited + 1) * (STILL_SPEED + speed)

    @cached_property
    def now(self) -> Sighting:
        """As seen, or where they must be by now if they went on as they moved.

        Two passes tell a velocity that is half noise, and limbs swing back: part of it is believed.
        """
        if self.waited == 0 or self.step_px is None:
            return self.seen
        skeleton, region = self.seen.skeleton, self.seen.next_region
        trunk_px = _median(self.step_px[list(_TRUNK)])
        step_px = TRUNK_BELIEVED * trunk_px + LIMBS_BELIEVED * (self.step_px - trunk_px)
        leap_px = _at_most(MAX_LEAP * region.side_px, self.waited * step_px)
        x_px, y_px = _median(leap_px).tolist()
        trust = PREDICTED_SCORE**self.waited
        predicted = replace(
            skeleton,
            points_px=skeleton.points_px + leap_px,
            scores=skeleton.scores * trust,
            score=skeleton.score * trust,
        )
        return Sighting(predicted, replace(region, x_px=region.x_px + x_px, y_px=region.y_px + y_px))


def _at_most(length_px: float, moves_px: FloatArray) -> FloatArray:
    """Shorten those of (n, 2) moves that are longer."""
    lengths_px = np.maximum(np.hypot(*moves_px.T), 1e-9)
    return np.asarray(moves_px * np.minimum(1.0, length_px / lengths_px)[:, None])


def chosen(followed: Sequence[Followed], passes: int) -> set[int]:
    """Indices of those who get a landmark pass on the next picture.

    First so many of those who waited longest that nobody ever waits for more than `MAX_WAIT_PICTURES`, were
    they more than `passes`; then the most urgent.
    """
    due = math.ceil(len(followed) / (MAX_WAIT_PICTURES + 1))
    order = sorted(range(len(followed)), key=lambda i: (-followed[i].waited, -followed[i].urgency))
    others = sorted(order[due:], key=lambda i: -followed[i].urgency)
    return {*order[:due], *others[: max(0, passes - due)]}


def newcomers(found: Iterable[Region], followed: Iterable[Region]) -> list[Region]:
    """Those regions of the detector that nobody is followed in."""
    known = list(followed)
    return [region for region in found if all(region.overlap(other) < SAME_REGION_OVERLAP for other in known)]


def renewed(followed: Sequence[Followed], found: Sequence[Region]) -> tuple[list[Followed], list[Region]]:
    """Give the regions of a detector that sees everybody to those who are followed there.

    Returns:
        All who were followed, in their order, and the regions of those whom nobody follows.
    """
    people, new = list(followed), dict(enumerate(found))
    pairs = [
        (overlap, index, row)
        for index, one in enumerate(followed)
        for row, region in enumerate(found)
        if (overlap := one.now.next_region.overlap(region)) >= SAME_FOUND_OVERLAP
    ]
    free = set(range(len(people)))
    for _, index, row in sorted(pairs, reverse=True):
        if index in free and row in new:
            people[index] = people[index].found_at(new.pop(row))
            free.remove(index)
    return people, list(new.values())


def distinct(people: Iterable[Followed]) -> list[Followed]:
    """Drop who is no person, and all but one of those in one body: who leapt into it, or came last."""
    kept: list[Followed] = []
    for one in people:
        if not one.is_person:
            continue
        same = [index for index, other in enumerate(kept) if _same_body(one.now, other.now)]
        if any(kept[index].leap <= one.leap for index in same):
            continue
        kept = [other for index, other in enumerate(kept) if index not in same]
        kept.append(one)
    return kept


def _same_body(one: Sighting, other: Sighting) -> bool:
    here, there = one.next_region, other.next_region
    side_px = min(here.side_px, there.side_px)
    if math.hypot(here.x_px - there.x_px, here.y_px - there.y_px) > SAME_HIPS_DISTANCE * side_px:
        return False
    apart_px = np.hypot(*(one.skeleton.points_px - other.skeleton.points_px).T)
    return bool(_median(apart_px) < SAME_BODY_DISTANCE * side_px)


def _median(values: FloatArray) -> FloatArray:
    """Of (n, ...) values over the first axis; of so few, numpy's own takes ten times as long."""
    ordered = np.sort(values, axis=0)
    return np.asarray((ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2)
