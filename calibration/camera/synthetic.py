"""Pictures of printed sheets on a surface, with the truth known: lens, blur, shading, noise and compression.

They share no code with the fit: every pixel is an average of rays cast onto a drawn sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RectBivariateSpline

from calibration.camera._place import SheetPlace
from calibration.camera._sheet import Sheet
from calibration.camera._template import template_of
from didim.geometry import FloatArray, PinholeCamera, RigidPose

Picture = NDArray[np.uint8]

_TEXELS_PER_MM = 2.0
_RAYS = 5
_KNOT_PX = 6


@dataclass(frozen=True, slots=True)
class Laid:
    """One sheet in the picture.

    Attributes:
        curl_m: how high its left and right edges stand above the surface.
        slide_m: (x, y) that it moves during the exposure, metres on the surface.
    """

    sheet: Sheet
    place: SheetPlace
    curl_m: float = 0.0
    slide_m: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Look:
    """Light, lens and sensor.

    Attributes:
        light: linear brightness of white paper, 1 saturates.
        shading: how much brighter the right side is than the left, as a share.
        floor: (mean, contrast) albedo of the surface.
        blur_px: standard deviation of the lens blur.
        full_well: electrons that saturate a pixel.
        jpeg: quality of the compression, 0 for none.
    """

    light: float = 0.6
    shading: float = 0.2
    floor: tuple[float, float] = (0.35, 0.25)
    blur_px: float = 0.7
    full_well: float = 8000.0
    jpeg: int = 90
    gamma: float = 2.2


@dataclass(frozen=True, slots=True)
class Scene:
    """A camera over a surface of which a rectangle matters: (left, near, right, far), metres."""

    camera: PinholeCamera
    size_px: tuple[int, int]
    area_m: tuple[float, float, float, float] = field(default=(-2.0, 0.0, 2.0, 3.0))


def picture_of(
    scene: Scene, laid: Sequence[Laid], *, look: Look | None = None, rng: np.random.Generator
) -> Picture:
    """Draw (h, w, 3) uint8, blue green red, of sheets on the surface; later ones lie on top."""
    look = look or Look()
    width, height = scene.size_px
    light = _ground(scene, look, rng)
    for one in laid:
        _lay(light, scene, one)
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)
    light *= look.light * (1 + np.float32(look.shading) * across)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), max(look.blur_px, 1e-3)), np.float32)
    noise = rng.standard_normal((height, width), np.float32)
    light += noise * np.sqrt(np.maximum(light, 0) / look.full_well + 4e-6, dtype=np.float32)
    grey = np.asarray(np.clip(light, 0, 1) ** (1 / look.gamma) * 255 + 0.5, np.uint8)
    bgr = np.repeat(grey[..., None], 3, axis=2)
    if look.jpeg:
        quality = [cv2.IMWRITE_JPEG_QUALITY, look.jpeg]
        bgr = np.asarray(cv2.imdecode(cv2.imencode(".jpg", bgr, quality)[1], cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(bgr, np.uint8)


def random_scene(
    rng: np.random.Generator,
    *,
    size_px: tuple[int, int] = (1920, 1080),
    oblique_deg: float = 45.0,
    kind: str = "floor",
) -> Scene:
    """A camera that sees a 4x3 m floor or a 3x2 m wall `oblique_deg` off the surface's normal.

    Lens and sensor are drawn at random: barrel distortion, a principal point off the middle, decentring.
    """
    area_m = (-2.0, 0.0, 2.0, 3.0) if kind == "floor" else (-1.5, 0.5, 1.5, 2.5)
    middle = np.array([0.0, (area_m[1] + area_m[3]) / 2, 0.0])
    slant = math.radians(oblique_deg)
    away_m = 2.6 + rng.uniform(-0.1, 0.3)
    turn = rng.uniform(-0.25, 0.25)
    # a floor's camera stands before it; a wall's hangs from the ceiling before it, so above
    towards = -1.0 if kind == "floor" else 1.0
    aside = np.array([math.sin(turn), towards * math.cos(turn), 0.0]) * away_m * math.tan(slant)
    place = middle + aside + [0.0, 0.0, away_m]
    up = np.array([0.0, 0.0, 1.0]) if kind == "floor" else np.array([0.0, 1.0, 0.0])
    target = middle + np.array([rng.normal(0, 0.05), rng.normal(0, 0.05), 0.0])
    pose = looking_at(place, target, up, roll_rad=rng.normal(0, 0.03))
    k1 = rng.uniform(-0.25, 0.02)
    lens = np.array([k1, -0.5 * k1 * abs(k1), rng.normal(0, 4e-4), rng.normal(0, 4e-4), 0.0])
    center = np.array(size_px) * (0.5 + rng.normal(0, 0.008, 2)) - 0.5
    return Scene(_filling(pose, lens, center, size_px, area_m), size_px, area_m)


def looking_at(
    place_m: FloatArray, target_m: FloatArray, up: FloatArray, *, roll_rad: float = 0
) -> RigidPose:
    """`surface_from_camera` of a camera that looks at a point, rolled about its axis."""
    ahead = (target_m - place_m) / np.linalg.norm(target_m - place_m)
    right = np.cross(ahead, up) / np.linalg.norm(np.cross(ahead, up))
    axes = np.stack([right, np.cross(ahead, right), ahead], axis=1)
    c, s = math.cos(roll_rad), math.sin(roll_rad)
    return RigidPose(axes @ np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]), place_m)


def _filling(
    pose: RigidPose,
    lens: FloatArray,
    center_px: FloatArray,
    size_px: tuple[int, int],
    area_m: tuple[float, float, float, float],
) -> PinholeCamera:
    """The longest focal length with which the whole area lies in the picture, 3 % off its rim."""
    left, near, right, far = area_m
    rim = np.array([[x, y, 0.0] for x in np.linspace(left, right, 9) for y in np.linspace(near, far, 7)])
    size, low, high = np.array(size_px), 0.1 * size_px[0], 5.0 * size_px[0]
    for _ in range(40):
        focal = (low + high) / 2
        matrix = np.array([[focal, 0, center_px[0]], [0, focal, center_px[1]], [0, 0, 1]])
        seen = PinholeCamera(matrix, pose, lens).project(rim)
        fits = ((seen > 0.03 * size) & (seen < 0.97 * size)).all()
        low, high = (focal, high) if fits else (low, focal)
    return PinholeCamera(np.array([[low, 0, center_px[0]], [0, low, center_px[1]], [0, 0, 1]]), pose, lens)


def _ground(scene: Scene, look: Look, rng: np.random.Generator) -> NDArray[np.float32]:
    """The bare surface: blotches of a hand's size and planks, by where each pixel looks."""
    width, height = scene.size_px
    columns, rows = np.arange(0, width + 8, 8.0), np.arange(0, height + 8, 8.0)
    places = scene.camera.surface_points(np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2))
    places = np.nan_to_num(places, nan=50.0).clip(-50, 50).reshape(len(rows), len(columns), 2)
    fine = np.stack(
        [_spline(rows, columns, places[..., k])(np.arange(height), np.arange(width)) for k in (0, 1)]
    )
    cloth = cv2.GaussianBlur(rng.standard_normal((512, 512)).astype(np.float32), (0, 0), 2.0)
    x, y = ((fine / 0.02) % 511).astype(np.float32)
    blotch = cv2.remap(cloth / cloth.std(), x, y, cv2.INTER_LINEAR)
    seam = (np.abs(fine[0] % 0.19) < 0.006).astype(np.float32)
    mean, contrast = look.floor
    return np.asarray(np.clip(mean * (1 + 0.5 * contrast * blotch - 0.4 * seam), 0.02, 1.0), np.float32)


def _lay(light: NDArray[np.float32], scene: Scene, one: Laid) -> None:
    """Put one sheet into the picture of albedo."""
    rim = one.place.points(1.1 * one.sheet.corners_m())
    corners = scene.camera.project(rim + np.array([0.0, 0.0, one.curl_m / 2]))
    low = np.maximum(np.floor(corners.min(axis=0)) - 6, 0).astype(int)
    high = np.minimum(np.ceil(corners.max(axis=0)) + 6, np.array(scene.size_px) - 1).astype(int)
    if (high - low < 4).any():
        return
    columns, rows = (np.arange(low[k] - 2, high[k] + 2 + _KNOT_PX, float(_KNOT_PX)) for k in (0, 1))
    knots = np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2)
    on_sheet = _cast(scene.camera, knots, one).reshape(len(rows), len(columns), 2)
    splines = [_spline(rows, columns, on_sheet[..., k]) for k in (0, 1)]
    offsets = (np.arange(_RAYS) + 0.5) / _RAYS - 0.5
    us = (np.arange(low[0], high[0] + 1)[:, None] + offsets).ravel()
    vs = (np.arange(low[1], high[1] + 1)[:, None] + offsets).ravel()
    x, y = (spline(vs, us) for spline in splines)
    albedo, covered = _ink(one, x, y)
    shape = (high[0] - low[0] + 1, high[1] - low[1] + 1)
    window = light[low[1] : high[1] + 1, low[0] : high[0] + 1]
    window *= 1 - cv2.resize(covered, shape, interpolation=cv2.INTER_AREA)
    window += cv2.resize(albedo, shape, interpolation=cv2.INTER_AREA)


def _ink(one: Laid, x_m: FloatArray, y_m: FloatArray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Albedo times cover, and cover, for rays that meet the sheet's frame at x and y."""
    template = template_of(one.sheet.paper, _TEXELS_PER_MM)
    half = np.array(one.sheet.size_mm) / 2000
    turn = one.place.turned(-np.array([one.slide_m]))[0]
    moves = [0.0] if not any(one.slide_m) else np.linspace(-0.5, 0.5, 9)
    albedo, covered = np.zeros(x_m.shape, np.float32), np.zeros(x_m.shape, np.float32)
    for move in moves:
        x, y = x_m + move * turn[0], y_m + move * turn[1]
        on = ((np.abs(x) < half[0]) & (np.abs(y) < half[1])).astype(np.float32)
        rows = template.template_from_sheet @ np.diag([1000 / one.sheet.scale, 1000 / one.sheet.scale, 1.0])
        texel_x = (rows[0, 0] * x + rows[0, 2]).astype(np.float32)
        texel_y = (rows[1, 1] * y + rows[1, 2]).astype(np.float32)
        ink = cv2.remap(template.white, texel_x, texel_y, cv2.INTER_LINEAR, borderValue=1.0)
        albedo += on * (0.04 + 0.85 * ink) / np.float32(len(moves))
        covered += on / np.float32(len(moves))
    return albedo, covered


def _cast(camera: PinholeCamera, px: FloatArray, one: Laid) -> FloatArray:
    """Where rays meet a sheet that may curl or lean, in the sheet's frame, metres."""
    if one.place.lean_rad:
        return one.place.seen_at(camera, px)
    half_m = one.sheet.size_mm[0] / 2000
    on_sheet = one.place.inverse_apply(camera.surface_points(px))
    for _ in range(6 if one.curl_m else 0):
        height_m = one.curl_m * np.clip(on_sheet[:, 0] / half_m, -1.3, 1.3) ** 2
        on_sheet = one.place.inverse_apply(camera.surface_points(px, height_m))
    return on_sheet


def _spline(rows: FloatArray, columns: FloatArray, values: FloatArray) -> RectBivariateSpline:
    return RectBivariateSpline(rows, columns, values, s=0)
