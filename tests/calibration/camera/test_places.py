from __future__ import annotations

import numpy as np

from calibration.camera import Prior, Sheet, SheetPlace, SolvedCamera
from calibration.camera._adjust import Observation, adjust
from calibration.camera._solution import solved_camera
from calibration.camera.places import first_place_px, next_place
from calibration.camera.synthetic import Scene, random_scene

NOISE_PX = 0.03


def _solved(scene: Scene, places: list[SheetPlace]) -> SolvedCamera:
    """What five pictures would give, by corners drawn with the noise of a fit."""
    rng, sheet = np.random.default_rng(8), Sheet()
    seen = []
    for place in places:
        corners = scene.camera.project(np.c_[place.outline(sheet), np.zeros(4)])
        noise = rng.normal(0, NOISE_PX, (4, 2))
        seen.append(Observation(sheet, corners + noise, np.eye(8) * NOISE_PX**2))
    prior = Prior.of_any_camera(scene.size_px)
    return solved_camera(adjust(prior, tuple(seen), evenness_m=0.001), scene.size_px)


def _followed(scene: Scene, region_px: np.ndarray | None = None) -> tuple[SolvedCamera, list[np.ndarray]]:
    """Lay the sheet wherever the advice says, until it is enough."""
    middle = scene.camera.surface_points(first_place_px(scene.size_px)[None])[0]
    places = [SheetPlace(*middle.tolist())]
    outlines: list[np.ndarray] = []
    while True:
        solved = _solved(scene, places)
        advice = next_place(solved, Sheet(), region_px=region_px)
        if advice.enough:
            return solved, outlines
        assert advice.next_px is not None
        outlines.append(advice.next_px)
        there = scene.camera.surface_points(advice.next_px.mean(axis=0)[None])[0]
        places.append(SheetPlace(float(there[0]), float(there[1]), 0.2))
        assert len(places) <= 5


def test_following_the_advice_measures_the_floor() -> None:
    for seed, oblique_deg in [(32, 55.0)]:
        scene = random_scene(np.random.default_rng(seed), size_px=(1280, 720), oblique_deg=oblique_deg)
        solved, outlines = _followed(scene)
        assert 3 <= len(solved.places) <= 5
        middles = np.array([outline.mean(axis=0) for outline in outlines])
        assert np.ptp(middles[:, 0]) > 0.4 * 1280
        assert solved.accuracy().p95_m < _solved(scene, list(_first(scene))).accuracy().p95_m / 3


def _first(scene: Scene) -> tuple[SheetPlace]:
    return (SheetPlace(*scene.camera.surface_points(first_place_px(scene.size_px)[None])[0].tolist()),)


def test_places_stay_where_the_projector_shines() -> None:
    scene = random_scene(np.random.default_rng(33), size_px=(1280, 720))
    lit = np.array([[400.0, 250.0], [1000.0, 250.0], [1000.0, 650.0], [400.0, 650.0]])
    _, outlines = _followed(scene, lit)
    for outline in outlines:
        assert (outline >= lit[0]).all()
        assert (outline <= lit[2]).all()


def test_one_place_is_never_enough() -> None:
    scene = random_scene(np.random.default_rng(34), size_px=(1280, 720))
    solved = _solved(scene, list(_first(scene)))
    assert not next_place(solved, Sheet()).enough
    assert solved.accuracy().p95_m > 0.01
