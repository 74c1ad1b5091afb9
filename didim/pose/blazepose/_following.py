"""Who is followed from picture to picture, and when to look for others."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from didim.pose.blazepose._landmarks import Sighting
from didim.pose.blazepose._region import Region

REST_PICTURES = 15  # a newcomer waits half a second at most at 30 pictures a second
SEARCH_PICTURES = 5
MIN_SCORE = 0.5
SAME_REGION_OVERLAP = 0.6
SAME_BODY_DISTANCE = 0.08  # of the region's side, of a joint in the middle
SAME_HIPS_DISTANCE = 0.25  # beyond it nobody looks at the joints


class DetectorSchedule:
    """Lets the detector rest while the same people are followed from picture to picture.

    It works while nobody is followed, for a few pictures after somebody came (people come in groups) or
    was lost, and now and then to see who is new.
    """

    def __init__(self, max_people: int) -> None:
        self._max_people = max_people
        self._followed = 0
        self._rested = 0
        self._searches_left = 0

    def due(self) -> bool:
        """Whether the detector is to look at the next picture."""
        if self._followed >= self._max_people:
            return False
        return self._followed == 0 or self._searches_left > 0 or self._rested >= REST_PICTURES

    def picture_done(self, followed: int, *, detected: bool) -> None:
        """Tell how many people are followed after a picture, and whether the detector looked at it."""
        if followed != self._followed:
            self._searches_left = SEARCH_PICTURES
        elif detected and self._searches_left:
            self._searches_left -= 1
        self._followed = followed
        self._rested = 0 if detected else self._rested + 1


def newcomers(found: Iterable[Region], followed: Iterable[Region]) -> list[Region]:
    """Those regions of the detector that nobody is followed in."""
    known = list(followed)
    return [region for region in found if all(region.overlap(other) < SAME_REGION_OVERLAP for other in known)]


def distinct(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Drop who is no person, and all but the first sighting of one body."""
    bodies: list[Sighting] = []
    for sighting in sightings:
        if sighting.skeleton.score >= MIN_SCORE and not any(_same_body(sighting, body) for body in bodies):
            bodies.append(sighting)
    return bodies


def _same_body(one: Sighting, other: Sighting) -> bool:
    here, there = one.next_region, other.next_region
    side_px = min(here.side_px, there.side_px)
    if math.hypot(here.x_px - there.x_px, here.y_px - there.y_px) > SAME_HIPS_DISTANCE * side_px:
        return False
    apart_px = np.hypot(*(one.skeleton.points_px - other.skeleton.points_px).T)
    return bool(np.median(apart_px) < SAME_BODY_DISTANCE * side_px)
