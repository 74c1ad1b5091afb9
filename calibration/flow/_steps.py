"""The steps of a calibration, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

StepKind = Literal["light", "sheet", "lean", "patterns", "solve", "verify"]
LEAST_TO_LEAN, NEARER_MOST = 4, 2
PLACES, PLACES_EACH = 5, 3
"""Of the sheet: before one projector; for each of several, and one more where it leans."""
Tell = Callable[[str, float], None]
"""Called with the key of a message and the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done next; the message `do.<kind>` says it in one sentence.

    Attributes:
        number, of: which place of the sheet, from 1; 0 for other steps.
        by_hand: somebody has to do something first: lay the sheet down, or lean it.
        spot, display: which of a display's places is outlined, from 1.
        nearer: how often that place was drawn in because no camera read the sheet there.
    """

    kind: StepKind
    number: int = 0
    of: int = 0
    spot: int = 0
    display: int = 0
    nearer: int = 0

    @property
    def by_hand(self) -> bool:
        return self.kind in ("sheet", "lean")


def steps_of(places: int | None, displays: Sequence[int] = (0,), *, leans: bool = True) -> tuple[Step, ...]:
    """All steps for so many places of the sheet, None for as many as measure well, 0 for a known camera.

    Places go round the projectors. At the last of four and more the sheet leans: sheets in one plane alone
    leave height and focal length open. At a wall nothing leans: hands are known where they touch it.

    Args:
        leans: whether it is a floor, where a sheet can lean.
    """
    if places is None:
        places = PLACES if len(displays) == 1 else PLACES_EACH * len(displays) + 1
    lying = places - 1 if leans and places >= LEAST_TO_LEAN else places
    sheets = [
        Step(
            "sheet" if index < lying else "lean",
            index + 1,
            places,
            1 + index // len(displays),
            displays[index % len(displays)],
        )
        for index in range(places)
    ]
    return (Step("light"), *sheets, Step("patterns"), Step("solve"), Step("verify"))


def silent(message: str, share: float) -> None:
    """Nobody wants to know."""
