"""The small hall: the place where the demonstration without a camera happens."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, Surface
from didim.rig import Camera, Projector, Rig
from didim.sim._view import camera_over

_FLOOR = Surface("floor", 4.0, 3.0)
_CAMERA_UP_M, _CAMERA_DOWN_DEG, _CAMERA_HFOV_DEG = 2.5, 40.0, 78.0
_PROJECTOR_SIZE_PX = (1280, 720)
_PROJECTOR_UP_M = 3.0


def small_hall_rig(*, size_px: tuple[int, int] = (640, 480)) -> Rig:
    """A rig of a 4 x 3 m floor: a camera 2.5 m up that looks 40 degrees down, a projector straight above.

    The camera stands before the near edge and aims at the middle of the floor; the projector's picture is
    as high as the floor is deep. No real device is named: pictures and people come from the simulation.
    """
    middle = (0.5 * _FLOOR.width_m, 0.5 * _FLOOR.height_m, 0.0)
    back_m = _CAMERA_UP_M / math.tan(math.radians(_CAMERA_DOWN_DEG))
    view = camera_over(
        (middle[0], middle[1] - back_m, _CAMERA_UP_M), middle, hfov_deg=_CAMERA_HFOV_DEG, size_px=size_px
    )
    return Rig(
        name="small-hall",
        surfaces={"floor": _FLOOR},
        cameras=(Camera("camera", "floor", size_px, view),),
        projectors=(
            Projector("projector", "floor", _PROJECTOR_SIZE_PX, PlaneMap(_plane_matrix(_projector(middle)))),
        ),
    )


def _projector(middle: tuple[float, float, float]) -> PinholeCamera:
    """A projector is a camera that shines: its picture is as high as the floor."""
    width_px, height_px = _PROJECTOR_SIZE_PX
    picture_width_m = _FLOOR.height_m * width_px / height_px
    hfov_deg = 2.0 * math.degrees(math.atan(0.5 * picture_width_m / _PROJECTOR_UP_M))
    above = (middle[0], middle[1], _PROJECTOR_UP_M)
    return camera_over(above, middle, hfov_deg=hfov_deg, size_px=_PROJECTOR_SIZE_PX)


def _plane_matrix(view: PinholeCamera) -> FloatArray:
    """The map from the surface's plane to a lens-perfect picture, (3, 3)."""
    picture_from_surface = view.surface_from_camera.inverse()
    columns = picture_from_surface.rotation[:, 0], picture_from_surface.rotation[:, 1]
    matrix = view.matrix @ np.column_stack([*columns, picture_from_surface.translation_m])
    return np.asarray(matrix / matrix[2, 2])
