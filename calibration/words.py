"""The message catalogue of calibration: words.toml, Korean and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from didim.problem import Problem

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


class Words:
    """The catalogue in one language: `words("ask.enter")`."""

    __slots__ = ("_texts", "language")

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = catalogue()[language]

    def __call__(self, key: str, **values: object) -> str:
        """The message of that key with its `{name}` places filled.

        Raises:
            KeyError: there is no such message, or it asks for a value not given.
        """
        return self._texts[key].format_map(values)


@cache
def catalogue() -> Mapping[Language, Mapping[str, str]]:
    """Every message in every language."""
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {language: tables[language] for language in LANGUAGES}


def cause_in(words: Words, problem: Problem) -> str | None:
    """What went wrong in one sentence of the catalogue, by the problem's type; None for other problems."""
    for kind in type(problem).__mro__:
        if f"cause.{kind.__name__}" in catalogue()[words.language]:
            return words(f"cause.{kind.__name__}")
    return None
