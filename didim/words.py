"""Message catalogues: a TOML file beside a room's code, one table a language, the same keys in each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


class Words:
    """One catalogue in one language: `Words("didim.records", "words.toml", "ko")("report.title")`.

    Args:
        package, file: where the catalogue lies.
    """

    __slots__ = ("_texts", "language")

    def __init__(self, package: str, file: str, language: Language) -> None:
        self.language: Language = language
        self._texts = catalogue(package, file)[language]

    def __call__(self, key: str, **values: object) -> str:
        """The message of that key with its `{name}` places filled.

        Raises:
            KeyError: there is no such message, or it asks for a value not given.
        """
        return self._texts[key].format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts


@cache
def catalogue(package: str, file: str) -> Mapping[Language, Mapping[str, str]]:
    """Every message of one catalogue in every language; tables within a language become dotted keys."""
    tables = tomllib.loads(resources.files(package).joinpath(file).read_text("utf-8"))
    return {language: dict(_flat(tables[language])) for language in LANGUAGES}


def _flat(table: Mapping[str, object], before: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{before}{key}.")
        else:
            rows.append((before + key, str(value)))
    return rows
