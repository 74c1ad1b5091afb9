"""Where a sheet lies on the surface."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from calibration.camera._sheet import Sheet
from didim.geometry import FloatArray


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The middle of a sheet on the surface and how it is turned, counter-clockwise seen from the room."""

    x_m: float
    y_m: float
    turn_rad: float = 0.0

    def apply(self, on_sheet_m: FloatArray) -> FloatArray:
        """Map (n, 2) points of the sheet's frame to the surface, metres."""
        return np.asarray(on_sheet_m @ self._axes().T + [self.x_m, self.y_m])

    def inverse_apply(self, on_surface_m: FloatArray) -> FloatArray:
        """Map (n, 2) points of the surface to the sheet's frame, metres."""
        return np.asarray((on_surface_m - [self.x_m, self.y_m]) @ self._axes())

    def turned(self, directions_m: FloatArray) -> FloatArray:
        """Map (n, 2) directions on the surface to the sheet's frame, metres."""
        return np.asarray(directions_m @ self._axes())

    def outline(self, sheet: Sheet) -> FloatArray:
        """(4, 2) corners of the paper on the surface, metres."""
        return self.apply(sheet.corners_m())

    def _axes(self) -> FloatArray:
        c, s = math.cos(self.turn_rad), math.sin(self.turn_rad)
        return np.array([[c, -s], [s, c]])
