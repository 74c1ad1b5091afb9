"""What pops a balloon, a hand at the wall or one that touched it there, and which hand it asks for."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from didim.people import Side
from didim.play import (
    Event,
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
WALL = Surface("wall", 3.0, 2.0)
WIDE = Surface("wall", 3.2, 1.8)
TICK_HZ = 60
TICK_S = 1 / TICK_HZ
FAR = Point(1.6, -0.2)
MIDDLE_M = 1.6


def popped(off_m: float | None, touches: Side | None = None, side: str = "both") -> int:
    """How many balloons pop in ten seconds, for one whose right hand goes to each, `off_m` off the wall."""
    game, seats = load(PACK)(WALL, Rng(4), checked_settings(PACK, {"side": side})), Seats()
    count = 0
    for index in range(round(10 / TICK_S)):
        place = next((target.place for target in game.targets()), Point(1.5, 1.0))
        joints = [JointPlace(1.5, 0.3, 0.5, 0.9)] * len(Joint)
        if off_m is not None:
            joints[Joint.RIGHT_INDEX] = JointPlace(place.x_m, place.y_m, off_m, 0.9)
        foot = Foot(Point(1.5, 0.5), math.pi / 2, True, 0.9)
        player = Player(1, foot.place, foot, foot, tuple(joints), (0.0, 0.0), 0)
        events = (Event(index + 1, "touch", 1, index * TICK_S, place, touches),) if touches else ()
        seats.update((player,), index * TICK_S)
        cues = game.update(Tick(index, index * TICK_S, TICK_S, (player,), seats, events))
        count += sum(isinstance(cue, Score) for cue in cues)
    return count


@pytest.mark.parametrize(
    ("off_m", "touches", "side", "pops"),
    [
        (0.1, None, "both", True),
        (0.6, None, "both", False),
        (None, "left", "both", True),
        (None, "left", "left", True),
        (None, "left", "right", False),
    ],
)
def test_a_hand_pops_a_balloon_at_the_wall_only(
    off_m: float | None, touches: Side | None, side: str, pops: bool
) -> None:
    assert (popped(off_m, touches, side) > 0) is pops


def reaching(left: Point, right: Point) -> Player:
    """Somebody in the middle of the wall, each hand at a place."""
    at = {Joint.LEFT_INDEX: left, Joint.RIGHT_INDEX: right}
    joints = tuple(JointPlace(*at.get(joint, Point(MIDDLE_M, 0.8)), 0.05, 0.9) for joint in Joint)
    foot = Foot(Point(MIDDLE_M, 0.0), math.pi / 2, True, 0.9)
    return Player(1, Point(MIDDLE_M, 0.0), foot, foot, joints, (0.0, 0.0), 0)


def points(*, shown: bool, across: bool, seed: int) -> int:
    """What the first such balloon earns, popped by the hand that it shows or by the other one."""
    game: Any = load(PACK)(WIDE, Rng(seed), checked_settings(PACK, {"adaptive": False}))
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
    game: Any = load(PACK)(WIDE, Rng(1), checked_settings(PACK, {"side": "left"}))
    seats, player = Seats(), reaching(FAR, FAR)
    for index in range(8 * TICK_HZ):
        seats.update((player,), index / TICK_HZ)
        game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, (player,), seats))
        assert all(each.hand == "left" for each in game._balloons)
