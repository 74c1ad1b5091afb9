"""docs/writing-a-game.md tells every key, and its example is a game that plays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from didim.play import (
    Finish,
    Foot,
    Player,
    Point,
    RecordingCanvas,
    Round,
    Score,
    Surface,
    checked_settings,
    discover,
)
from didim.play._manifest import Intensity, Setting, Skill, _GameTable

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-game.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("key", [*_GameTable.__struct_fields__, *Setting.__struct_fields__])
def test_every_key_of_the_manifest_is_told(key: str) -> None:
    assert re.search(rf"^\| [^|]*`{key}`", GUIDE, re.MULTILINE), f"tell what {key} is"


@pytest.mark.parametrize("word", [*get_args(Skill), *get_args(Intensity)])
def test_every_choice_is_told(word: str) -> None:
    assert f"`{word}`" in GUIDE


def test_the_example_plays(tmp_path: Path) -> None:
    folder = tmp_path / "hop"
    folder.mkdir()
    (folder / "game.toml").write_text(block("toml"), "utf-8")
    (folder / "game.py").write_text(block("python"), "utf-8")
    (folder / "__init__.py").touch()
    pack = discover([tmp_path])["hop"]
    round_ = Round.start(pack, Surface("floor", 3, 2), seed=1, settings=checked_settings(pack))
    canvas = RecordingCanvas()
    round_.draw(canvas)
    spot = next(drawn.places[0] for drawn in canvas.drawn if drawn.word == "ring")
    foot = Foot(spot, 0.0, True, 1.0)
    cues = round_.advance(0.0, [Player(1, spot, foot, foot, (), (0.0, 0.0), 0)])
    assert Score(1, 1, Point(*spot)) in cues
    for step in range(1, 32 * 10):
        cues += round_.advance(step / 10, [])
    assert Finish() in cues
