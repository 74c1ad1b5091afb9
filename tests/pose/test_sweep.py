"""When a detector of whole pictures looks, and what the engine makes of it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.pose import JoinedEngine, Region
from didim.pose._following import Followed, renewed
from didim.pose._search import Look
from didim.pose._sweep import EVERY, IDLE_EVERY, Sweep
from tests.pose.test_following import sighting
from tests.pose.test_joined import Room, places

WHOLE = Region(320, 240, 640)


def looks(search: Sweep, followed: int, pictures: int) -> list[bool]:
    taken = []
    for _ in range(pictures):
        look = search.next(WHOLE, [Region(0, 0, 10)] * followed)
        assert look in (None, Look(WHOLE, direct=False))
        taken.append(look is not None)
        search.picture_done(followed, ())
    return taken


def test_it_looks_at_once_and_rests_between_looks() -> None:
    assert looks(Sweep(), 0, 2 * IDLE_EVERY + 1) == [True, *([False] * (IDLE_EVERY - 1) + [True]) * 2]


def test_a_settled_crowd_is_set_right_every_few_pictures() -> None:
    search = Sweep()
    looks(search, 3, 30)
    assert sum(looks(search, 3, 5 * EVERY)) == 5
    assert 5 <= EVERY <= 10


def test_after_somebody_is_lost_it_looks_at_the_very_next_picture() -> None:
    search = Sweep()
    looks(search, 2, 30)
    search.picture_done(1, [Region(5, 5, 10)])
    assert looks(search, 1, 4) == [True, True, False, True]


class Hall(Room):
    """A room whose detector sees everybody in a whole picture."""

    whole = True

    def find(self, bgr: NDArray[np.uint8], within: Region) -> list[Region]:
        self.detections += 1
        return [Region(x_px, 240.0, 100.0) for x_px in self.people_px]


def test_everybody_is_found_at_the_first_look_and_the_detector_rests() -> None:
    room = Hall(60, 160, 260)
    engine = JoinedEngine(room, room)
    assert places(engine) == [60, 160, 260]
    places(engine, 30)
    room.detections = 0
    assert places(engine, 2 * EVERY) == [60, 160, 260]
    assert room.detections == 2


def test_who_strays_is_set_right_and_not_found_twice() -> None:
    room = Hall(100)
    engine = JoinedEngine(room, room)
    places(engine)
    room.people_px = [145]  # half out of their region
    assert places(engine, 2 * EVERY) == [145]


def test_a_newcomer_is_seen_after_the_rest_at_the_latest() -> None:
    room = Hall(100)
    engine = JoinedEngine(room, room)
    places(engine, 30)
    room.people_px.append(500)
    assert places(engine, EVERY) == [100, 500]


def followed(x_px: float) -> Followed:
    return Followed(sighting(x_px), np.zeros((33, 2)))


def test_each_region_goes_to_who_is_nearest_and_the_others_are_new() -> None:
    people = [followed(100), followed(190)]
    found = [Region(195, 0, 240), Region(110, 5, 260), Region(600, 0, 250)]
    again, new = renewed(people, found)
    assert [one.now.next_region for one in again] == [found[1], found[0]]
    assert new == [found[2]]


def test_who_waits_for_a_pass_is_set_right_where_they_are_by_now() -> None:
    step = np.tile([6.0, 0.0], (33, 1))
    moving = Followed(sighting(100), step).unseen()
    ((again,), new) = renewed([moving], [Region(120, 0, 250)])
    assert new == []
    assert again.now.next_region.x_px == pytest.approx(120)
    assert again.now.skeleton.points_px == pytest.approx(moving.now.skeleton.points_px)
