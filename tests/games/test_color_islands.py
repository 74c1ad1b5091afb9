"""Whom the wave of color_islands spares: who stands on the island that was called, soonest best."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest

from didim.play import (
    Cue,
    Foot,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Say,
    Score,
    Seats,
    Surface,
    Tick,
    checked_settings,
    discover,
    load,
)

PACK = discover([Path(__file__).parents[2] / "games"])["color_islands"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def standing(place: Point, player_id: int = 1) -> Player:
    foot = Foot(place, math.pi / 2, True, 0.9)
    return Player(player_id, place, foot, foot, (), (0.0, 0.0), 0)


def round_of(after_s: float, *, leaves_s: float = math.inf) -> list[Cue]:
    """The cues of one call: on the called island from `after_s` on, off it again from `leaves_s`."""
    game, seats = load(PACK)(FLOOR, Rng(2), checked_settings(PACK, {"dance_s": 2.0})), Seats()
    log: list[Cue] = []
    called_s = math.inf
    for index in range(14 * TICK_HZ):
        t_s = index / TICK_HZ
        targets = game.targets()
        if targets and called_s == math.inf:
            called_s = t_s
        there = bool(targets) and after_s <= t_s - called_s < leaves_s
        players = (standing(targets[0].place if there else Point(2.0, 0.0)),)
        seats.update(players, t_s)
        log += game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))
        if called_s < math.inf and not targets:
            break
    return log


@pytest.mark.parametrize(("after_s", "least", "most"), [(0.0, 9, 10), (2.5, 6, 8), (4.5, 4, 6)])
def test_the_sooner_the_more(after_s: float, least: int, most: int) -> None:
    points = [cue.points for cue in round_of(after_s) if isinstance(cue, Score)]
    assert len(points) == 1
    assert least <= points[0] <= most


def test_who_is_elsewhere_or_leaves_again_has_nothing() -> None:
    assert not [cue for cue in round_of(99.0) if isinstance(cue, Score)]
    assert not [cue for cue in round_of(0.0, leaves_s=0.3) if isinstance(cue, Score)]


@pytest.mark.parametrize("count", range(1, 9))
def test_everybody_has_an_island_of_the_called_sign(count: int) -> None:
    """Up to eight children in a corner of a usual floor: each is sent to a place of their own."""
    settings = checked_settings(PACK, {"dance_s": 2.0})
    game, seats = load(PACK)(FLOOR, Rng(count), settings), Seats()
    crowd = tuple(standing(Point(0.5 + 0.3 * index, 0.5), index + 1) for index in range(count))
    index = 0
    while not game.targets():
        seats.update(crowd, index / TICK_HZ)
        game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, crowd, seats))
        index += 1
    targets = game.targets()
    assert sorted(target.player_id or 0 for target in targets) == [player.id for player in crowd]
    for one, other in combinations(targets, 2):
        assert one.place.distance_m(other.place) >= settings["spacing_m"]
    there = tuple(standing(target.place, target.player_id or 0) for target in targets)
    cues: list[Cue] = []
    for _ in range(2 * TICK_HZ):
        seats.update(there, index / TICK_HZ)
        cues += game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, there, seats))
        index += 1
    assert {cue.player_id for cue in cues if isinstance(cue, Score)} == set(range(1, count + 1))


def test_the_sign_that_is_said_is_written_and_shown() -> None:
    game, seats = load(PACK)(FLOOR, Rng(2), checked_settings(PACK, {"dance_s": 2.0})), Seats()
    said = ""
    for index in range(int(2.7 * TICK_HZ)):
        seats.update((standing(Point(2.0, 0.0)),), index / TICK_HZ)
        tick = Tick(index, index / TICK_HZ, 1 / TICK_HZ, (standing(Point(2.0, 0.0)),), seats)
        said = next((cue.message for cue in game.update(tick) if isinstance(cue, Say)), said)
    canvas = RecordingCanvas()
    game.draw(canvas)
    place = game.targets()[0].place
    assert said in {
        drawn.details["name"] for drawn in canvas.drawn if drawn.places[0] == place and drawn.word == "symbol"
    }
    assert PACK.words["ko"][said] in {d.details["words"] for d in canvas.drawn if d.word == "text"}
