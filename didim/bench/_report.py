"""What a benchmark returns: figures with bounds, and curves to look at."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        bound: what it has to reach, or None where it is only reported.
        better: which side of the bound is good.
        peer: the same figure of the software it is compared with, from the same run.
        note: a few words on what was measured, for the table in docs/measurements.md.
    """

    value: float
    unit: str
    better: Literal["lower", "higher"]
    bound: float | None = None
    peer: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        if self.bound is None:
            return True
        return self.value <= self.bound if self.better == "lower" else self.value >= self.bound

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "value": round(self.value, 4),
            "unit": self.unit,
            "bound": self.bound,
            "better": self.better,
            "holds": self.holds,
        }
        if self.peer is not None:
            fields["peer"] = round(self.peer, 4)
        if self.note:
            fields["note"] = self.note
        return fields


@dataclass(frozen=True, slots=True)
class Curve:
    """A plot for docs/measurements.md: named series of (x, y) points."""

    title: str
    x_label: str
    y_label: str
    series: dict[str, tuple[list[float], list[float]]]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one benchmark run."""

    bench: str
    figures: dict[str, Figure]
    curves: tuple[Curve, ...] = ()
    machine: dict[str, Any] = field(default_factory=lambda: machine())

    def as_json(self) -> dict[str, Any]:
        return {
            "bench": self.bench,
            "machine": self.machine,
            "figures": {key: figure.as_json() for key, figure in self.figures.items()},
        }


def machine() -> dict[str, Any]:
    """The computer in a few words; nothing that names its owner."""
    import psutil  # not before a benchmark runs: every command reads this file

    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
    }
