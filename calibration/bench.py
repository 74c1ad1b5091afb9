"""The engine's figures for `didim bench calibration`: projector and camera, on rigs of held-out seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from calibration.camera.boards import intrinsics_from
from calibration.camera.failures import CameraFailure
from calibration.camera.figures import MetricFigures, metric_figures
from calibration.camera.real_boards import SETS
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
from didim.problem import Problem

HELD_OUT_SEED = 61_000
"""Nothing was tuned on rigs from this seed on."""
NORMAL_RIGS, TWO_RIGS, CAMERAS = 3, 2, 8
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


def measure(data: Path, clock: Callable[[], float], part: str | None = None) -> Iterator[Measured]:
    """Measure; real captures join where `data` holds them.

    Args:
        clock: tells CPU seconds.
        part: one of `PARTS` alone; None for all of them.

    Raises:
        Problem: there is no such part.
    """
    if part is not None and part not in PARTS:
        raise Problem(f"benchmark calibration has no part {part!r}; it has: {', '.join(PARTS)}")
    for name, measured in PARTS.items():
        if part in (None, name):
            yield from measured(data, clock)


def _projector(data: Path, clock: Callable[[], float]) -> Iterator[Measured]:
    normal = [
        outcome(f"normal {seed}", seed, Conditions(), clock)
        for seed in range(HELD_OUT_SEED, HELD_OUT_SEED + NORMAL_RIGS)
    ]
    yield from _normal(normal)
    yield from _fleet([outcome(*rig, clock) for rig in fleet(HELD_OUT_SEED + 100)], normal)


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


def _two(data: Path, clock: Callable[[], float]) -> Iterator[Measured]:
    pairs = [two_projectors(HELD_OUT_SEED + 200 + k) for k in range(TWO_RIGS)]
    apart = np.concatenate([pair.apart_mm for pair in pairs])
    note = f"{len(pairs)} pairs, one camera, over their overlap"
    yield Measured("two_projectors_median_mm", float(np.median(apart)), "mm", "lower", 0.5, note)
    yield Measured("two_projectors_p95_mm", float(np.percentile(apart, 95)), "mm", "lower", 2.0, note)
    step = max(pair.step for pair in pairs)
    yield Measured(
        "two_projectors_luminance_step", step, "x", "lower", 1.05, "across the seam, gamma measured"
    )


def _camera(data: Path, clock: Callable[[], float]) -> Iterator[Measured]:
    """Cameras over a surface, each by five places of one printed sheet."""
    solved: list[MetricFigures] = []
    failed: list[str] = []
    for seed in range(HELD_OUT_SEED + 300, HELD_OUT_SEED + 300 + CAMERAS):
        try:
            solved.append(metric_figures(seed))
        except CameraFailure as failure:
            failed.append(f"{seed}: {failure}")
    note = f"{len(solved)} of {CAMERAS} random cameras, 30 to 60 degrees, 720p and 1080p, all points together"
    note = "; ".join([note, *failed])
    floors = [figures for figures in solved if figures.kind == "floor"]
    on, above = (
        np.concatenate([*(1000 * points for points in each), np.full(0 if solved else 1, np.inf)])
        for each in ([figures.on_m for figures in solved], [figures.above_m for figures in floors])
    )
    for (name, percentile), bound in zip(PERCENTILES.items(), (3.0, 6.0, 15.0), strict=True):
        value = float(np.percentile(on, percentile))
        yield Measured(f"metric_floor_{name}_mm", value, "mm", "lower", bound, note)
    for name, bound in (("median", 6.0), ("p95", 12.0)):
        value = float(np.percentile(above, PERCENTILES[name]))
        over = f"{len(floors)} cameras over a floor, the sheet leaning at the last of five places"
        yield Measured(f"above_floor_1m_{name}_mm", value, "mm", "lower", bound, over)
    scale = max((100 * abs(figures.scale) for figures in solved), default=float("inf"))
    yield Measured("metric_scale_error_percent", scale, "%", "lower", 0.2, f"the worst camera; {note}")
    honest = [figures.on_covered for figures in solved] + [figures.above_covered for figures in floors]
    share = sum(honest) / max(1, len(honest))
    yield Measured(
        "camera_p95_covers", share, "share", "higher", 0.95, "on the surface and 1 m above the floor"
    )


def _real(data: Path, clock: Callable[[], float]) -> Iterator[Measured]:
    """Public pictures of boards and of Gray code; those that are not there are left out."""
    for real in SETS:
        if real.is_there(data):
            found = intrinsics_from(real.views(data))
            views = int(np.isfinite(found.view_rms_px).sum())
            note = f"{views} of {len(found.view_rms_px)} views, {found.left_out} single corners left out"
            yield Measured(f"board_{real.name}_rms_px", found.rms_px, "px", "lower", real.most_px, note)
    if (data / KAMINO).is_dir():
        shares = real_read_shares(data / KAMINO)
        note = f"kamino410, {len(shares)} poses, the worse one; stripes of 8 px"
        yield Measured("real_gray_code_read_share", min(shares), "share", "higher", 0.85, note)


PARTS = {"projector": _projector, "two": _two, "camera": _camera, "real": _real}
"""What can be measured alone, as `didim bench calibration:camera`."""
