"""What every game has without saying so: its common settings and the words of the host's own pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from didim.content import read_manifest
from didim.play._manifest import GamePack, KitTable, Setting
from didim.play._words import Language, Messages, Words

KIT = Path(__file__).with_name("_kit.toml")


@cache
def kit() -> KitTable:
    """The kit's settings and words."""
    return read_manifest(KIT, KitTable)


def settings_of(pack: GamePack) -> dict[str, Setting]:
    """The settings of a game by name: the kit's, with those that its manifest states or restates.

    A game that left or right means nothing to has no setting for it.
    """
    own = {**kit().settings, **pack.settings}
    return {name: setting for name, setting in own.items() if pack.sided or name != "side"}


def words_of(pack: GamePack, language: Language) -> dict[str, str]:
    """The messages of a game by key: the kit's, with those that its manifest states or restates."""
    own: dict[str, str] = getattr(kit().words, language)
    return {**own, **pack.words[language]}


def host_words(near: Language, far: Language, *, title: str = "") -> Words:
    """The kit's messages at either edge, for what belongs to no game; `title` is the place's name."""
    return Words(*(Messages(each, {**getattr(kit().words, each), "title": title}) for each in (near, far)))
