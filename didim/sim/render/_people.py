"""All people of the moment as one mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim._body import Body
from didim.sim.render._mannequin import Mannequin, mannequin
from didim.sim.render._outfit import Outfit
from didim.sim.render._skin import skin
from didim.sim.render._view import project_points

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
_Who = tuple[Body, Outfit | None, bool]


@dataclass(frozen=True, slots=True)
class PersonPose:
    """One person in one picture.

    Attributes:
        joints_m: (33, 3) in room metres, rows follow `Joint`.
        shutter_joints_m: the joints when the shutter closes, where the camera blurs motion.
        readout_joints_m: the joints when the last row's shutter opens, where rows are exposed one by one.
        outfit: clothes; by the body's own dice when none.
        wheelchair: the chair under the hips is drawn as well.
    """

    body: Body
    joints_m: FloatArray
    shutter_joints_m: FloatArray | None = None
    outfit: Outfit | None = None
    wheelchair: bool = False
    readout_joints_m: FloatArray | None = None

    def at(self, share: float, *, last_row: bool = False) -> FloatArray:
        """The joints at a share of the exposure of the first row, or of the last."""
        joints_m = self.joints_m
        if self.shutter_joints_m is not None and share > 0.0:
            joints_m = joints_m + share * (self.shutter_joints_m - self.joints_m)
        if self.readout_joints_m is not None and last_row:
            joints_m = joints_m + (self.readout_joints_m - self.joints_m)
        return np.asarray(joints_m)


class Company:
    """Meshes of people, kept from picture to picture and laid into one after another."""

    def __init__(self, cell_m: float) -> None:
        self._cell_m = cell_m
        self._meshes: dict[_Who, Mannequin] = {}
        self._who: list[_Who] | None = None
        self._gather([])

    def pose(self, people: Sequence[PersonPose], share: float = 0.0) -> None:
        """Bring every mesh into its pose at a share of the exposure."""
        who = [(person.body, person.outfit, person.wheelchair) for person in people]
        if who != self._who:
            self._gather(who)
        self._skin(people, share, self.points_m, self.normals)

    def roll(self, people: Sequence[PersonPose], share: float, view: FloatArray, rows: int) -> None:
        """Bring every vertex to where it is when the row of `view` is exposed that shows it; after `pose`."""
        points_m, normals = np.empty_like(self.points_m), np.empty_like(self.normals)
        self._skin(people, share, points_m, normals, last_row=True)
        first, last = np.empty_like(points_m), np.empty_like(points_m)
        project_points(view, self.points_m, first)
        project_points(view, points_m, last)
        # first + s (last - first), where a vertex is after a share s of the readout, meets row s (rows - 1)
        pace = np.maximum(rows - 1.0 - (last[:, 1] - first[:, 1]), 1.0)
        late = np.clip(first[:, 1] / pace, 0.0, 1.0)
        late[(first[:, 2] == 0.0) | (last[:, 2] == 0.0)] = 0.0
        self.points_m += late[:, None] * (points_m - self.points_m)

    def _skin(
        self,
        people: Sequence[PersonPose],
        share: float,
        points_m: Floats,
        normals: Floats,
        *,
        last_row: bool = False,
    ) -> None:
        for key, person, (start, end) in zip(self._who or (), people, self.ranges, strict=True):
            mesh = self._meshes[key]
            rotations, shifts = mesh.bone_motion(person.at(share, last_row=last_row))
            shape = (mesh.vertices_m, mesh.normals, mesh.bones, mesh.weights)
            skin(*shape, rotations, shifts, points_m[start:end], normals[start:end])

    def _gather(self, who: list[_Who]) -> None:
        for key in who:
            if key not in self._meshes:
                body, outfit, wheelchair = key
                self._meshes[key] = mannequin(body, outfit, self._cell_m, wheelchair=wheelchair)
        meshes = [self._meshes[key] for key in who]
        starts = np.cumsum([0, *(len(mesh.vertices_m) for mesh in meshes)])
        none = np.zeros((0, 3), np.float32)
        self._who = who
        self.ranges = [(int(a), int(b)) for a, b in pairwise(starts)]
        self.points_m: Floats = np.zeros((int(starts[-1]), 3), np.float32)
        self.normals: Floats = np.zeros_like(self.points_m)
        self.albedo: Floats = np.concatenate([none, *(mesh.albedo for mesh in meshes)])
        self.paint: Floats = np.concatenate([none, *(mesh.paint for mesh in meshes)])
        indices = [mesh.triangles + start for mesh, start in zip(meshes, starts, strict=False)]
        self.triangles: Ints = np.concatenate([np.zeros((0, 3), np.int64), *indices]).astype(np.int32)
        self.turned_triangles: Ints = np.ascontiguousarray(self.triangles[:, ::-1])
