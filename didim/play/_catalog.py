"""The games there are: found by their manifests, loaded when they are played."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from didim.play._game import Game, Settings
from didim.play._kit import settings_of, words_of
from didim.play._manifest import LANGUAGES, GamePack, PackError, Value, checked_value, read_pack
from didim.play._pictures import Pictures
from didim.play._words import Language, Messages, Words

MODULE_PREFIX = "didim_game_"
"""Stands before the slug in the name of a loaded game's module."""


def discover(roots: Iterable[Path], *, broken: dict[str, PackError] | None = None) -> dict[str, GamePack]:
    """Every game under `roots` by its slug; runs no game's code.

    Args:
        broken: takes what is wrong with the games that cannot be used, by their folder's name, so that
            one of them stops no other.

    Raises:
        PackError: a manifest cannot be used, or two folders provide the same game; not with `broken`.
    """
    packs: dict[str, GamePack] = {}
    for manifest in [path for root in roots for path in sorted(root.glob("*/game.toml"))]:
        try:
            _add(packs, manifest)
        except PackError as error:
            if broken is None:
                raise
            broken[manifest.parent.name] = error
    return packs


def _add(packs: dict[str, GamePack], manifest: Path) -> None:
    pack = read_pack(manifest)
    if pack.slug in packs:
        raise PackError(f"{manifest}: {packs[pack.slug].folder} already provides {pack.slug!r}; rename one")
    packs[pack.slug] = pack


def find(packs: Mapping[str, GamePack], slug: str) -> GamePack:
    """The game of that name.

    Raises:
        PackError: there is none; the message names the nearest.
    """
    if slug in packs:
        return packs[slug]
    raise PackError(f"no game {slug!r}{_nearest(slug, packs)}; `didim games` lists them")


def load(pack: GamePack) -> type[Game]:
    """Import the game's class from its `game.py`.

    Raises:
        PackError: there is no `game.py`, or it has no class of the manifest's `entry`.
    """
    module = _imported(pack)
    game: type[Game] | None = getattr(module, pack.entry, None)
    if game is None:
        classes = [name for name, thing in vars(module).items() if isinstance(thing, type)]
        raise PackError(
            f"{pack.folder / 'game.toml'}: entry = {pack.entry!r} is not in game.py"
            f"{_nearest(pack.entry, classes)}"
        )
    return game


def reloaded(pack: GamePack) -> GamePack:
    """The game as its files say now: its manifest read anew, its code imported anew when next it is loaded.

    Raises:
        PackError: the manifest cannot be used.
    """
    _forget(pack.slug)
    return read_pack(pack.folder / "game.toml")


def checked_settings(
    pack: GamePack, values: Mapping[str, Value] | None = None, *, languages: tuple[str, ...] = ("ko", "en")
) -> Settings:
    """The game's settings, with defaults for those not given; values may be text, as typed by a person.

    `languages` are those of the near and the far edge, or one for both.

    Raises:
        PackError: a setting or language is unknown, or a value is of another type or out of range.
    """
    given, known = dict(values or {}), settings_of(pack)
    for name in given:
        if name not in known:
            raise PackError(
                f"{pack.slug} has no setting {name!r}{_nearest(name, known)}; it has: {', '.join(known)}"
            )
    checked = {
        name: checked_value(name, setting, given.get(name, setting.default))
        for name, setting in known.items()
    }
    if not 1 <= len(languages) <= 2:
        raise PackError(f"expected one language, or one for each of two edges; got {len(languages)}")
    words = Words(_messages(pack, languages[0]), _messages(pack, languages[-1]))
    return Settings(checked, words, Pictures(pack.folder / "pictures"))


def _messages(pack: GamePack, language: str) -> Messages:
    known: dict[str, Language] = {name: name for name in LANGUAGES}
    if language not in known:
        raise PackError(f"expected a language of {', '.join(known)}; got {language!r}")
    return Messages(known[language], words_of(pack, known[language]))


def _imported(pack: GamePack) -> ModuleType:
    for name, holds in (("__init__.py", "nothing"), ("game.py", f"the class {pack.entry}")):
        if not (pack.folder / name).is_file():
            raise PackError(f"{pack.folder / name}: no such file; a game has one, and it holds {holds}")
    package = f"{MODULE_PREFIX}{pack.slug}"
    loaded = sys.modules.get(package)
    if loaded is None or list(loaded.__path__) != [str(pack.folder)]:
        _forget(pack.slug)
        spec = importlib.util.spec_from_file_location(
            package, pack.folder / "__init__.py", submodule_search_locations=[str(pack.folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[package] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return importlib.import_module(f"{package}.game")


def _forget(slug: str) -> None:
    package = f"{MODULE_PREFIX}{slug}"
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f"; did you mean {near[0]!r}?" if near else ""
