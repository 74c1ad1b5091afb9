"""Where a sheet lies on the surface, or leans over it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from calibration.camera._sheet import Sheet
from didim.geometry import FloatArray, PinholeCamera


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The middle of a sheet over the surface and how it is turned, counter-clockwise seen from the room.

    Attributes:
        lean_rad: how far its upper edge is lifted about its lower one; 0 where it lies.
        up_m: of its middle above the surface.
    """

    x_m: float
    y_m: float
    turn_rad: float = 0.0
    lean_rad: float = 0.0
    up_m: float = 0.0

    @classmethod
    def leaning(
        cls, sheet: Sheet, x_m: float, y_m: float, turn_rad: float, lean_rad: float, above_m: float = 0.0
    ) -> SheetPlace:
        """A sheet whose lower edge stands `above_m` over the surface; it faces away from its own y."""
        up_m = above_m + sheet.size_mm[1] * sheet.scale / 2000 * math.sin(lean_rad)
        return cls(x_m, y_m, turn_rad, lean_rad, up_m)

    def apply(self, on_sheet_m: FloatArray) -> FloatArray:
        """Map (n, 2) points of the sheet's frame to the surface below them, metres."""
        return self.points(on_sheet_m)[:, :2]

    def points(self, on_sheet_m: FloatArray) -> FloatArray:
        """Map (n, 2) points of the sheet's frame to (n, 3) over the surface, metres."""
        return np.asarray(on_sheet_m @ self._axes()[:2] + [self.x_m, self.y_m, self.up_m])

    def inverse_apply(self, on_surface_m: FloatArray) -> FloatArray:
        """Map (n, 2) points of the surface to the frame of a sheet that lies, metres."""
        return np.asarray((on_surface_m - [self.x_m, self.y_m]) @ self._turn())

    def seen_at(self, camera: PinholeCamera, px: FloatArray) -> FloatArray:
        """Where (n, 2) pixels of a camera look at the sheet's plane, (n, 2) in the sheet's frame, metres."""
        axes, eye_m = self._axes(), camera.surface_from_camera.translation_m
        rays = camera.rays(px)
        away = np.array([self.x_m, self.y_m, self.up_m]) - eye_m
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = (away @ axes[2]) / (rays @ axes[2])
        reach = np.where(np.isfinite(reach) & (reach > 0), reach, np.nan)
        return np.asarray((rays * reach[:, None] - away) @ axes[:2].T)

    def turned(self, directions_m: FloatArray) -> FloatArray:
        """Map (n, 2) directions on the surface to the sheet's frame, metres."""
        return np.asarray(directions_m @ self._turn())

    def outline(self, sheet: Sheet) -> FloatArray:
        """(4, 2) corners of the paper on the surface, or below them, metres."""
        return self.apply(sheet.corners_m())

    def _turn(self) -> FloatArray:
        c, s = math.cos(self.turn_rad), math.sin(self.turn_rad)
        return np.array([[c, -s], [s, c]])

    def _axes(self) -> FloatArray:
        """(3, 3) rows: the sheet's x, y and the way its print faces."""
        c, s = math.cos(self.turn_rad), math.sin(self.turn_rad)
        along, up = math.cos(self.lean_rad), math.sin(self.lean_rad)
        right, upward = np.array([c, s, 0.0]), np.array([-s * along, c * along, up])
        return np.stack([right, upward, np.cross(right, upward)])
