"""docs/writing-a-game.md tells every key, and its example is a game that plays."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from didim.play import (
    PLAYER_COLORS,
    SEATS_MOST,
    Canvas,
    Cue,
    Event,
    EventKind,
    Finish,
    Foot,
    KitGame,
    PackError,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Score,
    Seat,
    SoundName,
    Surface,
    Tick,
    checked_settings,
    create,
    discover,
    robots,
)
from didim.play._game import Tune
from didim.play._kit import kit
from didim.play._manifest import Intensity, Setting, Skill, _GameTable

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-game.md").read_text("utf-8")


def block(language: str) -> str:
    return blocks(language)[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def example() -> str:
    """The game that the guide walks through: its pieces, put together."""
    walk = GUIDE[GUIDE.index("\n## game.py\n") : GUIDE.index("\n### What `KitGame` has at hand\n")]
    return "\n".join(re.findall(r"```python\n(.*?)```", walk, re.DOTALL))


def code_lines(text: str) -> list[str]:
    """Its lines, without those that only part it."""
    return [line for line in text.splitlines() if line]


def told(head: str) -> set[str]:
    """What stands in code in the first column of the table whose first column is headed so."""
    (table,) = re.findall(rf"^\| {re.escape(head)} \|.*\n\| --- .*\n((?:\|.*\n)+)", GUIDE, re.MULTILINE)
    cells = [row.split("|")[1] for row in table.splitlines()]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def fields(kind: Any) -> set[str]:
    properties = {name for name, value in vars(kind).items() if isinstance(value, property)}
    return {field.name for field in dataclasses.fields(kind)} | properties


@pytest.mark.parametrize(
    ("head", "kind"), [("of `tick`", Tick), ("of a `player`", Player), ("of a foot", Foot)]
)
def test_every_field_is_told(head: str, kind: type) -> None:
    assert told(head) == fields(kind)


def test_every_field_of_a_seat_sound_and_tune_is_told() -> None:
    assert told("of a seat") == set(Seat._fields)
    assert told("sound") == set(get_args(SoundName))
    assert told("tune") == set(get_args(Tune))


def test_every_cue_is_told_with_what_it_takes() -> None:
    cues = {
        cue.__name__: inspect.signature(cue).replace(return_annotation=inspect.Signature.empty)
        for cue in get_args(Cue)
    }
    assert {re.sub(r"\(.*", "", each) for each in told("cue")} == set(cues)
    for each in told("cue"):
        name, taken = each.rstrip(")").split("(")
        names = [part.split("=")[0].strip() for part in taken.split(",") if part.strip()]
        assert names == list(cues[name].parameters), name


def test_what_a_game_has_at_hand_is_told() -> None:
    pack = discover([Path(__file__).parents[2] / "games"])["lily_pads"]
    game = KitGame(Surface("floor", 3, 2), Rng(1), checked_settings(pack))
    assert {name for name in told("name") if name.startswith("_")} == set(vars(game))


def test_every_word_of_the_canvas_is_told_with_what_it_takes() -> None:
    lines = ["| word | what it draws |", "| --- | --- |"]
    for name, word in vars(Canvas).items():
        if inspect.isfunction(word) and not name.startswith("_") and name != "lay":
            of = inspect.signature(word).parameters
            taken = [of[each].replace(annotation=inspect.Parameter.empty) for each in of]
            given = inspect.Signature([each for each in taken if each.name not in ("self", "opacity")])
            drawn = " ".join((inspect.getdoc(word) or "").split("\n\n")[0].split())
            lines.append(f"| `{name}{given}` | {drawn} |")
    assert "\n".join(lines) in GUIDE


def test_every_message_of_the_kit_is_told() -> None:
    words = kit().words
    rows = [f"| `{key}` | {korean} | {words.en[key]} |" for key, korean in words.ko.items()]
    assert "\n".join(["| key | Korean | English |", "| --- | --- | --- |", *rows]) in GUIDE


def test_what_is_said_of_colors_is_so() -> None:
    assert len(PLAYER_COLORS) == 6, "the guide says six"
    assert f"({SEATS_MOST} of them)" in GUIDE


def test_the_first_step_changes_a_line_that_is_there() -> None:
    first = GUIDE[GUIDE.index("## The first step") : GUIDE.index("## game.toml")]
    changed = re.findall(r"```\n(\w+ = [\d.]+)\n```", first)
    assert len(changed) == 1
    assert changed[0] in code_lines(example())


@pytest.mark.parametrize("key", [*_GameTable.__struct_fields__, *Setting.__struct_fields__])
def test_every_key_of_the_manifest_is_told(key: str) -> None:
    assert re.search(rf"^\| [^|]*`{key}`", GUIDE, re.MULTILINE), f"tell what {key} is"


@pytest.mark.parametrize("word", [*get_args(Skill), *get_args(Intensity)])
def test_every_choice_is_told(word: str) -> None:
    assert f"`{word}`" in GUIDE


def test_every_setting_of_the_kit_is_told() -> None:
    for name in kit().settings:
        assert re.search(rf"^\| [^|]*`{name}`", GUIDE, re.MULTILINE), f"tell what {name} is"


def test_a_new_game_begins_with_the_example(tmp_path: Path) -> None:
    folder = create("hop", tmp_path, title_ko="깡충")
    assert (folder / "game.toml").read_text("utf-8") == block("toml")
    assert code_lines((folder / "game.py").read_text("utf-8")) == code_lines(example())
    other = create("star_hunt", tmp_path)
    pack = discover([tmp_path])["star_hunt"]
    assert (pack.entry, pack.title.en, pack.title.ko) == ("StarHunt", "Star Hunt", "Star Hunt")
    assert "class StarHunt(KitGame):" in (other / "game.py").read_text("utf-8")


@pytest.mark.parametrize("korean", ["별 사냥", '"따옴표" \\ 둘', ""])
def test_a_new_game_has_the_titles_it_is_given(korean: str, tmp_path: Path) -> None:
    create("star_hunt", tmp_path, title_en="Hunt the stars", title_ko=korean)
    title = discover([tmp_path])["star_hunt"].title
    assert (title.en, title.ko) == ("Hunt the stars", korean or "Hunt the stars")
    assert "깡충" not in (tmp_path / "star_hunt" / "game.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["Hop", "two-words", "7up", "queue", ""])
def test_a_name_that_no_game_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be a game's name"):
        create(name, tmp_path)


def test_nobodys_game_is_overwritten(tmp_path: Path) -> None:
    create("hop", tmp_path)
    with pytest.raises(PackError, match="there already"):
        create("hop", tmp_path)


def test_the_line_about_events_runs() -> None:
    jumps = next(each for each in blocks("python") if each.startswith("jumps"))
    kinds: list[tuple[EventKind, float]] = [("jump", 0.9), ("jump", 0.3), ("hop", 0.9)]
    events = tuple(Event(n, kind, 1, 0.5, Point(1, 1), score=score) for n, (kind, score) in enumerate(kinds))
    seen: dict[str, Any] = {"tick": Tick(0, 1.0, 1 / 60, (), events=events)}
    exec(jumps, seen)
    assert seen["jumps"] == [events[0]]


def begun(content: Path, slug: str, manifest: str, code: str, surface: Surface) -> Round:
    """A round of a game that the guide tells."""
    folder = content / slug
    folder.mkdir()
    (folder / "game.toml").write_text(manifest, "utf-8")
    (folder / "game.py").write_text(code, "utf-8")
    (folder / "__init__.py").touch()
    pack = discover([content])[slug]
    return Round.start(pack, surface, seed=1, settings=checked_settings(pack))


def test_the_doodle_is_laid_anew_only_when_somebody_drew(tmp_path: Path) -> None:
    (doodle,) = [each for each in blocks("python") if "import pygame" in each]
    surface = Surface("floor", 3, 2)
    manifest = block("toml").replace('"Hop"', '"Doodle"', 1)
    round_ = begun(tmp_path, "doodle", manifest, doodle, surface)
    (player,) = robots(surface, ["good"], seed=1)

    versions: list[int] = []
    for index in range(60 * 60):
        players = [] if 1800 <= len(versions) < 1860 else [player.step([], index / 60, 1 / 60)]
        round_.advance(index / 60, players)
        canvas = RecordingCanvas()
        round_.draw(canvas)
        for layer in canvas.drawn:
            if layer.word == "layer":
                assert (layer.size_m, layer.details["size_px"]) == (3, (600, 400))
                versions.append(int(layer.details["version"]))
    assert versions[1799] > versions[0] + 100
    assert len(set(versions[1800:1860])) == 1, "the layer was told to be new though nobody drew"


def test_the_example_plays(tmp_path: Path) -> None:
    surface = Surface("floor", 3, 2)
    round_ = begun(tmp_path, "hop", block("toml"), example(), surface)
    (player,) = robots(surface, ["good"], seed=1)
    cues: list[Cue] = []
    for index in range(60 * 90):
        cues += round_.advance(index / 60, [player.step(round_.targets(), index / 60, 1 / 60)])
        round_.draw(RecordingCanvas())
    assert len([cue for cue in cues if isinstance(cue, Score)]) > 15
    assert Finish() in cues
