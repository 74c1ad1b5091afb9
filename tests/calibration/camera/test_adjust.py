from __future__ import annotations

import numpy as np
import pytest

from calibration.camera import Prior, Sheet, SheetPlace
from calibration.camera._adjust import Adjusted, Observation, adjust
from calibration.camera._solution import solved_camera
from calibration.camera.figures import against_truth, five_places
from calibration.camera.synthetic import Scene, random_scene

NOISE_PX = 0.03


def _adjusted(scene: Scene, places: list[SheetPlace], *, slipped_m: float = 0.0) -> Adjusted:
    """Places of a sheet, seen with the noise of a fit; one of them slipped unnoticed by some metres."""
    rng, sheet = np.random.default_rng(5), Sheet().read(Sheet().ruler_mm)
    seen = []
    for index, place in enumerate(places):
        corners = np.c_[place.outline(sheet), np.zeros(4)]
        corners[:2, 0] += slipped_m if index == 2 else 0.0
        px = scene.camera.project(corners) + rng.normal(0, NOISE_PX, (4, 2))
        seen.append(Observation(sheet, px, np.eye(8) * NOISE_PX**2))
    return adjust(Prior.of_any_camera(scene.size_px), tuple(seen), evenness_m=0.001)


@pytest.mark.parametrize("seed", [101, 103])
def test_a_first_guess_far_off_settles(seed: int) -> None:
    """The best first guess of seed 101 has a focal length a quarter too short."""
    rng = np.random.default_rng([seed, 5])
    scene = random_scene(rng, size_px=(1280, 720))
    adjusted = _adjusted(scene, five_places(scene, rng))
    solved = solved_camera(adjusted, scene.size_px)
    assert solved.camera.matrix[0, 0] == pytest.approx(scene.camera.matrix[0, 0], rel=0.03)
    assert adjusted.misfits.max() < 3
    found = against_truth(solved, scene)
    assert found.on_covered
    assert found.above_covered


def test_a_sheet_that_bent_out_of_shape_bends_no_other() -> None:
    rng = np.random.default_rng(7)
    scene = random_scene(rng, size_px=(1280, 720))
    places = five_places(scene, rng)
    adjusted = _adjusted(scene, places, slipped_m=0.02)
    assert int(np.argmax(adjusted.misfits)) == 2
    assert adjusted.misfits[2] > 3 * np.delete(adjusted.misfits, 2).max()
