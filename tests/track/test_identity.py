"""Who a sight is: walk, size and clothes weighed against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import PinholeCamera
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._appearance import STEADY_AFTER
from didim.track._identity import Identity
from didim.track._sight import Sight, mark_crowded
from tests.track.conftest import joints_m

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

RED, BLUE = (40, 40, 200), (200, 60, 40)
PICTURE_S = 1.0 / 30.0

Place = tuple[float, float]


def _sight(
    camera: PinholeCamera, make_body: MakeBody, place: Place, shirt: tuple[int, int, int] = RED
) -> Sight:
    x, y = place
    body = make_body(camera, (x, y + 0.1), (x, y - 0.1))
    bgr = np.full((720, 1280, 3), 120, np.uint8)
    bgr[: int(body.points_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], 1].mean())] = shirt
    return Sight(camera, body, bgr)


def _known(
    camera: PinholeCamera, make_body: MakeBody, place: Place, shirt: tuple[int, int, int], number: int
) -> Identity:
    sight = _sight(camera, make_body, place, shirt)
    identity = Identity(sight, 0.0, number)
    for index in range(1, STEADY_AFTER + 2):
        identity.add(sight, index * PICTURE_S)
    return identity


def test_who_stands_in_front_is_seen_as_they_are(camera: PinholeCamera, make_body: MakeBody) -> None:
    """The camera looks along +y from beyond y = 0."""
    front, behind = (_sight(camera, make_body, (2.0, y)) for y in (1.0, 2.0))
    mark_crowded([behind, front])
    assert (front.crowded, behind.crowded) == (False, True)


def test_two_who_are_near_each_other_may_both_be_mixed_up(camera: PinholeCamera, make_body: MakeBody) -> None:
    one, other = (_sight(camera, make_body, (x, 1.5)) for x in (1.8, 2.3))
    mark_crowded([one, other])
    assert one.crowded
    assert other.crowded


def test_who_stands_apart_is_not_crowded(camera: PinholeCamera, make_body: MakeBody) -> None:
    one, other = (_sight(camera, make_body, (x, 1.5)) for x in (0.8, 3.0))
    mark_crowded([one, other])
    assert not one.crowded
    assert not other.crowded


@pytest.mark.parametrize("gap_s", [0.2, 0.35])
def test_clothes_bring_back_who_was_drawn_aside_in_a_crowd(
    camera: PinholeCamera, make_body: MakeBody, gap_s: float
) -> None:
    """Red was last seen wrongly in blue's place, a stride away, and blue since then in red's."""
    red = _known(camera, make_body, (2.6, 1.5), RED, 1)
    blue = _known(camera, make_body, (2.0, 1.5), BLUE, 2)
    now_s = red.trail.seen_s + gap_s
    sight = _sight(camera, make_body, (2.0, 1.5), RED)
    assert red.cost(sight, now_s) < blue.cost(sight, now_s)


def test_nobody_is_where_they_cannot_have_gone(camera: PinholeCamera, make_body: MakeBody) -> None:
    red = _known(camera, make_body, (0.8, 1.5), RED, 1)
    sight = _sight(camera, make_body, (3.2, 1.5), RED)
    assert red.cost(sight, red.trail.seen_s + 0.1) == float("inf")


def test_an_adult_is_not_taken_for_a_child_in_the_same_clothes(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    """Both wear red; a child is seen where the adult was, a stride from where it was itself."""
    adult = _known(camera, make_body, (2.0, 1.5), RED, 1)
    small = _sight(camera, make_body, (2.6, 1.5), RED)
    small.size = 0.62 * _sight(camera, make_body, (2.0, 1.5), RED).size
    child = Identity(small, 0.0, 2)
    for index in range(1, STEADY_AFTER + 2):
        child.add(small, index * PICTURE_S)
    now_s = child.trail.seen_s + 0.2
    seen = _sight(camera, make_body, (2.0, 1.5), RED)
    seen.size = small.size
    assert child.cost(seen, now_s) < adult.cost(seen, now_s)


def _in_air(camera: PinholeCamera, place: Place, up_m: float) -> Sight:
    """A body as `make_body` makes it, all of it so high above the floor."""
    x, y = place
    joints = joints_m((x, y + 0.1), (x, y - 0.1)) + np.array([0.0, 0.0, up_m])
    hips = joints[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0)
    points_m = (joints - hips) @ camera.surface_from_camera.rotation
    return Sight(camera, Skeleton(camera.project(joints), np.full(len(Joint), 0.9), points_m, 1.0))


def test_who_jumps_stays_on_their_place(camera: PinholeCamera, make_body: MakeBody) -> None:
    """In the air a body seems to stand farther away, by more than it can go, and to be larger."""
    place, left_s, flight_s = (2.0, 2.0), 1.0, 0.5
    jumper = Identity(_in_air(camera, place, 0.0), 0.0, 1)
    seems_m, strays_m = 0.0, 0.0
    for index in range(1, 60):
        t_s = index * PICTURE_S
        up_m = max(0.0, 0.5 * 9.81 * (t_s - left_s) * (left_s + flight_s - t_s))
        sight = _in_air(camera, place, up_m)
        assert np.isfinite(jumper.cost(sight, t_s))
        jumper.add(sight, t_s)
        seems_m = max(seems_m, float(np.hypot(*(sight.middle - place))))
        strays_m = max(strays_m, float(np.hypot(*(jumper.trail.place - place))))
    assert seems_m > 0.35
    assert strays_m < 0.6 * seems_m


def test_who_walks_away_from_the_camera_is_not_taken_to_jump(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    walker = _known(camera, make_body, (2.0, 0.5), RED, 1)
    start_s = walker.trail.seen_s
    for index in range(1, 40):
        place = (2.0, 0.5 + 0.05 * index)
        walker.add(_sight(camera, make_body, place), start_s + index * PICTURE_S)
        assert walker.trail.place == pytest.approx(place, abs=0.12)
