"""What a calibration of a virtual venue is truly worth: the venue knows where its light lands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.camera._solution import aligned
from calibration.flow import Framed
from calibration.projector._verify import lit_places
from calibration.venue import VenueStage
from didim.geometry import FloatArray

STEP_PX = 24


@dataclass(frozen=True, slots=True)
class TrueErrors:
    """(n,) errors over the play area, millimetres.

    Attributes:
        drawn_mm: how far light lands from where the calibrated camera would see it right.
        metric_mm: how far the measured metres lie from the true ones, after a rigid motion.
    """

    drawn_mm: FloatArray
    metric_mm: FloatArray


def true_errors(at: Framed, stage: VenueStage, display: int = 0) -> TrueErrors:
    """Compare maps and camera with the venue's own."""
    width, height = stage.sizes_px[display]
    grid = np.stack(np.meshgrid(np.arange(0, width, STEP_PX), np.arange(0, height, STEP_PX)), axis=-1)
    px = grid.reshape(-1, 2)
    wanted_m = lit_places(at.maps, (width, height))[px[:, 1], px[:, 0]].astype(np.float64)
    size_m = np.array([at.surface.width_m, at.surface.height_m])
    inside = ((wanted_m >= 0) & (wanted_m <= size_m)).all(axis=1)
    wanted_m, px = wanted_m[inside], px[inside]
    true_m = stage.lit_m(px.astype(np.float64), display)
    camera_px = stage.view.project(np.c_[true_m, np.zeros(len(true_m))])
    seen_m = at.view.surface_points(camera_px)
    known = np.isfinite(seen_m).all(axis=1) & np.isfinite(true_m).all(axis=1)
    align = aligned(wanted_m[known], true_m[known])
    return TrueErrors(
        1000 * np.linalg.norm(seen_m[known] - wanted_m[known], axis=1),
        1000 * np.linalg.norm(align(wanted_m[known]) - true_m[known], axis=1),
    )
