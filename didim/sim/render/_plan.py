"""The floor from above in coarse cells: what people's bodies shade, and the game's light that the floor
throws back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.people import Joint
from didim.sim.render._bake import thrown
from didim.sim.render._jit import kernel
from didim.sim.render._projection import LEVELS, sampled
from didim.sim.render._view import projected

Floats = NDArray[np.float32]

CELL_M = 0.04
GLOW_CELL_M = 0.25

# Balls that stand for a body over the floor: joint, radius as a share of stature.
_BALLS = (
    *((joint, 0.030) for joint in (Joint.LEFT_HEEL, Joint.RIGHT_HEEL)),
    *((joint, 0.030) for joint in (Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)),
    *((joint, 0.040) for joint in (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)),
    *((joint, 0.080) for joint in (Joint.LEFT_HIP, Joint.RIGHT_HIP)),
    *((joint, 0.080) for joint in (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)),
)
_REACH = 6.0
"""Radii over which a ball shades the floor."""
_WIDEST = max(share for _, share in _BALLS)


@dataclass(frozen=True, slots=True)
class Plan:
    """Two grids over the room's floor.

    Attributes:
        origin_m: the room's low corner.
        open_sky: (rows, columns) float32 share of ambient light that people leave, cells of CELL_M.
        glow: (rows, columns, 3) float32 lux that the floor sends up, cells of GLOW_CELL_M.
    """

    origin_m: tuple[float, float]
    open_sky: Floats
    glow: Floats

    @classmethod
    def over(cls, sides: FloatArray) -> Plan:
        width_m, depth_m = float(sides[1] - sides[0]), float(sides[3] - sides[2])
        fine = (math.ceil(depth_m / CELL_M) + 1, math.ceil(width_m / CELL_M) + 1)
        coarse = (math.ceil(depth_m / GLOW_CELL_M) + 1, math.ceil(width_m / GLOW_CELL_M) + 1)
        return cls(
            (float(sides[0]), float(sides[2])), np.ones(fine, np.float32), np.zeros((*coarse, 3), np.float32)
        )

    def shade(self, people: list[tuple[float, FloatArray]]) -> NDArray[np.int32]:
        """Renew `open_sky` for people given as stature and joints.

        Returns the cells that each changed: (people, 4) first and last column, first and last row.
        """
        self.open_sky[:] = 1.0
        boxes = np.empty((len(people), 4), np.int32)
        for index, (height_m, joints_m) in enumerate(people):
            places = joints_m - [*self.origin_m, 0.0]
            for joint, share in _BALLS:
                x, y, z = places[joint].tolist()
                shade_ball(self.open_sky, x, y, z, share * height_m)
            reach_m = _REACH * _WIDEST * height_m
            low, high = places[:, :2].min(axis=0) - reach_m, places[:, :2].max(axis=0) + reach_m
            boxes[index, ::2], boxes[index, 1::2] = low / CELL_M - 1, high / CELL_M + 1
        return boxes

    def shine(
        self,
        views: FloatArray,
        strengths: FloatArray,
        texels: Floats,
        table: NDArray[np.int64],
        albedo: Floats,
    ) -> None:
        """Renew `glow` from what the projectors show; `albedo` (3,) is the floor's."""
        self.glow[:] = 0.0
        for index in range(len(views)):
            light_cells(
                views[index], strengths[index], index, texels, table, self.origin_m, albedo, self.glow
            )
        cv2.blur(self.glow, (5, 5), dst=self.glow)


@kernel
def shade_ball(open_sky: Floats, x_m: float, y_m: float, z_m: float, radius_m: float) -> None:
    """Take the light that a ball hides from the floor (I. Quilez, "Sphere ambient occlusion")."""
    reach_m = _REACH * radius_m
    z_m = max(z_m, radius_m)
    first_row, last_row = int(max((y_m - reach_m) / CELL_M, 0.0)), int((y_m + reach_m) / CELL_M)
    first_column, last_column = int(max((x_m - reach_m) / CELL_M, 0.0)), int((x_m + reach_m) / CELL_M)
    for row in range(first_row, min(last_row + 1, open_sky.shape[0])):
        for column in range(first_column, min(last_column + 1, open_sky.shape[1])):
            dx, dy = column * CELL_M - x_m, row * CELL_M - y_m
            distance2 = dx * dx + dy * dy + z_m * z_m
            hidden = z_m * radius_m * radius_m / (distance2 * np.sqrt(distance2))
            open_sky[row, column] *= 1.0 - 0.8 * min(hidden, 1.0)


@kernel
def light_cells(
    view: FloatArray,
    strength: float,
    projector: int,
    texels: Floats,
    table: NDArray[np.int64],
    origin_m: tuple[float, float],
    albedo: Floats,
    glow: Floats,
) -> None:
    """Add one projector's light on each cell of the floor, times the floor's albedo."""
    level = LEVELS - 1
    width, height = table[projector, 0, 1], table[projector, 0, 2]
    point, up = np.zeros(3), np.array([0.0, 0.0, 1.0])
    for row in range(glow.shape[0]):
        for column in range(glow.shape[1]):
            point[0], point[1] = origin_m[0] + column * GLOW_CELL_M, origin_m[1] + row * GLOW_CELL_M
            u, v, depth = projected(view, point[0], point[1], 0.0)
            if depth <= 0.0 or u < 0.0 or v < 0.0 or u > width - 1.0 or v > height - 1.0:
                continue
            lux = thrown(view, strength, point, up, depth)
            red, green, blue = sampled(texels, table, projector, level, u, v)
            glow[row, column, 0] += lux * albedo[0] * red
            glow[row, column, 1] += lux * albedo[1] * green
            glow[row, column, 2] += lux * albedo[2] * blue
