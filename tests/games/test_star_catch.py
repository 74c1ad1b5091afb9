"""What is together about star_catch: the great star waits for all, and the nest belongs to all."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from didim.play import (
    Cue,
    Foot,
    Player,
    Point,
    Rng,
    Score,
    Seats,
    Surface,
    Target,
    Tick,
    checked_settings,
    discover,
    load,
)

PACK = discover([Path(__file__).parents[2] / "games"])["star_catch"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60
AWAY = (Point(0.3, 0.3), Point(3.7, 2.7))


def standing(player_id: int, place: Point) -> Player:
    foot = Foot(place, math.pi / 2, True, 0.9)
    return Player(player_id, place, foot, foot, (), (0.0, 0.0), 0)


def scores(seconds: float, goes: Callable[[int, list[Target]], Point | None]) -> list[Score]:
    """The points of two players who stand where `goes` says, else away in their corners."""
    game, seats = load(PACK)(FLOOR, Rng(4), checked_settings(PACK, {"great_every_s": 8.0})), Seats()
    cues: list[Cue] = []
    for index in range(round(seconds * TICK_HZ)):
        targets = list(game.targets())
        players = tuple(standing(who, goes(who, targets) or AWAY[who - 1]) for who in (1, 2))
        seats.update(players, index / TICK_HZ)
        cues += game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, players, seats))
    return [cue for cue in cues if isinstance(cue, Score)]


def great(targets: list[Target]) -> Point | None:
    return next((target.place for target in targets if target.player_id is None), None)


def test_the_great_star_is_caught_at_once_when_all_are_there_and_scores_for_each() -> None:
    caught = scores(8.5, lambda who, targets: great(targets))
    assert [score.player_id for score in caught] == [1, 2]
    assert caught[0].points == caught[1].points


def test_one_alone_has_to_wait_until_the_great_star_is_down() -> None:
    def alone(who: int, targets: list[Target]) -> Point | None:
        return great(targets) if who == 1 else None

    assert scores(11.0, alone) == []
    assert [score.player_id for score in scores(14.0, alone)] == [1]


def test_anybody_may_catch_anybody_s_star() -> None:
    def the_other_s(who: int, targets: list[Target]) -> Point | None:
        return next((t.place for t in targets if who == 1 and t.player_id == 2), None)

    assert {score.player_id for score in scores(4.0, the_other_s)} == {1}


def test_a_full_nest_scores_for_everybody() -> None:
    def first_alone(who: int, targets: list[Target]) -> Point | None:
        return next((t.place for t in targets if who == 1 and t.player_id == 1), None)

    assert [score for score in scores(30.0, first_alone) if score.player_id == 2], "the second did nothing"
