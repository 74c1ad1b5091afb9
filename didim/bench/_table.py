"""The table of benchmarks."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from didim.bench._report import Report
from didim.problem import Problem


class BenchError(Problem):
    """A benchmark cannot run here; the message says what it needs."""

    exit_code = 6


BENCHES = {
    "pose": "didim.bench.pose:run",
    "people": "didim.bench.people:run",
    "following": "didim.bench.following:run",
    "engines": "didim.bench.engines:run",
    "floor": "didim.bench.floor:run",
    "loop": "didim.bench.loop:run",
    "venue": "didim.bench.venue:run",
    "render": "didim.bench.render:run",
    "calibration": "didim.bench.calibration:run",
    "console": "didim.bench.console:run",
}
IN_PARTS = ("calibration", "people", "following")


def run_bench(name: str, *, data: Path) -> Report:
    """Run one benchmark of the table on the recordings under `data` (the folder that holds MANIFEST.json).

    Args:
        name: of the table; `<name>:<part>` runs a part of one that has parts.

    Raises:
        BenchError: no such benchmark or part, or it lacks its recordings.
    """
    name, _, part = name.partition(":")
    if name not in BENCHES:
        raise BenchError(f"benchmark {name!r} is not one of {', '.join(BENCHES)}")
    if part and name not in IN_PARTS:
        raise BenchError(f"benchmark {name!r} has no parts; {', '.join(IN_PARTS)} have")
    module, _, attribute = BENCHES[name].partition(":")
    run: Callable[..., Report] = getattr(importlib.import_module(module), attribute)
    return run(data, part) if part else run(data)
