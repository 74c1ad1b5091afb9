"""Light, moderate or vigorous: effort from how often feet come down and how fast the body moves."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from didim.records._player import AgeBand
from didim.records.measures._limits import (
    ACTIVE_M_S,
    ACTIVE_STEPS_MIN,
    ADULT_CADENCE,
    ADULT_CADENCE_YEARS,
    ADULT_MODERATE_MET,
    EPOCH_S,
    GROWN_YEARS,
    LATE_S,
    LEAST_TRACKED,
    LIGHT_MET,
    LONE_STEP_S,
    LONGEST_STEP_S,
    MODERATE_M_S,
    MOST_MET,
    STILL_MET,
    VIGOROUS_M_S,
    VIGOROUS_MET,
    YOUNGEST_YEARS,
    YOUTH_CADENCE,
    YOUTH_MODERATE_MET,
)

Effort = Literal["still", "light", "moderate", "vigorous"]
BAND_YEARS: dict[AgeBand, int] = {"3-5": 3, "6-9": 6, "10-13": 10, "adult": 21, "senior": 65}
"""Where only the band is known, its youngest: thresholds are then never too low."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is moderate and vigorous at one age.

    Attributes:
        moderate, vigorous: steps a minute.
        moderate_met: youth METs up to 17 years, else METs.
    """

    moderate: float
    vigorous: float
    moderate_met: float

    def met(self, cadence: float, speed_m_s: float) -> float:
        """Metabolic equivalents at so many steps a minute, straight between the thresholds; at least what
        the speed alone tells."""
        points = (
            (ACTIVE_STEPS_MIN, LIGHT_MET),
            (self.moderate, self.moderate_met),
            (self.vigorous, VIGOROUS_MET),
        )
        by_steps = STILL_MET if cadence < ACTIVE_STEPS_MIN else min(MOST_MET, _along(points, cadence))
        by_speed = {
            "still": STILL_MET,
            "light": LIGHT_MET,
            "moderate": self.moderate_met,
            "vigorous": VIGOROUS_MET,
        }
        return max(by_steps, by_speed[_by_speed(speed_m_s)])

    def effort(self, cadence: float, speed_m_s: float) -> Effort:
        """The class that the metabolic equivalents fall in."""
        met = self.met(cadence, speed_m_s)
        if met >= VIGOROUS_MET:
            return "vigorous"
        if met >= self.moderate_met:
            return "moderate"
        return "light" if met >= LIGHT_MET else "still"


def thresholds(age_years: float) -> Thresholds | None:
    """What holds at an age in full years; None under six, where nobody has measured it."""
    if age_years < YOUNGEST_YEARS:
        return None
    moderate_met = YOUTH_MODERATE_MET if age_years < GROWN_YEARS else ADULT_MODERATE_MET
    if age_years >= ADULT_CADENCE_YEARS:
        return Thresholds(*ADULT_CADENCE, moderate_met)
    (young, at_young), (old, at_old) = YOUTH_CADENCE.items()
    share = min(max((age_years - young) / (old - young), 0.0), 1.0)
    moderate, vigorous = (a + share * (b - a) for a, b in zip(at_young, at_old, strict=True))
    return Thresholds(moderate, vigorous, moderate_met)


def is_active(cadence: float, speed_m_s: float) -> bool:
    """Whether somebody moves about at all, at any age."""
    return cadence >= ACTIVE_STEPS_MIN or speed_m_s >= ACTIVE_M_S


def _by_speed(speed_m_s: float) -> Effort:
    if speed_m_s >= VIGOROUS_M_S:
        return "vigorous"
    if speed_m_s >= MODERATE_M_S:
        return "moderate"
    return "light" if speed_m_s >= ACTIVE_M_S else "still"


def _along(points: Sequence[tuple[float, float]], at: float) -> float:
    """The height of the line through the points, its last piece prolonged."""
    (x0, y0), (x1, y1) = next(((a, b) for a, b in pairwise(points) if at < b[0]), (points[-2], points[-1]))
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)


@dataclass(slots=True)
class Efforts:
    """Times of each effort, seconds, and metabolic equivalents times minutes."""

    measured_s: float = 0.0
    active_s: float = 0.0
    light_s: float = 0.0
    moderate_s: float = 0.0
    vigorous_s: float = 0.0
    met_minutes: float = 0.0

    def add(self, span_s: float, cadence: float, speed_m_s: float, by: Thresholds | None) -> None:
        """Take one epoch."""
        self.measured_s += span_s
        if is_active(cadence, speed_m_s):
            self.active_s += span_s
        if by is None:
            return
        effort = by.effort(cadence, speed_m_s)
        if effort != "still":
            name = f"{effort}_s"
            setattr(self, name, getattr(self, name) + span_s)
        self.met_minutes += by.met(cadence, speed_m_s) * span_s / 60.0


class Epochs:
    """Cuts a player's time into epochs and tells the effort of each.

    An epoch is closed once no more can be heard of it; then it costs nothing any more, so that the measures
    so far can be asked for every second.

    Attributes:
        falls_s: when feet came down, all of them, in order.
    """

    def __init__(self, by: Thresholds | None) -> None:
        self.falls_s: list[float] = []
        self._by = by
        self._closed = Efforts()
        self._next = 0
        self._seen_s: dict[int, float] = {}
        self._way_m: dict[int, float] = {}

    def fall(self, t_s: float) -> None:
        """A foot came down."""
        insort(self.falls_s, t_s)

    def seen(self, from_s: float, to_s: float, way_m: float) -> None:
        """The player was in sight from the one moment to the other and moved so far meanwhile."""
        length_s = to_s - from_s
        for epoch in range(int(from_s // EPOCH_S), int(to_s // EPOCH_S) + 1):
            within_s = min(to_s, (epoch + 1) * EPOCH_S) - max(from_s, epoch * EPOCH_S)
            if within_s > 0:
                self._seen_s[epoch] = self._seen_s.get(epoch, 0.0) + within_s
                self._way_m[epoch] = self._way_m.get(epoch, 0.0) + way_m * within_s / length_s

    def efforts(self, now_s: float) -> Efforts:
        """All epochs so far, the running one up to `now_s`."""
        while (self._next + 1) * EPOCH_S + LATE_S + 2 * LONGEST_STEP_S <= now_s:
            self._add(self._next, EPOCH_S, self._closed)
            self._seen_s.pop(self._next, None)
            self._way_m.pop(self._next, None)
            self._next += 1
        total = replace(self._closed)
        for epoch in range(self._next, int(now_s // EPOCH_S) + 1):
            self._add(epoch, min(now_s - epoch * EPOCH_S, EPOCH_S), total)
        return total

    def _add(self, epoch: int, span_s: float, to: Efforts) -> None:
        """Take an epoch into account as far as the player was in sight."""
        seen_s = min(self._seen_s.get(epoch, 0.0), span_s)
        if span_s <= 0 or seen_s < LEAST_TRACKED * span_s:
            return
        begins_s = epoch * EPOCH_S
        steps = self._steps(begins_s, begins_s + span_s)
        to.add(seen_s, 60.0 * steps / seen_s, self._way_m.get(epoch, 0.0) / seen_s, self._by)

    def _steps(self, from_s: float, to_s: float) -> float:
        """Steps within a span, counted in parts: a walk of 110 a minute is 110 in every epoch."""
        first = max(bisect_left(self.falls_s, from_s) - 2, 0)
        last = bisect_left(self.falls_s, to_s) + 2
        steps = 0.0
        for begins_s, ends_s, weight in _strides(self.falls_s[first:last]):
            if ends_s > begins_s:
                within_s = max(0.0, min(ends_s, to_s) - max(begins_s, from_s))
                steps += weight * within_s / (ends_s - begins_s)
            else:
                steps += weight * (from_s <= ends_s < to_s)
        return steps


def _strides(falls_s: Sequence[float]) -> Iterator[tuple[float, float, float]]:
    """From when to when each step was on its way, and what part of a step that is.

    A walk of n feet put down has n - 1 steps between them; half a step as long as the neighbour leads in,
    half a one leads out.
    """
    lengths_s = [after - before for before, after in pairwise(falls_s)]
    for index, t_s in enumerate(falls_s):
        before_s = lengths_s[index - 1] if index > 0 else LONGEST_STEP_S * 2
        after_s = lengths_s[index] if index < len(lengths_s) else LONGEST_STEP_S * 2
        if after_s <= LONGEST_STEP_S:
            yield t_s, t_s + after_s, 1.0
        else:
            yield t_s, t_s + min(before_s, LONE_STEP_S) / 2, 0.5
        if before_s > LONGEST_STEP_S:
            yield t_s - min(after_s, LONE_STEP_S) / 2, t_s, 0.5
