"""The fixed tick, catching up, scores, the end, and crashes."""

from __future__ import annotations

import math

import pytest

from didim.play import (
    Canvas,
    Cue,
    Event,
    Finish,
    Foot,
    GameError,
    Messages,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Score,
    Settings,
    Surface,
    Target,
    Tick,
    Words,
)

FLOOR = Surface("floor", 4.0, 3.0)


class Diary:
    """A game that writes down its ticks and gives everyone a point a tick, for half a second."""

    def __init__(
        self, surface: Surface = FLOOR, rng: Rng | None = None, settings: Settings | None = None
    ) -> None:
        self.ticks: list[Tick] = []

    def update(self, tick: Tick) -> list[Cue]:
        self.ticks.append(tick)
        if tick.t_s > 0.5:
            return [Finish()]
        return [Score(player.id, 1, player.feet) for player in tick.players]

    def draw(self, canvas: Canvas) -> None:
        raise LookupError("no brush")

    def targets(self) -> list[Target]:
        return []


def player(player_id: int, x_m: float = 1.0, y_m: float = 1.0) -> Player:
    foot = Foot(Point(x_m, y_m), 0.0, True, 1.0)
    return Player(player_id, Point(x_m, y_m), foot, foot, (), (0.0, 0.0), 0)


def test_ticks_come_at_the_fixed_rate_whatever_the_host_does() -> None:
    game = Diary()
    round_ = Round(game, FLOOR, tick_hz=50)
    for to_t_s in (0.0, 0.001, 0.019, 0.0999999999, 0.1, 0.25):
        round_.advance(to_t_s, [])
    assert [tick.index for tick in game.ticks] == list(range(13))
    assert all(tick.t_s == tick.index / 50 and tick.dt_s == 0.02 for tick in game.ticks)
    assert round_.t_s == 13 / 50
    assert round_.slipped_s == 0.0


def test_time_that_stands_still_or_runs_back_makes_no_tick() -> None:
    round_ = Round(Diary(), FLOOR)
    assert len(round_.advance(0.1, [player(1)])) == 7
    assert round_.advance(0.1, [player(1)]) == ()
    assert round_.advance(0.05, [player(1)]) == ()


def test_a_long_halt_is_not_caught_up() -> None:
    game = Diary()
    round_ = Round(game, FLOOR, tick_hz=60)
    round_.advance(0.0, [])
    round_.advance(10.0, [])
    assert len(game.ticks) == 1 + 15
    assert math.isclose(round_.slipped_s, 10.0 - 15 / 60)
    round_.advance(10.0 + 2 / 60, [])
    assert len(game.ticks) == 1 + 15 + 2


def test_scores_add_up_until_the_game_ends() -> None:
    game = Diary()
    round_ = Round(game, FLOOR, tick_hz=10)
    cues = [cue for step in range(20) for cue in round_.advance(step / 10, [player(1), player(2)])]
    assert round_.scores == {1: 6, 2: 6}
    assert cues[-1] == Finish()
    assert round_.finished
    assert len(game.ticks) == 7


def test_who_stands_beside_the_surface_looks_on() -> None:
    game = Diary()
    Round(game, FLOOR).advance(
        0.0, [player(1, -0.2), player(2, 4.4), player(3, 2.0, 3.25), player(4, 2.0, -0.4)]
    )
    assert [p.id for p in game.ticks[0].players] == [1, 3]


def test_a_crash_names_the_game_and_its_line() -> None:
    line = Diary.draw.__code__.co_firstlineno + 1
    with pytest.raises(
        GameError, match=rf"'diary' crashed: LookupError: no brush .*test_round\.py:{line}, in draw"
    ):
        Round(Diary(), FLOOR, name="diary").draw(RecordingCanvas())


def test_a_rate_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="between 10 and 240, got 0"):
        Round(Diary(), FLOOR, tick_hz=0)


def test_a_message_asks_for_its_numbers() -> None:
    messages = Messages("en", {"left": "{n} left"})
    assert Words(messages, messages).far("left", n=4) == "4 left"
    with pytest.raises(KeyError, match="n"):
        messages("left")


def test_the_first_tick_that_is_due_hears_what_happened_and_no_other_does() -> None:
    game = Diary()
    round_ = Round(game, FLOOR, tick_hz=10)
    round_.advance(0.0, [player(1)])
    hop = Event(1, "hop", 1, 0.01, Point(1.0, 1.0), "left")
    down = Event(2, "down", 1, -0.02, Point(1.0, 1.0), "left")
    round_.advance(0.05, [player(1)], [hop, down, Event(3, "down", 2, 0.0, Point(1.0, 1.0))])
    round_.advance(0.25, [player(1)])
    assert [tick.events for tick in game.ticks] == [(), (down, hop), ()]
