"""The light that reaches the camera in this moment: the room under people's shadows, then people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._bake import map_lit, thrown
from didim.sim.render._jit import kernel, part
from didim.sim.render._lights import irradiance
from didim.sim.render._paint import painted
from didim.sim.render._plan import GLOW_CELL_M
from didim.sim.render._projection import LEVELS, sampled
from didim.sim.render._raster import near_touched
from didim.sim.render._view import projected

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

SHADOW_SCALE = 0.5
"""Size of a projector's shadow map against its picture."""
TILE_PX = 16
"""Side of the tiles of which those that no shadow touches are passed over."""
_SEEN = np.float32(-1e5)
_SOFT = 2
"""Texels to each side over which a lamp's shadow is softened."""


@part
def _touched(boxes: Ints, left: float, right: float, top: float, bottom: float, margin: float) -> bool:
    """Whether any of the (n, 4) boxes meets a span of places."""
    for k in range(boxes.shape[0]):
        across = boxes[k, 0] - margin <= right and left <= boxes[k, 1] + margin
        if across and boxes[k, 2] - margin <= bottom and top <= boxes[k, 3] + margin:
            return True
    return False


@part
def _grid(grid: Floats, x: float, y: float) -> float:
    """Bilinear sample of a grid at cell coordinates inside it."""
    x = min(max(x, 0.0), grid.shape[1] - 1.001)
    y = min(max(y, 0.0), grid.shape[0] - 1.001)
    column, row = int(x), int(y)
    along, over = x - column, y - row
    upper = grid[row, column] * (1.0 - along) + grid[row, column + 1] * along
    lower = grid[row + 1, column] * (1.0 - along) + grid[row + 1, column + 1] * along
    return float(upper * (1.0 - over) + lower * over)


@part
def _tile(ids: Ints, row: int, column: int) -> tuple[int, int, int, int]:
    """First and past-the-last row and column of a tile."""
    bottom, right = min((row + 1) * TILE_PX, ids.shape[0]), min((column + 1) * TILE_PX, ids.shape[1])
    return row * TILE_PX, bottom, column * TILE_PX, right


@kernel
def dim_floor(
    ids: Ints, ambient: Floats, cells: Floats, spans: Floats, boxes: Ints, sky: Floats, out: Floats
) -> None:
    """Take ambient light away where people stand over the floor; `cells` (h, w, 2) are places in `sky`."""
    for row in range(spans.shape[0]):
        for column in range(spans.shape[1]):
            left, right, top, bottom = spans[row, column]
            if not _touched(boxes, left, right, top, bottom, 0.0):
                continue
            first, last, start, end = _tile(ids, row, column)
            for v in range(first, last):
                for u in range(start, end):
                    if cells[v, u, 0] > _SEEN and ids[v, u] < 0:
                        lost = np.float32(1.0 - _grid(sky, cells[v, u, 0], cells[v, u, 1]))
                        for c in range(3):
                            out[v, u, c] -= ambient[v, u, c] * lost


@kernel
def dim_lamp(
    ids: Ints,
    light: Floats,
    places: Floats,
    spans: Floats,
    depth_map: Floats,
    boxes: Ints,
    touched: Bytes,
    out: Floats,
) -> None:
    """Take one lamp's light away where people stand before it.

    `boxes` bound them in its map, `touched` marks the blocks that they are drawn on.
    """
    for row in range(spans.shape[0]):
        for column in range(spans.shape[1]):
            left, right, top, bottom = spans[row, column]
            if not _touched(boxes, left, right, top, bottom, _SOFT):
                continue
            first, last, start, end = _tile(ids, row, column)
            for v in range(first, last):
                for u in range(start, end):
                    x, y = places[v, u, 0], places[v, u, 1]
                    if ids[v, u] >= 0 or not near_touched(touched, x, y, _SOFT + 0.5):
                        continue
                    lost = np.float32(1.0 - map_lit(depth_map, x, y, places[v, u, 2], _SOFT, 1.0))
                    for c in range(3):
                        out[v, u, c] -= light[v, u, c] * lost


@part
def _beam(depth_map: Floats, u: float, v: float, limit: float) -> float:
    """The share of a projector's ray that is not stopped, bilinear over its shadow map."""
    x, y = (u + 0.5) * SHADOW_SCALE - 0.5, (v + 0.5) * SHADOW_SCALE - 0.5
    x = min(max(x, 0.0), depth_map.shape[1] - 1.001)
    y = min(max(y, 0.0), depth_map.shape[0] - 1.001)
    column, row = int(x), int(y)
    along, over = x - column, y - row
    upper = (1.0 - along) * (depth_map[row, column] <= limit) + along * (depth_map[row, column + 1] <= limit)
    lower = (1.0 - along) * (depth_map[row + 1, column] <= limit) + along * (
        depth_map[row + 1, column + 1] <= limit
    )
    return float(upper * (1.0 - over) + lower * over)


@kernel
def add_projector(
    ids: Ints,
    light: Floats,
    places: Floats,
    levels: Bytes,
    texels: Floats,
    table: NDArray[np.int64],
    projector: int,
    finest: int,
    depth_map: Floats,
    touched: Bytes,
    out: Floats,
) -> None:
    """Add one projector's light to the room; `touched` marks where people are in its shadow map."""
    height, width = ids.shape
    for v in range(height):
        for u in range(width):
            x, y = places[v, u, 0], places[v, u, 1]
            if x <= _SEEN or ids[v, u] >= 0:
                continue
            lit = np.float32(1.0)
            if near_touched(touched, SHADOW_SCALE * x, SHADOW_SCALE * y, 2.0):
                lit = np.float32(_beam(depth_map, x, y, places[v, u, 2]))
                if lit <= np.float32(0.0):
                    continue
            red, green, blue = sampled(texels, table, projector, max(levels[v, u], finest), x, y)
            out[v, u, 0] += light[v, u, 0] * lit * red
            out[v, u, 1] += light[v, u, 1] * lit * green
            out[v, u, 2] += light[v, u, 2] * lit * blue


@part
def _weights(screen: Floats, a: int, b: int, c: int, u: float, v: float, out: FloatArray) -> None:
    """Perspective-correct barycentric weights of a pixel in a triangle."""
    ax, ay, bx, by = screen[a, 0], screen[a, 1], screen[b, 0], screen[b, 1]
    cx, cy = screen[c, 0], screen[c, 1]
    out[0] = ((cx - bx) * (v - by) - (cy - by) * (u - bx)) * screen[a, 2]
    out[1] = ((ax - cx) * (v - cy) - (ay - cy) * (u - cx)) * screen[b, 2]
    out[2] = ((bx - ax) * (v - ay) - (by - ay) * (u - ax)) * screen[c, 2]
    total = out[0] + out[1] + out[2]
    out[0], out[1], out[2] = out[0] / total, out[1] / total, out[2] / total


@part
def _blend(values: Floats, a: int, b: int, c: int, weights: FloatArray, out: FloatArray) -> None:
    for k in range(3):
        out[k] = weights[0] * values[a, k] + weights[1] * values[b, k] + weights[2] * values[c, k]


@part
def _from_lamps(
    lamps: FloatArray, views: FloatArray, maps: Floats, point: FloatArray, normal: FloatArray, out: FloatArray
) -> None:
    """Add lux of all lamps at a point of a person."""
    for k in range(lamps.shape[0]):
        lux = irradiance(lamps[k], views[k], point, normal, 0.25)
        if lux <= 0.0:
            continue
        x, y, depth = projected(
            views[k], point[0] + 0.012 * normal[0], point[1] + 0.012 * normal[1], point[2] + 0.012 * normal[2]
        )
        if depth > 0.0:
            lux *= map_lit(maps[k], x, y, 1.0 / (depth - 0.03), 1, lamps[k, 7])
        for c in range(3):
            out[c] += lamps[k, c] * lux


@part
def _from_projector(
    view: FloatArray,
    strength: float,
    depth_map: Floats,
    texels: Floats,
    table: NDArray[np.int64],
    projector: int,
    pixel_m: float,
    finest: int,
    point: FloatArray,
    normal: FloatArray,
    out: FloatArray,
) -> None:
    """Add lux of one projector at a point of a person that covers `pixel_m` of the camera's pixel."""
    u, v, depth = projected(view, point[0], point[1], point[2])
    width, height = table[projector, 0, 1], table[projector, 0, 2]
    if depth <= 0.0 or u < -0.5 or v < -0.5 or u > width - 0.5 or v > height - 0.5:
        return
    lux = thrown(view, strength, point, normal, depth)
    if lux > 0.0:
        lux *= _beam(depth_map, u, v, 1.0 / (depth - 0.025))
    if lux > 0.0:
        footprint = pixel_m * view[12] / depth
        level = min(max(int(np.log2(max(footprint, 1.0)) + 0.35), finest), LEVELS - 1)
        red, green, blue = sampled(texels, table, projector, level, u, v)
        out[0] += lux * red
        out[1] += lux * green
        out[2] += lux * blue


@kernel
def light_people(
    ids: Ints,
    box: Ints,
    focal_px: float,
    screen: Floats,
    triangles: Ints,
    points: Floats,
    normals: Floats,
    albedo: Floats,
    paint: Floats,
    ambient: FloatArray,
    origin: tuple[float, float],
    glow: Floats,
    lamps: FloatArray,
    lamp_views: FloatArray,
    lamp_maps: Floats,
    projector_views: FloatArray,
    strengths: FloatArray,
    projector_maps: Floats,
    texels: Floats,
    table: NDArray[np.int64],
    finest: int,
    out: Floats,
) -> None:
    """Fill the pixels that show people; `box` bounds them."""
    weights, point, normal = np.empty(3), np.empty(3), np.empty(3)
    colour, look, lux = np.empty(3), np.empty(3), np.empty(3)
    for v in range(box[2], box[3]):
        for u in range(box[0], box[1]):
            t = ids[v, u]
            if t < 0:
                continue
            a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
            _weights(screen, a, b, c, u, v, weights)
            _blend(points, a, b, c, weights, point)
            _blend(normals, a, b, c, weights, normal)
            _blend(albedo, a, b, c, weights, colour)
            _blend(paint, a, b, c, weights, look)
            normal /= np.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2 + 1e-12)
            painted(look, colour)
            _around(ambient, origin, glow, point, normal, lux)
            _from_lamps(lamps, lamp_views, lamp_maps, point, normal, lux)
            pixel_m = 1.0 / (
                focal_px * (weights[0] * screen[a, 2] + weights[1] * screen[b, 2] + weights[2] * screen[c, 2])
            )
            for k in range(projector_views.shape[0]):
                _from_projector(
                    projector_views[k],
                    strengths[k],
                    projector_maps[k],
                    texels,
                    table,
                    k,
                    pixel_m,
                    finest,
                    point,
                    normal,
                    lux,
                )
            for k in range(3):
                out[v, u, k] = colour[k] * lux[k]


@part
def _around(
    ambient: FloatArray,
    origin: tuple[float, float],
    glow: Floats,
    point: FloatArray,
    normal: FloatArray,
    out: FloatArray,
) -> None:
    """Lux from everywhere: brighter from above, and from below what the lit floor throws back."""
    x = min(max((point[0] - origin[0]) / GLOW_CELL_M, 0.0), glow.shape[1] - 1.001)
    y = min(max((point[1] - origin[1]) / GLOW_CELL_M, 0.0), glow.shape[0] - 1.001)
    near = 1.0 / (1.0 + (point[2] / 0.7) ** 2)
    low = (0.5 - 0.5 * normal[2]) * near
    above = 0.65 + 0.35 * normal[2]
    for c in range(3):
        out[c] = ambient[c] * above + low * glow[int(y + 0.5), int(x + 0.5), c]
