"""A projector that needs no calibration: for the demo, for tests and for trying a game on a desk."""

from __future__ import annotations

import numpy as np

from didim.geometry import PlaneMap, Surface
from didim.rig import Projector


def straight_projector(
    surface: Surface, size_px: tuple[int, int], *, name: str = "projector", surface_name: str = "floor"
) -> Projector:
    """A projector that sees the whole surface upright, centred and as large as fits.

    `size_px` is (width, height); integers are pixel centres, so the picture spans -0.5 to width - 0.5.
    """
    width_px, height_px = size_px
    px_per_m = min(width_px / surface.width_m, height_px / surface.height_m)
    left_px = (width_px - 1 - surface.width_m * px_per_m) / 2
    bottom_px = (height_px - 1 + surface.height_m * px_per_m) / 2
    matrix = np.array([[px_per_m, 0.0, left_px], [0.0, -px_per_m, bottom_px], [0.0, 0.0, 1.0]])
    return Projector(name, surface_name, size_px, PlaneMap(matrix))
