"""How hopscotch judges steps: in order, a brush forgiven, a tile off the way not."""

from __future__ import annotations

import importlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from didim.play import Point, Rng, Surface, discover, load

PACK = discover([Path(__file__).parents[2] / "games"])["hopscotch"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60
NOWHERE = Point(0.0, 0.0)


def part(name: str) -> Any:
    return importlib.import_module(load(PACK).__module__.rpartition(".")[0] + "." + name)


class Walk:
    """A lane of three tiles, shown and ready to be walked upwards."""

    def __init__(self) -> None:
        self.lane = part("lane").Lane(part("grid").side_by_side(FLOOR, 1.2, 4)[0])
        self.lane.begin(Rng(1), 3, 0.5, NOWHERE, 0.0)
        self.t_s = 0.0
        while not self.lane.walking:
            self.stand(NOWHERE, 0.1)

    def stand(self, foot: Point, seconds: float) -> list[str]:
        kinds = []
        for _ in range(round(seconds * TICK_HZ)):
            self.t_s += 1 / TICK_HZ
            kinds += [event.kind for event in self.lane.update([foot], self.t_s, 5.0, 0.5)]
        return kinds

    def on(self, index: int) -> Point:
        return Point(*self.lane.grid.place(self.lane.way[index]))

    def off(self) -> Point:
        tile = next(tile for tile in self.lane.grid.tiles if tile not in self.lane.way)
        return Point(*self.lane.grid.place(tile))


def test_a_way_is_walked_in_order() -> None:
    walk = Walk()
    assert walk.stand(walk.on(1), 1.0) == []
    kinds = [kind for index in range(3) for kind in walk.stand(walk.on(index), 1 / TICK_HZ)]
    assert kinds == ["stepped", "stepped", "stepped", "walked"]
    assert walk.lane.clean


def test_a_tile_off_the_way_is_wrong_when_stood_on_and_forgiven_when_brushed() -> None:
    walk = Walk()
    walk.stand(walk.on(0), 0.1)
    assert walk.stand(walk.off(), 0.3) == []
    walk.stand(walk.on(0), 0.1)
    assert walk.stand(walk.off(), 0.6) == ["wrong"]
    assert not walk.lane.clean


def test_who_does_not_know_on_is_shown_the_next_tile() -> None:
    walk = Walk()
    walk.stand(walk.on(0), 0.1)
    assert walk.stand(walk.on(0), 7.5) == ["again", "shown"]


@pytest.mark.parametrize("seed", range(6))
def test_ways_go_on_from_tile_to_tile_and_cross_none_twice(seed: int) -> None:
    grid = part("grid").side_by_side(FLOOR, 1.2, 4)[0]
    way = grid.way(Rng(seed), 7, upwards=bool(seed % 2))
    assert len(set(way)) == len(way) >= grid.rows - 1
    for one, other in pairwise(way):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1
