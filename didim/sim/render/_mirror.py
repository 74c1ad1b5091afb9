"""People in a polished floor: drawn once more below it, as bright as its sheen sends their light back."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.sim.render._jit import kernel
from didim.sim.render._people import Company
from didim.sim.render._raster import bounds, fill
from didim.sim.render._stage import Still
from didim.sim.render._view import project_points

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_BLUR = 0.012
"""Standard deviation of the image in a matt floor, in shares of the picture's width; 0 in a perfect one."""


class Reflection:
    """The mirror image of everyone in one picture.

    Attributes:
        ids: (h, w) the triangle of the image in each pixel of the floor that is free, or -1.
        screen: (n, 3) the image's vertices in the picture.
        box: first and past-the-last column and row of the image.
        light: (h, w, 3) to be filled with the light of the people that are mirrored.
    """

    def __init__(self, still: Still, company: Company, ids: Ints) -> None:
        height, width = ids.shape
        below_m = company.points_m * np.array([1.0, 1.0, -1.0], np.float32)
        self.screen = np.empty_like(below_m)
        project_points(still.view, below_m, self.screen)
        self.ids = np.full(ids.shape, -1, np.int32)
        # nothing but free floor shows the image
        depth = np.full(ids.shape, 1e6, np.float32)
        free_floor(still.mirrored, ids, depth)
        fill(self.screen, company.turned_triangles, 0, depth, self.ids)
        self.box = np.zeros(4, np.int32)
        bounds(self.screen, width, height, self.box)
        self.light = np.zeros((height, width, 3), np.float32)

    def lay_over(self, still: Still, ids: Ints, sheen: float, out: Floats) -> None:
        """Put the image in place of what the floor mirrors of the room."""
        left, right, top, bottom = self.box.tolist()
        spread_px = _BLUR * (1.0 - sheen) * ids.shape[1]
        reach = int(3.0 * spread_px) + 1
        rows, columns = slice(max(top - reach, 0), bottom + reach), slice(max(left - reach, 0), right + reach)
        covered = (self.ids[rows, columns] >= 0).astype(np.float32)
        light = np.ascontiguousarray(self.light[rows, columns])
        if covered.size == 0:
            return
        if spread_px > 0.3:
            covered = np.asarray(cv2.GaussianBlur(covered, (0, 0), spread_px), np.float32)
            light = np.asarray(cv2.GaussianBlur(light, (0, 0), spread_px), np.float32)
        mirror(still.mirrored[rows, columns], ids[rows, columns], covered, light, out[rows, columns])


@kernel
def free_floor(mirrored: Floats, ids: Ints, depth: Floats) -> None:
    """Clear `depth` where the floor mirrors and nobody stands before it."""
    for v in range(ids.shape[0]):
        for u in range(ids.shape[1]):
            if mirrored[v, u, 3] > 0.0 and ids[v, u] < 0:
                depth[v, u] = 0.0


@kernel
def mirror(mirrored: Floats, ids: Ints, covered: Floats, light: Floats, out: Floats) -> None:
    """Add the image's light and take away what it covers of the room's image."""
    for v in range(covered.shape[0]):
        for u in range(covered.shape[1]):
            if covered[v, u] > 0.0 and ids[v, u] < 0:
                for c in range(3):
                    out[v, u, c] += mirrored[v, u, 3] * light[v, u, c] - covered[v, u] * mirrored[v, u, c]
