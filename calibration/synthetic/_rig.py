"""A made-up rig: a camera and projectors over a floor, the light that falls, and the truth beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.synthetic._conditions import Conditions
from calibration.synthetic._floor import Floor, make_floor
from calibration.synthetic._optics import (
    OUTSIDE_PX,
    Floats,
    coarse_pixels,
    floor_points,
    hung,
    over_picture,
)
from didim.geometry import FloatArray, PinholeCamera, Surface

AREA = Surface("floor", 4.0, 3.0)
BLACK_LEVEL = 0.003
PROJECTOR_BLUR_PX = 0.8
SUBROWS = 2


@dataclass(frozen=True, slots=True)
class Beam:
    """How one projector's picture falls into the camera's.

    Attributes:
        places: for each sub-row, the projector pixel that each camera pixel sees: two (h, w) float32.
        shade: (h, w) float32, floor albedo times fall-off, 0 where the beam does not reach.
        glint_px: where the camera sees the projector mirrored in the floor.
    """

    places: tuple[tuple[Floats, Floats], ...]
    shade: Floats
    glint_px: tuple[float, float]


class SyntheticRig:
    """A rig drawn from a seed.

    Attributes:
        camera, projectors: the true devices, over `AREA`; floor: the true floor.
        ambient: (h, w) float32, the room's light as the camera sees it, for a lamp at its usual strength.
        floor_m: (h // 4, w // 4, 3) float32, the floor seen at every fourth pixel.
    """

    def __init__(self, seed: int, conditions: Conditions) -> None:
        rng = np.random.default_rng(seed)
        self.seed, self.conditions = seed, conditions
        self.floor: Floor = make_floor(rng, conditions.cover, conditions.bump_m)
        self.camera = _camera(rng, conditions)
        self.projectors = _projectors(rng, conditions)
        coarse = floor_points(self.camera, self.floor, coarse_pixels(conditions.camera_px))
        shade_m = over_picture(conditions.camera_px, np.nan_to_num(coarse, nan=-99.0), (0.0, 0.0))
        self.floor_m = np.ascontiguousarray(shade_m[::4, ::4])
        albedo = self.floor.albedo(shade_m[..., 0].copy(), shade_m[..., 1].copy())
        self.beams = tuple(self._beam(p, coarse, albedo, shade_m) for p in self.projectors)
        self.ambient = albedo * self._room_light(rng, shade_m)

    def truth(self, columns: int = 41, rows: int = 31, projector: int = 0) -> Truth:
        """A grid of floor points with where camera and projector truly see them."""
        x, y = np.meshgrid(np.linspace(0, AREA.width_m, columns), np.linspace(0, AREA.height_m, rows))
        xy = np.stack([x, y], axis=-1).reshape(-1, 2)
        xyz = np.column_stack([xy, self.floor.height_m(xy)])
        device = self.projectors[projector]
        projector_px = device.project(xyz)
        size = np.array(self.conditions.projector_px)
        lit = ((projector_px > 0) & (projector_px < size - 1)).all(axis=1)
        camera_px = self.camera.project(xyz)
        seen = ((camera_px > 0) & (camera_px < np.array(self.conditions.camera_px) - 1)).all(axis=1)
        return Truth(xyz, camera_px, projector_px, np.asarray(lit & seen))

    def error_mm(self, truth: Truth, drawn_px: FloatArray, projector: int = 0) -> FloatArray:
        """How far on the floor light drawn at `drawn_px` lands from each point of `truth`, millimetres."""
        lands = floor_points(self.projectors[projector], self.floor, drawn_px)
        return np.asarray(1000 * np.linalg.norm(lands[:, :2] - truth.xyz_m[:, :2], axis=1))

    def _beam(self, projector: PinholeCamera, coarse_m: FloatArray, albedo: Floats, floor_m: Floats) -> Beam:
        size_px = self.conditions.camera_px
        width, height = self.conditions.projector_px
        places = np.nan_to_num(projector.project(coarse_m), nan=OUTSIDE_PX)
        lost = np.isnan(coarse_m).any(axis=1) | (np.abs(places) > 4 * width).any(axis=1)
        places[lost] = OUTSIDE_PX
        shifts = (np.arange(SUBROWS) + 0.5) / SUBROWS - 0.5
        sub = [over_picture(size_px, places, (0.0, float(shift))) for shift in shifts]
        to_lamp = projector.surface_from_camera.translation_m.astype(np.float32) - floor_m
        far2 = (to_lamp**2).sum(axis=-1)
        fall = to_lamp[..., 2] / far2**1.5
        middle = over_picture(size_px, places, (0.0, 0.0))
        inside = (middle > -0.5).all(axis=-1) & (middle[..., 0] < width) & (middle[..., 1] < height)
        shade = np.where(inside, fall / fall[inside].max() if inside.any() else 0, 0).astype(np.float32)
        pairs = tuple((s[..., 0].copy(), s[..., 1].copy()) for s in sub)
        return Beam(pairs, shade * albedo, self._glint_px(projector))

    def _glint_px(self, projector: PinholeCamera) -> tuple[float, float]:
        mirrored = np.array(projector.surface_from_camera.translation_m) * [1, 1, -1]
        eye = self.camera.surface_from_camera.translation_m
        share = eye[2] / (eye[2] - mirrored[2])
        x, y = self.camera.project((eye + share * (mirrored - eye))[None])[0]
        return (float(np.nan_to_num(x, nan=OUTSIDE_PX)), float(np.nan_to_num(y, nan=OUTSIDE_PX)))

    def _room_light(self, rng: np.random.Generator, floor_m: Floats) -> Floats:
        """The room's lamps, a little uneven, and the stripe that the sun draws."""
        tilt = rng.uniform(-0.12, 0.12, 2)
        x, y = floor_m[..., 0] - 2, floor_m[..., 1] - 1.5
        light = self.conditions.ambient * np.clip(1 + tilt[0] * x + tilt[1] * y, 0.3, 2)
        if self.conditions.sun:
            along, start = rng.uniform(0, math.pi), rng.uniform(-0.8, 0.2)
            across = math.cos(along) * x + math.sin(along) * y - start
            light = light + self.conditions.sun * ((across > 0) & (across < 0.7))
        return np.asarray(light, np.float32)


@dataclass(frozen=True, slots=True)
class Truth:
    """Floor points and where both devices truly see them.

    Attributes:
        xyz_m: (n, 3); camera_px, projector_px: (n, 2); seen: (n,) bool, in both pictures.
    """

    xyz_m: FloatArray
    camera_px: FloatArray
    projector_px: FloatArray
    seen: NDArray[np.bool_]


def _camera(rng: np.random.Generator, conditions: Conditions) -> PinholeCamera:
    middle = np.array([2.0, 1.5, 0.0])
    tilt, turn = math.radians(conditions.oblique_deg), rng.uniform(-0.25, 0.25)
    up_m = 2.6 + rng.uniform(-0.1, 0.3)
    out_m = up_m * math.tan(tilt)
    at_m = middle + np.array([out_m * math.sin(turn), -out_m * math.cos(turn), up_m])
    k1 = rng.uniform(-0.25, 0.02)
    lens = np.array([k1, -0.5 * k1 * abs(k1), rng.normal(0, 4e-4), rng.normal(0, 4e-4), 0.0])
    return hung(
        at_m,
        middle + np.append(rng.normal(0, 0.05, 2), 0.0),
        conditions.camera_px,
        _corners((0.0, 4.0)),
        lens=lens,
        roll_rad=rng.normal(0, 0.03),
        center=(0.5 + rng.normal(0, 0.008), 0.5 + rng.normal(0, 0.008)),
        margin=0.03,
    )


def _projectors(rng: np.random.Generator, conditions: Conditions) -> tuple[PinholeCamera, ...]:
    if conditions.two_projectors:
        return tuple(_projector(rng, conditions, span) for span in ((0.0, 2.35), (1.65, 4.0)))
    return (_projector(rng, conditions, (0.0, 4.0)),)


def _projector(
    rng: np.random.Generator, conditions: Conditions, span_m: tuple[float, float]
) -> PinholeCamera:
    """One that lights the floor from `span_m` in x, now and then from the far side."""
    middle = np.array([(span_m[0] + span_m[1]) / 2, 1.5, 0.0])
    tilt = math.radians(conditions.projector_oblique_deg)
    turn = rng.uniform(-0.3, 0.3)
    across = rng.random() < 0.3 and not conditions.two_projectors
    turn += math.pi if across else 0.0
    up_m = 2.7 + rng.uniform(-0.2, 0.3)
    out_m = up_m * math.tan(tilt)
    k = conditions.lens
    scales = np.array([k, k / 2, 0.05 * k, 0.05 * k, 0.0])
    return hung(
        middle + np.array([out_m * math.sin(turn), -out_m * math.cos(turn), up_m]),
        middle,
        conditions.projector_px,
        _corners(span_m),
        lens=rng.normal(0, 1, 5) * scales,
        roll_rad=rng.normal(0, 0.02) + (math.pi if across else 0.0),
        center=(0.5, 0.5 + rng.uniform(-0.05, 0.05)),
        margin=0.01,
    )


def _corners(span_m: tuple[float, float]) -> FloatArray:
    x, y = np.meshgrid(np.linspace(*span_m, 9), np.linspace(0, AREA.height_m, 7))
    return np.column_stack([x.ravel(), y.ravel(), np.zeros(x.size)])
