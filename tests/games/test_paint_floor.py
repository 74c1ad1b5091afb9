"""The rules of paint_floor: whose paint it is, and what it wins."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from didim.play import Color, Foot, Player, Point, Surface, discover, load

PACK = discover([Path(__file__).parents[2] / "games"])["paint_floor"]
FLOOR = Surface("floor", 4.0, 3.0)
RED = Color(1.0, 0.1, 0.1)


def paint() -> Any:
    return importlib.import_module(load(PACK).__module__.rpartition(".")[0] + ".paint")


def test_a_blot_wins_its_area_once() -> None:
    floor = paint().Paint(FLOOR)
    assert floor.stamp(1, RED, Point(2.0, 1.5), 0.5) == pytest.approx(3.1416 * 0.25 / 12.0, rel=0.06)
    assert floor.stamp(1, RED, Point(2.0, 1.5), 0.5) == 0.0
    assert floor.stamp(2, RED, Point(2.0, 1.5), 0.5) > 0.06
    assert floor.covered == pytest.approx(0.065, abs=0.005)


def test_who_stands_still_paints_once() -> None:
    floor, brush = paint().Paint(FLOOR), paint().Brush(0.15)
    foot = Foot(Point(1.0, 1.0), 1.57, True, 0.9)
    player = Player(1, foot.place, foot, foot, (), (0.0, 0.0), 0)
    assert brush.walk(floor, player, 1, RED) > 0
    assert brush.walk(floor, player, 1, RED) == 0.0


def test_water_takes_the_paint_away() -> None:
    floor = paint().Paint(FLOOR)
    floor.stamp(1, RED, Point(1.0, 1.5), 0.4)
    floor.wash(0.5)
    assert floor.covered == 0.0


def test_teams_share_their_paint() -> None:
    team_of = paint().team_of
    assert len({team_of("each", number)[0] for number in range(1, 9)}) == 8
    assert team_of("two", 1) == team_of("two", 3) != team_of("two", 2)
    assert {team_of("together", number)[0] for number in range(1, 9)} == {0}


def test_an_edge_takes_paint_without_complaint() -> None:
    floor = paint().Paint(FLOOR)
    for place in (Point(-0.3, -0.3), Point(4.3, 3.3), Point(0.0, 3.0), Point(4.0, 1.0)):
        floor.stamp(1, RED, place, 0.4)
    assert 0.0 < floor.covered < 0.1
