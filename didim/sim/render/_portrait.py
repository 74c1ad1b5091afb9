"""A poster of a person: what a pose network may take for one."""

from __future__ import annotations

import numpy as np

from didim.sim.render._mannequin import Mannequin, linear
from didim.sim.render._materials import Texture
from didim.sim.render._raster import fill

_HEIGHT_PX = 240
_PAPER = (0.90, 0.82, 0.55)
_LIGHT = np.array([0.75, 0.35, 0.55])


def portrait(person: Mannequin, height_m: float, shape: float) -> Texture:
    """The person from the front on coloured paper; `shape` is width by height. Row 0 is the bottom."""
    width_px = max(8, round(_HEIGHT_PX * shape))
    per_m = 0.88 * _HEIGHT_PX / height_m
    points = np.empty((len(person.vertices_m), 3), np.float32)
    points[:, 0] = 0.5 * width_px + per_m * person.vertices_m[:, 1]
    points[:, 1] = 0.05 * _HEIGHT_PX + per_m * person.vertices_m[:, 2]
    points[:, 2] = 2.0 + person.vertices_m[:, 0]
    depth = np.zeros((_HEIGHT_PX, width_px), np.float32)
    ids = np.full((_HEIGHT_PX, width_px), -1, np.int32)
    # seen from the front with rows upward, the picture is mirrored twice and triangles keep their turn
    fill(points, np.ascontiguousarray(person.triangles[:, ::-1]), 0, depth, ids)
    picture = np.empty((_HEIGHT_PX, width_px, 3), np.float32)
    picture[:] = linear(_PAPER)
    first = person.triangles[ids[ids >= 0], 0]
    light = 0.5 + 0.6 * np.clip(person.normals[first] @ _LIGHT, 0.0, 1.0)
    picture[ids >= 0] = person.albedo[first] * light[:, None]
    return picture
