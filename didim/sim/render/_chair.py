"""A wheelchair's mesh: tyres, rims, spoke guards, seat, back, frame, casters and footrest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray
from didim.sim._body import Body, Tone
from didim.sim._wheelchair import HIPS_AHEAD, Wheelchair

_RUBBER, _METAL, _CLOTH = (0.11, 0.11, 0.12), (0.62, 0.64, 0.66), (0.13, 0.14, 0.17)
_GUARDS: tuple[Tone, ...] = ((0.92, 0.55, 0.15), (0.20, 0.55, 0.80), (0.75, 0.25, 0.50), (0.35, 0.65, 0.30))
_AROUND, _ALONG = 8, 32


@dataclass(frozen=True, slots=True)
class Shell:
    """A closed mesh of one colour.

    Attributes:
        points, normals: (n, 3), normals look out; triangles: (m, 3), counter-clockwise seen from outside.
    """

    points: FloatArray
    normals: FloatArray
    triangles: FloatArray
    colour: Tone


def chair_shells(body: Body) -> list[Shell]:
    """The chair that fits a body: metres ahead and left of the middle of the hips, and over the floor."""
    ahead = np.array([HIPS_AHEAD * body.height_m, 0.0, 0.0])
    parts = _Joiner(body).parts()
    return [Shell(part.points - ahead, part.normals, part.triangles, part.colour) for part in parts]


class _Joiner:
    """Builds the parts about the middle of the axle, x ahead, y to the left, z up."""

    def __init__(self, body: Body) -> None:
        chair, h = Wheelchair.of(body), body.height_m
        self.h, self.chair = h, chair
        self.half_m = 0.105 * h
        self.tyre_m = 0.5 * chair.track_m - 0.022 * h
        self.cushion_m = chair.seat_m - 0.055 * h
        self.front_m = (HIPS_AHEAD + 0.02) * h + 0.66 * body.thigh_m
        self.back_m = -0.115 * h
        self.plate_m = (
            HIPS_AHEAD * h + 0.93 * body.thigh_m + 0.06 * h + 0.5 * body.foot_m - body.ankle_ahead_m
        )
        self.foot_m = body.foot_m
        self.guard = _GUARDS[int(1e6 * body.walk_speed_m_s) % len(_GUARDS)]

    def parts(self) -> Iterator[Shell]:
        yield from self._seat()
        yield self._bar(
            (0.0, -self.tyre_m, self.chair.wheel_m), (0.0, self.tyre_m, self.chair.wheel_m), 0.012
        )
        for side in (1.0, -1.0):
            yield from self._wheel(side)
            yield from self._side(side)
            yield from self._caster(side)

    def _seat(self) -> Iterator[Shell]:
        h, top = self.h, self.cushion_m
        middle = 0.5 * (self.front_m + self.back_m)
        depth = 0.5 * (self.front_m - self.back_m)
        yield slab((middle, 0.0, top - 0.016 * h), (depth, self.half_m, 0.016 * h), 0.0, _CLOTH)
        back = (self.back_m - 0.02 * h, 0.0, top + 0.15 * h)
        yield slab(back, (0.010 * h, self.half_m, 0.15 * h), -0.14, _CLOTH)
        plate = (self.plate_m, 0.0, self.chair.footrest_m - 0.007 * h)
        yield slab(plate, (0.5 * self.foot_m, 0.9 * self.half_m, 0.007 * h), 0.0, _METAL)

    def _wheel(self, side: float) -> Iterator[Shell]:
        h, radius = self.h, self.chair.wheel_m
        at = (0.0, side * self.tyre_m, radius)
        yield ring(at, radius - 0.012 * h, 0.012 * h, _RUBBER)
        guard = side * self.tyre_m
        yield tube(
            (0.0, guard - 0.005 * h, radius), (0.0, guard + 0.005 * h, radius), 0.86 * radius, self.guard
        )
        hub = (0.0, side * (self.tyre_m + 0.016 * h), radius)
        yield tube(at, hub, 0.022 * h, _METAL)
        yield ring((0.0, side * 0.5 * self.chair.track_m, radius), 0.93 * radius, 0.006 * h, _METAL)

    def _side(self, side: float) -> Iterator[Shell]:
        h, y, top = self.h, side * self.half_m, self.cushion_m - 0.02 * self.h
        front, back = (self.front_m, y, top), (self.back_m, y, top)
        upper = (self.back_m - 0.045 * h, y, top + 0.34 * h)
        yield self._bar(back, front, 0.010)
        yield self._bar(back, upper, 0.010)
        yield self._bar(upper, (upper[0] - 0.06 * h, y, upper[2]), 0.013, _RUBBER)
        yield self._bar(back, (0.0, y, self.chair.wheel_m), 0.010)
        foot = (self.plate_m - 0.45 * self.foot_m, 0.8 * y, self.chair.footrest_m - 0.007 * h)
        yield self._bar(front, foot, 0.010)

    def _caster(self, side: float) -> Iterator[Shell]:
        h, radius = self.h, 0.045 * self.h
        x, y = self.front_m - 0.03 * h, side * 0.9 * self.half_m
        yield tube((x, y - 0.012 * h, radius), (x, y + 0.012 * h, radius), radius, _RUBBER)
        yield self._bar(
            (x, y + side * 0.018 * h, radius), (x, side * self.half_m, self.cushion_m - 0.02 * h), 0.008
        )

    def _bar(
        self,
        start: tuple[float, float, float],
        end: tuple[float, float, float],
        share: float,
        colour: Tone = _METAL,
    ) -> Shell:
        return tube(start, end, share * self.h, colour, _AROUND)


def tube(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radius_m: float,
    colour: Tone,
    corners: int = _ALONG,
) -> Shell:
    """A cylinder between two points; flat ones are discs."""
    a, b = np.array(start), np.array(end)
    axis = (b - a) / np.linalg.norm(b - a)
    right = np.cross(axis, [0.0, 0.0, 1.0] if abs(axis[2]) < 0.9 else [1.0, 0.0, 0.0])
    right = right / np.linalg.norm(right)
    turn = 2.0 * np.pi * np.arange(corners) / corners
    out = np.outer(np.cos(turn), right) + np.outer(np.sin(turn), np.cross(axis, right))
    rims = [a + radius_m * out, b + radius_m * out]
    caps = [np.vstack([rim, center]) for rim, center in zip(rims, (a, b), strict=True)]
    points = np.vstack([*rims, *caps])
    normals = np.vstack([out, out, np.tile(-axis, (corners + 1, 1)), np.tile(axis, (corners + 1, 1))])
    i, j = np.arange(corners), (np.arange(corners) + 1) % corners
    low, high = 2 * corners, 3 * corners + 1
    sides = [np.stack([i, j, corners + j], 1), np.stack([i, corners + j, corners + i], 1)]
    ends = [
        np.stack([low + j, low + i, np.full(corners, low + corners)], 1),
        np.stack([high + i, high + j, np.full(corners, high + corners)], 1),
    ]
    return Shell(points, normals, np.vstack([*sides, *ends]), colour)


def ring(at: tuple[float, float, float], radius_m: float, tube_m: float, colour: Tone) -> Shell:
    """A torus about the y axis."""
    u, v = np.meshgrid(
        2.0 * np.pi * np.arange(_ALONG) / _ALONG, 2.0 * np.pi * np.arange(_AROUND) / _AROUND, indexing="ij"
    )
    out = np.stack([np.cos(u) * np.cos(v), np.sin(v), np.sin(u) * np.cos(v)], axis=-1).reshape(-1, 3)
    middle = np.stack([np.cos(u), np.zeros_like(u), np.sin(u)], axis=-1).reshape(-1, 3)
    i, j = (grid.ravel() for grid in np.meshgrid(np.arange(_ALONG), np.arange(_AROUND), indexing="ij"))
    a, b = i * _AROUND + j, (i + 1) % _ALONG * _AROUND + j
    c, d = i * _AROUND + (j + 1) % _AROUND, (i + 1) % _ALONG * _AROUND + (j + 1) % _AROUND
    triangles = np.vstack([np.stack([a, c, b], 1), np.stack([b, c, d], 1)])
    return Shell(np.array(at) + radius_m * middle + tube_m * out, out, triangles, colour)


def slab(
    at: tuple[float, float, float], half_m: tuple[float, float, float], lean_rad: float, colour: Tone
) -> Shell:
    """A box about its middle, leant about the y axis, forward where `lean_rad` is above 0."""
    points: list[FloatArray] = []
    normals: list[FloatArray] = []
    triangles: list[list[int]] = []
    for axis in range(3):
        for sign in (1.0, -1.0):
            over, up = np.eye(3)[(axis + 1) % 3], sign * np.eye(3)[(axis + 2) % 3]
            normal = sign * np.eye(3)[axis]
            first = 4 * len(normals)
            points += [normal - over - up, normal + over - up, normal + over + up, normal - over + up]
            triangles += [[first, first + 1, first + 2], [first, first + 2, first + 3]]
            normals.append(normal)
    c, s = np.cos(lean_rad), np.sin(lean_rad)
    turn = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
    placed = np.array(at) + (np.array(points) * np.array(half_m)) @ turn.T
    return Shell(placed, np.repeat(normals, 4, axis=0) @ turn.T, np.array(triangles), colour)
