"""The rules of copy_pose: what is not seen is not held against anybody."""

from __future__ import annotations

import importlib
import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from didim.play import (
    LIMBS,
    Foot,
    JointPlace,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Surface,
    checked_settings,
    discover,
    load,
    robots,
)

PACK = discover([Path(__file__).parents[2] / "games"])["copy_pose"]
WINGS = {"left_upper_arm": 180.0, "left_forearm": 180.0, "right_upper_arm": 0.0, "right_forearm": 0.0}


def part(name: str) -> Any:
    return importlib.import_module(f"{load(PACK).__module__.rpartition('.')[0]}.{name}")


def showing(pose: Mapping[str, float], *, hidden: Collection[str] = ()) -> Player:
    joints = [JointPlace(1.5, 1.0, 0.1, 0.9)] * 33
    for limb, (inner, outer) in LIMBS.items():
        start, angle_rad = joints[inner], math.radians(pose.get(limb, -90.0))
        x_m, y_m = start.x_m + 0.3 * math.cos(angle_rad), start.y_m + 0.3 * math.sin(angle_rad)
        joints[outer] = JointPlace(x_m, y_m, 0.1, 0.1 if limb in hidden else 0.9)
    foot = Foot(Point(1.5, 0.2), 1.57, True, 0.9)
    return Player(1, foot.place, foot, foot, tuple(joints), (0.0, 0.0), 0)


def held(player: Player, pose: Mapping[str, float] = WINGS) -> Any:
    turn = part("turn").Turn(pose, born_s=0.0, life_s=8.0, hold_s=1.0, tolerance_deg=40.0)
    for _ in range(70):
        turn.look(player, 1 / 60)
    return turn


@pytest.mark.parametrize(("off_deg", "points"), [(0.0, 10), (20.0, 7), (35.0, 4)])
def test_the_nearer_the_more(off_deg: float, points: int) -> None:
    turn = held(showing({limb: deg + off_deg for limb, deg in WINGS.items()}))
    assert turn.filled == 1.0
    assert turn.grade()[1] == points


def test_one_limb_that_is_off_does_not_pass() -> None:
    assert held(showing({**WINGS, "left_forearm": 90.0})).filled == 0.0


def test_a_limb_that_is_not_seen_is_not_asked_for() -> None:
    assert held(showing(WINGS, hidden=["left_forearm"])).filled == 1.0


def test_a_body_that_is_hardly_seen_shows_no_pose() -> None:
    assert held(showing(WINGS, hidden=["left_upper_arm", "left_forearm", "right_forearm"])).filled == 0.0


def test_left_and_right_change_over_and_back() -> None:
    poses = part("poses")
    for pose in (*poses.EASY, *poses.MEDIUM, *poses.HARD):
        twice = poses.mirrored(poses.mirrored(pose))
        assert twice == pytest.approx(pose)


def test_who_sits_or_plays_with_one_side_is_asked_for_that_alone() -> None:
    poses = part("poses")
    for seed in range(40):
        pose = poses.next_pose(1.0, None, Rng(seed), side="left", legs=False)
        assert set(pose) == {"left_upper_arm", "left_forearm"}


def test_praise_lies_over_no_face_and_no_line_along_the_top() -> None:
    wall = Surface("wall", 3.2, 1.8)
    round_ = Round.start(PACK, wall, seed=3, settings=checked_settings(PACK, {"lobby": False}))
    players = robots(wall, ["good"] * 3, seed=3)
    praised = 0
    for index in range(60 * 25):
        t_s = index / 60
        targets = round_.targets()
        round_.advance(t_s, [player.step(targets, t_s, 1 / 60) for player in players])
        if index % 6:
            continue
        canvas = RecordingCanvas()
        round_.draw(canvas)
        heads_m = [
            each.places[0].y_m - each.size_m for each in canvas.drawn if each.color == part("head").SKIN
        ]
        praise = [each for each in canvas.drawn if each.word == "text" and "! +" in each.details["words"]]
        praised += len(praise)
        for each in praise:
            assert each.places[0].y_m + 0.7 * each.size_m < max(heads_m)
    assert praised > 10
