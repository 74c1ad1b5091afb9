"""The engine's figures for `didim bench calibration`: camera and projector, on rigs of held-out seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from calibration.projector.figures import (
    RANDOM_RIGS,
    Outcome,
    fleet,
    outcome,
    real_read_shares,
    two_projectors,
)
from calibration.synthetic import Conditions
from didim.geometry import FloatArray

HELD_OUT_SEED = 9000
"""Nothing was tuned on rigs from this seed on."""
NORMAL_RIGS, TWO_RIGS = 3, 2
PERCENTILES = {"median": 50, "p95": 95, "max": 100}
KAMINO = Path("A_graycode") / "kamino410_2poses_jpg"


class Measured(NamedTuple):
    """A figure and what it has to reach; `didim.bench` makes a row of it."""

    name: str
    value: float
    unit: str
    better: Literal["lower", "higher"]
    bound: float | None
    note: str


def measure(data: Path, clock: Callable[[], float]) -> Iterator[Measured]:
    """Measure; real captures join where `data` holds them. `clock` tells CPU seconds."""
    normal = [
        outcome(f"normal {seed}", seed, Conditions(), clock)
        for seed in range(HELD_OUT_SEED, HELD_OUT_SEED + NORMAL_RIGS)
    ]
    yield from _normal(normal)
    rigs = [outcome(*rig, clock) for rig in fleet(HELD_OUT_SEED + 100)]
    yield from _fleet(rigs, normal)
    yield from _two()
    if (data / KAMINO).is_dir():
        shares = real_read_shares(data / KAMINO)
        note = f"kamino410, {len(shares)} poses, the worse one; stripes of 8 px"
        yield Measured("real_gray_code_read_share", min(shares), "share", "higher", 0.85, note)


def _normal(rigs: list[Outcome]) -> Iterator[Measured]:
    errors = np.concatenate([rig.errors_mm for rig in rigs])
    note = f"4x3 m, 1080p, normal light, {len(rigs)} rigs together"
    for (name, percentile), bound in zip(PERCENTILES.items(), (0.5, 2.0, 8.0), strict=True):
        value = float(np.percentile(errors, percentile)) if len(errors) else float("inf")
        yield Measured(f"drawn_where_seen_{name}_mm", value, "mm", "lower", bound, note)
    times = [rig.shown_s + rig.cpu_s for rig in rigs]
    shown = float(np.median([rig.shown_s for rig in rigs]))
    note = f"patterns shown for {shown:.1f} s, the rest is CPU time on one core; solved and verified"
    yield Measured("machine_time_s", float(np.median(times)), "s", "lower", 10.0, note)


def _fleet(rigs: list[Outcome], normal: list[Outcome]) -> Iterator[Measured]:
    usual = [rig for rig in rigs[:RANDOM_RIGS] if len(rig.errors_mm)]
    note = f"worst decile of {RANDOM_RIGS} random rigs: 720p and 1080p, bumps, people"
    for (name, percentile), bound in zip(PERCENTILES.items(), (1.0, 6.0, 33.0), strict=True):
        values = np.array([np.percentile(rig.errors_mm, percentile) for rig in usual])
        value = _worst_decile(values, RANDOM_RIGS)
        yield Measured(f"random_rigs_{name}_mm", value, "mm", "lower", bound, note)
    solved = [rig for rig in (*rigs, *normal) if len(rig.errors_mm)]
    honest = sum(rig.honest for rig in solved) / max(1, len(solved))
    yield Measured(
        "shown_p95_covers", honest, "share", "higher", 0.95, f"{len(solved)} rigs: shown p95 >= true p95"
    )
    failed = [f"{rig.name}: {rig.failure or 'poor map'}" for rig in rigs if not rig.succeeded]
    note = f"of {len(rigs)}: random, dark, sunny, glossy, carpet, walkers, late frames; " + (
        "; ".join(failed) or "none failed"
    )
    succeeded = float(sum(rig.succeeded for rig in rigs))
    yield Measured("rigs_solved_without_help", succeeded, "rigs", "higher", 29.0, note)


def _worst_decile(values: FloatArray, count: int) -> float:
    """The ninth decile of `count` rigs; one that failed counts as infinitely bad."""
    every = np.sort(np.concatenate([values, np.full(count - len(values), np.inf)]))
    return float(every[int(np.ceil(0.9 * count)) - 1])


def _two() -> Iterator[Measured]:
    pairs = [two_projectors(HELD_OUT_SEED + 200 + k) for k in range(TWO_RIGS)]
    apart = np.concatenate([pair.apart_mm for pair in pairs])
    note = f"{len(pairs)} pairs, one camera, over their overlap"
    yield Measured("two_projectors_median_mm", float(np.median(apart)), "mm", "lower", 0.5, note)
    yield Measured("two_projectors_p95_mm", float(np.percentile(apart, 95)), "mm", "lower", 2.0, note)
    step = max(pair.step for pair in pairs)
    yield Measured(
        "two_projectors_luminance_step", step, "x", "lower", 1.05, "across the seam, gamma measured"
    )
