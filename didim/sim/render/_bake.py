"""What a still camera sees of the empty room, worked out once: where, how bright, lit from where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._cast import FLOOR, blocked, hit, normal_at
from didim.sim.render._jit import kernel, part
from didim.sim.render._lights import irradiance
from didim.sim.render._materials import Texture
from didim.sim.render._view import projected, ray

Floats = NDArray[np.float32]
Textures = tuple[Texture, Texture, Texture, Texture, Texture, Texture]

UNSEEN = -1e6
"""A place in a map that is none."""


@part
def _texel(picture: Texture, across: float, up: float, out: FloatArray) -> None:
    """Add the bilinear sample at shares of the picture's sides."""
    rows, columns = picture.shape[0], picture.shape[1]
    x = min(max(across * columns - 0.5, 0.0), columns - 1.001)
    y = min(max(up * rows - 0.5, 0.0), rows - 1.001)
    column, row = int(x), int(y)
    along, over = x - column, y - row
    for c in range(3):
        low = picture[row, column, c] * (1.0 - along) + picture[row, column + 1, c] * along
        high = picture[row + 1, column, c] * (1.0 - along) + picture[row + 1, column + 1, c] * along
        out[c] += low * (1.0 - over) + high * over


@part
def albedo_at(
    sides: FloatArray,
    boxes: FloatArray,
    textures: Textures,
    what: int,
    x: float,
    y: float,
    z: float,
    out: FloatArray,
) -> None:
    """Add the linear colour of the thing at a point."""
    if what >= 6:
        for c in range(3):
            out[c] += boxes[what - 6, 8 + c]
        return
    across, over = (x - sides[0]) / (sides[1] - sides[0]), (y - sides[2]) / (sides[3] - sides[2])
    up = z / sides[5]
    if what < 4:
        share = over if what < 2 else across
        # each wall's picture runs from its left end as seen from inside
        _texel(textures[what], 1.0 - share if what == 1 or what == 2 else share, up, out)
    else:
        _texel(textures[what], across, over, out)


@kernel
def cast_room(
    view: FloatArray,
    sides: FloatArray,
    boxes: FloatArray,
    textures: Textures,
    samples: int,
    points: Floats,
    normals: Floats,
    albedo: Floats,
    what_seen: NDArray[np.int16],
    inverse_depth: Floats,
) -> None:
    """Fill (h, w) maps by rays through the lens; colours are means of `samples` squared rays a pixel."""
    height, width = inverse_depth.shape
    colour = np.empty(3)
    for v in range(height):
        for u in range(width):
            colour[:] = 0.0
            for k in range(samples * samples):
                left, down = (k % samples + 0.5) / samples - 0.5, (k // samples + 0.5) / samples - 0.5
                dx, dy, dz = ray(view, u + left, v + down)
                if dx == 0.0 and dy == 0.0 and dz == 0.0:
                    continue
                far, what, _ = hit(sides, boxes, view[22], view[23], view[24], dx, dy, dz)
                x, y, z = view[22] + far * dx, view[23] + far * dy, view[24] + far * dz
                albedo_at(sides, boxes, textures, what, x, y, z, colour)
            for c in range(3):
                albedo[v, u, c] = colour[c] / (samples * samples)
            dx, dy, dz = ray(view, u, v)
            what_seen[v, u] = -1
            inverse_depth[v, u] = 1e6
            if dx != 0.0 or dy != 0.0 or dz != 0.0:
                far, what, face = hit(sides, boxes, view[22], view[23], view[24], dx, dy, dz)
                what_seen[v, u] = what
                inverse_depth[v, u] = 1.0 / (far * (view[6] * dx + view[7] * dy + view[8] * dz))
                points[v, u, 0], points[v, u, 1] = view[22] + far * dx, view[23] + far * dy
                points[v, u, 2] = view[24] + far * dz
                normals[v, u, 0], normals[v, u, 1], normals[v, u, 2] = normal_at(boxes, what, face)


@part
def _nooks(sides: FloatArray, boxes: FloatArray, what: int, point: FloatArray) -> float:
    """How much ambient light a corner keeps: less near the room's edges and at the foot of boxes."""
    kept = 1.0
    for side in range(6):
        if side != what:
            kept *= 1.0 - 0.25 * np.exp(-abs(point[side // 2] - sides[side]) / 0.25)
    if what == 4:
        for i in range(boxes.shape[0]):
            x, y = point[0] - boxes[i, 0], point[1] - boxes[i, 1]
            x, y = boxes[i, 6] * x + boxes[i, 7] * y, boxes[i, 6] * y - boxes[i, 7] * x
            x, y = max(abs(x) - boxes[i, 3], 0.0), max(abs(y) - boxes[i, 4], 0.0)
            kept *= 1.0 - 0.5 * np.exp(-np.sqrt(x * x + y * y) / 0.12)
    return kept


@part
def _mirrored(
    sides: FloatArray,
    boxes: FloatArray,
    textures: Textures,
    view: FloatArray,
    point: FloatArray,
    normal: FloatArray,
    out: FloatArray,
) -> float:
    """Add the colour of what a mirror here would show; returns Schlick's share of light it sends back."""
    dx, dy, dz = point[0] - view[22], point[1] - view[23], point[2] - view[24]
    length = np.sqrt(dx * dx + dy * dy + dz * dz)
    dx, dy, dz = dx / length, dy / length, dz / length
    cosine = -(dx * normal[0] + dy * normal[1] + dz * normal[2])
    dx, dy, dz = dx + 2 * cosine * normal[0], dy + 2 * cosine * normal[1], dz + 2 * cosine * normal[2]
    x, y, z = point[0] + 1e-4 * normal[0], point[1] + 1e-4 * normal[1], point[2] + 1e-4 * normal[2]
    far, what, _ = hit(sides, boxes, x, y, z, dx, dy, dz)
    albedo_at(sides, boxes, textures, what, x + far * dx, y + far * dy, z + far * dz, out)
    return float(0.05 + 0.95 * max(1.0 - cosine, 0.0) ** 5)


@kernel
def light_ambient(
    view: FloatArray,
    sides: FloatArray,
    boxes: FloatArray,
    textures: Textures,
    sheen: FloatArray,
    ambient: FloatArray,
    points: Floats,
    normals: Floats,
    albedo: Floats,
    what_seen: NDArray[np.int16],
    out: Floats,
    mirrored: Floats,
) -> None:
    """Fill (h, w, 3) light sent to the camera under ambient light alone: lux times albedo.

    `mirrored` (h, w, 4), or of no size, takes what the floor's sheen adds to it, and the share it sends back.
    """
    height, width = what_seen.shape
    point, normal, mirror = np.empty(3), np.empty(3), np.empty(3)
    for v in range(height):
        for u in range(width):
            what = what_seen[v, u]
            if what < 0:
                out[v, u, :] = 0.0
                continue
            point[:], normal[:] = points[v, u], normals[v, u]
            kept = (0.775 + 0.225 * normal[2]) * _nooks(sides, boxes, what, point)
            mirror[:] = 0.0
            gloss = sheen[min(what, 6)]
            back = (
                gloss * _mirrored(sides, boxes, textures, view, point, normal, mirror) if gloss > 0 else 0.0
            )
            for c in range(3):
                out[v, u, c] = ambient[c] * (kept * albedo[v, u, c] + back * mirror[c])
            if what == FLOOR and mirrored.size > 0:
                for c in range(3):
                    mirrored[v, u, c] = ambient[c] * back * mirror[c]
                mirrored[v, u, 3] = back


@part
def glint(gloss: float, view: FloatArray, light: FloatArray, point: FloatArray, normal: FloatArray) -> float:
    """Blinn-Phong's highlight as a factor on irradiance, normalised; `light` is a view."""
    x, y, z = view[22] - point[0], view[23] - point[1], view[24] - point[2]
    length = np.sqrt(x * x + y * y + z * z)
    lx, ly, lz = light[22] - point[0], light[23] - point[1], light[24] - point[2]
    light_length = np.sqrt(lx * lx + ly * ly + lz * lz)
    x, y, z = x / length + lx / light_length, y / length + ly / light_length, z / length + lz / light_length
    length = np.sqrt(x * x + y * y + z * z)
    cosine = max((x * normal[0] + y * normal[1] + z * normal[2]) / max(length, 1e-9), 0.0)
    power = 20.0 + 180.0 * gloss
    return float(gloss * 0.05 * (power + 8.0) / 8.0 * cosine**power)


@part
def _unblocked(
    boxes: FloatArray, point: FloatArray, normal: FloatArray, light: FloatArray, radius_m: float
) -> float:
    """The share of a light's glow that no box hides."""
    if boxes.shape[0] == 0:
        return 1.0
    seen = 0.0
    x, y, z = point[0] + 0.002 * normal[0], point[1] + 0.002 * normal[1], point[2] + 0.002 * normal[2]
    for k in range(8):
        right, down = np.cos(2.4 * k), np.sin(2.4 * k)
        out = radius_m * np.sqrt((k + 0.5) / 8.0)
        tx = light[22] + out * (right * light[0] + down * light[3])
        ty = light[23] + out * (right * light[1] + down * light[4])
        tz = light[24] + out * (right * light[2] + down * light[5])
        if not blocked(boxes, x, y, z, tx, ty, tz):
            seen += 0.125
    return seen


@part
def map_lit(depth_map: Floats, u: float, v: float, limit: float, reach: int, outside: float) -> float:
    """The share of texels about (u, v) that nothing nearer than `limit` (an inverse depth) covers."""
    rows, columns = depth_map.shape
    column, row = int(np.floor(u + 0.5)), int(np.floor(v + 0.5))
    near = np.float32(limit)
    lit = 0
    if column < reach or row < reach or column >= columns - reach or row >= rows - reach:
        return outside
    for y in range(row - reach, row + reach + 1):
        for x in range(column - reach, column + reach + 1):
            lit += depth_map[y, x] <= near
    return lit / ((2 * reach + 1) * (2 * reach + 1))


@kernel
def light_lamp(
    view: FloatArray,
    lamp: FloatArray,
    lamp_view: FloatArray,
    still: Floats,
    boxes: FloatArray,
    sheen: FloatArray,
    points: Floats,
    normals: Floats,
    albedo: Floats,
    what_seen: NDArray[np.int16],
    light: Floats,
    places: Floats,
) -> None:
    """Fill (h, w, 3) light of one lamp sent to the camera and (h, w, 3) places in its shadow map."""
    height, width = what_seen.shape
    point, normal = np.empty(3), np.empty(3)
    for v in range(height):
        for u in range(width):
            light[v, u, :] = 0.0
            places[v, u, 0] = -1e6
            if what_seen[v, u] < 0:
                continue
            point[:], normal[:] = points[v, u], normals[v, u]
            lux = irradiance(lamp, lamp_view, point, normal, 0.0)
            if lux <= 0.0:
                continue
            x, y, depth = projected(lamp_view, point[0], point[1], point[2])
            if lamp[7] == 0.0:
                lux *= map_lit(still, x, y, 1.0 / (depth - 0.03), 1, 0.0) if depth > 0.05 else 0.0
            lux *= _unblocked(boxes, point, normal, lamp_view, lamp[8])
            gloss = sheen[min(what_seen[v, u], 6)]
            shine = glint(gloss, view, lamp_view, point, normal) if gloss > 0.0 else 0.0
            for c in range(3):
                light[v, u, c] = lamp[c] * lux * (albedo[v, u, c] + shine)
            if depth > 0.05:
                places[v, u, 0], places[v, u, 1], places[v, u, 2] = x, y, 1.0 / (depth - 0.02)


@part
def thrown(view: FloatArray, strength: float, point: FloatArray, normal: FloatArray, depth: float) -> float:
    """Lux of a white pixel of a projector at a point; `strength` is lumen times fx fy over its pixels.

    Each pixel carries the same flux, as a projector that lights a screen before it evenly does.
    """
    x, y, z = view[22] - point[0], view[23] - point[1], view[24] - point[2]
    towards = x * normal[0] + y * normal[1] + z * normal[2]
    return strength * towards / (depth * depth * depth) if towards > 0.0 else 0.0


@kernel
def light_projector(
    view: FloatArray,
    projector: FloatArray,
    strength: float,
    size_px: tuple[int, int],
    boxes: FloatArray,
    sheen: FloatArray,
    points: Floats,
    normals: Floats,
    albedo: Floats,
    what_seen: NDArray[np.int16],
    light: Floats,
    places: Floats,
) -> None:
    """Fill (h, w, 3) light of a white pixel sent to the camera and (h, w, 3) projector pixels and limits."""
    height, width = what_seen.shape
    point, normal = np.empty(3), np.empty(3)
    for v in range(height):
        for u in range(width):
            light[v, u, :] = 0.0
            places[v, u, 0] = -1e6
            if what_seen[v, u] < 0:
                continue
            point[:], normal[:] = points[v, u], normals[v, u]
            x, y, depth = projected(projector, point[0], point[1], point[2])
            if depth <= 0.0 or x < -0.5 or y < -0.5 or x > size_px[0] - 0.5 or y > size_px[1] - 0.5:
                continue
            lux = thrown(projector, strength, point, normal, depth)
            if lux <= 0.0 or _unblocked(boxes, point, normal, projector, 0.01) < 0.5:
                continue
            gloss = sheen[min(what_seen[v, u], 6)]
            shine = glint(gloss, view, projector, point, normal) if gloss > 0.0 else 0.0
            for c in range(3):
                light[v, u, c] = lux * (albedo[v, u, c] + shine)
            places[v, u, 0], places[v, u, 1], places[v, u, 2] = x, y, 1.0 / (depth - 0.02)
