"""A game's words: the messages of its manifest, in the language of each edge's readers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from didim.drawing import Reader, up_rad
from didim.geometry import Point

Language = Literal["ko", "en"]


class Messages:
    """The catalogue of one game in one language: `messages("points", points=10)` is "+10"."""

    __slots__ = ("_texts", "language")

    def __init__(self, language: Language, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    @property
    def plain(self) -> dict[str, str]:
        """The messages that have no places to fill: what can be spoken, by key."""
        return {key: text for key, text in self._texts.items() if "{" not in text}

    def __call__(self, key: str, **numbers: int | str) -> str:
        """The message of that key with its `{name}` places filled.

        Raises:
            KeyError: the manifest has no such message, or the message asks for a number not given.
        """
        if key not in self._texts:
            raise KeyError(f"no message {key!r} in [words.{self.language}]; it has: {', '.join(self._texts)}")
        return self._texts[key].format_map(numbers)


@dataclass(frozen=True, slots=True)
class Words:
    """The same messages for the readers at the near and at the far edge.

    With two languages shown, each edge reads its own; with one, both read the same:
    `canvas.text(words.near("title"), …, facing="near")`, `canvas.text(words.far("title"), …, facing="far")`.
    """

    near: Messages
    far: Messages

    def of(self, reader: Reader, place: Point) -> Messages:
        """The messages for a player who reads at `place`: who looks away from the near edge reads its own."""
        return self.near if math.sin(up_rad(reader, place)) >= 0 else self.far
