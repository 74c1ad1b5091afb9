"""The engine's loop, with nets that see what the test tells them."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.people import JOINT_COUNT
from didim.pose import JoinedEngine, Region, Sighting, Skeleton, Tile
from didim.pose._following import MAX_WAIT_PICTURES
from didim.pose._search import LOST_LOOKS, REST_PICTURES, SEARCH_PICTURES

PICTURE = np.zeros((480, 640, 3), np.uint8)
CAPTURED_NS = itertools.count(0, 100_000_000)


class Room:
    """People by where they stand; serves as detector and as landmark net, and counts its work.

    The landmark net sees who stands within half a region's side, and gives a ghost elsewhere. The detector
    is blind to those `turned_away`.
    """

    whole = False

    def __init__(self, *people_px: float, turned_away: tuple[float, ...] = ()) -> None:
        self.people_px = list(people_px)
        self.turned_away = turned_away
        self.detections = 0
        self.passes = 0
        self.looked_at_px: list[float] = []

    def find(self, bgr: NDArray[np.uint8], within: Region) -> list[Region]:
        self.detections += 1
        return [
            Region(x_px, 240.0, 100.0)
            for x_px in self.people_px
            if x_px not in self.turned_away and abs(x_px - within.x_px) < within.side_px / 2
        ]

    def look(self, bgr: NDArray[np.uint8], region: Region) -> Sighting:
        self.passes += 1
        self.looked_at_px.append(region.x_px)
        near = [x_px for x_px in self.people_px if abs(x_px - region.x_px) < region.side_px / 2]
        x_px = min(near, key=lambda x_px: abs(x_px - region.x_px), default=region.x_px)
        points = np.stack((np.full(JOINT_COUNT, x_px), np.linspace(200, 280, JOINT_COUNT)), axis=1)
        score = 0.9 if near else 0.1
        skeleton = Skeleton(points, np.ones(JOINT_COUNT), np.zeros((JOINT_COUNT, 3)), score)
        return Sighting(skeleton, Region(x_px, 240.0, 100.0))


def places(engine: JoinedEngine, pictures: int = 1) -> list[float]:
    """Where the people of the last of so many pictures stand."""
    for _ in range(pictures):
        people = engine.find(PICTURE, next(CAPTURED_NS))
    return [float(person.points_px[0, 0]) for person in people]


def engine_in(
    room: Room, max_people: int = 6, tiles: tuple[Tile, ...] = (), max_passes: int = 3
) -> JoinedEngine:
    return JoinedEngine(room, room, max_people=max_people, tiles=tiles, max_passes=max_passes)


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


TILES = tuple(Tile(x_px, 240.0, 200.0) for x_px in (100.0, 250.0, 400.0, 550.0))


def test_every_tile_is_looked_at_one_a_picture() -> None:
    room = Room(100, 250, 550)
    engine = engine_in(room, tiles=TILES)
    assert places(engine) == [100]
    assert room.detections == 1
    assert sorted(places(engine, 2 * len(TILES))) == [100, 250, 550]


def test_who_turns_away_from_the_camera_is_found_by_the_landmark_net() -> None:
    room = Room(400, turned_away=(400,))
    assert places(engine_in(room), 20) == []
    assert places(engine_in(room, tiles=TILES), 2 * len(TILES)) == [400]


def test_who_is_lost_is_looked_for_around_where_they_were() -> None:
    room = Room(100, 300)
    engine = engine_in(room, tiles=TILES)
    places(engine, 60)
    room.people_px = [100]
    assert places(engine) == [100]
    room.looked_at_px.clear()
    places(engine, LOST_LOOKS + 1)
    assert room.looked_at_px.count(300) == LOST_LOOKS // 2
    room.people_px = [100, 310]
    assert places(engine, 30) == [100, 310]


CROWD_PX = (60.0, 160.0, 260.0, 360.0, 460.0, 560.0)


def followed_crowd(room: Room) -> JoinedEngine:
    engine = engine_in(room, max_people=len(CROWD_PX))
    assert sorted(places(engine, 12)) == list(CROWD_PX)
    return engine


def test_more_people_cost_no_more_passes_and_nobody_waits_long() -> None:
    room = Room(*CROWD_PX)
    engine = followed_crowd(room)
    pictures = []
    for _ in range(24):
        room.looked_at_px.clear()
        places(engine)
        pictures.append(list(room.looked_at_px))
    assert {len(looked) for looked in pictures} == {3}
    for x_px in CROWD_PX:
        turns = [index for index, looked in enumerate(pictures) if x_px in looked]
        assert max(np.diff([-1, *turns, len(pictures)])) <= MAX_WAIT_PICTURES + 1


@pytest.mark.parametrize(("rate_hz", "passes"), [(10.0, 3), (15.0, 3), (20.0, 3), (30.0, 2), (60.0, 1)])
def test_pictures_that_come_quickly_share_the_passes(rate_hz: float, passes: int) -> None:
    room = Room(*CROWD_PX[:4])
    engine = engine_in(room, max_people=4)
    assert sorted(places(engine, 12)) == list(CROWD_PX[:4])
    room.passes = 0
    began_ns = next(CAPTURED_NS)
    for number in range(25):
        engine.find(PICTURE, began_ns + round(number * 1e9 / rate_hz))
    assert room.passes == 3 + 24 * passes


def test_between_passes_people_go_on_with_a_lower_score() -> None:
    room = Room(*CROWD_PX)
    engine = followed_crowd(room)
    for picture in range(1, 30):
        room.people_px = [x_px + 2.0 * picture for x_px in CROWD_PX]
        people = engine.find(PICTURE, next(CAPTURED_NS))
    found = sorted(float(person.points_px[0, 0]) for person in people)
    assert found == pytest.approx(room.people_px, abs=0.5)
    assert sorted({person.score < 0.9 for person in people}) == [False, True]


def test_a_closed_engine_follows_nobody() -> None:
    room = Room(100)
    engine = engine_in(room)
    places(engine)
    engine.close()
    room.people_px = []
    room.passes = 0
    assert places(engine) == []
    assert room.passes == 0
