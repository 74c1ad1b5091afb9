"""The rules of lily_pads, seen from outside: what the floor shows and which cues come."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from didim.play import (
    Burst,
    Cue,
    Drawn,
    Finish,
    Foot,
    Game,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Score,
    Seats,
    Sound,
    Surface,
    Tick,
    Try,
    checked_settings,
    discover,
    load,
    robots,
)

PACK = discover([Path(__file__).parents[2] / "games"])["lily_pads"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def standing(player_id: int, x_m: float, y_m: float, *, down: bool = True) -> Player:
    left, right = Point(x_m - 0.1, y_m), Point(x_m + 0.1, y_m)
    feet = [Foot(place, math.pi / 2, down, 0.9) for place in (left, right)]
    return Player(player_id, Point(x_m, y_m), feet[0], feet[1], (), (0.0, 0.0), 0)


class Floor:
    """A game in play with what it shows."""

    def __init__(self, surface: Surface = FLOOR, *, seed: int = 3, **settings: float) -> None:
        steady = {"adaptive": False, "level": 3, **settings}
        self.game: Game = load(PACK)(surface, Rng(seed), checked_settings(PACK, steady))
        self._seats = Seats()
        self.cues: list[Cue] = []
        self._ticks = 0

    @property
    def t_s(self) -> float:
        return self._ticks / TICK_HZ

    def play(self, seconds: float, players: Sequence[Player]) -> list[Cue]:
        """The cues of some more seconds with these players."""
        cues: list[Cue] = []
        for _ in range(round(seconds * TICK_HZ)):
            self._seats.update(players, self.t_s)
            tick = Tick(self._ticks, self.t_s, 1 / TICK_HZ, tuple(players), seats=self._seats)
            cues += self.game.update(tick)
            self._ticks += 1
        return cues

    def shows(self, word: str) -> list[Drawn]:
        canvas = RecordingCanvas()
        self.game.draw(canvas)
        return [drawn for drawn in canvas.drawn if drawn.word == word]

    def pads(self) -> list[Drawn]:
        """The countdown rings of the pads; golden and green alike."""
        return [ring for ring in self.shows("ring") if ring.details["progress"] < 1]

    def texts(self) -> set[str]:
        return {drawn.details["words"] for drawn in self.shows("text")}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("width_m", [2.5, 4.0, 8.0])
def test_pads_rise_in_reach_apart_and_never_under_a_foot(seed: int, width_m: float) -> None:
    surface = Surface("floor", width_m, 0.7 * width_m)
    floor = Floor(surface, seed=seed)
    players = [standing(i + 1, width_m * (0.3 + 0.2 * i), 0.35 * width_m + 0.2 * i) for i in range(3)]
    floor.play(0.1, players)
    seen: set[Point] = set()
    for _ in range(100):
        floor.play(0.1, players)
        rings = floor.pads()
        for ring in rings:
            assert surface.contains(ring.places[0], margin_m=ring.size_m)
        for ring in rings:
            for other in rings:
                apart_m = ring.places[0].distance_m(other.places[0])
                assert ring is other or apart_m > ring.size_m + other.size_m
        seen |= {ring.places[0] for ring in rings}
    assert len(seen) >= 3, "a crowd of three has something to do"
    for place in seen:
        assert min(place.distance_m(p.feet) for p in players) <= 1.6
        assert min(place.distance_m(f.place) for p in players for f in (p.left, p.right)) >= 0.4


def test_everyone_gets_pads_of_their_own() -> None:
    floor = Floor(Surface("floor", 8.0, 5.0))
    players = [standing(1, 1.5, 2.5), standing(2, 6.5, 2.5)]
    floor.play(3, players)
    near = [min(players, key=lambda p: p.feet.distance_m(ring.places[0])).id for ring in floor.pads()]
    assert sorted(near) == [1, 1, 2, 2]


def test_nobody_is_left_without_a_leaf() -> None:
    """Three who keep stepping on their leaves: hardly ever has one of them none to go to."""
    surface = Surface("floor", 4.0, 2.25)
    game: Game = load(PACK)(surface, Rng(11), checked_settings(PACK))
    crowd, seats, without, none = robots(surface, ["good", "fair", "good"], seed=4), Seats(), 0, 0
    for index in range(20 * TICK_HZ):
        t_s = index / TICK_HZ
        players = tuple(robot.step(game.targets(), t_s, 1 / TICK_HZ) for robot in crowd)
        seats.update(players, t_s)
        game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats=seats))
        owners = {target.player_id for target in game.targets()}
        none += not owners
        without += sum(player.id not in owners for player in players)
    assert none <= 2
    assert without < 0.12 * 3 * 20 * TICK_HZ


def stepped(floor: Floor, after_s: float, *, golden: bool) -> tuple[list[Cue], Point]:
    """The cues of a step on a pad of that kind, `after_s` after it rose."""
    away = [standing(1, 2, 1.5)]
    floor.play(0.02, away)
    while True:
        fresh = [ring for ring in floor.pads() if ring.details["progress"] > 0.99]
        stars = [star.places[0] for star in floor.shows("star")]
        found = [ring.places[0] for ring in fresh if (ring.places[0] in stars) is golden]
        if found:
            break
        floor.play(1 / TICK_HZ, away)
        assert floor.t_s < 80
    floor.play(after_s, away)
    return floor.play(1 / TICK_HZ, [standing(1, found[0].x_m - 0.1, found[0].y_m)]), found[0]


@pytest.mark.parametrize(("after_s", "points"), [(0.0, 10), (3.0, 7), (5.9, 5)])
def test_an_early_landing_scores_more(after_s: float, points: int) -> None:
    cues, place = stepped(Floor(), after_s, golden=False)
    assert cues[:3] == [Try(1, True), Score(1, points, place), Sound("plop", place)]
    assert isinstance(cues[3], Burst)


def test_a_golden_pad_counts_double_and_is_announced() -> None:
    floor = Floor()
    cues, place = stepped(floor, 0.5, golden=True)
    assert cues[1:3] == [Score(1, 20, place), Sound("chime", place)]
    assert "+20" in floor.texts()


def test_a_lifted_foot_does_not_land() -> None:
    floor = Floor()
    floor.play(1, [standing(1, 2, 1.5)])
    place = floor.pads()[0].places[0]
    assert floor.play(0.1, [standing(1, *place, down=False)]) == []
    assert any(isinstance(cue, Score) for cue in floor.play(1 / TICK_HZ, [standing(1, *place)]))


def test_two_who_land_at_once_both_score() -> None:
    floor = Floor()
    floor.play(1, [standing(1, 2, 1.5)])
    place = floor.pads()[0].places[0]
    cues = floor.play(1 / TICK_HZ, [standing(1, *place), standing(2, *place)])
    assert [cue.player_id for cue in cues if isinstance(cue, Score)] == [1, 2]


def test_a_pad_sinks_after_its_life() -> None:
    floor = Floor(pad_life_s=3)
    people = [standing(1, 2, 1.5)]
    floor.play(0.05, people)
    place = floor.pads()[0].places[0]
    floor.play(2.8, people)
    assert place in {ring.places[0] for ring in floor.pads()}
    floor.play(0.3, people)
    assert place not in {ring.places[0] for ring in floor.pads()}


def test_who_finds_no_pad_is_shown_the_way() -> None:
    floor = Floor()
    people = [standing(1, 2, 1.5)]
    floor.play(5.9, people)
    assert floor.shows("trail") == []
    floor.play(0.5, people)
    assert len(floor.shows("trail")) == 1


def test_a_round_lasts_as_long_as_set() -> None:
    floor = Floor(round_s=20)
    people = [standing(1, 2, 1.5)]
    assert Finish() not in floor.play(19.9, people)
    assert Finish() in floor.play(0.2, people)


def test_koi_shy_away_from_feet() -> None:
    floor = Floor()
    fish = floor.shows("koi")[0].places[0]
    floor.play(1.5, [standing(1, *fish)])
    assert floor.shows("koi")[0].places[0].distance_m(fish) > 0.4
