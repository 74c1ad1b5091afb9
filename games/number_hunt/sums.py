"""What is asked: stars to count, a word to read, a sum to work out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from didim.play import Rng

Kind = Literal["count", "words", "plus", "minus", "times", "gap"]
KINDS: tuple[tuple[float, tuple[Kind, ...]], ...] = (
    (0.20, ("count", "words")),
    (0.45, ("count", "words", "plus")),
    (0.70, ("words", "plus", "minus")),
    (1.01, ("plus", "minus", "times", "gap")),
)
"""What is asked of whom: up to which difficulty, 0 to 1."""

MOST_COUNTED = 10
MOST_WORD = 12


@dataclass(frozen=True, slots=True)
class Sum:
    """One task.

    Attributes:
        key, numbers: the message that asks; for "count" there is none, `answer` stars are shown.
    """

    kind: Kind
    answer: int
    key: str
    numbers: Mapping[str, int]


def asked(kind: Kind, difficulty: float, rng: Rng) -> Sum:
    """A task of a kind; difficulty 0 to 1 sets how large its numbers are."""
    most = 5 + round(15 * difficulty)
    if kind == "count":
        return Sum(kind, rng.randint(2, min(MOST_COUNTED, most)), "", {})
    if kind == "words":
        answer = rng.randint(1, min(MOST_WORD, most))
        return Sum(kind, answer, f"word_{answer}", {})
    if kind == "times":
        a, b = rng.randint(2, 4 + round(5 * difficulty)), rng.randint(2, 4 + round(5 * difficulty))
        return Sum(kind, a * b, "times", {"a": a, "b": b})
    total = rng.randint(4, max(6, most))
    part = rng.randint(1, total - 1)
    if kind == "plus":
        return Sum(kind, total, "plus", {"a": part, "b": total - part})
    if kind == "minus":
        return Sum(kind, total - part, "minus", {"a": total, "b": part})
    return Sum(kind, total - part, "gap", {"a": part, "b": total})


def next_kind(difficulty: float, rng: Rng, chosen: str) -> Kind:
    """What to ask next at that difficulty; the setting "sums" may hold it to one kind."""
    every: tuple[Kind, ...] = ("count", "words", "plus", "minus", "times")
    if chosen in every:
        return next(kind for kind in every if kind == chosen)
    return rng.choice(next(kinds for limit, kinds in KINDS if difficulty < limit))


def lures(task: Sum, count: int, rng: Rng) -> list[int]:
    """Wrong numbers near the right one; a slip of one, and for a product of one factor, is among them."""
    near = [task.answer + step for step in (-1, 1, -2, 2, 3, 10, -10)]
    if task.kind == "times":
        near = [task.answer - task.numbers["a"], task.answer + task.numbers["b"], *near]
    if task.kind == "minus":
        near.insert(1, task.numbers["a"] + task.numbers["b"])
    fair = list(dict.fromkeys(number for number in near if number > 0 and number != task.answer))
    picked = fair[: count + 1]
    rng.shuffle(picked)
    return picked[:count]
