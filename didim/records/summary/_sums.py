"""What can be added up, so that a database can do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from didim.records._round import Result


@dataclass(frozen=True, slots=True)
class Sums:
    """Results added up; None: measured in none of them.

    Attributes:
        rounds: how many there are.
        measured: in how many of them effort was measured.
        seated: how many were played from a chair.
        graded_s: the time measured where effort was graded, too.
        seen_s, tracked_s: the time in sight of the camera, and in the game, where both are known.
        tried_hits, tried_misses: of the results whose game tells tries.
    """

    rounds: int = 0
    measured: int = 0
    seated: int = 0
    present_s: float = 0.0
    measured_s: float | None = None
    active_s: float | None = None
    graded_s: float | None = None
    light_s: float | None = None
    moderate_s: float | None = None
    vigorous_s: float | None = None
    seen_s: float | None = None
    tracked_s: float | None = None
    steps: int | None = None
    jumps: int | None = None
    distance_m: float | None = None
    points: int | None = None
    tried_hits: int | None = None
    tried_misses: int | None = None


NAMES = [field.name for field in fields(Sums)]
_ROW = attrgetter(*NAMES)
PLAIN = (
    "measured_s",
    "active_s",
    "light_s",
    "moderate_s",
    "vigorous_s",
    "steps",
    "jumps",
    "distance_m",
    "points",
)
"""Those that are the sum of the measure of that name."""


def sums(results: Sequence[Result]) -> Sums:
    """Add results up."""
    every = [result.marks for result in results]
    graded = [marks for marks in every if marks.light_s is not None]
    tracked = [marks for marks in every if marks.tracked_share is not None]
    tried = [marks for marks in every if marks.hits is not None and marks.misses is not None]
    return Sums(
        rounds=len(every),
        measured=sum(bool(marks.measured_s) for marks in every),
        seated=sum(marks.seated for marks in every),
        present_s=sum(marks.present_s for marks in every),
        graded_s=_total([marks.measured_s for marks in graded]),
        seen_s=_total([(marks.tracked_share or 0.0) * marks.present_s for marks in tracked]),
        tracked_s=_total([marks.present_s for marks in tracked]),
        tried_hits=_total([marks.hits for marks in tried]),
        tried_misses=_total([marks.misses for marks in tried]),
        **{name: _total([getattr(marks, name) for marks in every]) for name in PLAIN},
    )


def _total(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def added(several: Iterable[Sums]) -> Sums:
    """Sums added up again."""
    rows = [_ROW(each) for each in several]
    return Sums(*map(_total, zip(*rows, strict=True))) if rows else Sums()
