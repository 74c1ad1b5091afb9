"""Where children may play, and how several projectors share the light."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.patterns import Contrast
from calibration.projector import (
    LitProjector,
    ProjectorMaps,
    Verified,
    blends,
    overlap,
    play_area,
    registration,
)
from calibration.projector.failures import NotEnoughOverlap
from didim.geometry import PlaneMap, Point, Surface

FLOOR = Surface("floor", 4.0, 3.0)
SIZE_PX = (960, 900)


def from_left(start_m: float, px_per_m: float = 300.0) -> ProjectorMaps:
    """A projector straight above that lights 3.2 m from `start_m` on, the whole depth."""
    matrix = np.array([[px_per_m, 0, -px_per_m * start_m], [0, -px_per_m, 3 * px_per_m], [0, 0, 1]])
    return ProjectorMaps(PlaneMap(matrix), None)


def camera() -> PlaneMap:
    """`surface_from_picture` of a camera straight above with 200 px a metre."""
    return PlaneMap(np.array([[1 / 200, 0, 0], [0, -1 / 200, 3], [0, 0, 1]]))


def seen(start_m: float, brightness: float) -> Contrast:
    columns = np.arange(800) / 200
    lit = np.tile((columns >= start_m) & (columns < start_m + 3.2), (600, 1))
    white = np.where(lit, 255 * brightness ** (1 / 2.2), 0).astype(np.float32)
    return Contrast(np.zeros_like(white), white, lit)


def test_the_play_area_is_what_both_see_less_a_margin() -> None:
    area = play_area(FLOOR, [(camera(), (800, 600))], [(from_left(0.5), SIZE_PX)], margin_m=0.1)
    assert area.corner.x_m == pytest.approx(0.6, abs=0.06)
    assert area.size_m[0] == pytest.approx(3.0, abs=0.1)
    assert area.size_m[1] == pytest.approx(3.0, abs=0.06)
    assert not area.usable[:, :10].any()


def test_what_was_drawn_by_hand_is_kept_out() -> None:
    pillar = (Point(2.0, 1.0), Point(2.4, 1.0), Point(2.4, 3.0), Point(2.0, 3.0))
    area = play_area(FLOOR, [(camera(), (800, 600))], [(from_left(0.5), SIZE_PX)], keep_out=(pillar,))
    assert not area.usable[40, 44]
    right_m = area.corner.x_m + area.size_m[0]
    assert right_m <= 2.0 or area.corner.x_m >= 2.4 or area.corner.y_m + area.size_m[1] <= 1.0


def test_an_area_too_small_to_play_in_is_refused() -> None:
    with pytest.raises(NotEnoughOverlap):
        play_area(FLOOR, [(camera(), (800, 600))], [(from_left(3.7), SIZE_PX)])


def test_two_projectors_add_up_to_one_light() -> None:
    starts, strengths = (0.0, 0.8), (0.5, 0.4)
    lit = [
        LitProjector(from_left(start), SIZE_PX, seen(start, strength), 2.2)
        for start, strength in zip(starts, strengths, strict=True)
    ]
    made = blends(lit, camera(), FLOOR)
    row = 450
    x_m = np.linspace(0.2, 3.8, 73)
    light = np.zeros(len(x_m))
    for start, strength, blend in zip(starts, strengths, made, strict=True):
        columns = np.round((x_m - start) * 300).astype(int)
        inside = (columns >= 0) & (columns < SIZE_PX[0])
        shown = blend.apply(np.full(SIZE_PX[::-1], 200, np.uint8), 2.2)[row, columns[inside]]
        light[inside] += strength * (shown / 255) ** 2.2
    assert light.max() / light.min() < 1.06


def test_a_wrong_gamma_makes_a_seam() -> None:
    lit = [LitProjector(from_left(start), SIZE_PX, seen(start, 0.5), 1.8) for start in (0.0, 0.8)]
    made = blends(lit, camera(), FLOOR)
    grey = np.full(SIZE_PX[::-1], 200, np.uint8)
    middle = sum(
        (blend.apply(grey, 1.8)[450, round((2.0 - start) * 300)] / 255) ** 2.2
        for start, blend in zip((0.0, 0.8), made, strict=True)
    )
    alone = (made[0].apply(grey, 1.8)[450, 60] / 255) ** 2.2
    assert abs(middle / alone - 1) > 0.08


def test_projectors_that_do_not_meet_are_refused() -> None:
    with pytest.raises(NotEnoughOverlap, match="overlap"):
        overlap(from_left(-2.5), from_left(3.5), [SIZE_PX, SIZE_PX], FLOOR)
    assert overlap(from_left(0.0), from_left(0.8), [SIZE_PX, SIZE_PX], FLOOR) == pytest.approx(7.2, abs=0.2)


def verified(places: np.ndarray, off_mm: np.ndarray) -> Verified:
    return Verified(places, off_mm, 0.5, (0.3, 0.7), 2.0, 1.0, 0.0)


def test_registration_compares_the_corners_that_both_drew() -> None:
    places = np.stack(np.meshgrid(np.arange(4) * 0.2, np.arange(3) * 0.2), axis=-1).reshape(-1, 2)
    first = verified(places, np.zeros((12, 2)))
    second = verified(places[2:], np.tile([0.3, 0.4], (10, 1)))
    assert registration(first, second).median_mm == pytest.approx(0.5)
    with pytest.raises(NotEnoughOverlap):
        registration(first, verified(places + 1, np.zeros((12, 2))))
