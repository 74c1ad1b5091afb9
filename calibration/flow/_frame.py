"""The surface's own metre frame: where play begins, and which way x runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from calibration.projector import PlayArea, ProjectorMaps, camera_from_projector, play_area, surface_maps
from calibration.projector.failures import NotEnoughOverlap
from calibration.solve import CameraWarp
from didim.geometry import FloatArray, PinholeCamera, RigidPose, Surface

STEP_M = 0.05
REACH_LIMITS_M = (0.5, 40.0)


@dataclass(frozen=True, slots=True)
class Framed:
    """A camera and a projector in the frame of the surface that both share.

    Attributes:
        area: what may be used of the surface and what not.
    """

    surface: Surface
    view: PinholeCamera
    maps: ProjectorMaps
    area: PlayArea


def framed(
    view: PinholeCamera,
    warp: CameraWarp,
    camera_px: tuple[int, int],
    projector_px: tuple[int, int],
    kind: Literal["floor", "wall"] = "floor",
) -> Framed:
    """Put the origin at the lower left of the largest rectangle that camera and projector share.

    x follows the projector's rows, whichever of their four ways is nearest to the camera's right.

    Raises:
        NotEnoughOverlap: they share no rectangle of 60 cm.
    """
    lit_m = _lit_m(view, warp, projector_px)
    turned = _moved(view, RigidPose(_turn(-_way(lit_m)), np.zeros(3)))
    lit_m = _lit_m(turned, warp, projector_px).reshape(-1, 2)
    low, high = np.nanmin(lit_m, axis=0), np.nanmax(lit_m, axis=0)
    if not (REACH_LIMITS_M[0] <= (high - low)).all() or not ((high - low) <= REACH_LIMITS_M[1]).all():
        raise NotEnoughOverlap(
            f"the projector would light {high[0] - low[0]:.1f} x {high[1] - low[1]:.1f} m: see that its "
            "picture lies on the surface that the sheet lay on, and that the camera sees most of it"
        )
    wide = _shifted(turned, low)
    whole = Surface(kind, *(high - low).tolist())
    maps = surface_maps(warp, wide, whole, projector_px)
    found = play_area(whole, [(wide, camera_px)], [(maps, projector_px)])
    corner = np.array([found.corner.x_m, found.corner.y_m])
    surface = Surface(kind, *(_rounded_m(side) for side in found.size_m))
    seen = _shifted(wide, corner)
    maps = surface_maps(warp, seen, surface, projector_px)
    area = play_area(surface, [(seen, camera_px)], [(maps, projector_px)], margin_m=0.0)
    return Framed(surface, seen, maps, area)


def _lit_m(view: PinholeCamera, warp: CameraWarp, projector_px: tuple[int, int]) -> FloatArray:
    """(9, 9, 2) places that an even grid of projector pixels lights, nan where no camera pixel is known."""
    width, height = projector_px
    grid = np.stack(np.meshgrid(np.linspace(0, width - 1, 9), np.linspace(0, height - 1, 9)), axis=-1)
    px, known = camera_from_projector(warp, grid.reshape(-1, 2))
    return np.asarray(np.where(known[:, None], view.surface_points(px), np.nan).reshape(9, 9, 2))


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


def _shifted(view: PinholeCamera, corner_m: FloatArray) -> PinholeCamera:
    return _moved(view, RigidPose(np.eye(3), -np.append(corner_m, 0.0)))


def _moved(view: PinholeCamera, new_from_old: RigidPose) -> PinholeCamera:
    return PinholeCamera(view.matrix, new_from_old.after(view.surface_from_camera), view.distortion)


def _rounded_m(side_m: float) -> float:
    """Down to whole steps."""
    return round(math.floor(side_m / STEP_M + 1e-6) * STEP_M, 2)
