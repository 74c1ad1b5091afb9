"""What drawing costs: the Python side of a frame, the processor's where it draws, and what the guard adds."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np

from didim.bench._light import SIZE_PX, Likeness, Seam, likeness, seam
from didim.bench._report import Figure, Report
from didim.content import content_roots
from didim.geometry import Point, Surface
from didim.play import Color, checked_settings, discover, find
from didim.project import FlashGuard, Stage, StripeWatch, SurfaceCanvas, Window, straight_projector
from didim.run.rehearsal import Rehearsal, film_ms

SURFACE = Surface("floor", 4.0, 2.25)
SHAPES, PARTICLES, TEXTS = 200, 500, 4
FRAMES, WARM_UP = 60, 10
TINY_PX, DEMO_PX = (32, 18), (960, 540)


def run(data: Path) -> Report:
    """Measure; no recording is needed."""
    guard_ms = _guard_ms()
    demo_ms = film_ms(_lily_pads(), seconds=8.0)
    with Window(SIZE_PX, offscreen=True) as window:
        warped, shared = likeness(window), seam(window)
    figures = {
        "python_ms": Figure(
            _python_ms() + guard_ms,
            "ms",
            "lower",
            3.0,
            note=f"{SHAPES} shapes, {PARTICLES} particles, {TEXTS} texts, the flash guard; no driver",
        ),
        "guard_ms": Figure(guard_ms, "ms", "lower", note="the flash guard's look at one frame"),
        "demo_frame_ms": Figure(
            float(np.median(demo_ms)),
            "ms",
            "lower",
            1000 / 24,
            note="lily_pads, 3 robots, 960x540; by the clock, this computer's OpenGL",
        ),
    }
    return Report("render", figures | _exactness(warped, shared))


def _exactness(warped: Likeness, shared: Seam) -> dict[str, Figure]:
    """How true the warped light is, and how even where two projectors overlap."""
    return {
        "warp_levels": Figure(
            warped.levels,
            "/255",
            "lower",
            1.0,
            note="a warped picture against cv2.remap, where it is smooth",
        ),
        "warp_edge_px": Figure(
            warped.edge_px, "px", "lower", 0.1, note="and where edges lie, 95th percentile"
        ),
        "overlap_step": Figure(
            shared.step,
            "x",
            "lower",
            1.05,
            peer=shared.unblended_step,
            note="light of two unequal projectors on a simulated floor, 5 cm apart; peer: no blending",
        ),
        "overlap_black_step": Figure(
            shared.black,
            "x",
            "lower",
            1.05,
            peer=shared.unblended_black,
            note="the same where all is black",
        ),
    }


def _lily_pads() -> Rehearsal:
    pack = find(discover(content_roots("games"), broken={}), "lily_pads")
    return Rehearsal(pack, checked_settings(pack), size_px=DEMO_PX)


def _python_ms() -> float:
    """CPU time of one frame's words and sparks up to where the driver takes over."""
    times_ms = []
    projector = straight_projector(SURFACE, TINY_PX)
    with Window(TINY_PX, offscreen=True) as window, Stage(window, SURFACE, projector) as stage:
        for index in range(FRAMES + WARM_UP):
            began_s = time.thread_time()
            _draw(stage.canvas(index / 60), index / 60)
            for burst in range(10 if index % 100 == 0 else 0):
                stage.burst(Point(0.4 * burst, 1.0), (1.0, 0.5, 0.2), PARTICLES // 10, index / 60)
            times_ms.append(1e3 * (time.thread_time() - began_s))
            stage.present()  # the driver's part
    return float(np.median(times_ms[WARM_UP:]))


def _draw(canvas: SurfaceCanvas, t_s: float) -> None:
    canvas.fill("pond")
    places = [Point(0.1 + 0.09 * index, 1.1 + 0.9 * math.sin(index + t_s)) for index in range(SHAPES // 5)]
    for index, at in enumerate(places):
        canvas.lily(at, 0.1, Color(0.03, 0.42, 0.12), turn_rad=index)
    for at in places:
        canvas.disc(at, 0.1, Color(0.2, 0.6, 1.0))
    for at in places:
        canvas.ring(at, 0.12, Color(1.0, 0.2, 0.6), progress=0.6)
    for at in places:
        canvas.star(at, 0.08, Color(2.0, 1.2, 0.2), turn_rad=t_s)
    for at in places:
        canvas.line(at, at.moved(0.2, 0.1), Color(0.4, 1.0, 0.1))
    for index in range(TEXTS):
        canvas.text("별을 밟아요!", Point(2.0, 0.3 + 0.5 * index), 0.12, Color(1.6, 1.5, 1.3))


def _guard_ms() -> float:
    """What the guard's count in each frame costs, and its look for stripes in one of six, over them."""
    guard, watch, rng = FlashGuard(), StripeWatch(), np.random.default_rng(0)
    calm, fine = rng.random((guard.cells, 3)) * 0.5, rng.random((72, 128)) * 0.3
    count_ms, look_ms = [], []
    for index in range(FRAMES + WARM_UP):
        began_s = time.thread_time()
        guard.admit(calm * (1 + 0.1 * math.sin(index / 9)), index / 60)
        counted_s = time.thread_time()
        watch.add(fine, index / 10)
        count_ms.append(1e3 * (counted_s - began_s))
        look_ms.append(1e3 * (time.thread_time() - counted_s))
    return float(np.median(count_ms[WARM_UP:]) + np.median(look_ms[WARM_UP:]) / 6)
