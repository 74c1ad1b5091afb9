"""The error over the surface, in millimetres, as a picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calibration.projector import Verified
from calibration.report._paint import INK, PAPER, QUIET, RULE, Bytes, Sheet, ramp
from didim.geometry import FloatArray, Surface

WIDTH, LEFT, TOP, BOTTOM, RIGHT = 560, 34, 10, 30, 76
CELLS_PER_M = 40
SPREAD_M = 0.12
REACH_M = 0.3
ARROWS = 220
LEAST_TOP_MM = 1.0
Place = Callable[[FloatArray], FloatArray]
"""Metres on the surface to pixels of the picture, (n, 2) each."""


def error_map(verified: Verified, surface: Surface, unit: str) -> tuple[Bytes, int]:
    """(h, w, 3) uint8 RGB with axes in metres and a scale, and how many times its arrows are enlarged."""
    across = WIDTH - LEFT - RIGHT
    per_m = across / surface.width_m
    down = per_m * surface.height_m
    sheet = Sheet(WIDTH, round(down) + TOP + BOTTOM)
    top_mm = scale_top_mm(verified.p95_mm)
    sheet.picture(_colors(verified, surface, top_mm), LEFT, TOP, across, down)

    def at(places_m: FloatArray) -> FloatArray:
        return np.column_stack([LEFT + per_m * places_m[:, 0], TOP + down - per_m * places_m[:, 1]])

    _grid(sheet, surface, at, down)
    times = _arrows(sheet, verified, at, per_m)
    _scale(sheet, top_mm, down, unit)
    return sheet.pixels(), times


def scale_top_mm(p95_mm: float) -> float:
    """A round figure at or above the 95th percentile."""
    for step in (1, 2, 3, 5, 10, 20, 30, 50, 100):
        if p95_mm <= step:
            return float(max(step, LEAST_TOP_MM))
    return float(np.ceil(p95_mm / 100) * 100)


def _colors(verified: Verified, surface: Surface, top_mm: float) -> Bytes:
    """Errors smoothed over a hand's width; white where nothing was measured nearby. First row is far."""
    x = (np.arange(round(CELLS_PER_M * surface.width_m)) + 0.5) / CELLS_PER_M
    y = (np.arange(round(CELLS_PER_M * surface.height_m)) + 0.5)[::-1] / CELLS_PER_M
    far_mm = np.linalg.norm(verified.off_mm, axis=1)
    near_x = np.exp(-((x[:, None] - verified.places_m[:, 0]) ** 2) / (2 * SPREAD_M**2))
    near_y = np.exp(-((y[:, None] - verified.places_m[:, 1]) ** 2) / (2 * SPREAD_M**2))
    weight, total = near_y @ near_x.T, (near_y * far_mm) @ near_x.T
    known = weight > np.exp(-(REACH_M**2) / (2 * SPREAD_M**2))
    error = total / np.maximum(weight, 1e-12)
    return np.where(known[..., None], ramp(error / top_mm), np.array(RULE, np.uint8)).astype(np.uint8)


def _grid(sheet: Sheet, surface: Surface, at: Place, down: float) -> None:
    for x in range(int(surface.width_m) + 1):
        ends = at(np.array([[x, 0.0], [x, surface.height_m]]))
        sheet.line(ends, PAPER, 0.6)
        sheet.text(ends[0, 0], TOP + down + 6, f"{x} m" if x else "0", 10, QUIET, "mt")
    for y in range(int(surface.height_m) + 1):
        ends = at(np.array([[0.0, y], [surface.width_m, y]]))
        sheet.line(ends, PAPER, 0.6)
        sheet.text(LEFT - 6, ends[0, 1], f"{y} m" if y else "0", 10, QUIET, "rm")


def _arrows(sheet: Sheet, verified: Verified, at: Place, per_m: float) -> int:
    """Where light lies off, enlarged so that a typical arrow is some pixels long."""
    length_px = 9.0
    times = length_px / max(per_m * verified.median_mm / 1000, 1e-6)
    times = max(1, round(times / 10 ** int(np.log10(max(times, 1)))) * 10 ** int(np.log10(max(times, 1))))
    step = max(1, len(verified.places_m) // ARROWS)
    start = at(verified.places_m[::step])
    way: NDArray[np.float64] = verified.off_mm[::step] * per_m / 1000 * times * [1, -1]
    for begin, along in zip(start, way, strict=True):
        sheet.line(np.array([begin, begin + along]), INK, 0.6)
        sheet.dot(float(begin[0]), float(begin[1]), 1.0, INK)
    return int(times)


def _scale(sheet: Sheet, top_mm: float, down: float, unit: str) -> None:
    left = WIDTH - RIGHT + 18
    bar = ramp(np.linspace(1, 0, 128)[:, None].repeat(2, axis=1))
    height = min(down, 150.0)
    sheet.picture(bar, left, TOP, 10, height)
    for share in (0.0, 0.5, 1.0):
        y = TOP + height * (1 - share)
        anchor = {0.0: "lb", 0.5: "lm", 1.0: "lt"}[share]
        text = f"{top_mm * share:g}" + (f" {unit}" if share == 1.0 else "")
        sheet.text(left + 15, y, text, 10, QUIET, anchor)
