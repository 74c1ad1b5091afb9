"""The map from camera to projector, against the truth of made-up rigs."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.patterns import BoardPattern, Matches, PhasePattern
from calibration.solve import CameraWarp, fit_plane, solve_warp
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from didim.geometry import FloatArray
from tests.calibration.looking import pictures_of


def solved(rig: SyntheticRig, *, dense: bool = True) -> CameraWarp:
    stage = SyntheticStage(rig)
    board, phase = BoardPattern(rig.conditions.projector_px, 80), PhasePattern(rig.conditions.projector_px)
    corners = board.read(pictures_of(stage, board))
    pixels = phase.read(pictures_of(stage, phase)) if dense else None
    rng = np.random.default_rng(0)
    warp = solve_warp(corners, pixels, rig.conditions.camera_px, rig.conditions.projector_px, rng)
    assert warp is not None
    return warp


def errors_mm(rig: SyntheticRig, warp: CameraWarp) -> FloatArray:
    truth = rig.truth()
    return np.asarray(rig.error_mm(truth, warp.apply(truth.camera_px))[truth.seen])


def test_light_is_drawn_where_the_camera_sees_it() -> None:
    rig = SyntheticRig(21, Conditions())
    errors = errors_mm(rig, solved(rig))
    assert np.median(errors) < 0.4
    assert np.percentile(errors, 95) < 1.0
    assert errors.max() < 4.0


def test_an_uneven_floor_is_followed() -> None:
    rig = SyntheticRig(22, Conditions(camera_px=(1280, 720), projector_px=(1280, 800), bump_m=0.008))
    warp = solved(rig)
    assert np.percentile(errors_mm(rig, warp), 95) < 2.0
    flat = rig.truth()
    alone = rig.error_mm(flat, warp.plane.apply(flat.camera_px))[flat.seen]
    assert np.percentile(errors_mm(rig, warp), 95) < 0.5 * np.percentile(alone, 95)


def test_the_board_alone_gives_a_map() -> None:
    rig = SyntheticRig(23, Conditions(camera_px=(1280, 720), projector_px=(1280, 800)))
    errors = errors_mm(rig, solved(rig, dense=False))
    assert np.percentile(errors, 95) < 3.0


def test_wrong_matches_do_not_bend_the_map() -> None:
    rng = np.random.default_rng(1)
    camera = rng.uniform([100, 100], [1180, 620], (400, 2))
    matrix = np.array([[1.1, 0.08, -40], [0.02, 1.3, -90], [2e-5, 3e-4, 1]])
    mapped = np.c_[camera, np.ones(400)] @ matrix.T
    projector = mapped[:, :2] / mapped[:, 2:] + rng.normal(0, 0.1, (400, 2))
    wrong = projector.copy()
    wrong[::4] = rng.uniform(0, 800, (100, 2))
    plane = fit_plane(Matches(camera, wrong, np.full(400, 0.1)), (1280, 720), (1280, 800), rng)
    assert plane is not None
    assert np.abs(plane.apply(camera) - projector).max() < 1.0
    assert not plane.mirrored


def test_a_mirror_image_is_told() -> None:
    rng = np.random.default_rng(2)
    camera = rng.uniform([100, 100], [1180, 620], (100, 2))
    flipped = camera * [-1, 1] + [1279, 0]
    plane = fit_plane(Matches(camera, flipped, np.full(100, 0.1)), (1280, 720), (1280, 720), rng)
    assert plane is not None
    assert plane.mirrored


@pytest.mark.parametrize("count", [0, 5])
def test_too_few_matches_fit_nothing(count: int) -> None:
    rng = np.random.default_rng(3)
    few = Matches(rng.uniform(0, 700, (count, 2)), rng.uniform(0, 700, (count, 2)), np.full(count, 0.1))
    assert fit_plane(few, (1280, 720), (1280, 720), rng) is None
