"""What pops a balloon: a hand at the wall, or one that has just touched it there."""

from __future__ import annotations

import math
from pathlib import Path

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
TICK_S = 1 / 60


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
