"""What counts as a foot in the lava, and what it costs."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from didim.play import Point, RecordingCanvas, Rng, Surface, discover, load

PACK = discover([Path(__file__).parents[2] / "games"])["lava_bridge"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60
WIDE_M = 0.4


def part(name: str) -> Any:
    return importlib.import_module(load(PACK).__module__.rpartition(".")[0] + "." + name)


class Walk:
    """A crossing from the near bank, already on its bridge."""

    def __init__(self) -> None:
        self.bridge = part("bridge").side_by_side(FLOOR, 1.2, 6)[0]
        self.crossing = part("crossing").Crossing(self.bridge, WIDE_M, self.bridge.near, 0.0, Rng(1))
        self.t_s = 0.0
        assert self.stand(self.bridge.near, 0.1)[0].kind == "on"

    def stand(self, foot: Point, seconds: float) -> list[Any]:
        events = []
        for _ in range(round(seconds * TICK_HZ)):
            self.t_s += 1 / TICK_HZ
            events += self.crossing.update([foot], self.t_s, 99.0)
        return events

    def across(self) -> list[Any]:
        events: list[Any] = []
        for step in range(121):
            events += self.stand(self.bridge.at(step / 120), 1 / TICK_HZ)
            if events and events[-1].kind == "over":
                return events
        raise AssertionError("the other bank was not reached")


def test_a_clean_crossing_takes_every_gem() -> None:
    events = Walk().across()
    assert [event.kind for event in events] == ["gem"] * (len(events) - 1) + ["over"]
    assert all(event.clean for event in events)


def test_a_slip_costs_the_next_gem_its_worth_and_counts_once() -> None:
    walk = Walk()
    beside = walk.bridge.at(0.15).moved(0.5, 0.0)
    assert [event.kind for event in walk.stand(beside, 2.0)] == ["slip"]
    events = walk.across()
    assert [event.clean for event in events if event.kind == "gem"][:2] == [False, True]
    assert not events[-1].clean


def test_a_brush_is_no_slip() -> None:
    walk = Walk()
    assert walk.stand(walk.bridge.at(0.15).moved(0.5, 0.0), 0.25) == []


@pytest.mark.parametrize("upwards", [True, False])
def test_a_bridge_grows_narrow_on_the_way(upwards: bool) -> None:
    bridge = Walk().bridge
    first, last = (
        bridge.half_m(share, WIDE_M, upwards=upwards) for share in ((0.0, 1.0) if upwards else (1.0, 0.0))
    )
    assert first == pytest.approx(WIDE_M / 2)
    assert last < 0.8 * first


def test_no_bubble_rises_over_the_points_or_the_words() -> None:
    for seed in range(5):
        cavern = part("cavern").Cavern(FLOOR, Rng(seed), [1.0])
        for t_s in (0.0, 1.1, 2.3, 3.7):
            canvas = RecordingCanvas()
            cavern.draw(canvas, t_s)
            bubbles = [each.places[0] for each in canvas.drawn if each.word == "planet"]
            assert bubbles
            assert all(0.08 < place.x_m / FLOOR.width_m < 0.92 for place in bubbles)
            assert all(0.14 < place.y_m / FLOOR.height_m < 0.86 for place in bubbles)
