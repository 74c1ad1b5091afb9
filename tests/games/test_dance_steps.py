"""The rules of dance_steps: the moment of a contact is what counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from didim.play import Foot, Player, Point, Rng, Score, Seats, Surface, Tick, checked_settings, discover, load

PACK = discover([Path(__file__).parents[2] / "games"])["dance_steps"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def with_right_foot_at(place: Point) -> Player:
    away = Point(2.0, 0.2)
    return Player(1, away, Foot(away, 1.57, True, 0.9), Foot(place, 1.57, True, 0.9), (), (0.0, 0.0), 1)


def first_points(foot_at: Callable[[Point, float], Point]) -> int:
    """The points of the first step, where the right foot is at `foot_at(pad, seconds after the beat)`."""
    game = load(PACK)(FLOOR, Rng(1), checked_settings(PACK, {"adaptive": False}))
    seats, foot = Seats(), Point(2.0, 0.2)
    for index in range(10 * TICK_HZ):
        t_s = index / TICK_HZ
        if targets := game.targets():
            assert targets[0].due_s is not None
            foot = foot_at(targets[0].place, t_s - targets[0].due_s)
        players = (with_right_foot_at(foot),)
        seats.update(players, t_s)
        scores = [
            c for c in game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats)) if isinstance(c, Score)
        ]
        if scores:
            return scores[0].points
    return 0


@pytest.mark.parametrize(
    ("off_s", "points"), [(-0.30, 3), (-0.20, 6), (-0.02, 10), (0.0, 10), (0.10, 10), (0.2, 6), (0.35, 3)]
)
def test_the_nearer_to_the_beat_the_more(off_s: float, points: int) -> None:
    away = Point(2.0, 0.2)
    assert first_points(lambda pad, after_s: pad if after_s >= off_s else away) == points


def test_who_stands_there_all_along_is_on_it_too() -> None:
    assert first_points(lambda pad, after_s: pad) == 3


def test_elsewhere_earns_nothing() -> None:
    assert first_points(lambda pad, after_s: Point(2.0, 0.2)) == 0
