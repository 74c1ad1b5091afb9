"""Where a picture has changed: who comes is noticed, who is followed explains what moves."""

import numpy as np
import pytest

from didim.pose._change import Change
from didim.pose._region import Region

SOMEBODY = Region(320.0, 240.0, 300.0)
ELSEWHERE = Region(1000.0, 400.0, 300.0)
PICTURE_NS = 33_333_333


def room(at_px: float | None = None) -> np.ndarray:
    bgr = np.full((720, 1280, 3), 90, np.uint8)
    if at_px is not None:
        bgr[160:320, round(at_px) - 30 : round(at_px) + 30] = 200
    return bgr


def seen(*pictures: np.ndarray, followed: tuple[Region, ...] = ()) -> Change:
    change = Change()
    for number, bgr in enumerate(pictures):
        change.see(bgr, number * PICTURE_NS, followed)
    return change


def test_who_comes_in_is_noticed_where_they_are() -> None:
    change = seen(room(), room(320.0))
    assert change.share(SOMEBODY) == pytest.approx(60 * 160 / 300**2, rel=0.3)
    assert change.share(ELSEWHERE) == 0.0
    assert change.middle(Region(400.0, 300.0, 400.0)) == pytest.approx((320.0, 240.0), abs=12.0)


def test_who_is_followed_explains_what_moves_there() -> None:
    assert seen(room(), room(320.0), followed=(SOMEBODY,)).share(SOMEBODY) == 0.0


def test_light_that_changes_everywhere_is_nobody() -> None:
    assert seen(room(320.0), room(320.0) // 2 * 2 + 20).share(SOMEBODY) == 0.0


def test_what_stays_is_forgotten() -> None:
    assert seen(room(), *[room(320.0)] * 90).share(SOMEBODY) == 0.0


def test_what_was_looked_at_is_trusted_less_for_a_while() -> None:
    change = seen(room(), room(320.0))
    before = change.share(SOMEBODY)
    change.looked_at(SOMEBODY)
    assert change.share(SOMEBODY) == pytest.approx(before / 2, rel=0.01)
