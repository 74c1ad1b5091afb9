"""Where a sheet lies or leans, and where a camera sees it."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.camera import Sheet, SheetPlace
from calibration.camera.synthetic import random_scene

SCENE = random_scene(np.random.default_rng(1), size_px=(1280, 720))
LEANING = SheetPlace.leaning(Sheet(), 0.2, 1.0, 0.4, 1.2, above_m=0.03)
CORNERS_M = Sheet().corners_m()


@pytest.mark.parametrize("place", [SheetPlace(0.2, 1.0, 0.4), LEANING])
def test_a_camera_sees_each_point_of_a_sheet_where_it_is(place: SheetPlace) -> None:
    px = SCENE.camera.project(place.points(CORNERS_M))
    assert np.allclose(place.seen_at(SCENE.camera, px), CORNERS_M, atol=1e-6)


def test_a_leaning_sheet_stands_on_its_lower_edge_and_keeps_its_size() -> None:
    points = LEANING.points(CORNERS_M)
    width_m, height_m = (each / 1000 for each in Sheet().size_mm)
    assert np.allclose(sorted(points[:, 2]), [0.03, 0.03] + [0.03 + height_m * np.sin(1.2)] * 2)
    sides = np.linalg.norm(points - np.roll(points, 1, axis=0), axis=1)
    assert np.allclose(sorted(sides), sorted([width_m, width_m, height_m, height_m]))


def test_a_lying_sheet_is_mapped_to_and_fro() -> None:
    place = SheetPlace(0.2, 1.0, 0.4)
    assert np.allclose(place.inverse_apply(place.apply(CORNERS_M)), CORNERS_M)
    assert np.allclose(place.points(CORNERS_M)[:, 2], 0)
