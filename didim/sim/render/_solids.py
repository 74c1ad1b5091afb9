"""Signed distances of the solids a body is built from, and their smooth union.

After I. Quilez, "Distance functions" (round cone, ellipsoid) and "Smooth minimum".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._bones import Bone

Points = NDArray[np.float32]
ROUND = (1.0, 1.0, 1.0)


class Solid(Protocol):
    """A solid that moves with one bone."""

    @property
    def bone(self) -> Bone: ...

    def distance_m(self, points: Points) -> Points:
        """(n,) metres from (n, 3) points to the surface, below 0 inside; near enough true near it."""
        ...

    def bounds_m(self) -> tuple[FloatArray, FloatArray]:
        """The lowest and highest corner of a box around the solid."""
        ...


@dataclass(frozen=True, slots=True)
class Cone:
    """A cone from `start` to `end` with rounded ends; `flat` squeezes it along x, y and z."""

    bone: Bone
    start: FloatArray
    end: FloatArray
    start_radius_m: float
    end_radius_m: float
    flat: tuple[float, float, float] = ROUND

    def distance_m(self, points: Points) -> Points:
        axis = (self.end - self.start).astype(np.float32)
        away = points - self.start.astype(np.float32)
        along = np.clip(away @ axis / float(axis @ axis), 0.0, 1.0)
        aside = (away - along[:, None] * axis) / np.array(self.flat, np.float32)
        radius = self.start_radius_m + (self.end_radius_m - self.start_radius_m) * along
        return np.asarray((np.sqrt((aside * aside).sum(axis=1)) - radius) * min(1.0, *self.flat), np.float32)

    def bounds_m(self) -> tuple[FloatArray, FloatArray]:
        wide = max(self.start_radius_m, self.end_radius_m) * np.array(self.flat)
        return np.minimum(self.start, self.end) - wide, np.maximum(self.start, self.end) + wide


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """An ellipsoid along the axes."""

    bone: Bone
    center: FloatArray
    radii_m: tuple[float, float, float]

    def distance_m(self, points: Points) -> Points:
        radii = np.array(self.radii_m, np.float32)
        away = (points - self.center.astype(np.float32)) / radii
        near = np.sqrt((away * away).sum(axis=1))
        slope = np.sqrt(((away / radii) ** 2).sum(axis=1))
        return np.asarray(near * (near - 1.0) / np.maximum(slope, 1e-6), np.float32)

    def bounds_m(self) -> tuple[FloatArray, FloatArray]:
        wide = np.array(self.radii_m)
        return self.center - wide, self.center + wide


def joined(distances: Points, softness_m: float) -> Points:
    """The smooth union of (solids, n) distances: seams are rounded over about `softness_m`."""
    nearest = distances.min(axis=0)
    if softness_m <= 0.0:
        return np.asarray(nearest)
    weight = np.exp(-(distances - nearest) / softness_m).sum(axis=0)
    return np.asarray(nearest - softness_m * np.log(weight), np.float32)
