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

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
_Who = tuple[Body, Outfit | None, bool]


@dataclass(frozen=True, slots=True)
class PersonPose:
    """One person in one picture.

    Attributes:
        joints_m: (33, 3) in room metres, rows follow `Joint`.
        shutter_joints_m: the joints when the shutter closes, where the camera blurs motion.
        outfit: clothes; by the body's own dice when none.
        wheelchair: the chair under the hips is drawn as well.
    """

    body: Body
    joints_m: FloatArray
    shutter_joints_m: FloatArray | None = None
    outfit: Outfit | None = None
    wheelchair: bool = False

    def at(self, share: float) -> FloatArray:
        """The joints at a share of the exposure."""
        if self.shutter_joints_m is None or share == 0.0:
            return self.joints_m
        return np.asarray(self.joints_m + share * (self.shutter_joints_m - self.joints_m))


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
        for key, person, (start, end) in zip(who, people, self.ranges, strict=True):
            mesh = self._meshes[key]
            rotations, shifts = mesh.bone_motion(person.at(share))
            shape = (mesh.vertices_m, mesh.normals, mesh.bones, mesh.weights)
            skin(*shape, rotations, shifts, self.points_m[start:end], self.normals[start:end])

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
