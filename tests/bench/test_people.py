"""The arithmetic of the benchmark of people, and that its halls show what they claim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from didim.bench._close import Close
from didim.bench._footage import SIZE_PX, Actor, Row
from didim.bench._found import LIMBS, Shown, Tally
from didim.bench._halls import HEIGHTS_PX, SETTLED, people_films
from didim.people import JOINT_COUNT, Joint
from didim.pose import Skeleton


def body(away_px: float, joints_away: int = JOINT_COUNT) -> Skeleton:
    """Somebody 100 px tall; the last joints are that far aside."""
    points = np.stack((np.zeros(JOINT_COUNT), np.linspace(0, 100, JOINT_COUNT)), axis=1)
    points[JOINT_COUNT - joints_away :, 0] = away_px
    return Skeleton(points, np.ones(JOINT_COUNT), np.zeros((JOINT_COUNT, 3)), 0.9)


def shown(away_px: float = 0.0, *, hidden: int = 0) -> Shown:
    in_sight = np.ones(JOINT_COUNT, np.bool_)
    in_sight[LIMBS[:hidden]] = False
    return Shown(np.array(body(away_px).points_px), in_sight)


def test_who_is_found_has_most_limbs_within_a_tenth_of_their_height() -> None:
    tally = Tally()
    legs = JOINT_COUNT - Joint.LEFT_KNEE
    assert tally.add([shown()], [body(300.0), body(9.0)]) == [True]
    assert tally.add([shown()], [body(11.0)]) == [False]
    assert tally.add([shown()], []) == [False]
    assert tally.add([shown()], [body(50.0, joints_away=legs)]) == [True]  # 8 of 12 limbs' joints
    assert tally.add([shown()], [body(50.0, joints_away=legs + 1)]) == [False]
    assert tally.share == pytest.approx(0.4)
    assert tally.strangers == 3


def test_one_body_stands_for_one_person() -> None:
    tally = Tally()
    assert sum(tally.add([shown(), shown(4.0)], [body(2.0)])) == 1
    assert tally.share == 0.5


def test_who_is_mostly_hidden_is_not_looked_for_but_no_stranger() -> None:
    tally = Tally()
    tally.add([shown(hidden=4)], [body(0.0)])
    assert (tally.there, tally.strangers) == (0, 0)


@pytest.mark.parametrize("height_px", HEIGHTS_PX)
def test_people_of_a_hall_are_about_as_tall_as_asked(height_px: int) -> None:
    films = [replace(film, pictures=SETTLED + 1) for film in people_films()[height_px]]
    people = [person for film in films for truth in list(film.truth())[-1:] for person in film.shown(truth)]
    assert np.median([person.height_px for person in people]) == pytest.approx(height_px, rel=0.15)
    assert np.mean([person.counts for person in people]) > 0.6


def test_filmed_people_stand_side_by_side_with_their_joints() -> None:
    square = np.zeros((800, 800, 3), np.uint8)
    square[398:402, 398:402] = 255
    person = Actor([square] * 2, [np.full((JOINT_COUNT, 2), 399.5)] * 2, height_px=400.0)
    ((picture, people),) = Row.of([person], 240.0).film(1)
    assert picture.shape == (SIZE_PX[1], SIZE_PX[0], 3)
    assert len(people) == 2  # 480 px each
    for one in people:
        x, y = one.points_px[0]
        assert picture[round(y), round(x), 0] > 200


def test_people_seen_close_fill_their_squares_wherever_they_walk() -> None:
    square = np.zeros((800, 800, 3), np.uint8)
    square[197:203, 497:503] = 255
    points = np.full((JOINT_COUNT, 2), (500.0, 200.0))
    points[Joint.NOSE], points[Joint.LEFT_HEEL] = (500.0, 0.0), (500.0, 400.0)
    close = Close([Actor([square] * 2, [points] * 2, height_px=400.0)], 3)
    ((picture, people),) = close.film(1)
    assert picture.shape[1::-1] == close.size_px == (720, 720)
    assert [person.height_px for person in people] == pytest.approx([288.0] * 3)
    for person, middle in zip(people, ((179.5, 179.5), (539.5, 179.5), (179.5, 539.5)), strict=True):
        assert person.points_px[Joint.LEFT_HIP] == pytest.approx(middle)
        assert picture[round(middle[1]), round(middle[0]), 0] > 200
