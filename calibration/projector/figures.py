"""What the projector half promises, measured on made-up rigs: for `didim bench` and for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from calibration.patterns import Contrast, contrast, level, read_stripes
from calibration.projector._blend import LitProjector, blends, registration
from calibration.projector._exposure import set_exposure
from calibration.projector._measure import ProjectorMeasure, measure_projector
from calibration.projector._surface_map import ProjectorMaps, surface_maps
from calibration.projector._taking import Delay, Taker
from calibration.projector._verify import Verified, suiting_square_m, verify
from calibration.projector.failures import ProjectorFailure
from calibration.synthetic import (
    AREA,
    HARD,
    Conditions,
    SyntheticRig,
    SyntheticStage,
    hard_conditions,
    random_conditions,
)
from didim.capture import CameraFrame
from didim.geometry import FloatArray
from didim.rig import Blend

RANDOM_RIGS, HARD_RIGS = 18, 12
USABLE_P95_MM = 33.0
"""A map that is worse than this anywhere but in a twentieth of the surface is no success."""
KAMINO_PX, KAMINO_CELL_PX = (1024, 768), 4
"""Gray code of cells of 4 px has its narrowest stripes 8 px wide."""
CpuClock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rig, measured without help.

    Attributes:
        name: what kind of rig it is, with its seed.
        errors_mm: (n,) true errors over the play area; empty where it failed.
        shown_p95_mm: what the installer is told.
        failure: the cause named, where it failed.
        shown_s: time that frames were shown for; cpu_s: of everything but drawing the made-up pictures.
    """

    name: str
    errors_mm: FloatArray
    shown_p95_mm: float
    failure: str
    shown_s: float
    cpu_s: float

    @property
    def p95_mm(self) -> float:
        return float(np.percentile(self.errors_mm, 95)) if len(self.errors_mm) else float("inf")

    @property
    def succeeded(self) -> bool:
        return self.p95_mm <= USABLE_P95_MM

    @property
    def honest(self) -> bool:
        return self.shown_p95_mm >= self.p95_mm


class _TimedStage(SyntheticStage):
    """Counts the CPU time that goes into drawing pictures, which a real camera takes over."""

    clock: CpuClock
    drawing_s = 0.0

    def next(self, after_ns: int = 0) -> CameraFrame:
        began = self.clock()
        picture = super().next(after_ns)
        self.drawing_s += self.clock() - began
        return picture


def fleet(first_seed: int) -> list[tuple[str, int, Conditions]]:
    """Thirty rigs: eighteen random ones, and two that are hard in each of six ways."""
    usual = [(f"random {s}", s, random_conditions(s)) for s in range(first_seed, first_seed + RANDOM_RIGS)]
    hard = []
    for k in range(HARD_RIGS):
        kind, seed = HARD[k % len(HARD)], first_seed + RANDOM_RIGS + k
        hard.append((f"{kind} {seed}", seed, hard_conditions(kind, seed)))
    return usual + hard


def outcome(name: str, seed: int, conditions: Conditions, clock: CpuClock) -> Outcome:
    """Set the camera up, measure, solve, verify; a cause that was named is an outcome too."""
    rig = SyntheticRig(seed, conditions)
    stage = _TimedStage(rig, seed)
    stage.clock = clock
    delay = Delay(round(stage.true_delay_ns), 1.0)
    try:
        set_exposure(stage, stage, delay)
        began, drawn, shown_ns = clock(), stage.drawing_s, stage.now_ns
        measured, shown = measured_on(rig, stage, delay, seed)
    except ProjectorFailure as failure:
        return Outcome(name, np.zeros(0), float("inf"), type(failure).__name__, 0.0, 0.0)
    cpu_s = clock() - began - (stage.drawing_s - drawn)
    truth = rig.truth()
    errors = rig.error_mm(truth, measured.warp.apply(truth.camera_px))[truth.seen]
    return Outcome(name, errors, shown.p95_mm, "", (stage.now_ns - shown_ns) / 1e9, cpu_s)


def measured_on(
    rig: SyntheticRig, stage: SyntheticStage, delay: Delay, seed: int
) -> tuple[ProjectorMeasure, Verified]:
    """Measure, solve and verify on a stage whose delay is known."""
    taker = Taker(stage, stage, delay)
    measured = measure_projector(taker, np.random.default_rng(seed))
    maps = surface_maps(measured.warp, rig.camera, AREA, rig.conditions.projector_px)
    return measured, verify(taker, maps, rig.camera, AREA)


@dataclass(frozen=True, slots=True)
class TwoFigures:
    """Two projectors side by side.

    Attributes:
        apart_mm: (n,) true distances of their light over the overlap; seen_p95_mm: as the camera measured.
        step: the largest ratio of light between places 10 cm apart in and around the overlap.
    """

    apart_mm: FloatArray
    seen_p95_mm: float
    step: float


def two_projectors(seed: int) -> TwoFigures:
    """Measure both through one camera, blend them, and compare with the truth."""
    conditions = Conditions(two_projectors=True, ambient=0.08, light=0.6, projector_gamma=1.9)
    rig = SyntheticRig(seed, conditions)
    stage = SyntheticStage(rig, seed)
    delay = Delay(round(stage.true_delay_ns), 1.0)
    black = level(conditions.projector_px, 0)
    found: list[tuple[ProjectorMeasure, ProjectorMaps]] = []
    shown: list[Verified] = []
    side_m = 0.0
    for display in (0, 1):
        stage.show(black, 1 - display)
        taker = Taker(stage, stage, delay, display)
        measured = measure_projector(taker, np.random.default_rng(seed))
        maps = surface_maps(measured.warp, rig.camera, AREA, conditions.projector_px)
        side_m = side_m or suiting_square_m(maps, AREA)
        shown.append(verify(taker, maps, rig.camera, AREA, square_m=side_m))
        found.append((measured, maps))
    lit = [
        LitProjector(maps, conditions.projector_px, measured.seen, measured.response.gamma)
        for measured, maps in found
    ]
    made = blends(lit, rig.camera, AREA)
    step = _luminance_step(rig, stage, made, [projector.gamma for projector in lit])
    return TwoFigures(_true_apart_mm(rig, found), registration(*shown).p95_mm, step)


def _true_apart_mm(rig: SyntheticRig, found: list[tuple[ProjectorMeasure, ProjectorMaps]]) -> FloatArray:
    truths = [rig.truth(81, 61, projector) for projector in (0, 1)]
    both = truths[0].seen & truths[1].seen
    lands = []
    for projector, (measured, _) in enumerate(found):
        drawn = measured.warp.apply(truths[0].camera_px[both])
        true_px = truths[projector].projector_px[both]
        device = rig.projectors[projector]
        lands.append(device.surface_points(drawn) - device.surface_points(true_px))
    return np.asarray(1000 * np.linalg.norm(lands[0] - lands[1], axis=1))


def _luminance_step(
    rig: SyntheticRig, stage: SyntheticStage, made: list[Blend], gammas: list[float]
) -> float:
    """Light of a plain grey across the seam, as ratios to what one projector gives, from true beams."""
    size_px = rig.conditions.projector_px
    grey = np.full(size_px[::-1], 200, np.uint8)
    light = np.zeros(rig.beams[0].shade.shape, np.float64)
    for projector, blend in enumerate(made):
        light += stage.light_of(projector, blend.apply(grey, gammas[projector]))
    truth = rig.truth(81, 61, 0), rig.truth(81, 61, 1)
    seen = truth[0].seen | truth[1].seen
    px = np.round(truth[0].camera_px).astype(int)
    floor = rig.ambient / np.maximum(rig.conditions.ambient, 1e-6)
    values = np.full(len(px), np.nan)
    ys, xs = px[seen, 1], px[seen, 0]
    values[seen] = cv2.blur((light / np.maximum(floor, 1e-6)).astype(np.float32), (9, 9))[ys, xs]
    return _largest_step(values.reshape(61, 81))


def _largest_step(light: FloatArray, reach: int = 2) -> float:
    """The largest ratio between places 10 cm apart in and around the overlap, fall-off included."""
    ratio = light[:, reach:] / light[:, :-reach]
    across = np.nanmedian(ratio, axis=0)[24:56]
    return float(np.nanmax(np.maximum(across, 1 / across)))


def real_read_shares(folder: Path) -> list[float]:
    """Shares of lit pixels read in real Gray code captures with stripes of 8 px and more.

    Args:
        folder: holds `capture_0`, … with pictures of columns, rows, white and black, 2 px stripes last.
    """
    shares = []
    for capture in sorted(folder.glob("capture_*")):
        paths = sorted(capture.glob("*.jpg"))
        pictures = [np.asarray(cv2.imread(str(p), cv2.IMREAD_GRAYSCALE), np.float32) for p in paths]
        seen: Contrast = contrast(pictures[-1], pictures[-2])
        wide = [*pictures[:16], *pictures[20:36]]
        _, sure = read_stripes(wide, KAMINO_PX, KAMINO_CELL_PX, seen.white - seen.black)
        shares.append(float(sure[seen.lit].mean()))
    return shares
