"""A projector is measured in made-up rigs, and what goes wrong is called by its name."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from calibration.devices import Bytes
from calibration.patterns import contrast
from calibration.projector import (
    Delay,
    ProjectorMeasure,
    Taker,
    find_delay,
    measure_delay,
    measure_projector,
    set_exposure,
    surface_maps,
    verify,
)
from calibration.projector import failures as causes
from calibration.projector._measure import check_light, check_still, shift_between
from calibration.projector._taking import is_torn
from calibration.synthetic import AREA, Conditions, SyntheticRig, SyntheticStage
from didim.capture import CameraFrame

HALL = Conditions(camera_px=(1280, 720), projector_px=(1280, 800), projector_gamma=2.0, walkers=1)


class Odd(SyntheticStage):
    """A stage whose projector or camera does something to every frame or picture."""

    mirrored, keystone, moves_after = False, False, 1 << 30

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        height, width = frame.shape
        if self.mirrored:
            frame = np.ascontiguousarray(frame[:, ::-1])
        if self.keystone:
            corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
            narrowed = corners + np.array([[60, 20], [-60, 20], [0, 0], [0, 0]], np.float32)
            warped = cv2.warpPerspective(
                frame, cv2.getPerspectiveTransform(corners, narrowed), (width, height)
            )
            frame = np.asarray(warped, np.uint8)
        return super().show(frame, display, after_ns=after_ns)

    def next(self, after_ns: int = 0) -> CameraFrame:
        picture = super().next(after_ns)
        if self.pictures < self.moves_after:
            return picture
        return CameraFrame(picture.seq, picture.captured_ns, np.roll(picture.bgr, 3, axis=1))


@pytest.fixture(scope="module")
def rig() -> SyntheticRig:
    return SyntheticRig(31, HALL)


def taker_on(stage: SyntheticStage, display: int = 0) -> Taker:
    return Taker(stage, stage, Delay(round(stage.true_delay_ns), 1.0), display)


@pytest.fixture(scope="module")
def measured(rig: SyntheticRig) -> tuple[SyntheticStage, ProjectorMeasure]:
    stage = SyntheticStage(rig, 1)
    return stage, measure_projector(taker_on(stage), np.random.default_rng(0))


def test_light_is_drawn_where_it_is_seen_while_somebody_walks(
    rig: SyntheticRig, measured: tuple[SyntheticStage, ProjectorMeasure]
) -> None:
    truth = rig.truth()
    errors = rig.error_mm(truth, measured[1].warp.apply(truth.camera_px))[truth.seen]
    assert np.median(errors) < 0.8
    assert np.percentile(errors, 95) < 3.0


def test_the_gamma_is_found_without_knowing_the_cameras(
    measured: tuple[SyntheticStage, ProjectorMeasure],
) -> None:
    assert measured[1].response.gamma == pytest.approx(HALL.projector_gamma, abs=0.15)
    assert not measured[1].response.scaled


def test_the_shown_error_is_no_smaller_than_the_true_one(
    rig: SyntheticRig, measured: tuple[SyntheticStage, ProjectorMeasure]
) -> None:
    stage, found = measured
    maps = surface_maps(found.warp, rig.camera, AREA, HALL.projector_px)
    shown = verify(taker_on(stage), maps, rig.camera, AREA)
    truth = rig.truth()
    errors = rig.error_mm(truth, found.warp.apply(truth.camera_px))[truth.seen]
    assert np.percentile(errors, 95) <= shown.p95_mm < 12
    assert shown.median_span_mm[0] <= shown.median_mm <= shown.median_span_mm[1]


def test_the_maps_agree_with_the_warp_and_the_camera(
    rig: SyntheticRig, measured: tuple[SyntheticStage, ProjectorMeasure]
) -> None:
    warp = measured[1].warp
    maps = surface_maps(warp, rig.camera, AREA, HALL.projector_px)
    assert maps.surface_from_projector is not None
    camera_px = rig.truth().camera_px[rig.truth().seen]
    lands_m = maps.surface_from_projector.apply(warp.apply(camera_px))
    assert np.abs(lands_m - rig.camera.surface_points(camera_px)).max() < 0.0005


def test_the_delay_is_found_below_a_pictures_length(rig: SyntheticRig) -> None:
    stage = SyntheticStage(rig, 4)
    delay = measure_delay(stage, stage, np.random.default_rng(4))
    assert delay.sure > 0.8
    assert abs(delay.delay_ns - stage.true_delay_ns) < 9_000_000
    assert abs(delay.delay_ns - stage.true_delay_ns) < 4 * delay.sd_ns
    assert delay.sd_ns < 9_000_000


def test_noise_alone_has_no_delay() -> None:
    rng = np.random.default_rng(0)
    at_ns, seen_ns = np.arange(40) * 100_000_000, np.arange(120) * 33_333_333
    assert find_delay(at_ns, rng.random(40) < 0.5, seen_ns, rng.normal(0, 1, 120)).sure < 0.6


@pytest.mark.parametrize("light", [0.12, 2.5])
def test_the_exposure_follows_the_projectors_light(light: float) -> None:
    stage = SyntheticStage(SyntheticRig(33, replace(HALL, light=light, walkers=0)), 1)
    found = set_exposure(stage, stage, Delay(round(stage.true_delay_ns), 1.0))
    assert 165 < found.white < 245


def test_late_frames_are_taken_again(rig: SyntheticRig) -> None:
    late = SyntheticRig(31, replace(HALL, walkers=0, late=0.3))
    stage = SyntheticStage(late, 2)
    frames = [np.full((800, 1280), value, np.uint8) for value in (0, 255) * 6]
    taken = taker_on(stage).take(frames)
    means = [float(picture.mean()) for picture in taken.pictures]
    assert max(means[::2]) + 20 < min(means[1::2])
    assert taken.torn == 0


def test_half_a_picture_of_another_frame_is_torn_and_a_walker_is_not() -> None:
    plain = np.full((360, 640), 60, np.float32)
    half, walker = plain.copy(), plain.copy()
    half[200:] = 160
    walker[:, 300:360] = 160
    assert is_torn(plain, half)
    assert not is_torn(plain, walker)


def test_a_mirror_image_is_named(rig: SyntheticRig) -> None:
    stage = Odd(rig, 5)
    stage.mirrored = True
    with pytest.raises(causes.MirrorImage, match="front projection"):
        measure_projector(taker_on(stage), np.random.default_rng(0), tries=1)


def test_a_keystone_is_named(rig: SyntheticRig) -> None:
    stage = Odd(rig, 6)
    stage.keystone = True
    with pytest.raises(causes.KeystoneOn, match="keystone"):
        measure_projector(taker_on(stage), np.random.default_rng(0), tries=1)


def test_a_moved_camera_is_named(rig: SyntheticRig) -> None:
    stage = Odd(rig, 7)
    stage.moves_after = 60
    with pytest.raises(causes.CameraMoved) as caught:
        measure_projector(taker_on(stage), np.random.default_rng(0), tries=1)
    assert caught.value.moved_px == pytest.approx(3, abs=0.6)


def test_a_display_that_lights_nothing_is_named(rig: SyntheticRig) -> None:
    stage = SyntheticStage(rig, 8, dark_displays=1)
    with pytest.raises(causes.WrongDisplay, match="display"):
        measure_projector(taker_on(stage), np.random.default_rng(0))


@pytest.mark.parametrize(
    ("black", "white", "cause"),
    [(20, 22, causes.TooDark), (150, 152, causes.TooBright), (252, 255, causes.TooBright)],
)
def test_light_that_carries_no_pattern_is_named(
    black: int, white: int, cause: type[causes.ProjectorFailure]
) -> None:
    dark, bright = (np.full((360, 640), value, np.float32) for value in (black, white))
    with pytest.raises(cause):
        check_light(contrast(dark, bright))


def test_a_still_picture_did_not_move() -> None:
    rng = np.random.default_rng(0)
    grain = rng.uniform(0, 255, (360, 640)).astype(np.float32)
    picture = np.asarray(cv2.GaussianBlur(grain, (0, 0), 2), np.float32)
    assert shift_between(picture, picture + 3) < 0.1
    assert shift_between(picture, np.roll(picture, 4, axis=0)) == pytest.approx(4, abs=0.3)
    check_still(contrast(picture * 0, picture), picture)
