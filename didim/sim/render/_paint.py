"""Faces and stripes, painted where the pixel needs them rather than into the mesh."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray
from didim.sim.render._jit import part


@part
def _mix(colour: FloatArray, share: float, red: float, green: float, blue: float) -> None:
    colour[0] += share * (red - colour[0])
    colour[1] += share * (green - colour[1])
    colour[2] += share * (blue - colour[2])


@part
def _disc(x: float, y: float, half_x: float, half_y: float) -> float:
    """1 inside an ellipse about the origin, soft at its rim."""
    radius = np.sqrt((x / half_x) ** 2 + (y / half_y) ** 2)
    return float(min(max((1.15 - radius) / 0.3, 0.0), 1.0))


@part
def _face(left: float, up: float, colour: FloatArray) -> None:
    """Eyes, brows, cheeks and a smile; coordinates are shares of the head's height about its middle."""
    side = abs(left)
    blush = np.exp(-(((side - 0.21) / 0.09) ** 2) - ((up + 0.14) / 0.08) ** 2)
    colour[1] *= 1.0 - 0.22 * blush
    colour[2] *= 1.0 - 0.22 * blush
    _mix(colour, _disc(side - 0.14, up - 0.03, 0.072, 0.043), 0.78, 0.76, 0.73)
    _mix(colour, _disc(side - 0.14, up - 0.03, 0.036, 0.040), 0.05, 0.03, 0.02)
    lid = up - 0.068 + 2.2 * (side - 0.14) ** 2
    _mix(colour, 0.8 * _disc(side - 0.14, lid, 0.085, 0.012), 0.04, 0.03, 0.03)
    brow = up - 0.145 + 1.8 * (side - 0.13) ** 2
    _mix(colour, 0.75 * _disc(side - 0.14, brow, 0.09, 0.020), 0.06, 0.04, 0.03)
    smile = up + 0.285 - 1.3 * side * side
    _mix(colour, 0.85 * _disc(left, smile, 0.13, 0.034), 0.42, 0.10, 0.09)
    _mix(colour, 0.6 * _disc(left, smile, 0.12, 0.008), 0.10, 0.02, 0.02)
    _mix(colour, 0.45 * _disc(side - 0.045, up + 0.165, 0.022, 0.014), 0.15, 0.05, 0.04)


@part
def _stripe(height: float, count: int) -> float:
    """1 in a stripe: one broad or several narrow. `height` runs from 0 at the hips to 1 at the shoulders."""
    pitch = 0.34 if count == 1 else 0.15
    nearest = min(max(np.floor((height - 0.60) / pitch + 0.5 * count), 0.0), count - 1.0)
    across = abs(height - 0.60 - pitch * (nearest - 0.5 * (count - 1.0)))
    return float(min(max((0.26 * pitch - across) / 0.02 + 0.5, 0.0), 1.0))


@part
def painted(look: FloatArray, colour: FloatArray) -> None:
    """Change a pixel's albedo by its paint: the kind and two coordinates."""
    if look[0] > 1.5:
        _mix(colour, 0.9 * _stripe(look[1], int(look[2] + 0.5)), 0.80, 0.78, 0.72)
    elif look[0] > 0.5 and abs(look[1]) < 1.0:
        _face(look[1], look[2], colour)
