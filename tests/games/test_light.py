"""Every game's light is safe: from the lobby to the results it never needs the flash guard.

The guard watches for flashes in cells, 64 by 36 of a picture, and for stripes on 128 by 72: a picture of that
size shows it all there is to see. Of three frames of a fast projector's two are drawn: no flicker hides
behind a regular gap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from didim.play import Burst, Course, Finish, GamePack, Tick, create, discover
from didim.project import Stage, Window, straight_projector
from tests.games.test_every_game import (
    GOLDEN_SEED,
    GOLDEN_SKILLS,
    TICK_HZ,
    crew,
    every_game,
    new_course,
    surface_of,
)

os.environ.setdefault("LP_NUM_THREADS", "0")  # such small pictures are drawn sooner than handed out

SIZE_PX = (128, 72)
LOOK_EVERY_S = 0.2
"""The guard softens stripes that stay for so long; it looks for them twice as often."""
SHORT_S = 20.0
"""The shortest round that a game may be asked for."""
WHOLE = {"floor": "just_made", "wall": "balloon_pop"}
"""Lobby and results are every game's alike: whose are drawn to their end."""
RESULTS_S = 3.0


def held_back(
    pack: GamePack, game: Course, window: Window, seconds: float, *, whole: bool = True
) -> Iterator[tuple[float, str]]:
    """Play and draw every frame; when the guard held one back, and why. A `whole` round ends in time.

    Of one that is not whole, results are drawn for `RESULTS_S`.
    """
    surface = surface_of(pack)
    crowd = crew(surface, GOLDEN_SKILLS)
    with Stage(window, surface, straight_projector(surface, SIZE_PX), 1.0) as stage:
        for index in range(round(seconds * TICK_HZ)):
            t_s = index / TICK_HZ
            players = tuple(crowd(index, game.targets()))
            for cue in game.update(Tick(index, t_s, 1 / TICK_HZ, players)):
                if isinstance(cue, Burst):
                    stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)
                if isinstance(cue, Finish):
                    return
            if not whole and game.phase == "results" and t_s >= game.since_s + RESULTS_S:
                return
            if index % 3 == 2:
                continue
            game.draw(stage.canvas(t_s))
            stage.present()
            if stage.flashing:
                yield t_s, ", ".join(f"{each.kind} in {each.share:.0%}" for each in stage.flashing)
    assert not whole, f"no end within {seconds:g} s"


@pytest.fixture(autouse=True)
def _look_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("didim.project._shield.LOOK_EVERY_S", LOOK_EVERY_S)


@every_game
def test_nobody_is_flashed_at(pack: GamePack, window: Window) -> None:
    """The golden players play a round of the golden seed."""
    whole = pack.slug in WHOLE.values()
    game = new_course(pack, surface_of(pack), seed=GOLDEN_SEED, round_s=SHORT_S, lobby=whole)
    for t_s, why in held_back(pack, game, window, SHORT_S + 40, whole=whole):
        pytest.fail(f"the flash guard held back the light at {t_s:.2f} s: {why}")


LAMPS = {
    "general": "1.0 if self._t_s % 0.2 < 0.1 else 0.0",
    "stripes": "float(index % 2)",
    "": "1.0 if self._t_s % 1.0 < 0.5 else 0.0",
}


@pytest.mark.parametrize("kind", LAMPS)
def test_a_game_that_flashes_is_caught(tmp_path: Path, window: Window, kind: str) -> None:
    """Five flashes a second, or stripes that stay, over half of the floor; one flash a second may be."""
    folder = create("flashy", tmp_path)
    code = (
        (folder / "game.py").read_text("utf-8").replace("import (\n", "import (\n    Color,\n    Point,\n", 1)
    )
    lamp = f"""
        for index in range(24):
            light, x_m = {LAMPS[kind]}, 1.0 + index / 12
            ends = Point(x_m, 0.5), Point(x_m, 2.5)
            canvas.line(*ends, Color(light, light, light), width_m=1 / 12)
"""
    first = '        canvas.fill("meadow")\n'
    assert first in code
    (folder / "game.py").write_text(code.replace(first, first + lamp), "utf-8")
    pack = discover([tmp_path])["flashy"]
    game = new_course(pack, surface_of(pack), round_s=SHORT_S, lobby=False)
    _, why = next(held_back(pack, game, window, 8.0, whole=False), (0.0, ""))
    assert bool(why) == bool(kind)
    assert kind in why
