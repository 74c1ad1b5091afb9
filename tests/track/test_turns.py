"""Which landings count as steps."""

from __future__ import annotations

import numpy as np
import pytest

from didim.track._contact import Touch
from didim.track._turns import PICTURE_S, Turns

LEFT, RIGHT = 0, 1


def _touch(t_s: float, x_m: float = 0.0, *, down: bool = True) -> Touch:
    return Touch(down, t_s, np.array([x_m, 1.0]), 0.0, 0.9)


def test_legs_that_take_turns_step() -> None:
    turns = Turns()
    assert [turns.lands(i % 2, _touch(0.4 * i), PICTURE_S) for i in range(4)] == [True] * 4


def test_two_feet_that_land_together_both_step() -> None:
    turns = Turns()
    assert turns.lands(LEFT, _touch(1.0), PICTURE_S)
    assert turns.lands(RIGHT, _touch(1.03), PICTURE_S)


@pytest.mark.parametrize(("x_m", "counts"), [(0.1, False), (0.6, True)])
def test_a_foot_out_of_turn_has_stepped_only_where_it_went_far(x_m: float, counts: bool) -> None:
    turns = Turns()
    turns.lands(RIGHT, _touch(0.0), PICTURE_S)
    turns.lands(LEFT, _touch(1.0), PICTURE_S)
    assert turns.lands(RIGHT, _touch(1.12, x_m), PICTURE_S) is counts


@pytest.mark.parametrize(
    ("away_s", "x_m", "counts"), [(0.18, 0.02, False), (0.18, 0.2, True), (0.4, 0.02, True)]
)
def test_a_foot_back_at_once_where_it_left_has_not_been_away(away_s: float, x_m: float, counts: bool) -> None:
    turns = Turns()
    turns.lands(LEFT, _touch(0.5), PICTURE_S)
    turns.leaves(LEFT, _touch(1.0, down=False))
    assert turns.lands(LEFT, _touch(1.0 + away_s, x_m), PICTURE_S) is counts


def test_the_first_landing_of_who_was_first_seen_in_a_step_counts() -> None:
    turns = Turns()
    turns.leaves(LEFT, _touch(0.1, down=False))
    assert turns.lands(LEFT, _touch(0.2), PICTURE_S)


def test_the_landing_of_a_flight_is_told_once() -> None:
    turns = Turns()
    turns.lands(LEFT, _touch(0.5), PICTURE_S)
    turns.leaves(LEFT, _touch(1.0, down=False))
    assert not turns.lands(LEFT, _touch(1.2), PICTURE_S)
    assert turns.flew(LEFT, _touch(1.22), 1.0)
    assert not turns.flew(LEFT, _touch(1.22), 1.0)


def test_feet_told_apart_anew_take_their_steps_along() -> None:
    turns = Turns()
    turns.lands(LEFT, _touch(1.0), PICTURE_S)
    turns.flip()
    assert not turns.lands(RIGHT, _touch(1.2), PICTURE_S)
