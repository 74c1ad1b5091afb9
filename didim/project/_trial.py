"""A trial of this computer's drawing: how finely its frames come in time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from didim.drawing import Color
from didim.geometry import Point, Surface
from didim.project._governor import QUALITIES, WATCHED, Quality
from didim.project._stage import Stage
from didim.project._straight import straight_projector
from didim.project._window import Window

FLOOR = Surface("floor", 4.0, 2.25)
WARM_UP, TRIED = 3, 6  # frames at each quality


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found.

    Attributes:
        quality: the finest at which a frame comes in time, or the coarsest there is.
        frame_ms: the median frame at it.
    """

    quality: Quality
    frame_ms: float


def trial(window: Window, clock_s: Callable[[], float], size_px: tuple[int, int], budget_ms: float) -> Trial:
    """Draw a lively scene for a projector of `size_px` at ever coarser qualities, as the governor would.

    Args:
        clock_s: seconds, as `time.perf_counter` tells them.
    """
    with Stage(window, FLOOR, straight_projector(FLOOR, size_px), budget_ms=budget_ms) as stage:
        while True:
            frame_ms = _median_ms(stage, clock_s)
            if frame_ms <= budget_ms or stage.quality is QUALITIES[-1]:
                return Trial(stage.quality, frame_ms)
            for _ in range(WATCHED):
                stage.govern(2 * budget_ms)


def _median_ms(stage: Stage, clock_s: Callable[[], float]) -> float:
    took_ms = []
    for index in range(WARM_UP + TRIED):
        began_s = clock_s()
        _draw(stage, index / 30)
        took_ms.append(1e3 * (clock_s() - began_s) - stage.waited_ms)
    return float(np.median(took_ms[WARM_UP:]))


def _draw(stage: Stage, t_s: float) -> None:
    """About as much as a game of three players draws."""
    canvas = stage.canvas(t_s)
    canvas.fill("pond")
    for index in range(12):
        at = Point(0.3 + 0.3 * index, 1.1 + 0.7 * math.sin(index + t_s))
        canvas.glow(at, 0.3, Color(0.02, 0.6, 1.0), opacity=0.3)
        canvas.lily(at, 0.16, Color(0.03, 0.42, 0.12), turn_rad=index)
        canvas.ring(at, 0.2, Color(1.6, 0.85, 0.05), progress=0.6)
    for index in range(4):
        canvas.koi(Point(0.6 + 0.8 * index, 0.5), 0.4, Color(1.5, 0.34, 0.05), turn_rad=t_s, stroke=8 * t_s)
    for y_m in (0.2, 2.05):
        canvas.text("별을 밟아요! 95", Point(2.0, y_m), 0.12, Color(1.6, 1.5, 1.3))
    if t_s == 0:
        stage.burst(Point(2.0, 1.1), Color(1.0, 0.5, 0.2), 120, t_s)
    stage.present()
