"""What camera and projector see of the metre grid."""

from __future__ import annotations

import cv2
import numpy as np

from calibration.devices import Bytes
from calibration.flow import Framed
from calibration.report._paint import ACCENT, GRID, PAPER, Sheet
from didim.geometry import FloatArray, PinholeCamera, Surface

WIDTH = 400
POINTS = 40


def camera_view(at: Framed, view: PinholeCamera, picture: Bytes) -> Bytes:
    """The camera's picture, (h, w) grey, with a line each metre: (h, w, 3) uint8 RGB."""
    height, width = picture.shape
    scale = WIDTH / width
    sheet = Sheet(WIDTH, round(scale * height))
    calm = np.asarray(cv2.convertScaleAbs(picture, alpha=0.8, beta=20), np.uint8)
    sheet.picture(np.repeat(calm[..., None], 3, axis=2), 0, 0, *sheet.size_px)
    for rim, line in metre_lines(at.surface):
        px = view.project(np.c_[line, np.zeros(len(line))])
        sheet.line(scale * px, GRID, 2.0 if rim else 0.8)
    _origin(sheet, scale * view.project(np.zeros((1, 3)))[0])
    return sheet.pixels()


def projector_view(at: Framed, size_px: tuple[int, int]) -> Bytes:
    """The frame that lights the same grid: (h, w, 3) uint8 RGB."""
    scale = WIDTH / size_px[0]
    sheet = Sheet(WIDTH, round(scale * size_px[1]), (24, 30, 36))
    for rim, line in metre_lines(at.surface):
        px = at.maps[0].projector_from_surface.apply(line)
        sheet.line(scale * px, GRID, 2.0 if rim else 0.8)
    _origin(sheet, scale * at.maps[0].projector_from_surface.apply(np.zeros((1, 2)))[0])
    return sheet.pixels()


def metre_lines(surface: Surface) -> list[tuple[bool, FloatArray]]:
    """Lines each metre and the rim: whether it is the rim, and (n, 2) metres along it."""
    lines: list[tuple[bool, FloatArray]] = []
    for side, other, swap in (
        (surface.width_m, surface.height_m, False),
        (surface.height_m, surface.width_m, True),
    ):
        along = np.linspace(0, other, POINTS)
        for value in sorted({*range(int(side) + 1), 0.0, side}):
            line = np.column_stack([np.full(POINTS, float(value)), along])
            lines.append((value in (0.0, side), line[:, ::-1] if swap else line))
    return lines


def _origin(sheet: Sheet, at: FloatArray) -> None:
    if np.isfinite(at).all():
        x, y = at.tolist()
        sheet.dot(x, y, 5.0, PAPER)
        sheet.dot(x, y, 3.5, ACCENT)
