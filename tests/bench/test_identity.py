"""IDF1 and switches on cases that can be counted by hand."""

from __future__ import annotations

import pytest

from didim.bench.identity import IdentityCount
from didim.geometry import Point

HERE, THERE, FAR = Point(1.0, 1.0), Point(3.0, 1.0), Point(9.0, 9.0)


def test_right_all_the_time() -> None:
    count = IdentityCount()
    for _ in range(10):
        count.add({1: HERE, 2: THERE}, {7: HERE.moved(0.1, 0.0), 9: THERE})
    score = count.score()
    assert (score.idf1, score.switches, score.found, score.false_players) == (1.0, 0, 1.0, 0.0)


def test_two_who_swap_halfway_switch_twice_and_half_is_right() -> None:
    count = IdentityCount()
    for index in range(10):
        swapped = index >= 5
        count.add({1: HERE, 2: THERE}, {7: THERE if swapped else HERE, 9: HERE if swapped else THERE})
    score = count.score()
    assert score.idf1 == pytest.approx(0.5)
    assert score.switches == 2


def test_a_new_id_after_a_gap_is_a_switch_and_a_return_of_the_old_one_none() -> None:
    back, new = IdentityCount(), IdentityCount()
    for index in range(10):
        gone = 4 <= index < 6
        back.add({1: HERE}, {} if gone else {7: HERE})
        new.add({1: HERE}, {} if gone else {7 if index < 4 else 8: HERE})
    assert (back.score().switches, new.score().switches) == (0, 1)
    assert back.score().idf1 == pytest.approx(2 * 8 / (10 + 8))
    assert new.score().idf1 == pytest.approx(2 * 4 / (10 + 8))
    assert back.score().found == pytest.approx(0.8)


def test_a_player_who_is_nobody_costs_idf1_and_is_counted() -> None:
    count = IdentityCount()
    for _ in range(4):
        count.add({1: HERE}, {7: HERE, 8: FAR})
    score = count.score()
    assert score.false_players == 1.0
    assert score.idf1 == pytest.approx(2 * 4 / (4 + 8))


def test_a_lasting_pair_is_kept_though_another_player_comes_nearer() -> None:
    count = IdentityCount()
    count.add({1: HERE}, {7: HERE.moved(0.2, 0.0)})
    count.add({1: HERE}, {7: HERE.moved(0.2, 0.0), 8: HERE})
    assert count.score().switches == 0


def test_who_is_too_far_off_is_not_found() -> None:
    count = IdentityCount(same_person_m=0.3)
    count.add({1: HERE}, {7: HERE.moved(0.31, 0.0)})
    assert count.score().found == 0.0
    assert count.score().idf1 == 0.0


def test_of_nobody_nothing_is_wrong() -> None:
    count = IdentityCount()
    count.add({}, {})
    assert count.score().idf1 == 1.0
    assert count.score().found == 1.0
