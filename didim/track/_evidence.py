"""What speaks for a body being a person who is here, before it is anybody's player."""

from __future__ import annotations

import math
from statistics import median

from didim.geometry import Point, Surface
from didim.people import Joint
from didim.track._body import SOLE
from didim.track._sight import Sight

SIGHTS_TO_BELIEVE = 3
SIZES = (0.42, 1.35)
"""From a toddler, with room for noise, to a very tall adult; an engine takes everybody for one of 1.75 m."""
SIZES_OUTSIDE = (0.5, 1.2)
"""The same without that room: beside the surface are walls, and pictures on them."""
MOVED_M = 0.3
MOST_HEAD_DOWN = 0.5
_SOLES = list(SOLE)


class Evidence:
    """Sights of a body that may be a person.

    A poster, a mirror or a cast shadow has no place of its own on the floor: taken for a body on the floor it
    has no human size, or hangs upside down, or has no feet there. Who stands still in human size is a person,
    for as long as they like.

    Attributes:
        sights: in how many pictures.
    """

    def __init__(self, surface: Surface) -> None:
        self.sights = 0
        self._surface = surface
        self._came: Point | None = None
        self._been_inside = self._moved = self._feet_seen = False
        self._sizes: list[float] = []
        self._head_down = 0

    def add(self, sight: Sight) -> None:
        self.sights += 1
        place = Point(*sight.middle.tolist())
        self._came = self._came or place
        self._been_inside |= self._surface.contains(place)
        self._feet_seen |= sight.feet_seen
        self._moved |= place.distance_m(self._came) > MOVED_M
        self._sizes = [*self._sizes, sight.size][-15:]
        self._head_down += bool(sight.body[Joint.NOSE, 2] < sight.body[_SOLES, 2].min())

    @property
    def suffices(self) -> bool:
        """Whether the body is a person on the surface or one who comes to it."""
        known = [size for size in self._sizes if math.isfinite(size)]
        least, most = SIZES if self._been_inside else SIZES_OUTSIDE
        of_human_size = not known or least <= median(known) <= most
        upright = self._head_down <= MOST_HEAD_DOWN * self.sights
        here = self._feet_seen or self._moved
        return self.sights >= SIGHTS_TO_BELIEVE and of_human_size and upright and here
