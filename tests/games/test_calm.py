"""Calm play: softer, and nothing runs out of time."""

from __future__ import annotations

import statistics
from itertools import pairwise

from didim.play import Burst, Course, GamePack, Point, RecordingCanvas
from tests.games.test_every_game import PACKS, ROUND_S, crew, every_game, new_course, play, surface_of


class _Watch:
    """What was seen of the play: how bright it was drawn, and rings that ran down steadily."""

    RUNS = 6  # looks

    def __init__(self, game: Course) -> None:
        self.light: list[float] = []
        self.timers: set[Point] = set()
        self._game = game
        self._rings: dict[Point, list[float]] = {}

    def __call__(self, canvas: RecordingCanvas) -> None:
        if self._game.phase != "play":
            return
        shown = [drawn for drawn in canvas.drawn if drawn.word != "text"]
        self.light.append(sum(drawn.opacity * drawn.color.grey for drawn in shown) / len(shown))
        now: dict[Point, float] = {}
        for drawn in shown:
            share = drawn.details.get("progress", 1.0)
            if 0 < share < 1:
                place = Point(round(drawn.places[0].x_m, 2), round(drawn.places[0].y_m, 2))
                now[place] = min(share, now.get(place, 1.0))
        self._rings = {place: [*self._rings.get(place, []), share] for place, share in now.items()}
        for place, shares in self._rings.items():
            newest = shares[-self.RUNS :]
            if len(newest) == self.RUNS and all(a > b for a, b in pairwise(newest)):
                self.timers.add(place)


def watched(pack: GamePack, *, calm: bool) -> tuple[_Watch, list[int]]:
    """A round as it is watched, and how many sparks each burst had."""
    surface = surface_of(pack)
    game = new_course(pack, surface, round_s=ROUND_S, calm=calm)
    watch = _Watch(game)
    log = play(game, crew(surface, ["good", "poor"]), ROUND_S + 12, watch)
    return watch, [cue.count for _, cue in log if isinstance(cue, Burst)]


@every_game
def test_calm_play_is_softer_and_nothing_runs_out(pack: GamePack) -> None:
    (usual, sparks), (calm, fewer) = watched(pack, calm=False), watched(pack, calm=True)
    assert statistics.median(calm.light) < 0.85 * statistics.median(usual.light)
    assert statistics.mean(fewer) < 0.5 * statistics.mean(sparks)
    assert not calm.timers


def test_what_runs_down_is_noticed() -> None:
    timed = {slug for slug, pack in PACKS.items() if watched(pack, calm=False)[0].timers}
    assert {"lily_pads", "copy_pose", "mole_stomp"} <= timed
