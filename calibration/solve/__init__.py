"""From matches to a map: robust, with lenses and uneven floors, and with its own uncertainty."""

from calibration.solve._model import LensedPlane, fit_plane
from calibration.solve._warp import CameraWarp, solve_warp

__all__ = ["CameraWarp", "LensedPlane", "fit_plane", "solve_warp"]
