"""A metre lands on its pixel, through a plane map and through a dense map; the warp agrees with OpenCV's."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from didim.drawing import Color
from didim.geometry import DenseMap, FloatArray, PlaneMap, Point, Surface
from didim.project import SurfaceCanvas, Window, straight_projector
from didim.project._programs import Programs
from didim.project._target import light_target, release, texture_of
from didim.project._warp import Warp, canvas_size_px
from didim.rig import Blend, Projector
from tests.project.conftest import SQUARE, Painter

SIZE_PX = (320, 240)
CORNERS_M = np.array([[0, 0], [2, 0], [2, 2], [0, 2]], np.float32)
KEYSTONE_PX = np.array([[31.0, 221.0], [289.5, 209.0], [251.0, 22.5], [62.0, 15.0]], np.float32)


def keystone() -> Projector:
    matrix = cv2.getPerspectiveTransform(CORNERS_M, KEYSTONE_PX)
    return Projector("keystone", "floor", SIZE_PX, PlaneMap(np.asarray(matrix, np.float64)))


def bent() -> Projector:
    """The keystone with a floor that waves by some centimetres; nan where the map knows nothing."""
    plane = keystone()
    pixels = np.stack(np.meshgrid(np.arange(SIZE_PX[0]), np.arange(SIZE_PX[1])), axis=2).reshape(-1, 2)
    places_m = plane.projector_from_surface.inverse().apply(pixels.astype(float))
    places_m += 0.03 * np.sin(places_m[:, ::-1] * 4.0)
    grid = places_m.reshape(SIZE_PX[1], SIZE_PX[0], 2).astype(np.float32)
    grid[:10] = np.nan
    return Projector("bent", "floor", SIZE_PX, plane.projector_from_surface, DenseMap(grid))


def places_m(projector: Projector, finer: int = 1) -> FloatArray:
    """The metres of each pixel, `finer` samples along each side."""
    steps = [(np.arange(size * finer) + 0.5) / finer - 0.5 for size in projector.size_px]
    pixels = np.stack(np.meshgrid(*steps), axis=2)
    if projector.surface_from_projector is not None:
        return projector.surface_from_projector.apply(pixels.reshape(-1, 2)).reshape(pixels.shape)
    return projector.projector_from_surface.inverse().apply(pixels.reshape(-1, 2)).reshape(pixels.shape)


@pytest.mark.parametrize("projector", [straight_projector(SQUARE, SIZE_PX), keystone(), bent()])
@pytest.mark.parametrize("center", [Point(0.5, 0.6), Point(1.5, 1.4), Point(1.1, 0.9)])
def test_a_disc_lands_on_its_pixels(painted: Painter, projector: Projector, center: Point) -> None:
    def draw(canvas: SurfaceCanvas) -> None:
        canvas.disc(center, 0.15, Color(0.5, 0.5, 0.5))

    lit = painted(draw, projector=projector).max(axis=2) > 90
    finer = 4
    expected = np.hypot(*np.moveaxis(places_m(projector, finer) - center, 2, 0)) < 0.15
    rows, columns = np.nonzero(lit)
    expected_rows, expected_columns = np.nonzero(expected)
    offset_px = (finer - 1) / 2
    assert abs(columns.mean() - (expected_columns.mean() - offset_px) / finer) < 0.3
    assert abs(rows.mean() - (expected_rows.mean() - offset_px) / finer) < 0.3


def tone(light: FloatArray) -> FloatArray:
    """What light.glsl does to linear light, without the dither; 0 to 255."""
    strongest = light.max(axis=2, keepdims=True) + 1e-5
    heat = np.clip((strongest - 1.2) / 2.8, 0, 1)
    share = 0.30 + 0.45 * heat * heat * (3 - 2 * heat)
    kept = light * (1 - np.exp(-1.05 * strongest)) / strongest
    color = kept + (1 - np.exp(-1.05 * light) - kept) * share
    dark = np.clip(strongest / 0.16, 0, 1)
    floor = 0.45 + 3.4 * strongest
    color *= floor + (1 - floor) * (dark * dark * (3 - 2 * dark))
    grey = color @ np.array([0.2126, 0.7152, 0.0722])
    return np.asarray(np.clip(grey[..., None] + (color - grey[..., None]) * 1.14, 0, 1) ** (1 / 2.2) * 255)


@pytest.mark.parametrize("projector", [keystone(), bent()])
def test_the_warp_agrees_with_opencv(window: Window, projector: Projector) -> None:
    size_px = 240
    rng = np.random.default_rng(3)
    light = cv2.GaussianBlur(rng.random((size_px, size_px, 3), np.float32), (0, 0), 6)
    light = (light - light.min()) / (light.max() - light.min()) * 1.5
    canvas, dark = (light_target(window.context, (size_px, size_px)) for _ in range(2))
    texture_of(canvas).write(np.dstack([light, np.ones_like(light[..., 0])]).astype(np.float16))
    dark.clear()
    programs = Programs(window.context)
    programs.share(noise=0, canvas=3, bloom=4, surface_from_projector=5, surface_m=(2.0, 2.0))
    warp = Warp(window.context, SQUARE, projector)
    drawn = warp.draw(programs, texture_of(canvas), texture_of(dark))
    got = np.frombuffer(drawn.read(alignment=1), np.uint8).reshape(SIZE_PX[1], SIZE_PX[0], 4)[..., :3]

    places = places_m(projector).astype(np.float32)
    at_px = places / 2 * size_px - 0.5
    expected = tone(np.asarray(cv2.remap(light, at_px[..., 0], at_px[..., 1], cv2.INTER_LINEAR), np.float64))
    edge_m = np.minimum(places, 2 - places).min(axis=2)
    inside = edge_m > 0.02
    assert inside.sum() > 20_000
    assert np.abs(got[inside].astype(float) - expected[inside]).max() < 2.0
    assert not got[(edge_m < -0.02) | np.isnan(edge_m)].any()
    for thing in (programs, warp):
        thing.release()
    for target in (canvas, dark):
        release(target)


@pytest.mark.parametrize("projector", [straight_projector(SQUARE, SIZE_PX), keystone(), bent()])
def test_a_picture_is_shared_out_as_its_blend_says(painted: Painter, projector: Projector) -> None:
    def draw(canvas: SurfaceCanvas) -> None:
        canvas.glow(Point(1.0, 1.0), 1.3, Color(1.2, 0.5, 0.2))

    ramp = np.linspace(0, 1, SIZE_PX[0], dtype=np.float16)
    weight = np.tile(ramp, (SIZE_PX[1], 1))
    blend = Blend(weight, (0.02 * weight).astype(np.float16))
    alone = painted(draw, projector=projector)
    shared = painted(draw, projector=replace(projector, gamma=2.0, blend=blend))
    expected = blend.apply(alone, 2.0)
    # where the surface ends is told by a point of the map here, by the quad's rim there
    inner = cv2.erode((alone.max(axis=2) > 12).astype(np.uint8), np.ones((5, 5))) > 0
    assert inner.sum() > 10_000
    assert np.abs(shared[inner].astype(int) - expected[inner]).max() <= 2
    dark = shared[4:12, -40:].max()
    assert dark == pytest.approx(255 * np.sqrt(0.02), abs=3), "beside the surface black is lifted too"


def test_the_canvas_is_as_dense_as_the_projector_times_the_scale() -> None:
    floor = Surface("floor", 3.2, 1.8)
    projector = straight_projector(floor, (960, 540))
    assert canvas_size_px(floor, projector, 1.25, 4096) == (1200, 675)
    assert canvas_size_px(floor, projector, 20.0, 4096) == (4096, 2304)


def test_a_straight_projector_fills_its_picture_and_keeps_the_shape() -> None:
    projector = straight_projector(Surface("floor", 4.0, 2.0), (800, 600))
    corners_px = projector.projector_from_surface.apply(np.array([[0.0, 2.0], [4.0, 0.0]]))
    assert np.allclose(corners_px, [[-0.5, 99.5], [799.5, 499.5]])
