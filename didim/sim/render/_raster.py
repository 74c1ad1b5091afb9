"""Filling triangles into a depth buffer; an integer is a pixel's centre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.sim.render._jit import kernel, part

BLOCK_BITS = 3
BLOCK = 1 << BLOCK_BITS
"""Side of the blocks of a shadow map that are known to be touched or not."""

Floats = NDArray[np.float32]
Marks = NDArray[np.uint8]
Ints = NDArray[np.int32]


@part
def _edge(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> float:
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)


@part
def _span(a: float, b: float, c: float, size: int) -> tuple[int, int]:
    """The first and last pixel between three places, held inside the picture."""
    low = np.ceil(min(a, min(b, c)))
    high = np.floor(max(a, max(b, c)))
    return int(max(low, 0.0)), int(min(high, size - 1.0))


@kernel
def fill(points: Floats, triangles: Ints, first_id: int, inverse_depth: Floats, ids: Ints) -> None:
    """Draw triangles that face the viewer where they are nearer than what is there.

    Args:
        points: (n, 3) pixels and inverse depth, 0 for a point that is not seen.
        triangles: (m, 3) indices, counter-clockwise from outside.
        first_id: what the first triangle is called in `ids`.
        inverse_depth: (h, w), larger is nearer; ids: (h, w).
    """
    height, width = inverse_depth.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        az, bz, cz = points[a, 2], points[b, 2], points[c, 2]
        if az <= 0.0 or bz <= 0.0 or cz <= 0.0:
            continue
        ax, ay, bx, by = points[a, 0], points[a, 1], points[b, 0], points[b, 1]
        cx, cy = points[c, 0], points[c, 1]
        area = _edge(ax, ay, bx, by, cx, cy)
        if area >= 0.0:
            continue
        left, right = _span(ax, bx, cx, width)
        top, bottom = _span(ay, by, cy, height)
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                wa = _edge(bx, by, cx, cy, x, y)
                wb = _edge(cx, cy, ax, ay, x, y)
                wc = _edge(ax, ay, bx, by, x, y)
                if wa <= 0.0 and wb <= 0.0 and wc <= 0.0:
                    z = (wa * az + wb * bz + wc * cz) / area
                    if z > inverse_depth[y, x]:
                        inverse_depth[y, x] = z
                        ids[y, x] = first_id + t


@kernel
def fill_depth(points: Floats, triangles: Ints, inverse_depth: Floats, touched: Marks) -> None:
    """As `fill`, for a shadow map: no names are kept, but `touched` marks each block drawn on with 1."""
    height, width = inverse_depth.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        az, bz, cz = points[a, 2], points[b, 2], points[c, 2]
        if az <= 0.0 or bz <= 0.0 or cz <= 0.0:
            continue
        ax, ay, bx, by = points[a, 0], points[a, 1], points[b, 0], points[b, 1]
        cx, cy = points[c, 0], points[c, 1]
        area = _edge(ax, ay, bx, by, cx, cy)
        if area >= 0.0:
            continue
        left, right = _span(ax, bx, cx, width)
        top, bottom = _span(ay, by, cy, height)
        if left > right or top > bottom:
            continue
        for row in range(top >> BLOCK_BITS, (bottom >> BLOCK_BITS) + 1):
            for column in range(left >> BLOCK_BITS, (right >> BLOCK_BITS) + 1):
                touched[row, column] = 1
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                wa = _edge(bx, by, cx, cy, x, y)
                wb = _edge(cx, cy, ax, ay, x, y)
                wc = _edge(ax, ay, bx, by, x, y)
                if wa <= 0.0 and wb <= 0.0 and wc <= 0.0:
                    z = (wa * az + wb * bz + wc * cz) / area
                    inverse_depth[y, x] = max(inverse_depth[y, x], z)


@part
def near_touched(touched: Marks, x: float, y: float, margin: float) -> bool:
    """Whether a block within `margin` of a place in the map was drawn on."""
    rows, columns = touched.shape
    top, bottom = int(max(y - margin, 0.0)) >> BLOCK_BITS, int(max(y + margin, 0.0)) >> BLOCK_BITS
    left, right = int(max(x - margin, 0.0)) >> BLOCK_BITS, int(max(x + margin, 0.0)) >> BLOCK_BITS
    for row in range(top, min(bottom, rows - 1) + 1):
        for column in range(left, min(right, columns - 1) + 1):
            if touched[row, column]:
                return True
    return False


@kernel
def bounds(points: Floats, width: int, height: int, out: Ints) -> None:
    """Fill `out` with the first and past-the-last column and row that seen points touch."""
    left, top, right, bottom = width * 1.0, height * 1.0, -1.0, -1.0
    for i in range(points.shape[0]):
        if points[i, 2] > 0.0:
            left, right = min(left, points[i, 0]), max(right, points[i, 0])
            top, bottom = min(top, points[i, 1]), max(bottom, points[i, 1])
    out[0] = int(max(left, 0.0))
    out[1] = int(min(right + 2.0, width * 1.0))
    out[2] = int(max(top, 0.0))
    out[3] = int(min(bottom + 2.0, height * 1.0))
