"""A rig is found to hold, or to have moved, and by how much."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.check import check_rig
from calibration.devices import Bytes
from calibration.patterns import Matches
from calibration.projector import surface_maps
from calibration.solve import CameraWarp, solve_warp
from calibration.synthetic import AREA, Conditions, SyntheticRig, SyntheticStage
from didim.rig import Camera, Projector, Rig, RigError

HALL = Conditions(camera_px=(1280, 720), projector_px=(1280, 800), walkers=0)


class Shifted(SyntheticStage):
    """A projector that was knocked: its picture lies some pixels aside."""

    aside_px = 0

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        return super().show(np.roll(frame, self.aside_px, axis=1), display, after_ns=after_ns)


@pytest.fixture(scope="module")
def synthetic() -> SyntheticRig:
    return SyntheticRig(51, HALL)


@pytest.fixture(scope="module")
def rig(synthetic: SyntheticRig) -> Rig:
    """A rig file as a perfect calibration would write it."""
    truth = synthetic.truth()
    seen = truth.seen
    matches = Matches(truth.camera_px[seen], truth.projector_px[seen], np.full(int(seen.sum()), 0.05))
    warp = solve_warp(matches, None, HALL.camera_px, HALL.projector_px, np.random.default_rng(0))
    assert isinstance(warp, CameraWarp)
    maps = surface_maps(warp, synthetic.camera, AREA, HALL.projector_px)
    delay_s = SyntheticStage(synthetic, 1).true_delay_ns / 1e9
    return Rig(
        "hall",
        {"play": AREA},
        (Camera("camera", "play", HALL.camera_px, synthetic.camera, latency_s=delay_s),),
        (
            Projector(
                "projector",
                "play",
                HALL.projector_px,
                maps.projector_from_surface,
                maps.surface_from_projector,
            ),
        ),
    )


def test_a_rig_that_stands_still_holds(synthetic: SyntheticRig, rig: Rig) -> None:
    stage = SyntheticStage(synthetic, 2)
    began_ns = stage.now_ns
    found = check_rig(rig, stage, stage)
    assert found.holds
    assert found.drift_mm < 1.0
    assert stage.now_ns - began_ns < 5e9


def test_a_knocked_projector_is_told_with_its_drift(synthetic: SyntheticRig, rig: Rig) -> None:
    stage = Shifted(synthetic, 3)
    stage.aside_px = 5
    found = check_rig(rig, stage, stage)
    middle = rig.projectors[0].projector_from_surface.apply(np.array([[2.0, 1.5], [2.01, 1.5]]))
    mm_per_px = 10.0 / np.linalg.norm(middle[1] - middle[0])
    assert not found.holds
    assert found.drift_mm == pytest.approx(5 * mm_per_px, rel=0.3)


def test_a_display_of_another_size_is_told(synthetic: SyntheticRig, rig: Rig) -> None:
    stage = SyntheticStage(SyntheticRig(51, Conditions(camera_px=(640, 360), projector_px=(640, 400))), 1)
    with pytest.raises(RigError, match="640x400 now"):
        check_rig(rig, stage, stage)
