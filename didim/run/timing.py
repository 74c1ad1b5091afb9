"""Stopwatches and pace: how long each stage takes, and when the next frame is due."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

RECENT = 60
KEPT = 20_000
"""How many of the latest times of a stage are kept: ten minutes of pictures."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 95th percentile of a number of times, in milliseconds."""

    count: int
    median_ms: float
    p95_ms: float


class Timings:
    """Times by stage; `with timings.of("pose"):` measures one."""

    def __init__(self) -> None:
        self._ms: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEPT))

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        began_ns = time.perf_counter_ns()
        yield
        self.add(stage, (time.perf_counter_ns() - began_ns) / 1e6)

    def add(self, stage: str, ms: float) -> None:
        self._ms[stage].append(ms)

    def medians(self, *stages: str) -> dict[str, float]:
        """The median of the latest times of these stages, milliseconds; those without one are left out."""
        return {s: float(np.median(list(self._ms[s])[-RECENT:])) for s in stages if s in self._ms}

    def spreads(self) -> dict[str, Spread]:
        return {stage: spread(list(ms)) for stage, ms in self._ms.items()}


def spread(ms: list[float]) -> Spread:
    """Summarise times in milliseconds; all zero where there are none."""
    if not ms:
        return Spread(0, 0.0, 0.0)
    return Spread(len(ms), round(float(np.median(ms)), 3), round(float(np.percentile(ms, 95)), 3))


class Pacer:
    """Absolute deadlines at a fixed rate: an error in one wait is never carried to the next.

    A loop that falls behind by more than a period skips the missed deadlines.
    """

    def __init__(self, rate_hz: float) -> None:
        self._period_s = 1.0 / rate_hz
        self._due_s = time.monotonic()

    def wait(self) -> None:
        """Sleep until the next deadline."""
        now_s = time.monotonic()
        self._due_s += self._period_s
        if self._due_s < now_s:
            missed = (now_s - self._due_s) // self._period_s
            self._due_s += missed * self._period_s
        time.sleep(max(0.0, self._due_s - now_s))
