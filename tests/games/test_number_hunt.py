"""The rules of number_hunt: what is asked, and what a slip costs."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from didim.play import Foot, Player, Point, Rng, Score, Seats, Surface, Tick, checked_settings, discover, load

PACK = discover([Path(__file__).parents[2] / "games"])["number_hunt"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def sums() -> Any:
    return importlib.import_module(load(PACK).__module__.rpartition(".")[0] + ".sums")


def standing(place: Point) -> Player:
    foot = Foot(place, 1.57, True, 0.9)
    return Player(1, place, foot, foot, (), (0.0, 0.0), 0)


class Floor:
    def __init__(self) -> None:
        self.game = load(PACK)(FLOOR, Rng(3), checked_settings(PACK, {"adaptive": False}))
        self._seats = Seats()
        self._ticks = 0

    def stand(self, place: Point, seconds: float) -> int:
        """The points that come meanwhile."""
        points = 0
        for _ in range(round(seconds * TICK_HZ)):
            t_s, players = self._ticks / TICK_HZ, (standing(place),)
            self._seats.update(players, t_s)
            cues = self.game.update(Tick(self._ticks, t_s, 1 / TICK_HZ, players, self._seats))
            points += sum(cue.points for cue in cues if isinstance(cue, Score))
            self._ticks += 1
        return points

    def number(self, kind: str) -> Point:
        return next(target.place for target in self.game.targets() if target.kind == kind)


@pytest.mark.parametrize("kind", ["count", "words", "plus", "minus", "times", "gap"])
def test_every_answer_is_right_and_no_lure_is(kind: str) -> None:
    reckon = {
        "plus": lambda a, b: a + b,
        "minus": lambda a, b: a - b,
        "times": lambda a, b: a * b,
        "gap": lambda a, b: b - a,
    }
    for seed in range(60):
        task = sums().asked(kind, seed / 59, Rng(seed))
        assert task.answer > 0
        if kind in reckon:
            assert task.answer == reckon[kind](**task.numbers)
        if kind == "words":
            assert task.key == f"word_{task.answer}"
        lures = sums().lures(task, 4, Rng(seed))
        assert len(set(lures)) == 4
        assert task.answer not in lures
        assert min(lures) > 0


def test_the_answer_at_once_earns_most() -> None:
    floor = Floor()
    floor.stand(Point(2.0, 1.5), 0.2)
    assert floor.stand(floor.number("reach"), 0.6) == 10


def test_a_wrong_number_goes_out_and_costs() -> None:
    floor = Floor()
    floor.stand(Point(2.0, 1.5), 0.2)
    wrong, right = floor.number("avoid"), floor.number("reach")
    assert floor.stand(wrong, 0.6) == 0
    assert wrong not in [target.place for target in floor.game.targets()]
    assert floor.stand(right, 0.6) == 6


def test_who_crosses_a_number_has_not_said_it() -> None:
    floor = Floor()
    floor.stand(Point(2.0, 1.5), 0.2)
    assert floor.stand(floor.number("reach"), 0.3) == 0
