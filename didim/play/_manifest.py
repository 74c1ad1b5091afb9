"""game.toml: what a game says about itself; read without running any of its code."""

from __future__ import annotations

import math
import string
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import msgspec

from didim.content import ContentError, read_manifest
from didim.drawing import Background
from didim.play._words import Language
from didim.problem import Problem

FORMAT = 1

LANGUAGES: tuple[Language, ...] = get_args(Language)

Skill = Literal[
    "agility",
    "balance",
    "coordination",
    "cooperation",
    "endurance",
    "memory",
    "reaction",
    "rhythm",
    "strength",
]
Intensity = Literal["light", "moderate", "vigorous"]
Scoring = Literal["each", "together"]
Value = bool | int | float | str


class PackError(Problem):
    """A game pack cannot be used; the message names the file, the key and what to write."""

    exit_code = 8


class _Table(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A table of the file; no unknown key passes."""


class Text(_Table, frozen=True):
    """A few words in each language."""

    ko: str
    en: str


class Setting(_Table, frozen=True):
    """One thing that the person who starts the game may choose.

    Attributes:
        min, max: the range of an "int" or "float", both ends included.
        choices: the values of a "choice".
    """

    type: Literal["int", "float", "bool", "choice"]
    default: Value
    title: Text
    min: float = -math.inf
    max: float = math.inf
    choices: tuple[str, ...] = ()


class _WordsTable(_Table, frozen=True):
    ko: dict[str, str]
    en: dict[str, str]


class KitTable(_Table, frozen=True):
    """The settings and words that every game has."""

    settings: dict[str, Setting]
    words: _WordsTable


class _GameTable(_Table, frozen=True, kw_only=True):
    format: int
    entry: str
    title: Text
    summary: Text
    words: _WordsTable
    surfaces: tuple[Literal["floor", "wall"], ...]
    min_players: int
    max_players: int
    min_age: int
    minutes: float
    skills: tuple[Skill, ...]
    intensity: Intensity
    goal: Text
    max_age: int = 99
    ground: Background = "plain"
    scoring: Scoring = "each"
    sided: bool = False
    settings: dict[str, Setting] = {}


@dataclass(frozen=True, slots=True)
class GamePack:
    """A game on disk.

    Attributes:
        slug: the folder's name, by which the game is asked for.
        folder: where `game.toml` and `game.py` lie.
        entry: the name of the game's class in `game.py`.
        words: the message catalogue by language; "title" is the game's title.
        minutes: with its default settings the game ends within this time, counted from the first player.
        skills, intensity: what it trains, and how hard.
        goal: what it trains, in words for the person who chooses.
        min_age, max_age: years.
        ground: the background of its lobby and its results.
        scoring: whether the points of each player are shown, or those of all together.
        sided: it can be played with the left or the right hand or foot alone; else it has no setting "side".
        settings: the game's own, beside the kit's.
    """

    slug: str
    folder: Path
    entry: str
    title: Text
    summary: Text
    words: dict[Language, dict[str, str]]
    surfaces: tuple[Literal["floor", "wall"], ...]
    min_players: int
    max_players: int
    min_age: int
    minutes: float
    skills: tuple[Skill, ...]
    intensity: Intensity
    goal: Text
    max_age: int
    ground: Background
    scoring: Scoring
    sided: bool
    settings: dict[str, Setting]


def read_pack(manifest: Path) -> GamePack:
    """Read and check one `game.toml`.

    Raises:
        PackError: the file lacks a key or holds an unknown one, a value is out of range, the languages
            don't match, or the folder's name cannot be a module's.
    """
    try:
        table = read_manifest(manifest, _GameTable)
        _check(manifest.parent.name, table)
        for name, setting in table.settings.items():
            _check_setting(name, setting)
    except (ContentError, PackError) as error:
        raise PackError(str(error) if isinstance(error, ContentError) else f"{manifest}: {error}") from None
    return GamePack(
        slug=manifest.parent.name,
        folder=manifest.parent,
        words={
            "ko": {"title": table.title.ko, **table.words.ko},
            "en": {"title": table.title.en, **table.words.en},
        },
        entry=table.entry,
        title=table.title,
        summary=table.summary,
        surfaces=table.surfaces,
        min_players=table.min_players,
        max_players=table.max_players,
        min_age=table.min_age,
        minutes=table.minutes,
        skills=table.skills,
        intensity=table.intensity,
        goal=table.goal,
        max_age=table.max_age,
        ground=table.ground,
        scoring=table.scoring,
        sided=table.sided,
        settings=table.settings,
    )


def _check(slug: str, table: _GameTable) -> None:
    if not slug.isidentifier() or slug in sys.stdlib_module_names:
        raise PackError(f"the folder's name {slug!r} cannot be a module's name; rename the folder")
    if table.format != FORMAT:
        raise PackError(f"format = {table.format}: this didim reads format = {FORMAT}")
    if not table.surfaces:
        raise PackError('surfaces is empty; write surfaces = ["floor"], ["wall"] or both')
    if not 1 <= table.min_players <= table.max_players:
        raise PackError(
            f"expected 1 <= min_players <= max_players, got {table.min_players} and {table.max_players}"
        )
    if not (0 <= table.min_age <= table.max_age <= 99 and 0 < table.minutes <= 60):
        raise PackError(
            "expected 0 <= min_age <= max_age <= 99 years and minutes in 0 to 60, got "
            f"{table.min_age}, {table.max_age} and {table.minutes:g}"
        )
    _check_words(table.words)


def _check_words(words: _WordsTable) -> None:
    for key in sorted({*words.ko, *words.en}):
        for language, messages in (("ko", words.ko), ("en", words.en)):
            if not messages.get(key, "").strip():
                raise PackError(
                    f"[words.{language}] has no message {key!r}; every message stands in both languages"
                )
        if key == "title":
            raise PackError("[words.*] title: the game's title stands in [title] alone; remove it here")
        if _places(words.ko[key]) != _places(words.en[key]):
            raise PackError(
                f"message {key!r} has the places {_places(words.ko[key])} in Korean and "
                f"{_places(words.en[key])} in English; write the same {{names}} in both"
            )


def _places(message: str) -> list[str]:
    try:
        return sorted({name for _, name, _, _ in string.Formatter().parse(message) if name is not None})
    except ValueError as error:
        raise PackError(f"message {message!r}: {error}; a place is written {{name}}, a brace {{{{") from None


def _check_setting(name: str, setting: Setting) -> None:
    numeric = setting.type in ("int", "float")
    if (math.isfinite(setting.min), math.isfinite(setting.max)) != (numeric, numeric):
        raise PackError(
            f"[settings.{name}]: min and max are for the types int and float, and both are needed"
        )
    if (setting.type == "choice") != bool(setting.choices):
        raise PackError(f"[settings.{name}]: choices are for the type choice, which needs at least one")
    if numeric and isinstance(setting.default, str):
        raise PackError(f"[settings.{name}]: default = {setting.default!r} is text; write the number bare")
    checked_value(name, setting, setting.default)


def checked_value(name: str, setting: Setting, value: Value) -> Value:
    """`value` as the setting's type; text from a command line or a form is read.

    Raises:
        PackError: the value is of another type or out of range.
    """
    if setting.type == "choice":
        if value in setting.choices:
            return value
        raise PackError(f"setting {name!r} is one of {', '.join(setting.choices)}; got {value!r}")
    kind: type[Value] = {"int": int, "float": float, "bool": bool}[setting.type]
    try:
        # Text is read as a person types it; anything else has to be of the type already.
        found: Value = msgspec.convert(value, kind, strict=not isinstance(value, str))
    except msgspec.ValidationError:
        raise PackError(f"setting {name!r} is of type {setting.type}; got {value!r}") from None
    if setting.type != "bool" and not setting.min <= float(found) <= setting.max:
        raise PackError(f"setting {name!r} lies between {setting.min:g} and {setting.max:g}; got {found!r}")
    return found
