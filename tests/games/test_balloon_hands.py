"""Which hand balloon_pop asks for: the one shown counts most, double across the body."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from didim.play import (
    Foot,
    Joint,
    JointPlace,
    Player,
    Point,
    Rng,
    Score,
    Seats,
    Surface,
    Tick,
    checked_settings,
    discover,
    load,
)

PACK = discover([Path(__file__).parents[2] / "games"])["balloon_pop"]
WALL = Surface("wall", 3.2, 1.8)
TICK_HZ = 60
FAR = Point(1.6, -0.2)
MIDDLE_M = 1.6


def reaching(left: Point, right: Point) -> Player:
    """Somebody in the middle of the wall, each hand at a place."""
    at = {Joint.LEFT_INDEX: left, Joint.RIGHT_INDEX: right}
    joints = tuple(JointPlace(*at.get(joint, Point(MIDDLE_M, 0.8)), 0.05, 0.9) for joint in Joint)
    foot = Foot(Point(MIDDLE_M, 0.0), math.pi / 2, True, 0.9)
    return Player(1, Point(MIDDLE_M, 0.0), foot, foot, joints, (0.0, 0.0), 0)


def points(*, shown: bool, across: bool, seed: int) -> int:
    """What the first such balloon earns, popped by the hand that it shows or by the other one."""
    game: Any = load(PACK)(WALL, Rng(seed), checked_settings(PACK, {"adaptive": False}))
    seats = Seats()
    hands = {"left": FAR, "right": FAR}
    for index in range(40 * TICK_HZ):
        t_s, players = index / TICK_HZ, (reaching(hands["left"], hands["right"]),)
        seats.update(players, t_s)
        cues = game.update(Tick(index, t_s, 1 / TICK_HZ, players, seats))
        if scores := [cue.points for cue in cues if isinstance(cue, Score)]:
            return scores[0]
        for each in game._balloons:
            side_m = each.place.x_m - MIDDLE_M
            far_side = side_m > 0.1 if each.hand == "left" else side_m < -0.1
            if far_side is across:
                other = "left" if each.hand == "right" else "right"
                hands = {"left": FAR, "right": FAR, (each.hand if shown else other): each.place}
                break
    raise AssertionError("no such balloon came")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("shown", "across", "earned"), [(True, False, 5), (True, True, 10), (False, False, 2), (False, True, 2)]
)
def test_the_hand_that_is_shown_earns_most(shown: bool, across: bool, earned: int, seed: int) -> None:
    assert points(shown=shown, across=across, seed=seed) == earned


def test_one_side_alone_is_never_asked_for_the_other() -> None:
    game: Any = load(PACK)(WALL, Rng(1), checked_settings(PACK, {"side": "left"}))
    seats, player = Seats(), reaching(FAR, FAR)
    for index in range(8 * TICK_HZ):
        seats.update((player,), index / TICK_HZ)
        game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, (player,), seats))
        assert all(each.hand == "left" for each in game._balloons)
