"""Rays into the empty room: four walls, floor, ceiling and boxes.

`sides` (6,) float64 is x from, x to, y from, y to, 0, ceiling. A row of `boxes` (n, 11) float64 is the middle
(3), half sizes (3), cosine and sine of the turn, linear colour (3).
"""

from __future__ import annotations

from didim.geometry import FloatArray
from didim.sim.render._jit import part

FLOOR = 4
BOX = 6


@part
def room_hit(
    sides: FloatArray, x: float, y: float, z: float, dx: float, dy: float, dz: float
) -> tuple[float, int]:
    """Distance along the ray to the room's shell and which side it is, 0 to 5, in the order of `sides`."""
    reach, side = 1e9, 5
    if abs(dx) > 1e-12:
        reach = ((sides[1] if dx > 0 else sides[0]) - x) / dx
        side = 1 if dx > 0 else 0
    if abs(dy) > 1e-12:
        way = ((sides[3] if dy > 0 else sides[2]) - y) / dy
        if way < reach:
            reach, side = way, 3 if dy > 0 else 2
    if abs(dz) > 1e-12:
        way = ((sides[5] if dz > 0 else sides[4]) - z) / dz
        if way < reach:
            reach, side = way, 5 if dz > 0 else 4
    return reach, side


@part
def _slab(at: float, way: float, half: float) -> tuple[float, float]:
    """Where a ray enters and leaves the space between -half and half."""
    if abs(way) < 1e-12:
        return (-1e9, 1e9) if abs(at) <= half else (1e9, -1e9)
    near, far = (-half - at) / way, (half - at) / way
    return (near, far) if near < far else (far, near)


@part
def box_hit(
    box: FloatArray, x: float, y: float, z: float, dx: float, dy: float, dz: float
) -> tuple[float, int]:
    """Distance to one box and its face: 1, 2, 3 for its x, y, z axis, below 0 against it; 0 for a miss."""
    c, s = box[6], box[7]
    x, y, z = x - box[0], y - box[1], z - box[2]
    x, y = c * x + s * y, c * y - s * x
    dx, dy = c * dx + s * dy, c * dy - s * dx
    near_x, far_x = _slab(x, dx, box[3])
    near_y, far_y = _slab(y, dy, box[4])
    near_z, far_z = _slab(z, dz, box[5])
    near = max(near_x, max(near_y, near_z))
    if near > min(far_x, min(far_y, far_z)) or near < 1e-6:
        return 1e9, 0
    if near == near_x:
        return near, -1 if dx > 0 else 1
    if near == near_y:
        return near, -2 if dy > 0 else 2
    return near, -3 if dz > 0 else 3


@part
def blocked(boxes: FloatArray, x: float, y: float, z: float, tx: float, ty: float, tz: float) -> bool:
    """Whether a box stands between a point and a light at t."""
    dx, dy, dz = tx - x, ty - y, tz - z
    for i in range(boxes.shape[0]):
        reach, face = box_hit(boxes[i], x, y, z, dx, dy, dz)
        if face != 0 and 1e-4 < reach < 1.0:
            return True
    return False


@part
def hit(
    sides: FloatArray, boxes: FloatArray, x: float, y: float, z: float, dx: float, dy: float, dz: float
) -> tuple[float, int, int]:
    """The nearest thing: distance, side of the room or `BOX` and up, and the box's face."""
    reach, what = room_hit(sides, x, y, z, dx, dy, dz)
    turned = 0
    for i in range(boxes.shape[0]):
        near, face = box_hit(boxes[i], x, y, z, dx, dy, dz)
        if face != 0 and near < reach:
            reach, what, turned = near, 6 + i, face
    return reach, what, turned


@part
def normal_at(boxes: FloatArray, what: int, face: int) -> tuple[float, float, float]:
    """The way the thing that was hit looks, into the room."""
    if what < 6:
        sign = 1.0 if what % 2 == 0 else -1.0
        axis = what // 2
    else:
        sign = 1.0 if face > 0 else -1.0
        axis = abs(face) - 1
    nx = sign if axis == 0 else 0.0
    ny = sign if axis == 1 else 0.0
    nz = sign if axis == 2 else 0.0
    if what >= 6:
        c, s = boxes[what - 6, 6], boxes[what - 6, 7]
        nx, ny = c * nx - s * ny, s * nx + c * ny
    return nx, ny, nz
