"""From the solved warp and the calibrated camera to the maps of the rig file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.solve import CameraWarp
from didim.geometry import DenseMap, FloatArray, PlaneMap, Surface, SurfaceView

STEP_PX = 16
RIM_SHARE = 0.12
"""Of a picture's width: how wide a camera fades out towards its rim."""
NEWTON_STEPS = 5
FAR_PX = 400.0
SLOPE_STEPS = np.eye(2) * 0.5
FLAT_MOST_M = 0.0005
"""A plane map that is nowhere farther off on the surface is enough."""


@dataclass(frozen=True, slots=True)
class ProjectorMaps:
    """What the rig file holds of a projector.

    Attributes:
        projector_from_surface: the plane map that fits best.
        surface_from_projector: metres for each projector pixel; None where the plane map is as good.
    """

    projector_from_surface: PlaneMap
    surface_from_projector: DenseMap | None


@dataclass(frozen=True, slots=True)
class Look:
    """A projector as one calibrated camera sees it.

    Attributes:
        warp: `projector_from_camera`; view: the camera over the surface.
        camera_px: (width, height) of its picture.
    """

    warp: CameraWarp
    view: SurfaceView
    camera_px: tuple[int, int]


def lit_by(looks: Sequence[Look], projector_px: FloatArray) -> tuple[FloatArray, np.ndarray]:
    """Where (n, 2) projector pixels light the surface, (n, 2) metres, and which of them are known.

    Several cameras never agree to the millimetre. Each counts by how finely it sees the place and fades out
    towards its picture's rim; that depends on the place alone, so that projectors that meet there still do.
    """
    total, trusted = np.zeros((len(projector_px), 2)), np.zeros(len(projector_px))
    for look in looks:
        camera_px, known = camera_from_projector(look.warp, projector_px)
        places_m = look.view.surface_points(camera_px)
        known &= np.isfinite(places_m).all(axis=1)
        trust = np.where(known, 1.0 if len(looks) == 1 else _trust(look, camera_px), 0.0)
        total += trust[:, None] * np.where(known[:, None], places_m, 0.0)
        trusted += trust
    known = trusted > 0
    return total / np.where(known, trusted, 1.0)[:, None], known


def _trust(look: Look, camera_px: FloatArray) -> FloatArray:
    """How much a camera's word counts at its own pixels: one over its pixel's area there, less at the rim."""
    size = np.array(look.camera_px)
    inside = np.minimum(camera_px, size - 1 - camera_px).min(axis=1) / (RIM_SHARE * size[0])
    fade = np.clip(inside, 0, 1)
    fade = fade * fade * (3 - 2 * fade)
    here = look.view.surface_points(camera_px)
    right, down = (look.view.surface_points(camera_px + step) - here for step in np.eye(2))
    area = np.abs(right[:, 0] * down[:, 1] - right[:, 1] * down[:, 0])
    # beyond its rim a camera that is alone there still tells more than nothing
    return np.asarray(np.nan_to_num(np.maximum(fade, 1e-9) / np.maximum(area, 1e-12)))


def surface_maps(
    warp: CameraWarp, view: SurfaceView, surface: Surface, size_px: tuple[int, int]
) -> ProjectorMaps:
    """The maps of a projector that one camera measured; see `joined_maps`."""
    return joined_maps([Look(warp, view, (0, 0))], surface, size_px)


def joined_maps(looks: Sequence[Look], surface: Surface, size_px: tuple[int, int]) -> ProjectorMaps:
    """Join each `projector_from_camera` with its camera's `surface_points` into a projector's maps.

    Args:
        size_px: (width, height) of the projector.

    Raises:
        ValueError: the warps meet the surface nowhere.
    """
    coarse = _coarse_pixels(size_px)
    places_m, known = lit_by(looks, coarse)
    if known.sum() < 12:
        raise ValueError("the solved map meets the surface nowhere")
    plane = _plane_through(places_m, coarse, known, surface)
    # the plane map bends too much to be drawn straight over sixteen pixels; what lies beside it does not
    beside = np.where(known[:, None], places_m - plane.inverse().apply(coarse), 0.0)
    dense = DenseMap(_over_frame(beside, size_px) + _plane_over_frame(plane.inverse(), size_px))
    beside_m = np.linalg.norm(beside[known & _inside(places_m, surface)], axis=1)
    flat = len(beside_m) > 0 and float(beside_m.max()) < FLAT_MOST_M
    return ProjectorMaps(plane, None if flat else dense)


def camera_from_projector(warp: CameraWarp, projector_px: FloatArray) -> tuple[FloatArray, np.ndarray]:
    """The camera pixels that `warp` sends to (n, 2) projector pixels, and where that was found.

    Newton steps from the plane map through the warp's own support, with the slope of the smooth part.
    """
    support = warp.support_px
    back, _ = cv2.findHomography(warp.apply(support), support, 0)
    back_map = PlaneMap(np.asarray(back, np.float64))
    found = back_map.apply(projector_px)
    low, high = support.min(axis=0) - FAR_PX, support.max(axis=0) + FAR_PX
    for _ in range(NEWTON_STEPS):
        found = np.clip(found, low, high)
        miss = warp.apply(found) - projector_px
        right, down = (
            warp.plane.apply(found + step) - warp.plane.apply(found - step) for step in SLOPE_STEPS
        )
        det = right[:, 0] * down[:, 1] - right[:, 1] * down[:, 0]
        det = np.where(np.abs(det) > 1e-6, det, np.inf)
        step_x = (miss[:, 0] * down[:, 1] - miss[:, 1] * down[:, 0]) / det
        step_y = (miss[:, 1] * right[:, 0] - miss[:, 0] * right[:, 1]) / det
        found = found - np.clip(np.column_stack([step_x, step_y]), -50, 50)
    left = np.linalg.norm(warp.apply(found) - projector_px, axis=1)
    return found, np.asarray(left < 0.05)


def _plane_through(places_m: FloatArray, px: FloatArray, known: np.ndarray, surface: Surface) -> PlaneMap:
    use = known & _inside(places_m, surface)
    if use.sum() < 12:
        use = known
    matrix, _ = cv2.findHomography(places_m[use], px[use], 0)
    return PlaneMap(np.asarray(matrix, np.float64))


def _inside(places_m: FloatArray, surface: Surface, margin_m: float = 0.1) -> np.ndarray:
    size = np.array([surface.width_m, surface.height_m])
    with np.errstate(invalid="ignore"):
        return np.asarray(((places_m > -margin_m) & (places_m < size + margin_m)).all(axis=1))


def _coarse_pixels(size_px: tuple[int, int]) -> FloatArray:
    """Every sixteenth pixel and the ones just beyond the last: (rows * columns, 2)."""
    width, height = size_px
    grid = np.meshgrid(np.arange(0, width + STEP_PX, STEP_PX), np.arange(0, height + STEP_PX, STEP_PX))
    return np.stack(grid, axis=-1).reshape(-1, 2).astype(np.float64)


def _over_frame(coarse: FloatArray, size_px: tuple[int, int]) -> np.ndarray:
    """Values of `_coarse_pixels` for every pixel, (height, width, 2) float32, linear between."""
    width, height = size_px
    columns = len(np.arange(0, width + STEP_PX, STEP_PX))
    grid = coarse.reshape(-1, columns, 2)
    rows = _between(grid, height)
    return np.ascontiguousarray(_between(rows.swapaxes(0, 1), width).swapaxes(0, 1), np.float32)


def _plane_over_frame(surface_from_projector: PlaneMap, size_px: tuple[int, int]) -> np.ndarray:
    """The plane map at every pixel, (height, width, 2) float32; its pole lies outside of any real frame."""
    width, height = size_px
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1).reshape(-1, 2)
    flat = surface_from_projector.apply(grid.astype(np.float64))
    return np.nan_to_num(flat, posinf=1e4, neginf=-1e4).reshape(height, width, 2).astype(np.float32)


def _between(grid: FloatArray, count: int) -> FloatArray:
    at = np.arange(count) / STEP_PX
    low = at.astype(int)
    share = (at - low)[:, None, None]
    return np.asarray(grid[low] * (1 - share) + grid[low + 1] * share)
