"""The engine's loop, with nets that see what the test tells them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.people import JOINT_COUNT
from didim.pose import Skeleton
from didim.pose.blazepose import BlazePoseEngine, Region, Sighting
from didim.pose.blazepose._following import REST_PICTURES, SEARCH_PICTURES

PICTURE = np.zeros((480, 640, 3), np.uint8)


class Room:
    """People by where they stand; serves as detector and as landmark net, and counts its work.

    The landmark net sees who stands within half a region's side, and gives a ghost elsewhere.
    """

    def __init__(self, *people_px: float) -> None:
        self.people_px = list(people_px)
        self.detections = 0
        self.passes = 0

    def find(self, bgr: NDArray[np.uint8], within: Region) -> list[Region]:
        assert within == Region.around(PICTURE)
        self.detections += 1
        return [Region(x_px, 240.0, 100.0) for x_px in self.people_px]

    def look(self, bgr: NDArray[np.uint8], region: Region) -> Sighting:
        self.passes += 1
        near = [x_px for x_px in self.people_px if abs(x_px - region.x_px) < region.side_px / 2]
        x_px = min(near, key=lambda x_px: abs(x_px - region.x_px), default=region.x_px)
        points = np.stack((np.full(JOINT_COUNT, x_px), np.linspace(200, 280, JOINT_COUNT)), axis=1)
        score = 0.9 if near else 0.1
        skeleton = Skeleton(points, np.ones(JOINT_COUNT), np.zeros((JOINT_COUNT, 3)), score)
        return Sighting(skeleton, Region(x_px, 240.0, 100.0))


def places(engine: BlazePoseEngine, pictures: int = 1) -> list[float]:
    """Where the people of the last of so many pictures stand."""
    for _ in range(pictures):
        people = engine.find(PICTURE, 0)
    return [float(person.points_px[0, 0]) for person in people]


def engine_in(room: Room, max_people: int = 6) -> BlazePoseEngine:
    return BlazePoseEngine(max_people, detector=room, landmarker=room)


def test_a_followed_person_costs_one_pass_a_picture_and_the_detector_rests() -> None:
    room = Room(100, 300)
    engine = engine_in(room)
    places(engine, 1 + SEARCH_PICTURES)
    room.detections = room.passes = 0
    assert places(engine, REST_PICTURES) == [100, 300]
    assert (room.detections, room.passes) == (0, 2 * REST_PICTURES)


def test_people_keep_their_order_while_they_move() -> None:
    room = Room(100, 300)
    engine = engine_in(room)
    places(engine)
    for _ in range(20):
        room.people_px = [room.people_px[0] + 10, room.people_px[1] - 10]
        where = places(engine)
    assert where == pytest.approx(room.people_px)
    assert len(where) == 2


def test_a_newcomer_is_seen_after_the_rest_at_the_latest() -> None:
    room = Room(100)
    engine = engine_in(room)
    places(engine, 30)
    room.people_px.append(500)
    assert places(engine, REST_PICTURES + 1) == [100, 500]


def test_who_left_is_dropped_and_who_comes_back_is_found_at_once() -> None:
    room = Room(100, 300)
    engine = engine_in(room)
    places(engine, 30)
    room.people_px = [100]
    assert places(engine) == [100]
    room.people_px = [100, 350]
    assert places(engine) == [100, 350]


def test_two_regions_that_meet_on_one_body_become_one() -> None:
    room = Room(100, 180)
    engine = engine_in(room)
    assert places(engine) == [100, 180]
    room.people_px = [140]
    assert places(engine) == [140]


def test_no_more_than_the_most_people_are_followed() -> None:
    room = Room(50, 200, 350, 500)
    engine = engine_in(room, max_people=3)
    assert places(engine, 3) == [50, 200, 350]
    assert room.passes == 9


def test_a_closed_engine_follows_nobody() -> None:
    room = Room(100)
    engine = engine_in(room)
    places(engine)
    engine.close()
    room.people_px = []
    room.passes = 0
    assert places(engine) == []
    assert room.passes == 0
