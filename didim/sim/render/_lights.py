"""Lamps, windows and the sun as point lights with a shadow map each.

A row of `lamps` (n, 9) float64: candela in red, green, blue; the axis (3); the share that shines sideways; 1
where light reaches beyond the map; the radius of its glow, metres. The light's place is in its view.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._cast import box_hit
from didim.sim.render._jit import kernel, part
from didim.sim.render._mannequin import linear
from didim.sim.render._view import VIEW_SIZE, ray, spot_view
from didim.sim.venue import Venue, Window, wall_frame

MAP_PX = 512
_SIDEWAYS = 0.35
# Flux of a lamp of 1 cd that shines 0.35 + 0.65 cos downward and 0.35 upward, lumen.
_LAMP_LUMEN = 2.0 * math.pi * (0.35 + 0.325) + 2.0 * math.pi * 0.35
_SUN_M = 80.0
_LAMP_RADIUS_M = 0.15

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lights:
    """All lights of a venue.

    Attributes:
        lamps: (n, 9), see above; views: (n, 25) of their shadow maps.
        still: (n, MAP_PX, MAP_PX) float32, inverse depth of what stands still.
    """

    lamps: FloatArray
    views: FloatArray
    still: Floats


def lights_of(venue: Venue, boxes: FloatArray) -> Lights:
    """The venue's lamps, windows and sun."""
    rows: list[tuple[FloatArray, FloatArray, FloatArray]] = []
    down = np.array([0.0, 0.0, -1.0])
    for lamp in venue.lamp:
        candela = lamp.lumen / _LAMP_LUMEN * linear(lamp.colour)
        row = np.array([*candela, *down, _SIDEWAYS, 1.0, _LAMP_RADIUS_M])
        rows.append((row, spot_view(np.array(lamp.at_m), down, 125.0, MAP_PX), np.zeros(12)))
    for window in venue.window:
        rows.append(_sky(venue, window))
        if window.sun_lux > 0.0:
            rows.append(_sun(venue, window))
    still = np.zeros((len(rows), MAP_PX, MAP_PX), np.float32)
    for map_, (_, view, aperture) in zip(still, rows, strict=True):
        still_map(view, boxes, aperture, map_)
    lamps = np.array([row for row, _, _ in rows]).reshape(-1, 9)
    return Lights(lamps, np.array([view for _, view, _ in rows]).reshape(-1, VIEW_SIZE), still)


def _corners(venue: Venue, window: Window) -> FloatArray:
    (x, y), (width, height) = window.at_m, window.size_m
    flat = [[x, y, 0.0], [x + width, y, 0.0], [x, y + height, 0.0], [x + width, y + height, 0.0]]
    return wall_frame(venue.room, window.wall).apply(np.array(flat))


def _sky(venue: Venue, window: Window) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The window's pane as one light in its middle, a little inside."""
    width, height = window.size_m
    candela = window.daylight_lux * width * height / math.pi * linear((0.88, 0.94, 1.0))
    inward = wall_frame(venue.room, window.wall).rotation[:, 2]
    middle = _corners(venue, window).mean(axis=0) + 0.05 * inward
    row = np.array([*candela, *inward, 0.0, 0.0, 0.4 * min(width, height)])
    return row, spot_view(middle, inward, 150.0, MAP_PX), np.zeros(12)


def _sun(venue: Venue, window: Window) -> tuple[FloatArray, FloatArray, FloatArray]:
    corners = _corners(venue, window)
    towards = np.array(window.sun_towards) / np.linalg.norm(window.sun_towards)
    middle = corners.mean(axis=0)
    candela = window.sun_lux * _SUN_M**2 * linear((1.0, 0.95, 0.86))
    reach_m = float(np.linalg.norm(corners - middle, axis=1).max())
    fov_deg = 2.2 * math.degrees(math.atan(reach_m / _SUN_M))
    inward = wall_frame(venue.room, window.wall).rotation[:, 2]
    aperture = np.array([*corners[0], *(corners[1] - corners[0]), *(corners[2] - corners[0]), *inward])
    row = np.array([*candela, *towards, 0.0, 0.0, 0.004 * _SUN_M])
    return row, spot_view(middle - _SUN_M * towards, towards, fov_deg, MAP_PX), aperture


@part
def irradiance(
    lamp: FloatArray, view: FloatArray, point: FloatArray, normal: FloatArray, wrap: float
) -> float:
    """Lux that 1 cd of the lamp gives at a point, shadows left out; `wrap` softens the terminator."""
    x, y, z = view[22] - point[0], view[23] - point[1], view[24] - point[2]
    distance2 = x * x + y * y + z * z
    distance = np.sqrt(distance2)
    facing = (x * normal[0] + y * normal[1] + z * normal[2]) / distance
    facing = (facing + wrap) / (1.0 + wrap)
    if facing <= 0.0:
        return 0.0
    ahead = max(-(x * lamp[3] + y * lamp[4] + z * lamp[5]) / distance, 0.0)
    return float(facing / distance2 * (lamp[6] + (1.0 - lamp[6]) * ahead))


@kernel
def still_map(view: FloatArray, boxes: FloatArray, aperture: FloatArray, inverse_depth: Floats) -> None:
    """Fill a shadow map with what stands still: boxes, and the wall around a window.

    `aperture` is (12,): a corner of the window, its two edges and the wall's normal; all 0 for none.
    """
    height, width = inverse_depth.shape
    has_wall = aperture[9] != 0.0 or aperture[10] != 0.0 or aperture[11] != 0.0
    for v in range(height):
        for u in range(width):
            inverse_depth[v, u] = 0.0
            dx, dy, dz = ray(view, u, v)
            if has_wall and not _through(aperture, view, dx, dy, dz):
                inverse_depth[v, u] = 1e6
                continue
            cosine = view[6] * dx + view[7] * dy + view[8] * dz
            reach = _nearest_box(boxes, view, dx, dy, dz)
            if reach < 1e8:
                inverse_depth[v, u] = 1.0 / (reach * cosine)


@part
def _through(aperture: FloatArray, view: FloatArray, dx: float, dy: float, dz: float) -> bool:
    slope = dx * aperture[9] + dy * aperture[10] + dz * aperture[11]
    x, y, z = aperture[0] - view[22], aperture[1] - view[23], aperture[2] - view[24]
    reach = (x * aperture[9] + y * aperture[10] + z * aperture[11]) / slope
    x, y, z = reach * dx - x, reach * dy - y, reach * dz - z
    along = (x * aperture[3] + y * aperture[4] + z * aperture[5]) / (
        aperture[3] ** 2 + aperture[4] ** 2 + aperture[5] ** 2
    )
    up = (x * aperture[6] + y * aperture[7] + z * aperture[8]) / (
        aperture[6] ** 2 + aperture[7] ** 2 + aperture[8] ** 2
    )
    return bool(0.0 <= along <= 1.0 and 0.0 <= up <= 1.0)


@part
def _nearest_box(boxes: FloatArray, view: FloatArray, dx: float, dy: float, dz: float) -> float:
    reach = 1e9
    for i in range(boxes.shape[0]):
        near, face = box_hit(boxes[i], view[22], view[23], view[24], dx, dy, dz)
        if face != 0:
            reach = min(reach, near)
    return reach
