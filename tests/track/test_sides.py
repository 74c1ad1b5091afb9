"""Left and right: what the engine calls the feet against where they were."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from didim.track._feet import FootSight
from didim.track._sides import Feet, Sides

PICTURE_S = 1.0 / 30.0
LEFT, RIGHT = (1.0, 1.0), (1.6, 1.2)

Place = tuple[float, float]


def _foot(place: Place, score: float = 0.9) -> FootSight:
    return FootSight(np.array(place), 0.0, 0.0, score, np.zeros((2, 2)), 0.005, 0.7)


def _seen(left: Place, right: Place) -> Feet:
    return _foot(left), _foot(right)


def _watched(called: Callable[[int], tuple[Place, Place]], pictures: int) -> list[tuple[Place, bool]]:
    """Where the left foot is taken to be in each picture, and whether it was the right one all along."""
    sides, told = Sides(_seen(*called(0)), 0.0), []
    for index in range(1, pictures):
        (left, _), flips = sides.order(_seen(*called(index)), index * PICTURE_S)
        told.append((tuple(left.place.tolist()), flips))
    return told


@pytest.mark.parametrize("pictures", [1, 6, 15])
def test_feet_far_apart_do_not_change_places_for_a_moment(pictures: int) -> None:
    told = _watched(lambda i: (RIGHT, LEFT) if 5 <= i < 5 + pictures else (LEFT, RIGHT), 40)
    assert all(place == LEFT and not flips for place, flips in told)


def test_who_is_called_so_for_two_seconds_has_been_mistaken_before() -> None:
    told = _watched(lambda i: (RIGHT, LEFT) if i >= 5 else (LEFT, RIGHT), 65)
    assert told[-1][0] == RIGHT
    assert [flips for _, flips in told].count(True) == 1
    assert all(place == LEFT for place, _ in told[:15])


def test_feet_side_by_side_are_what_the_engine_calls_them() -> None:
    near: Place = (LEFT[0] + 0.1, LEFT[1])
    told = _watched(lambda i: (near, LEFT) if i >= 5 else (LEFT, near), 8)
    assert told[-1][0] == near


def test_places_that_fit_neither_foot_leave_it_to_the_engine() -> None:
    """A picture in which both feet were wrong must not turn the order of those after it."""
    wrong = ((1.5, 2.5), (0.7, 2.6))

    def called(index: int) -> tuple[Place, Place]:
        return wrong if index == 5 else (LEFT, RIGHT)

    told = _watched(called, 30)
    assert [place for place, _ in told[8:]] == [LEFT] * len(told[8:])


def test_a_walk_keeps_its_sides() -> None:
    def called(index: int) -> tuple[Place, Place]:
        x_m = 0.05 * index
        left = (x_m + 0.3 * np.sin(0.4 * index), 1.0)
        right = (x_m - 0.3 * np.sin(0.4 * index), 1.15)
        return left, right

    told = _watched(called, 60)
    assert [place for place, _ in told] == [pytest.approx(called(i)[0]) for i in range(1, 60)]


def test_a_hidden_foot_makes_nobody_guess() -> None:
    sides = Sides(_seen(LEFT, RIGHT), 0.0)
    feet = _foot(RIGHT), _foot(LEFT, score=0.1)
    assert sides.order(feet, PICTURE_S) == (feet, False)
