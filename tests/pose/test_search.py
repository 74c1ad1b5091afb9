"""Where it is looked for people, and when it rests."""

import numpy as np
import pytest

from didim.pose import Region
from didim.pose._search import LOST_LOOKS, REST_PICTURES, SEARCH_PICTURES, Look, Search

WHOLE = Region(320, 240, 640)
TILES = [Region(x_px, 240.0, 160.0) for x_px in (80.0, 240.0, 400.0, 560.0)]


def someone(x_px: float) -> Region:
    return Region(x_px, 240.0, 60.0)


def looks(search: Search, counts: list[int], lost: tuple[Region, ...] = ()) -> list[Look | None]:
    """The looks at the pictures after which so many people, far from every tile, were followed."""
    taken, before = [], 0
    for count in counts:
        taken.append(search.next(WHOLE, [someone(5000.0)] * before))
        search.picture_done(count, lost)
        before, lost = count, ()
    return taken


def test_without_tiles_the_detector_looks_at_the_whole_picture_while_nobody_is_there() -> None:
    assert looks(Search(6, []), [0] * 40) == [Look(WHOLE, direct=False)] * 40


def test_it_looks_on_for_the_rest_of_a_group_then_rests_and_looks_now_and_then() -> None:
    search = Search(6, [])
    looks(search, [0] * 20 + [1])
    looked = [look is not None for look in looks(search, [1] * (SEARCH_PICTURES + 3 * (REST_PICTURES + 1)))]
    assert all(looked[:SEARCH_PICTURES])
    assert looked[SEARCH_PICTURES:] == ([False] * REST_PICTURES + [True]) * 3


def test_it_never_works_while_the_most_people_are_followed() -> None:
    search = Search(2, TILES)
    looks(search, [2])
    assert looks(search, [2] * 100)[1:] == [None] * 99


def test_detector_and_landmark_net_take_turns_on_every_tile() -> None:
    round_of_looks = looks(Search(6, TILES), [0] * (2 * len(TILES)))
    detector, direct = round_of_looks[: len(TILES)], round_of_looks[len(TILES) :]
    assert detector == [Look(tile, direct=False) for tile in TILES]
    assert all(look is not None and look.direct for look in direct)


def test_the_landmark_nets_looks_come_close_to_every_place_where_a_body_fits() -> None:
    """A body of half the tile's side lies whole in it with its middle within a quarter of the side."""
    direct = [look.region for look in looks(Search(6, TILES[:1]), [0] * 8) if look and look.direct]
    tile = TILES[0]
    for x in (-0.25, 0.0, 0.25):
        for y in (-0.25, 0.0, 0.25):
            miss_px = min(
                abs(complex(tile.x_px + x * 160 - look.x_px, tile.y_px + y * 160 - look.y_px))
                for look in direct
            )
            assert miss_px <= 0.4 * tile.side_px / 2  # of the body, which the net was measured to stand


def test_tiles_where_nobody_is_followed_come_sooner() -> None:
    search = Search(6, TILES)
    looked: list[float] = []
    for _ in range(600):
        look = search.next(WHOLE, [someone(80.0)])
        search.picture_done(1, ())
        if look and not look.direct:
            looked.append(look.region.x_px)
    known, unknown = looked.count(80.0), looked.count(400.0)
    assert 0 < known < 0.8 * unknown


def test_a_settled_search_rests_two_pictures_of_three_at_least() -> None:
    search = Search(6, TILES)
    settled = looks(search, [1] * 300)[100:]
    assert sum(look is not None for look in settled) <= len(settled) / 3


def test_who_was_lost_is_looked_for_first_and_not_for_ever() -> None:
    search = Search(6, TILES)
    looks(search, [2] * 60)
    after = [look for look in looks(search, [1] * (2 + LOST_LOOKS), lost=(someone(300.0),)) if look]
    around = [look for look in after if look.region.x_px == pytest.approx(300.0)]
    assert len(around) == LOST_LOOKS
    assert {look.direct for look in around} == {True, False}


def test_it_looks_no_more_often_than_it_may() -> None:
    search, picture = Search(6, TILES, looks_hz=6.0), np.zeros((480, 640, 3), np.uint8)
    taken = []
    for number in range(50):  # five seconds, ten pictures a second
        search.see(picture, number * 100_000_000, [])
        taken.append(search.next(WHOLE, []))
        search.picture_done(0, [])
    assert 28 <= sum(look is not None for look in taken) <= 32
