"""Where to look for people whom nobody follows yet, and when to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from didim.pose._change import Change
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

HINT_SHARE = 0.012  # of a tile that has changed: a person who walks into it changes five times as much
LOOKS_HZ, MOST_LOOKS = 30.0, 2  # a second; at one picture, where they come more slowly than that
HINTS_HZ, HINTS_AT_ONCE = 10.0, 12  # a game's moving light hints everywhere and for ever
HINT_SIDES = (0.95, 0.65)  # of the landmark net's own look, by the tile's


class Look(NamedTuple):
    """One look for people.

    Attributes:
        direct: the region goes to the landmark net itself, not to the detector. The detector knows people by
            their faces; the landmark net also finds who turns away, but only near the region's middle.
    """

    region: Region
    direct: bool


class Search:
    """One look a picture, or a few where pictures come slowly, which go to where they find most.

    It works while nobody is followed, at once where something changes that nobody who is followed explains,
    for a round of the tiles after somebody came or was lost, and now and then to see who is new. Of the tiles
    the one not seen for longest is next, sooner where nobody is followed; detector and landmark net take
    turns. Who was lost is looked for around where they were.

    Args:
        max_people: no look when so many are followed.
        tiles: where to look. Where there are none the detector looks at whole pictures.
        looks_hz: the most looks a second, where it is less than `LOOKS_HZ`.
    """

    def __init__(self, max_people: int, tiles: Sequence[Region], looks_hz: float = LOOKS_HZ) -> None:
        count = max(1, len(tiles))
        self._max_people, self._looks_hz = max_people, looks_hz
        self._due = 1.0
        self._tiles = tiles
        self._round = max(SEARCH_PICTURES, 2 * len(tiles))
        self._rest = max(LEAST_REST_PICTURES, REST_PICTURES // count)
        self._waits = [count - index for index in range(count)]
        self._visits = [0] * count
        self._searches_left = self._round
        self._rested = 0
        self._followed = 0
        self._lost: list[tuple[Region, int]] = []
        self._change = Change()
        self._hints = float(HINTS_AT_ONCE)
        self._hinted: list[float] = []
        self._lost_first = True
        self._more = 0
        self._seen_ns: int | None = None

    def see(self, bgr: NDArray[np.uint8], captured_ns: int, followed: Sequence[Region]) -> None:
        """Take the next picture, to know where it has changed."""
        past_s = 0.0 if self._seen_ns is None else max(0, captured_ns - self._seen_ns) * 1e-9
        self._seen_ns = captured_ns
        self._due = min(float(MOST_LOOKS), self._due + past_s * self._looks_hz)
        if not self._tiles or len(followed) >= self._max_people:
            self._hinted = []
            return
        self._more = min(MOST_LOOKS, round(past_s * self._looks_hz)) - 1
        self._hints = min(float(HINTS_AT_ONCE), self._hints + HINTS_HZ * past_s)
        self._change.see(bgr, captured_ns, followed)
        self._hinted = [self._change.share(tile) for tile in self._tiles]

    def next(self, whole: Region, followed: Sequence[Region]) -> Look | None:
        """The look to take at this picture, or None to rest.

        Args:
            whole: the region of the whole picture.
            followed: where people are followed.
        """
        self._rested += 1
        if len(followed) >= self._max_people or self._due < 1.0:
            return None
        look = self._look(whole, followed)
        if self._looks_hz < LOOKS_HZ:
            self._due -= look is not None
        return look

    def _look(self, whole: Region, followed: Sequence[Region]) -> Look | None:
        if look := self._urgent():
            self._rested = 0
            return look
        if followed and not self._searches_left and self._rested <= self._rest:
            return None
        self._rested = 0
        self._searches_left = max(0, self._searches_left - 1)
        return self._next_tile(followed) if self._tiles else Look(whole, direct=False)

    def again(self) -> Look | None:
        """One look more at the same picture: where pictures come slowly."""
        if self._more <= 0:
            return None
        self._more -= 1
        return self._urgent()

    def _urgent(self) -> Look | None:
        """A look where somebody was lost or something has changed, by turns."""
        tile = self._most_changed()
        if self._lost and (tile is None or self._lost_first):
            self._lost_first = False
            return self._next_lost()
        self._lost_first = True
        return None if tile is None else self._look_at_change(tile)

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

    def _most_changed(self) -> int | None:
        """The tile in which most has changed, if that is worth a look."""
        if self._hints < 1.0 or not self._hinted:
            return None
        best = max(range(len(self._hinted)), key=self._hinted.__getitem__)
        return best if self._hinted[best] >= HINT_SHARE else None

    def _look_at_change(self, index: int) -> Look:
        self._hints -= 1.0
        self._waits[index] = 0
        tile, visit = self._tiles[index], self._visits[index]
        self._visits[index] += 1
        x_px, y_px = self._change.middle(tile)
        self._change.looked_at(tile)
        self._hinted = [self._change.share(each) for each in self._tiles]
        if visit % 2 == 0:
            return Look(Region(x_px, y_px, tile.side_px), direct=False)
        return Look(Region(x_px, y_px, HINT_SIDES[visit // 2 % 2] * tile.side_px), direct=True)

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
