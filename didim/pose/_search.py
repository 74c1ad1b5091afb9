"""Where to look for people whom nobody follows yet, and when to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from didim.pose._region import Region

SEARCH_PICTURES = 5  # people come in groups
REST_PICTURES = (
    15  # between looks at one tile: a newcomer waits half a second at most at 30 pictures a second
)
LEAST_REST_PICTURES = 2
KNOWN_WAIT = 0.5  # a tile in which somebody is followed seems to have waited for so much less
LOST_LOOKS = 8
LOST_ROOM = 1.4  # side of the detector's look for somebody lost, by that of their last region
PROBE_SIDE = 0.95  # by the tile's
PROBE_SHIFTS = ((-0.125, -0.125), (0.125, 0.125), (0.125, -0.125), (-0.125, 0.125))  # by the tile's side


class Look(NamedTuple):
    """One look for people.

    Attributes:
        direct: the region goes to the landmark net itself, not to the detector. The detector knows people by
            their faces; the landmark net also finds who turns away, but only near the region's middle.
    """

    region: Region
    direct: bool


class Search:
    """One look a picture at most, which goes to where it finds most.

    It works while nobody is followed, for a round of the tiles after somebody came or was lost, and now and
    then to see who is new. Of the tiles the one not seen for longest is next, sooner where nobody is
    followed; detector and landmark net take turns. Who was lost is looked for first, around where they were.

    Args:
        max_people: no look when so many are followed.
        tiles: where to look. Where there are none the detector looks at whole pictures.
    """

    def __init__(self, max_people: int, tiles: Sequence[Region]) -> None:
        count = max(1, len(tiles))
        self._max_people = max_people
        self._tiles = tiles
        self._round = max(SEARCH_PICTURES, 2 * len(tiles))
        self._rest = max(LEAST_REST_PICTURES, REST_PICTURES // count)
        self._waits = [count - index for index in range(count)]
        self._visits = [0] * count
        self._searches_left = self._round
        self._rested = 0
        self._followed = 0
        self._lost: list[tuple[Region, int]] = []

    def next(self, whole: Region, followed: Sequence[Region]) -> Look | None:
        """The look to take at this picture, or None to rest.

        Args:
            whole: the region of the whole picture.
            followed: where people are followed.
        """
        self._rested += 1
        if len(followed) >= self._max_people:
            return None
        if self._lost:
            return self._next_lost()
        if followed and not self._searches_left and self._rested <= self._rest:
            return None
        self._rested = 0
        self._searches_left = max(0, self._searches_left - 1)
        return self._next_tile(followed) if self._tiles else Look(whole, direct=False)

    def picture_done(self, followed: int, lost: Sequence[Region]) -> None:
        """Tell how many people are followed after a picture, and where those were who are lost in it."""
        if followed != self._followed:
            self._searches_left = self._round
        self._followed = followed
        self._lost += [(region, LOST_LOOKS) for region in lost]

    def _next_lost(self) -> Look:
        region, looks = self._lost.pop(0)
        if looks > 1:
            self._lost.append((region, looks - 1))
        if looks % 2:
            return Look(region, direct=True)
        return Look(Region(region.x_px, region.y_px, LOST_ROOM * region.side_px), direct=False)

    def _next_tile(self, followed: Sequence[Region]) -> Look:
        waits = [
            wait * (KNOWN_WAIT if any(_within(tile, person) for person in followed) else 1.0)
            for wait, tile in zip(self._waits, self._tiles, strict=True)
        ]
        chosen = waits.index(max(waits))
        self._waits = [0 if index == chosen else wait + 1 for index, wait in enumerate(self._waits)]
        tile, visit = self._tiles[chosen], self._visits[chosen]
        self._visits[chosen] += 1
        if visit % 2 == 0:
            return Look(tile, direct=False)
        x, y = PROBE_SHIFTS[visit // 2 % len(PROBE_SHIFTS)]
        side_px = tile.side_px
        return Look(
            Region(tile.x_px + x * side_px, tile.y_px + y * side_px, PROBE_SIDE * side_px), direct=True
        )


def _within(tile: Region, person: Region) -> bool:
    reach_px = tile.side_px / 2
    return abs(person.x_px - tile.x_px) < reach_px and abs(person.y_px - tile.y_px) < reach_px
