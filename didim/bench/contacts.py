"""When feet come down, how many steps and how many jumps: what is told of people against their truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from didim.bench._films import FPS
from didim.bench._report import Figure
from didim.people import Event
from didim.sim import Motion, Performance, Side

FROM_S, UNTIL_S = 1.5, 0.5
"""What happens so soon after the beginning or before the end doesn't count."""
SAME_S = 0.25
CONTACT_MS, STEPS_OFF, JUMPS_OFF = 40.0, 0.03, 0.02


@dataclass(slots=True)
class Count:
    """Something that happens, as told and in truth.

    Attributes:
        told, true: how often. errors_s: how late each was told to be that is both.
    """

    told: int = 0
    true: int = 0
    errors_s: list[float] = field(default_factory=list)

    def add(self, told_s: Sequence[float], true_s: Sequence[float]) -> None:
        self.told += len(told_s)
        self.true += len(true_s)
        self.errors_s += paired(told_s, true_s)

    @property
    def off(self) -> float:
        """How far the count is off, as a share of the truth."""
        return abs(self.told - self.true) / max(self.true, 1)

    @property
    def note(self) -> str:
        return f"{self.told} told, {self.true} true, {len(self.errors_s)} of them within {SAME_S:.2f} s"


def contact_figures(steps: Count, jumps: Count) -> dict[str, Figure]:
    """What was counted, each figure against its bound."""
    error_ms = 1e3 * float(np.median(np.abs(steps.errors_s))) if steps.errors_s else float("inf")
    return {
        "contact_error_ms": Figure(
            error_ms, "ms", "lower", CONTACT_MS, note=f"median at {FPS:.0f} a second; {steps.note}"
        ),
        "steps_off": Figure(steps.off, "share", "lower", STEPS_OFF, note=steps.note),
        "jumps_off": Figure(jumps.off, "share", "lower", JUMPS_OFF, note=jumps.note),
    }


def count(events: Sequence[Event], motion: Performance, seconds: float, steps: Count, jumps: Count) -> None:
    """Add what was told of somebody, and what they did."""
    assert isinstance(motion, Motion)
    landings_s: dict[Side, list[float]] = {
        side: [stance.down_s for stance in motion.feet[side].stances[1:]] for side in Side
    }
    for side, true_s in landings_s.items():
        told_s = [each.t_s for each in events if each.kind == "down" and each.side == side.name.lower()]
        steps.add(_counted(told_s, seconds), _counted(true_s, seconds))
    both = set(landings_s[Side.LEFT]) & set(landings_s[Side.RIGHT])
    jumped_s = [landed_s for _, landed_s in motion.flights_s if landed_s in both]
    told_s = [each.t_s for each in events if each.kind == "jump"]
    jumps.add(_counted(told_s, seconds), _counted(jumped_s, seconds))


def paired(told_s: Sequence[float], true_s: Sequence[float]) -> list[float]:
    """How late what was told is against the truth, each paired once, the nearest first."""
    pairs = sorted(
        (abs(told - true), i, j)
        for i, told in enumerate(told_s)
        for j, true in enumerate(true_s)
        if abs(told - true) <= SAME_S
    )
    left, right, errors_s = set(range(len(told_s))), set(range(len(true_s))), []
    for _, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            errors_s.append(told_s[i] - true_s[j])
    return errors_s


def _counted(times_s: Iterable[float], seconds: float) -> list[float]:
    return [t_s for t_s in times_s if FROM_S < t_s < seconds - UNTIL_S]
