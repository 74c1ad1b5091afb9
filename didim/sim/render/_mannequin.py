"""One body's mesh: marching cubes over its solids at rest, with skin weights, colours and paint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim._body import Body
from didim.sim.render._bones import BONE_COUNT, Bone, bone_frames
from didim.sim.render._chair import Shell, chair_shells
from didim.sim.render._outfit import Outfit
from didim.sim.render._solids import Points, joined
from didim.sim.render._tailor import Paint, Part, Tailor

WEIGHTS = 3
"""Bones that pull a vertex at most."""
_NO_PAINT = 9.0


@dataclass(frozen=True, slots=True)
class Mannequin:
    """A mesh at rest that follows bones.

    Attributes:
        vertices_m, normals: (n, 3) float32 at rest; normals look out.
        triangles: (m, 3) int32, counter-clockwise seen from outside.
        bones, weights: (n, 3) int32 and float32, rows sum to 1.
        albedo: (n, 3) float32, linear red, green, blue, hollows darkened.
        paint: (n, 3) float32: the kind of `Paint` and two coordinates for it.
        rest_axes, rest_origins_m: the bones' frames at rest.
    """

    vertices_m: Points
    normals: Points
    triangles: NDArray[np.int32]
    bones: NDArray[np.int32]
    weights: Points
    albedo: Points
    paint: Points
    rest_axes: FloatArray
    rest_origins_m: FloatArray

    def bone_motion(self, joints_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How each bone moves from rest to a pose: (16, 3, 3) rotations and (16, 3) shifts, metres."""
        axes, origins = bone_frames(joints_m)
        rotations = axes @ self.rest_axes.transpose(0, 2, 1)
        shifts = origins - np.einsum("bij,bj->bi", rotations, self.rest_origins_m)
        return rotations, shifts


def linear(tone: tuple[float, float, float]) -> FloatArray:
    """sRGB 0 to 1 to linear light (IEC 61966-2-1)."""
    values = np.array(tone, np.float64)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=64)
def mannequin(
    body: Body, outfit: Outfit | None = None, cell_m: float = 0.022, *, wheelchair: bool = False
) -> Mannequin:
    """Mesh a body, and the wheelchair made to its measure if it sits in one; takes a few tenths of a second.

    `cell_m` is the edge of the mesh's cells. The same calls share one mesh: nobody writes to it.
    """
    tailor = Tailor(body, outfit or Outfit.of(body))
    axes, origins = bone_frames(tailor.rest_m)
    shells = [_shell(part, tailor, cell_m) for part in tailor.parts()]
    if wheelchair:
        shells += [_rigid(shell) for shell in chair_shells(body)]
    offsets = np.cumsum([0] + [len(shell[0]) for shell in shells[:-1]])
    columns = list(zip(*shells, strict=True))
    triangles = np.concatenate([faces + offset for faces, offset in zip(columns[2], offsets, strict=True)])
    return Mannequin(
        vertices_m=np.concatenate(columns[0]),
        normals=np.concatenate(columns[1]),
        triangles=triangles.astype(np.int32),
        bones=np.concatenate(columns[3]).astype(np.int32),
        weights=np.concatenate(columns[4]),
        albedo=np.concatenate(columns[5]),
        paint=np.concatenate(columns[6]),
        rest_axes=axes,
        rest_origins_m=origins,
    )


def _rigid(shell: Shell) -> tuple[NDArray[np.generic], ...]:
    """A part of the chair as the arrays of `_shell`."""
    count = len(shell.points)
    bones, weights = np.full((count, WEIGHTS), Bone.CHAIR), np.zeros((count, WEIGHTS), np.float32)
    weights[:, 0] = 1.0
    albedo = np.tile(linear(shell.colour), (count, 1)).astype(np.float32)
    paint = np.full((count, 3), _NO_PAINT, np.float32)
    paint[:, 0] = Paint.PLAIN
    points, normals = shell.points.astype(np.float32), shell.normals.astype(np.float32)
    return points, normals, shell.triangles, bones, weights, albedo, paint


def _field(part: Part, points: Points) -> Points:
    distance = joined(np.stack([solid.distance_m(points) for solid in part.solids]), part.softness_m)
    for cut in part.cuts:
        distance = np.maximum(distance, -cut.distance_m(points))
    return np.maximum(distance, -points[:, 2]) if part.floor else distance


def _shell(part: Part, tailor: Tailor, cell_m: float) -> tuple[NDArray[np.generic], ...]:
    from skimage.measure import marching_cubes  # half a second of imports that only meshing needs

    cell = cell_m * part.voxel
    bounds = [solid.bounds_m() for solid in part.solids]
    low = np.min([b[0] for b in bounds], axis=0) - 2.0 * cell - part.softness_m
    high = np.max([b[1] for b in bounds], axis=0) + 2.0 * cell + part.softness_m
    count = np.ceil((high - low) / cell).astype(int)
    axes = [low[i] + cell * np.arange(count[i]) for i in range(3)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3).astype(np.float32)
    field = _field(part, grid).reshape(count)
    vertices, faces, _, _ = marching_cubes(  # type: ignore[no-untyped-call]  # has no types
        field, 0.0, spacing=(cell,) * 3, allow_degenerate=False
    )
    vertices = (vertices + low).astype(np.float32)
    normals = _slope(part, vertices, 0.3 * cell)
    faces = _outward(vertices, faces, normals)
    bones, weights = _pulled(part, vertices, 0.016 * tailor.h)
    hollow = _hollow(part, vertices, normals, 0.035 * tailor.h)
    if part.strands:
        hollow = hollow * _strands(tailor, vertices)
    albedo = (linear(part.colour) * hollow[:, None]).astype(np.float32)
    return vertices, normals, faces, bones, weights, albedo, _painted(part, tailor, vertices)


def _slope(part: Part, points: Points, step_m: float) -> Points:
    steps = step_m * np.eye(3, dtype=np.float32)
    slope = np.stack([_field(part, points + step) - _field(part, points - step) for step in steps], axis=1)
    return np.asarray(slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9), np.float32)


def _outward(vertices: Points, faces: NDArray[np.int32], normals: Points) -> NDArray[np.int32]:
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    looks = (np.cross(b - a, c - a) * normals[faces[:, 0]]).sum(axis=1)
    return faces if looks.sum() > 0 else faces[:, ::-1]


def _pulled(part: Part, points: Points, reach_m: float) -> tuple[NDArray[np.int64], Points]:
    """The bones whose solids are nearest, and how strongly each pulls."""
    distance = np.full((BONE_COUNT, len(points)), 1e3, np.float32)
    for solid in part.solids:
        distance[solid.bone] = np.minimum(distance[solid.bone], solid.distance_m(points))
    pull = np.exp(-(distance - distance.min(axis=0)) / reach_m)
    bones = np.argsort(-pull, axis=0)[:WEIGHTS].T
    weights = np.take_along_axis(pull.T, bones, axis=1)
    weights[weights < 0.02] = 0.0
    return bones, np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _hollow(part: Part, points: Points, normals: Points, reach_m: float) -> Points:
    """How open to light a point is, 0.55 to 1: less where the body is near in front of it."""
    opening = joined(np.stack([s.distance_m(points + reach_m * normals) for s in part.solids]), 0.0)
    return np.asarray(0.55 + 0.45 * np.clip(opening / reach_m, 0.0, 1.0), np.float32)


def _strands(tailor: Tailor, points: Points) -> Points:
    """What hair keeps of its strands' colour: half, in streaks that run down from the crown."""
    seen = (points - tailor.head.astype(np.float32)) / tailor.body.head_m
    turn = np.arctan2(seen[:, 1], seen[:, 0])
    return np.asarray(
        0.42 + 0.10 * np.sin(23.0 * turn) + 0.06 * np.sin(51.0 * turn + 9.0 * seen[:, 2]), np.float32
    )


def _painted(part: Part, tailor: Tailor, points: Points) -> Points:
    paint = np.full((len(points), 3), _NO_PAINT, np.float32)
    paint[:, 0] = part.paint
    if part.paint is Paint.FACE:
        seen = (points - tailor.head.astype(np.float32)) / tailor.body.head_m
        ahead = seen[:, 0] > 0.12
        paint[ahead, 1:] = seen[ahead, 1:]
    elif part.paint is Paint.STRIPES:
        low_m, high_m = float(tailor.hips[2]), float(tailor.neck[2])
        paint[:, 1] = (points[:, 2] - low_m) / (high_m - low_m)
        paint[:, 2] = tailor.outfit.stripes
    return paint
