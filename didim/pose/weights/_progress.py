"""How far a preparation is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as work goes on; the caller draws it."""

    def __call__(self, message: str, fraction: float | None) -> None:
        """Take what is being done, and the share of the whole that is done: 0 to 1, None where unknown."""
        ...


def silent(message: str, fraction: float | None) -> None:
    """The progress of those who don't ask."""
