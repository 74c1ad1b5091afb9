"""Finding, checking and loading game packs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from didim.content import content_roots
from didim.play import GameError, PackError, Rng, Round, Surface, checked_settings, discover, find, load

MANIFEST = """
format = 1
entry = "Hop"
surfaces = ["floor", "wall"]
min_players = 1
max_players = 4
min_age = 4
minutes = 1.5
skills = ["balance"]
intensity = "light"
title = { ko = "깡충", en = "Hop" }
summary = { ko = "뛰어요.", en = "Jump." }
goal = { ko = "다리 힘", en = "Strong legs" }

[words.ko]
jump = "뛰어요!"
count = "{n}번"

[words.en]
jump = "Jump!"
count = "{n} times"

[settings.pace]
type = "float"
default = 1
min = 0.5
max = 2
title = { ko = "빠르기", en = "Pace" }

[settings.rounds]
type = "int"
default = 3
min = 1
max = 9
title = { ko = "판", en = "Rounds" }

[settings.music]
type = "bool"
default = true
title = { ko = "음악", en = "Music" }

[settings.mood]
type = "choice"
default = "day"
choices = ["day", "night"]
title = { ko = "분위기", en = "Mood" }
"""

GAME = """
class Hop:
    def __init__(self, surface, rng, settings):
        self.settings = settings

    def update(self, tick):
        return []

    def draw(self, canvas):
        canvas.fill("plain")
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a pack with one piece of its manifest replaced; returns the root that holds it."""

    def write(old: str = "", new: str = "", *, slug: str = "hop", game: str = GAME) -> Path:
        assert old in MANIFEST
        folder = tmp_path / "games" / slug
        folder.mkdir(parents=True)
        (folder / "game.toml").write_text(MANIFEST.replace(old, new, 1), "utf-8")
        (folder / "game.py").write_text(game, "utf-8")
        (folder / "__init__.py").touch()
        return folder.parent

    return write


def test_the_games_of_this_version_are_found() -> None:
    packs = discover(content_roots("games"))
    assert packs["lily_pads"].title.ko == "연잎 밟기"
    assert packs["lily_pads"].words["en"]["title"] == "Lily Pads"


def test_finding_games_runs_none_of_their_code(write: Write) -> None:
    root = write(game="raise RuntimeError('imported')")
    assert list(discover([root])) == ["hop"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("min_players", "min_player", r"'min_player'.*did you mean 'min_players'"),
        ('entry = "Hop"\n', "", r"`entry`"),
        ("max = 9", "maximum = 9", r"'maximum'.*settings.*did you mean 'max'"),
        ("format = 1", "format = 2", r"format = 2.*reads format = 1"),
        ('["floor", "wall"]', "[]", r"surfaces is empty"),
        ('["floor", "wall"]', '["ceiling"]', r"ceiling"),
        ("min_players = 1", "min_players = 5", r"min_players <= max_players, got 5 and 4"),
        ("minutes = 1.5", "minutes = 0", r"minutes in 0 to 60"),
        ('["balance"]', '["juggling"]', r"juggling"),
        ('jump = "Jump!"\n', "", r"\[words.en\] has no message 'jump'"),
        ('jump = "뛰어요!"', 'jump = " "', r"\[words.ko\] has no message 'jump'"),
        ('"{n} times"', '"{m} times"', r"'count' has the places \['n'\].*\['m'\]"),
        ('"{n} times"', '"{n times"', r"a brace \{\{"),
        ('jump = "뛰어요!"', 'jump = "뛰어요!"\ntitle = "깡충"', r"has no message 'title'"),
        ("max = 9\n", "", r"\[settings.rounds\].*both are needed"),
        ("default = true", "default = true\nmax = 1", r"\[settings.music\].*both are needed"),
        ('choices = ["day", "night"]\n', "", r"\[settings.mood\].*at least one"),
        ("default = 3", "default = 30", r"'rounds' lies between 1 and 9; got 30"),
        ("default = 3", 'default = "3"', r"\[settings.rounds\].*write the number bare"),
        ("default = 3", "default = 2.5", r"'rounds' is of type int; got 2.5"),
        ('default = "day"', 'default = "noon"', r"'mood' is one of day, night; got 'noon'"),
        ("format = 1", "format =", r"cannot be read as TOML"),
    ],
)
def test_a_manifest_error_names_the_file_and_the_remedy(write: Write, old: str, new: str, told: str) -> None:
    root = write(old, new)
    with pytest.raises(PackError, match=rf"(?s)hop.game\.toml: .*{told}"):
        discover([root])


@pytest.mark.parametrize("slug", ["queue", "two-words", "7up"])
def test_a_folder_has_to_be_a_modules_name(write: Write, slug: str) -> None:
    with pytest.raises(PackError, match=f"{slug}.*rename the folder"):
        discover([write(slug=slug)])


def test_two_folders_cannot_provide_one_game(write: Write, tmp_path: Path) -> None:
    root = write()
    site = tmp_path / "site"
    site.mkdir()
    (root / "hop").rename(site / "hop")
    write_again = site.parent / "games" / "hop"
    write_again.mkdir()
    (write_again / "game.toml").write_text(MANIFEST, "utf-8")
    with pytest.raises(PackError, match="already provides 'hop'"):
        discover([root, site])


def test_a_misspelt_game_is_answered_with_the_nearest(write: Write) -> None:
    with pytest.raises(PackError, match="no game 'hopp'; did you mean 'hop'"):
        find(discover([write()]), "hopp")


def test_settings_have_defaults_and_read_text(write: Write) -> None:
    pack = discover([write()])["hop"]
    own = {"pace": 1.0, "rounds": 3, "music": True, "mood": "day"}
    assert checked_settings(pack).values.items() >= own.items()
    typed = {"pace": "0.5", "rounds": "9", "music": "false", "mood": "night"}
    settings = checked_settings(pack, typed)
    assert settings.values.items() >= {"pace": 0.5, "rounds": 9, "music": False, "mood": "night"}.items()
    assert settings["level"] == 2, "the kit's settings are there too"
    assert settings["rounds"] == 9


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("pase", 1, "no setting 'pase'; did you mean 'pace'"),
        ("pace", "fast", "'pace' is of type float; got 'fast'"),
        ("pace", "nan", "'pace' lies between 0.5 and 2"),
        ("pace", 2.01, "'pace' lies between 0.5 and 2; got 2.01"),
        ("rounds", True, "'rounds' is of type int; got True"),
        ("music", 1, "'music' is of type bool; got 1"),
        ("mood", "dusk", "one of day, night; got 'dusk'"),
    ],
)
def test_a_wrong_setting_is_explained(write: Write, name: str, value: float | str, told: str) -> None:
    pack = discover([write()])["hop"]
    with pytest.raises(PackError, match=told):
        checked_settings(pack, {name: value})


def test_each_edge_reads_its_language(write: Write) -> None:
    pack = discover([write()])["hop"]
    both = checked_settings(pack, languages=("ko", "en")).words
    assert (both.near("count", n=3), both.far("count", n=3)) == ("3번", "3 times")
    one = checked_settings(pack, languages=("en",)).words
    assert (one.near("title"), one.far("title")) == ("Hop", "Hop")
    with pytest.raises(KeyError, match=r"no message 'hello' in \[words.en\]"):
        one.near("hello")
    with pytest.raises(PackError, match="expected a language of ko, en; got 'fr'"):
        checked_settings(pack, languages=("fr",))


def test_a_missing_class_or_file_is_named(write: Write) -> None:
    root = write('entry = "Hop"', 'entry = "Hopp"')
    pack = discover([root])["hop"]
    with pytest.raises(PackError, match=r"entry = 'Hopp' is not in game.py; did you mean 'Hop'"):
        load(pack)
    (root / "hop" / "game.py").unlink()
    with pytest.raises(PackError, match=r"game\.py: no such file"):
        load(pack)
    (root / "hop" / "__init__.py").unlink()
    with pytest.raises(PackError, match=r"__init__\.py: no such file"):
        load(pack)


def test_the_same_slug_elsewhere_is_another_game(write: Write, tmp_path: Path) -> None:
    root = write()
    first = load(discover([root])["hop"])
    moved = root.rename(tmp_path / "elsewhere")
    second = load(discover([moved])["hop"])
    assert first is not second
    assert load(discover([moved])["hop"]) is second


@pytest.mark.parametrize(
    "game", ["import nothing_of_that_name", "class Hop:\n    def __init__(self, *_):\n        1 / 0"]
)
def test_a_game_that_cannot_start_is_named(write: Write, game: str) -> None:
    pack = discover([write(game=game)])["hop"]
    with pytest.raises(GameError, match=r"game 'hop' crashed: .*game\.py:[13]"):
        Round.start(pack, Surface("floor", 3, 2), seed=0, settings=checked_settings(pack))


def test_a_loaded_game_gets_its_settings(write: Write) -> None:
    pack = discover([write()])["hop"]
    game = load(pack)(Surface("floor", 3, 2), Rng(1), checked_settings(pack))
    assert vars(game)["settings"]["pace"] == 1.0
