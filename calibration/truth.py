"""What a calibration of a virtual venue is truly worth: the venue knows where its light lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from calibration.camera._solution import aligned
from calibration.flow import Framed
from calibration.projector import ProjectorMaps
from calibration.projector._verify import lit_places
from calibration.venue import VenueStage
from didim.geometry import FloatArray

STEP_PX, STEP_M = 24, 0.1


@dataclass(frozen=True, slots=True)
class TrueErrors:
    """(n,) errors over the play area, millimetres.

    Attributes:
        drawn_mm: how far light lands from where the calibrated camera would see it right.
        metric_mm: how far the measured metres lie from the true ones, after a rigid motion.
        apart_mm: (m,) how far the light of two projectors lands apart where both draw; none for one.
    """

    drawn_mm: FloatArray
    metric_mm: FloatArray
    apart_mm: FloatArray


def true_errors(at: Framed, stage: VenueStage, displays: Sequence[int] = (0,)) -> TrueErrors:
    """Compare maps and cameras with the venue's own.

    Args:
        displays: of each of the maps, in their order.
    """
    wanted, lands = (np.concatenate(each) for each in zip(*_landings(at, stage, displays), strict=True))
    drawn_mm, seen_m, true_m = [], [], []
    for camera, view in enumerate(at.views):
        exact = stage.view_of(camera)
        camera_px = exact.project(np.c_[lands, np.zeros(len(lands))])
        inside = ((camera_px >= 0) & (camera_px <= np.array(stage.eyes[camera].size_px) - 1)).all(axis=1)
        seen = view.surface_points(camera_px)
        inside &= np.isfinite(seen).all(axis=1)
        drawn_mm.append(1000 * np.linalg.norm(seen[inside] - wanted[inside], axis=1))
        seen_m.append(seen[inside])
        true_m.append(lands[inside])
    measured, true = np.concatenate(seen_m), np.concatenate(true_m)
    align = aligned(measured, true)
    return TrueErrors(
        np.concatenate(drawn_mm),
        1000 * np.linalg.norm(align(measured) - true, axis=1),
        _apart_mm(at, stage, displays),
    )


def _landings(at: Framed, stage: VenueStage, displays: Sequence[int]) -> list[tuple[FloatArray, FloatArray]]:
    """For each projector, (n, 2) places inside the play area that it is to light and those that it does."""
    size_m = np.array([at.surface.width_m, at.surface.height_m])
    found = []
    for maps, display in zip(at.maps, displays, strict=True):
        width, height = stage.sizes_px[display]
        grid = np.stack(np.meshgrid(np.arange(0, width, STEP_PX), np.arange(0, height, STEP_PX)), axis=-1)
        px = grid.reshape(-1, 2)
        wanted_m = lit_places(maps, (width, height))[px[:, 1], px[:, 0]].astype(np.float64)
        true_m = stage.lit_m(px.astype(np.float64), display)
        known = ((wanted_m >= 0) & (wanted_m <= size_m)).all(axis=1) & np.isfinite(true_m).all(axis=1)
        found.append((wanted_m[known], true_m[known]))
    return found


def _apart_mm(at: Framed, stage: VenueStage, displays: Sequence[int]) -> FloatArray:
    """How far the light that two projectors draw for one place truly lands apart, where both reach."""
    x, y = np.meshgrid(np.arange(0, at.surface.width_m, STEP_M), np.arange(0, at.surface.height_m, STEP_M))
    places = np.stack([x, y], axis=-1).reshape(-1, 2)
    lands = []
    for maps, display in zip(at.maps, displays, strict=True):
        px = drawn_at(maps, places, stage.sizes_px[display])
        lands.append(stage.lit_m(np.nan_to_num(px), display) + 0 * px)
    apart = [np.linalg.norm(one - other, axis=1) for one, other in combinations(lands, 2)]
    every = np.concatenate([*apart, np.zeros(0)])
    return np.asarray(1000 * every[np.isfinite(every)])


def drawn_at(maps: ProjectorMaps, places_m: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """The pixels that light (n, 2) places through a projector's maps; nan beyond its frame."""
    px = maps.projector_from_surface.apply(places_m)
    if maps.surface_from_projector is not None:
        for _ in range(4):  # the plane map is near: what its light misses by, it is moved by
            off_m = places_m - maps.surface_from_projector.apply(px)
            px = (
                px
                + maps.projector_from_surface.apply(places_m + off_m)
                - maps.projector_from_surface.apply(places_m)
            )
    inside = np.asarray(((px >= 0) & (px <= np.array(size_px) - 1)).all(axis=1))
    return np.asarray(np.where(inside[:, None], px, np.nan))
