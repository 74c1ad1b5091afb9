"""Sharing out places."""

from __future__ import annotations

from didim.play import Turns


def test_free_places_go_to_who_came_first() -> None:
    turns = Turns(2)
    turns.update([5, 3, 9])
    assert (turns.at(0), turns.at(1), turns.waiting) == (5, 3, (9,))


def test_who_has_waited_longest_is_next() -> None:
    turns = Turns(1)
    turns.update([1, 2, 3])
    turns.end(1)
    assert (turns.at(0), turns.waiting) == (2, (3, 1))
    turns.end(2)
    assert (turns.at(0), turns.waiting) == (3, (1, 2))


def test_nobody_waits_and_the_turn_goes_on() -> None:
    turns = Turns(1)
    turns.update([1])
    turns.end(1)
    assert turns.at(0) == 1


def test_who_leaves_frees_a_place() -> None:
    turns = Turns(1)
    turns.update([1, 2])
    turns.update([2])
    assert (turns.place_of(2), turns.place_of(1), turns.waiting) == (0, None, ())
    turns.update([])
    assert turns.at(0) is None
