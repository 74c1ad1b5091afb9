"""What the console says no with: each with its HTTP status and its words in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from didim.problem import Problem
from didim.words import Language, catalogue


def problem_words(language: Language) -> Mapping[str, str]:
    """The messages of the console's problems, by key."""
    return catalogue("didim.console", "problems.toml")[language]


class ConsoleProblem(Problem):
    """Something that a person at the console can mend.

    Attributes:
        status: the HTTP status that stands for it.
        key: of its words in `problems.toml`; `values` fill their places.
    """

    exit_code = 11
    status: ClassVar[int] = 422

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(problem_words("en")[key].format(**values))
        self.key = key
        self.values = values

    def told(self, language: Language) -> str:
        """The same in one language."""
        return problem_words(language)[self.key].format(**self.values)


class Invalid(ConsoleProblem):
    """What was asked for cannot be: the message says what could."""


class NotSignedIn(ConsoleProblem):
    """Nobody is known by what was shown: no session, no token, or one that ended."""

    status = 401


class Refused(ConsoleProblem):
    """Somebody is known, and may not do this."""

    status = 403


class NotFound(ConsoleProblem):
    """There is nothing of that name or number."""

    status = 404


class Conflict(ConsoleProblem):
    """It cannot be done as things stand now."""

    status = 409


class TooSoon(ConsoleProblem):
    """Too many wrong tries; `wait_s` says when the next one counts."""

    status = 429

    def __init__(self, wait_s: float) -> None:
        super().__init__("too_soon", wait_s=int(wait_s) + 1)
        self.wait_s = wait_s


class Unavailable(ConsoleProblem):
    """A part of the rig that this needs does not answer now."""

    status = 503
