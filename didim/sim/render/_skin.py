"""Carrying a mesh along with its bones (linear blend skinning)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._jit import kernel

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@kernel
def skin(
    vertices: Floats,
    normals: Floats,
    bones: Ints,
    weights: Floats,
    rotations: FloatArray,
    shifts: FloatArray,
    out_points: Floats,
    out_normals: Floats,
) -> None:
    """Fill (n, 3) world points and normals; the floor at height 0 holds feet up."""
    turn = np.empty((3, 3))
    move = np.empty(3)
    for i in range(vertices.shape[0]):
        turn[:] = 0.0
        move[:] = 0.0
        for k in range(bones.shape[1]):
            weight = weights[i, k]
            if weight > 0.0:
                bone = bones[i, k]
                for row in range(3):
                    move[row] += weight * shifts[bone, row]
                    for column in range(3):
                        turn[row, column] += weight * rotations[bone, row, column]
        for row in range(3):
            out_points[i, row] = move[row] + (
                turn[row, 0] * vertices[i, 0] + turn[row, 1] * vertices[i, 1] + turn[row, 2] * vertices[i, 2]
            )
            out_normals[i, row] = (
                turn[row, 0] * normals[i, 0] + turn[row, 1] * normals[i, 1] + turn[row, 2] * normals[i, 2]
            )
        out_points[i, 2] = max(out_points[i, 2], 0.0)
