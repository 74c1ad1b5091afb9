"""Calibration: drawn where seen, honest figures, success without help."""

from __future__ import annotations

import time
from importlib.metadata import entry_points
from pathlib import Path

from didim.bench._report import Figure, Report
from didim.bench._table import BenchError

GROUP = "didim.benches"


def run(data: Path, part: str | None = None) -> Report:
    """Measure made-up rigs of held-out seeds, and real captures where `data` holds them; or one part of it.

    Raises:
        BenchError: the calibration package is not installed.
    """
    found = entry_points(group=GROUP, name="calibration")
    if not found:
        raise BenchError("the calibration package is not installed; install didim anew")
    (entry,) = found
    return Report(
        "calibration",
        {
            each.name: Figure(each.value, each.unit, each.better, each.bound, note=each.note)
            for each in entry.load()(data, time.process_time, part)
        },
    )
