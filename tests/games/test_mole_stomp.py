"""What mole_stomp measures: from the first sight of a mole to the foot on it, its own player's only."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from didim.play import (
    Cue,
    Foot,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Score,
    Seats,
    Surface,
    Tick,
    checked_settings,
    discover,
    load,
)

PACK = discover([Path(__file__).parents[2] / "games"])["mole_stomp"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60
STARTS = (Point(1.0, 1.5), Point(3.0, 1.5))


def standing(player_id: int, place: Point) -> Player:
    foot = Foot(place, math.pi / 2, True, 0.9)
    return Player(player_id, place, foot, foot, (), (0.0, 0.0), 0, heading_rad=math.pi / 2)


class Field:
    """Two players; one goes to a mole of `of` that many seconds after it came up."""

    def __init__(self, of: int, after_s: float, seconds: float) -> None:
        settings = checked_settings(PACK, {"hedgehogs": False, "adaptive": False})
        self.game, self.cues = load(PACK)(FLOOR, Rng(6), settings), list[Cue]()
        seats, seen_s = Seats(), dict[Point, float]()
        for index in range(round(seconds * TICK_HZ)):
            t_s = index / TICK_HZ
            ripe, up = None, {target.place for target in self.game.targets()}
            seen_s = {place: at_s for place, at_s in seen_s.items() if place in up}
            for target in self.game.targets():
                since_s = t_s - seen_s.setdefault(target.place, t_s - 1 / TICK_HZ)
                ripe = target.place if target.player_id == of and since_s >= after_s else ripe
            players = (standing(1, ripe or STARTS[0]), standing(2, STARTS[1]))
            seats.update(players, t_s)
            self.cues += self.game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))

    def texts(self) -> set[str]:
        canvas = RecordingCanvas()
        self.game.draw(canvas)
        return {drawn.details["words"] for drawn in canvas.drawn if drawn.word == "text"}


@pytest.mark.parametrize(("after_s", "points"), [(0.5, 10), (1.85, 7), (3.05, 4)])
def test_a_quick_step_scores_more(after_s: float, points: int) -> None:
    scores = [cue for cue in Field(1, after_s, 6.0).cues if isinstance(cue, Score)]
    assert scores
    assert {(score.player_id, score.points) for score in scores} == {(1, points)}


def test_the_way_to_a_mole_is_no_part_of_the_reaction() -> None:
    """A foot is off after 0.4 s and on the mole after 1.4 s."""
    settings = checked_settings(PACK, {"hedgehogs": False, "adaptive": False})
    game, seats = load(PACK)(FLOOR, Rng(6), settings), Seats()
    since_s, up, canvas = 0.0, None, RecordingCanvas()
    for index in range(5 * TICK_HZ):
        t_s, targets = index / TICK_HZ, game.targets()
        if targets and up is None:
            up, since_s = targets[0].place, t_s - 1 / TICK_HZ
        age_s = t_s - since_s if up is not None else 0.0
        place = up if up is not None and age_s >= 1.4 else STARTS[0]
        left = Foot(place, 0.0, age_s < 0.4 or age_s >= 1.4, 0.9)
        players = (Player(1, place, left, Foot(place, 0.0, True, 0.9), (), (0.0, 0.0), 0),)
        seats.update(players, t_s)
        if any(isinstance(cue, Score) for cue in game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))):
            break
    game.draw(canvas)
    told = [int(drawn.details["words"].split()[0]) for drawn in canvas.drawn if "ms" in str(drawn.details)]
    assert told
    assert all(390 <= ms <= 430 for ms in told), told


def test_nobody_takes_another_s_mole() -> None:
    assert not [cue for cue in Field(2, 0.2, 6.0).cues if isinstance(cue, Score)]


def test_a_breather_tells_the_mean() -> None:
    texts = " ".join(Field(1, 0.5, 24.0).texts())
    assert 490 <= int(re.findall(r"평균 (\d+) ms", texts)[0]) <= 520
