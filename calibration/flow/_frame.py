"""The surface's own metre frame: where play begins, and which way x runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from calibration.projector import Look, PlayArea, ProjectorMaps, joined_maps, lit_by, play_area
from calibration.projector._area import MARGIN_M
from calibration.projector.failures import NotEnoughOverlap
from calibration.solve import CameraWarp
from didim.geometry import FloatArray, PinholeCamera, RigidPose, Surface

STEP_M = 0.05
GRID = 9
REACH_LIMITS_M = (0.5, 40.0)


@dataclass(frozen=True, slots=True)
class Lit:
    """A projector as the cameras measured it.

    Attributes:
        warps: `projector_from_camera` by the number of each camera that sees it.
    """

    size_px: tuple[int, int]
    warps: Mapping[int, CameraWarp]


@dataclass(frozen=True, slots=True)
class Framed:
    """Cameras and projectors in the frame of the surface that all share.

    Attributes:
        views, maps: in the order given.
        area: what may be used of the surface and what not.
    """

    surface: Surface
    views: tuple[PinholeCamera, ...]
    maps: tuple[ProjectorMaps, ...]
    area: PlayArea


def framed(
    views: Sequence[PinholeCamera],
    cameras_px: Sequence[tuple[int, int]],
    lit: Sequence[Lit],
    kind: Literal["floor", "wall"] = "floor",
) -> Framed:
    """Put the origin at the lower left of the largest rectangle that is both seen and lit.

    x follows the first projector's rows, whichever of their four ways is nearest to the first camera's right.

    Args:
        views: all in one frame of the surface, whichever.

    Raises:
        NotEnoughOverlap: cameras and projectors share no rectangle of 60 cm.
    """
    turned = _moved(views, RigidPose(_turn(-_way(_lit_m(views, cameras_px, lit[0]))), np.zeros(3)))
    lit_m = np.concatenate([_lit_m(turned, cameras_px, each).reshape(-1, 2) for each in lit])
    low, high = np.nanmin(lit_m, axis=0), np.nanmax(lit_m, axis=0)
    if not (REACH_LIMITS_M[0] <= (high - low)).all() or not ((high - low) <= REACH_LIMITS_M[1]).all():
        raise NotEnoughOverlap(
            f"the projector would light {high[0] - low[0]:.1f} x {high[1] - low[1]:.1f} m: see that its "
            "picture lies on the surface that the sheet lay on, and that the camera sees most of it"
        )
    wide = _shifted(turned, low)
    whole = Surface(kind, *(high - low).tolist())
    found = _area(whole, wide, cameras_px, lit, _maps(whole, wide, cameras_px, lit))
    corner = np.array([found.corner.x_m, found.corner.y_m])
    surface = Surface(kind, *(_rounded_m(side) for side in found.size_m))
    seen = _shifted(wide, corner)
    maps = _maps(surface, seen, cameras_px, lit)
    return Framed(surface, seen, maps, _area(surface, seen, cameras_px, lit, maps, margin_m=0.0))


def looks_of(views: Sequence[PinholeCamera], cameras_px: Sequence[tuple[int, int]], lit: Lit) -> list[Look]:
    """A projector as each of its cameras sees it."""
    return [Look(warp, views[camera], cameras_px[camera]) for camera, warp in lit.warps.items()]


def _maps(
    surface: Surface,
    views: Sequence[PinholeCamera],
    cameras_px: Sequence[tuple[int, int]],
    lit: Sequence[Lit],
) -> tuple[ProjectorMaps, ...]:
    return tuple(joined_maps(looks_of(views, cameras_px, each), surface, each.size_px) for each in lit)


def _area(
    surface: Surface,
    views: Sequence[PinholeCamera],
    cameras_px: Sequence[tuple[int, int]],
    lit: Sequence[Lit],
    maps: Sequence[ProjectorMaps],
    margin_m: float = MARGIN_M,
) -> PlayArea:
    frames = [(each, one.size_px) for each, one in zip(maps, lit, strict=True)]
    return play_area(surface, list(zip(views, cameras_px, strict=True)), frames, margin_m=margin_m)


def _lit_m(views: Sequence[PinholeCamera], cameras_px: Sequence[tuple[int, int]], lit: Lit) -> FloatArray:
    """(9, 9, 2) places that an even grid of projector pixels lights, nan where no camera pixel is known."""
    places_m, known = lit_by(looks_of(views, cameras_px, lit), even_grid(lit.size_px))
    return np.asarray(np.where(known[:, None], places_m, np.nan).reshape(GRID, GRID, 2))


def even_grid(size_px: tuple[int, int]) -> FloatArray:
    """(81, 2) pixels spread evenly over a picture."""
    width, height = size_px
    grid = np.stack(np.meshgrid(np.linspace(0, width - 1, GRID), np.linspace(0, height - 1, GRID)), axis=-1)
    return np.asarray(grid.reshape(-1, 2))


def _way(lit_m: FloatArray) -> float:
    """The way of the projector's rows against the x axis, between -45 and 45 degrees, radians."""
    rows = (lit_m[:, 1:] - lit_m[:, :-1]).reshape(-1, 2)
    angles = np.arctan2(rows[:, 1], rows[:, 0])
    angles = angles[np.isfinite(angles)]
    # four ways a quarter turn apart are one: the mean of the fourfold angle
    return float(np.angle(np.exp(4j * angles).mean())) / 4 if len(angles) else 0.0


def _turn(angle_rad: float) -> FloatArray:
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _shifted(views: Sequence[PinholeCamera], corner_m: FloatArray) -> tuple[PinholeCamera, ...]:
    return _moved(views, RigidPose(np.eye(3), -np.append(corner_m, 0.0)))


def _moved(views: Sequence[PinholeCamera], new_from_old: RigidPose) -> tuple[PinholeCamera, ...]:
    return tuple(moved(view, new_from_old) for view in views)


def moved(view: PinholeCamera, new_from_old: RigidPose) -> PinholeCamera:
    """The same camera in another frame of the surface."""
    return PinholeCamera(view.matrix, new_from_old.after(view.surface_from_camera), view.distortion)


def _rounded_m(side_m: float) -> float:
    """Down to whole steps."""
    return round(math.floor(side_m / STEP_M + 1e-6) * STEP_M, 2)
