"""Emblems: what a player is called by where no name is kept, a sign in a color."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from didim.words import Language, Words

Sign = Literal["circle", "star", "square", "heart", "triangle", "drop", "moon", "cross"]
EmblemColor = Literal["cyan", "magenta", "orange", "lime", "blue", "rose"]
SIGNS: tuple[Sign, ...] = get_args(Sign)
COLORS: tuple[EmblemColor, ...] = get_args(EmblemColor)
"""Both as the floor draws them: a player finds the emblem of the tablet under their feet."""


@dataclass(frozen=True, slots=True)
class Emblem:
    """A sign in a color.

    Raises:
        ValueError: no such sign or color.
    """

    sign: Sign
    color: EmblemColor

    def __post_init__(self) -> None:
        if self.sign not in SIGNS or self.color not in COLORS:
            raise ValueError(
                f"an emblem is one of {', '.join(SIGNS)} in one of {', '.join(COLORS)}, "
                f"got {self.sign!r} in {self.color!r}"
            )

    def called(self, language: Language) -> str:
        """What it is called: "lime star", "연두색 별"."""
        words = Words("didim.records", "words.toml", language)
        return words("emblem", color=words(f"color.{self.color}"), sign=words(f"sign.{self.sign}"))


EMBLEMS = tuple(
    Emblem(SIGNS[n % len(SIGNS)], COLORS[(n + n // (len(SIGNS) * len(COLORS) // 2)) % len(COLORS)])
    for n in range(len(SIGNS) * len(COLORS))
)
"""All 48; neighbours differ in sign and color, so that few players are told apart by either."""


def free_emblem(taken: Collection[Emblem]) -> Emblem:
    """The first that nobody has; once all are taken, the one that fewest have."""
    held = list(taken)
    return min(EMBLEMS, key=held.count)
