"""What leaves by a projector, against OpenCV; what two of them add up to on the surface."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.drawing import Color
from didim.geometry import FloatArray, PlaneMap, Point, Surface
from didim.project import Stage, Window
from didim.rig import Blend, Projector

FLOOR = Surface("floor", 4.0, 2.0)
SIZE_PX = (640, 480)
CORNERS_M = np.array([[0, 0], [4, 0], [4, 2], [0, 2]], np.float32)
KEYSTONE_PX = np.array([[31.0, 441.0], [609.5, 419.0], [551.0, 42.5], [62.0, 35.0]], np.float32)
CANVAS_PX = (640, 320)
PLATE_AT_M, PLATE_M, TILT = Point(2.6, 1.0), 0.9, 0.21

POWERS, BLACKS = (1.0, 0.7), (0.004, 0.003)  # of white and black of two unequal projectors
MEET_M = (1.6, 2.4)  # where both shine
APART_M = 0.05
SAMPLES_M = 0.002  # less than half a projector's pixel: what one of them spills over an edge is not made more
SEEN_M = 0.05  # what is finer than that the eye does not see from where players stand


def keystone(corners_m: FloatArray | None = None) -> Projector:
    """A projector that stands askew, its picture on `corners_m`."""
    corners = CORNERS_M if corners_m is None else np.asarray(corners_m, np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(corners, KEYSTONE_PX), np.float64)
    return Projector("keystone", "floor", SIZE_PX, PlaneMap(matrix))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a warped picture is from what `cv2.remap` makes of the same canvas.

    Attributes:
        levels: the most, of 255, where the picture is smooth.
        edge_px: how far edges lie apart, the 95th percentile.
    """

    levels: float
    edge_px: float


def likeness(window: Window) -> Likeness:
    """Draw a soft ground and a tilted plate on a canvas; warp it here and there.

    The canvas itself is read through a straight projector of one pixel for each of the canvas's, and its
    tone undone; OpenCV warps that.
    """
    askew, straight = keystone(), _straight(CANVAS_PX)
    with Stage(window, FLOOR, askew, 1.0) as stage:
        scale = CANVAS_PX[0] / stage.canvas_px[0]
    with Stage(window, FLOOR, askew, scale) as stage:
        got = _drawn(stage)
    with Stage(window, FLOOR, straight, 1.0) as stage:
        light = np.interp(_drawn(stage), LEVELS, LIGHTS).astype(np.float32)
    places = _places_m(askew)
    at_px = (places / (FLOOR.width_m, FLOOR.height_m) * CANVAS_PX - 0.5).astype(np.float32)
    rows = CANVAS_PX[1] - 1 - at_px[..., 1]
    expected = np.interp(cv2.remap(light, at_px[..., 0], rows, cv2.INTER_LINEAR), LIGHTS, LEVELS)
    edge_m = np.minimum(places, (FLOOR.width_m, FLOOR.height_m) - places).min(axis=2)
    steps = np.hypot(*np.gradient(cv2.GaussianBlur(expected, (0, 0), 1.5)))
    smooth = (edge_m > 0.05) & (cv2.dilate(steps, np.ones((9, 9))) < 1.5)
    # dither and rounding, a level on each side, are noise here and no warp: they are averaged away
    apart = cv2.blur(got, (5, 5)) - cv2.blur(expected, (5, 5))
    at_plate = np.abs(places[..., 0] - PLATE_AT_M[0]) < PLATE_M
    return Likeness(float(np.abs(apart[smooth]).max()), _edges_apart_px(got, expected, at_plate))


def _drawn(stage: Stage) -> FloatArray:
    canvas = stage.canvas(1.0)
    canvas.glow(Point(1.0, 1.0), 1.6, Color(0.4, 0.4, 0.4))
    canvas.picture(np.full((4, 4, 4), 180, np.uint8), PLATE_AT_M, PLATE_M, turn_rad=TILT)
    stage.present()
    return stage.read_frame()[..., 1].astype(float)


def _grey_levels(light: FloatArray) -> FloatArray:
    """What the last pass makes of white light of that strength, 0 to 255: its tone, see light.glsl."""
    shown, dark = 1 - np.exp(-1.05 * light), np.clip(light / 0.16, 0, 1)
    floor = 0.45 + 3.4 * light
    kept = floor + (1 - floor) * dark * dark * (3 - 2 * dark)
    return np.asarray(255 * np.clip(shown * kept, 0, 1) ** (1 / 2.2))


LIGHTS = np.linspace(0, 3, 20_000)
LEVELS = _grey_levels(LIGHTS)


def _straight(size_px: tuple[int, int]) -> Projector:
    width, height = size_px
    across, up = width / FLOOR.width_m, height / FLOOR.height_m
    matrix = np.array([[across, 0, -0.5], [0, -up, height - 0.5], [0, 0, 1.0]])
    return Projector("straight", "floor", size_px, PlaneMap(matrix))


def _places_m(projector: Projector) -> FloatArray:
    pixels = np.stack(np.meshgrid(*(np.arange(side) for side in projector.size_px)), axis=2)
    places = projector.projector_from_surface.inverse().apply(pixels.reshape(-1, 2).astype(float))
    return places.reshape(pixels.shape)


def _edges_apart_px(one: FloatArray, other: FloatArray, at_plate: NDArray[np.bool_]) -> float:
    """Where each row steps up onto the plate, between two pixels, in both pictures."""
    apart_px = []
    for columns, *rows in zip(at_plate, one, other, strict=True):
        ends = [_step_px(row[columns]) for row in rows if columns.any()]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            apart_px.append(abs(ends[0] - ends[1]))
    return float(np.percentile(apart_px, 95))


def _step_px(row: FloatArray) -> float | None:
    """The steepest step of at least 40 levels: the middle of its slope, between pixels."""
    rise = np.diff(row)
    at = int(np.argmax(rise))
    around = rise[max(0, at - 3) : at + 4]
    if rise[at] < 15 or around.sum() < 40:
        return None
    return float((around * np.arange(max(0, at - 3), max(0, at - 3) + len(around))).sum() / around.sum())


@dataclass(frozen=True, slots=True)
class Seam:
    """How even a flat picture is that two unequal projectors make together.

    Attributes:
        step: the brightest against the darkest of places that lie 5 cm apart, of white.
        black: the same of a black picture.
        unblended_step, unblended_black: without weights, gains and lift.
    """

    step: float
    black: float
    unblended_step: float
    unblended_black: float


def seam(window: Window) -> Seam:
    """Simulate the light of two projectors that overlap on a matt surface, their frames drawn as in play."""
    plain = [keystone(np.array(corners)) for corners in _halves()]
    blended = [_with_blend(projector, index) for index, projector in enumerate(plain)]
    white, black = (_step(_light(window, blended, level)) for level in (0.5, 0.0))
    unblended, unblended_black = (_step(_light(window, plain, level)) for level in (0.5, 0.0))
    return Seam(white, black, unblended, unblended_black)


def _halves() -> tuple[list[list[float]], list[list[float]]]:
    (left, right), high = MEET_M, FLOOR.height_m
    width = FLOOR.width_m
    return (
        [[0, 0], [right, 0], [right, high], [0, high]],
        [[left, 0], [width, 0], [width, high], [left, high]],
    )


def _with_blend(projector: Projector, index: int) -> Projector:
    """Weights that add up to one across the overlap, the brighter one dimmed; black lifted beside it."""
    x_m = _places_m(projector)[..., 0]
    share = np.clip((x_m - MEET_M[0]) / (MEET_M[1] - MEET_M[0]), 0, 1)
    share = share * share * (3 - 2 * share)
    alone = 1 - share if index == 0 else share
    power, black, other_black = POWERS[index], BLACKS[index], BLACKS[1 - index]
    past_m = MEET_M[0] - x_m if index == 0 else x_m - MEET_M[1]
    wide_m = np.abs(np.gradient(x_m, axis=1))
    outside = np.clip(0.5 + past_m / wide_m, 0, 1)  # of a pixel that the overlap's edge cuts, that part
    lift = outside * other_black / (power - black)
    weight = alone * (min(POWERS) - sum(BLACKS)) / power
    blend = Blend(weight.astype(np.float16), lift.astype(np.float16))
    return Projector(projector.name, "floor", SIZE_PX, projector.projector_from_surface, blend=blend)


def _light(window: Window, projectors: list[Projector], level: float) -> FloatArray:
    """The light on the surface, (rows, columns), of a flat picture of that grey."""
    with Stage(window, FLOOR, projectors[0], 1.0, more=projectors[1:]) as stage:
        canvas = stage.canvas(1.0)
        canvas.disc(Point(FLOOR.width_m / 2, FLOOR.height_m / 2), 10.0, Color(level, level, level))
        stage.present()
        frames = [stage.read_frame(), *stage.read_more()]
    # between the edges of the halves, never on one, which both would claim
    xs, ys = (np.arange(SAMPLES_M / 2, side, SAMPLES_M) for side in (FLOOR.width_m, FLOOR.height_m))
    grid = np.stack(np.meshgrid(xs, ys), axis=2)
    light = np.zeros(grid.shape[:2])
    for projector, frame, corners, power, black in zip(
        projectors, frames, _halves(), POWERS, BLACKS, strict=True
    ):
        at = (
            projector.projector_from_surface.apply(grid.reshape(-1, 2)).reshape(grid.shape).astype(np.float32)
        )
        shown = (frame[..., 1].astype(np.float32) / 255) ** np.float32(projector.gamma)
        reached = (grid[..., 0] >= corners[0][0]) & (grid[..., 0] <= corners[1][0])
        here = cv2.remap(shown, at[..., 0], at[..., 1], cv2.INTER_LINEAR)
        light += reached * (black + (power - black) * here)
    seen = round(SEEN_M / SAMPLES_M)
    return np.asarray(cv2.blur(light, (seen, seen))[seen:-seen, seen:-seen])


def _step(light: FloatArray) -> float:
    """The most that places 5 cm apart differ by, as a ratio; the surface's rim fades and is left out."""
    rim = round(0.06 / SAMPLES_M)
    inner, reach = light[rim:-rim, rim:-rim], round(APART_M / SAMPLES_M)
    across = np.abs(np.log(inner[:, reach:] / inner[:, :-reach])).max()
    along = np.abs(np.log(inner[reach:] / inner[:-reach])).max()
    return float(np.exp(max(across, along)))
