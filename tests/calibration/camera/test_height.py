from __future__ import annotations

import numpy as np
import pytest

from calibration.camera.height import points_above, points_over, touch_places
from calibration.camera.synthetic import random_scene

HIPS_M = np.array([[0.4, 1.2, 0.9], [-1.0, 2.2, 1.1], [0.0, 0.5, 0.0]])


def test_a_hip_is_found_by_its_height_or_by_the_feet_under_it() -> None:
    camera = random_scene(np.random.default_rng(4)).camera
    px = camera.project(HIPS_M)
    assert points_above(camera, px, HIPS_M[:, 2]) == pytest.approx(HIPS_M, abs=1e-6)
    assert points_over(camera, px, HIPS_M[:, :2]) == pytest.approx(HIPS_M, abs=1e-6)


def test_a_hand_seen_from_straight_above_has_no_height() -> None:
    camera = random_scene(np.random.default_rng(4)).camera
    below = camera.surface_from_camera.translation_m * [1.0, 1.0, 0.0]
    inside = camera.project(below[None])
    assert np.isnan(points_over(camera, inside, below[None, :2])[0, 2])


def test_a_palm_on_the_wall_touches_it_where_it_is() -> None:
    camera = random_scene(np.random.default_rng(5), kind="wall").camera
    hands = np.array([[0.3, 1.2, 0.03], [0.3, 1.2, 0.25]])
    places, touching = touch_places(camera, camera.project(hands), hands[:, 2])
    assert places == pytest.approx(hands[:, :2], abs=1e-6)
    assert touching.tolist() == [True, False]
