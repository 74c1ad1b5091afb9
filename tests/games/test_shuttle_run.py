"""The beeps of shuttle_run keep the protocol's speeds, and a lap is worth more by the beep."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from didim.play import (
    Course,
    Foot,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Score,
    Seats,
    Surface,
    Tick,
    Try,
    checked_settings,
    discover,
    load,
    robots,
)

PACK = discover([Path(__file__).parents[2] / "games"])["shuttle_run"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def beeps(**changed: float) -> Any:
    protocol = importlib.import_module(load(PACK).__module__.rpartition(".")[0] + ".protocol")
    given = {"share": 1.0, "turn_s": 0.0, "stage_s": 60.0, "first_s": 0.0}
    return protocol.Beeps(20.0, **{**given, **changed})


def test_twenty_metres_take_what_the_protocol_says() -> None:
    run = beeps()
    lengths = {1: run.lap_s}
    for t_s in range(130):
        while run.passed(t_s):
            lengths[run.stage] = run.lap_s
    assert lengths[1] == pytest.approx(20 / (8.5 / 3.6))
    assert lengths[2] == pytest.approx(20 / (9.0 / 3.6))
    assert lengths[3] == pytest.approx(20 / (9.5 / 3.6))


def test_a_share_of_the_speed_takes_longer_and_a_turn_comes_on_top() -> None:
    assert beeps(share=0.5, turn_s=1.0).lap_s == pytest.approx(2 * beeps().lap_s + 1.0)


@pytest.mark.parametrize(
    ("after_beep_s", "points", "hit"), [(-0.5, 2, True), (0.2, 2, True), (0.6, 1, False), (9.0, 1, False)]
)
def test_a_lap_by_the_beep_counts_double_and_is_one_try(after_beep_s: float, points: int, hit: bool) -> None:
    game, seats = load(PACK)(FLOOR, Rng(1), checked_settings(PACK)), Seats()
    place, due_s = Point(2.0, 1.5), None
    scored: list[int] = []
    told: list[bool] = []
    for index in range(20 * TICK_HZ):
        t_s, targets = index / TICK_HZ, game.targets()
        if targets and due_s is None:
            due_s = targets[0].due_s
        if due_s is not None and t_s >= due_s + after_beep_s:
            place = targets[0].place
        foot = Foot(place, 0.0, True, 0.9)
        players = (Player(1, place, foot, foot, (), (0.0, 0.0), 0),)
        seats.update(players, t_s)
        cues = game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))
        scored += [cue.points for cue in cues if isinstance(cue, Score)]
        told += [cue.hit for cue in cues if isinstance(cue, Try)]
        if scored:
            break
    assert scored == [points]
    assert told == [hit]


def test_the_pace_ends_with_the_protocol() -> None:
    run = beeps(stage_s=8.0)
    for t_s in range(600):
        while run.passed(t_s):
            pass
    assert run.lap_s == pytest.approx(20 / (18.5 / 3.6))


def test_the_results_tell_the_laps() -> None:
    game = Course(PACK, FLOOR, Rng(1), checked_settings(PACK, {"round_s": 20.0, "lobby": False}))
    person = robots(FLOOR, ["good"], seed=2)[0]
    laps, index, canvas = 0, 0, RecordingCanvas()
    while game.phase != "results" or game.lasts_s is None or index / TICK_HZ < game.since_s + 2:
        player = person.step(game.targets(), index / TICK_HZ, 1 / TICK_HZ)
        cues = game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, (player,)))
        laps += sum(isinstance(cue, Score) for cue in cues)
        index += 1
    game.draw(canvas)
    said = [drawn.details["words"] for drawn in canvas.drawn if drawn.word == "text"]
    assert laps > 3
    assert any(words.startswith(f"{laps}번") for words in said), said
    assert any(words.startswith(f"{laps} laps") for words in said), said


def test_who_cannot_run_yet_has_a_place_of_their_own() -> None:
    floor = Surface("floor", 4.0, 2.25)
    game, seats = load(PACK)(floor, Rng(1), checked_settings(PACK)), Seats()
    crowd, had_a_lane = robots(floor, ["good"] * 6, seed=2), set[int | None]()
    for index in range(25 * TICK_HZ):
        t_s, targets = index / TICK_HZ, game.targets()
        players = tuple(robot.step(targets, t_s, 1 / TICK_HZ) for robot in crowd)
        seats.update(players, t_s)
        game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))
        waiting = {target.player_id: target.place for target in game.targets() if target.due_s is None}
        running = {target.player_id: target.place for target in game.targets() if target.due_s is not None}
        had_a_lane |= set(running)
        assert len(waiting) == 3
        assert len(set(waiting.values())) == 3
        assert not set(waiting) & set(running)
        for place in waiting.values():
            assert all(place.distance_m(end) >= 0.75 - 1e-9 for end in running.values())
    assert had_a_lane == {1, 2, 3, 4, 5, 6}, "everybody has a turn"
