"""The steps of a calibration, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

StepKind = Literal["light", "sheet", "lean", "patterns", "solve", "verify"]
LEAST_TO_LEAN = 4
Tell = Callable[[str, float], None]
"""Called with the key of a message and the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done next; the message `do.<kind>` says it in one sentence.

    Attributes:
        number, of: which place of the sheet, from 1; 0 for other steps.
        by_hand: somebody has to do something first: lay the sheet down, or lean it.
    """

    kind: StepKind
    number: int = 0
    of: int = 0

    @property
    def by_hand(self) -> bool:
        return self.kind in ("sheet", "lean")


def steps_of(places: int) -> tuple[Step, ...]:
    """All steps for so many places of the sheet; none where the camera is known already.

    At the last of four and more it leans: sheets in one plane alone leave height and focal length open.
    """
    lying = places - 1 if places >= LEAST_TO_LEAN else places
    sheets = [Step("sheet" if number <= lying else "lean", number, places) for number in range(1, places + 1)]
    return (Step("light"), *sheets, Step("patterns"), Step("solve"), Step("verify"))


def silent(message: str, share: float) -> None:
    """Nobody wants to know."""
