"""Whole pictures: the same for the same calls, bumped on time, refused when frames do not fit."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.render._sensor import SENSITIVITY, Sensor
from didim.sim.venue import AutoExposure, Bump, Venue, VenueCamera

GREY_LUX = 120.0
STEP_M = np.array([0.3, 0.0, 0.0])


def _frame(room: Venue, seed: int = 0) -> np.ndarray:
    width, height = room.projector[0].size_px
    coarse = np.random.default_rng(seed).integers(0, 256, (height // 40, width // 40, 3), np.uint8)
    return np.ascontiguousarray(np.kron(coarse, np.ones((40, 40, 1), np.uint8)))


def test_the_same_calls_give_the_same_pictures(
    room: Venue, renderer: VenueRenderer, person: PersonPose
) -> None:
    other, frame = VenueRenderer(room, cell_m=0.025), _frame(room)
    for t_s in (0.0, 0.5):
        first = renderer.picture(0, [person], [frame], t_s)
        assert first.shape == (240, 320, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, other.picture(0, [person], [frame], t_s))


def test_noise_is_new_in_every_picture_and_little(renderer: VenueRenderer) -> None:
    a, b = (renderer.picture(0, [], [None], t_s).astype(int) for t_s in (1.0, 1.1))
    assert 0.2 < np.abs(a - b).mean() < 6.0


def test_a_frame_changes_only_what_it_lights(room: Venue, renderer: VenueRenderer) -> None:
    dark, lit = (renderer.light(0, [], [frame], 0.0) for frame in (None, _frame(room)))
    assert (lit >= dark - 1e-4).all()
    assert (lit - dark)[:40].max() < 1e-3  # the wall above
    assert (lit - dark).max() > 20.0


def test_people_come_and_go(renderer: VenueRenderer, person: PersonPose) -> None:
    empty = renderer.light(0, [], [None], 0.0)
    with_person = renderer.light(0, [person], [None], 0.0)
    assert np.abs(with_person - empty).max() > 10.0
    assert np.array_equal(renderer.light(0, [], [None], 0.0), empty)


def test_frames_that_do_not_fit_are_refused(room: Venue, renderer: VenueRenderer) -> None:
    with pytest.raises(ValueError, match="1 projectors need as many frames, got 0"):
        renderer.picture(0, [], [], 0.0)
    with pytest.raises(ValueError, match=r"shows \(800, 1280, 3\) uint8"):
        renderer.picture(0, [], [np.zeros((10, 10, 3), np.uint8)], 0.0)


def test_a_bump_shows_from_its_second_on(room: Venue) -> None:
    bumped = msgspec.structs.replace(room.projector[0], bump=Bump(at_s=5.0, turn_deg=(0.0, 1.0, 0.0)))
    renderer = VenueRenderer(msgspec.structs.replace(room, projector=(bumped,)))
    frame = _frame(room)
    before, late, after = (renderer.light(0, [], [frame], t_s) for t_s in (0.0, 4.9, 5.0))
    assert np.array_equal(before, late)
    assert np.abs(after - before).max() > 10.0


def test_motion_blur_smears_what_moves(room: Venue, person: PersonPose) -> None:
    camera = msgspec.structs.replace(room.camera[0], motion_blur=3, noise=0.0)
    renderer = VenueRenderer(msgspec.structs.replace(room, camera=(camera,)))
    moving = PersonPose(person.body, person.joints_m, person.joints_m + STEP_M)
    still, smeared, ended = (
        renderer.picture(0, [pose], [None], 0.0).astype(int)
        for pose in (person, moving, PersonPose(person.body, person.joints_m + STEP_M))
    )
    assert np.abs(smeared - still).max() > 20
    assert np.abs(smeared - ended).max() > 20


def test_progress_is_told_to_the_end(room: Venue) -> None:
    told: list[tuple[float, str]] = []
    VenueRenderer(room, progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert "camera camera" in [what for _, what in told]


def _grey(lux: float) -> np.ndarray:
    return np.full((60, 80, 3), lux, np.float32)


def _camera(**settings: object) -> VenueCamera:
    camera = VenueCamera(at_m=(0, 0, 2), look_at_m=(0, 1, 0), size_px=(80, 60), noise=0.0, blur_px=0.0)
    return msgspec.structs.replace(camera, **settings)


def test_a_sensor_encodes_srgb() -> None:
    camera = _camera(exposure_ms=10.0, gain=2.0)
    bgr = Sensor(camera, 0).expose(_grey(GREY_LUX), 0.0)
    light = GREY_LUX * SENSITIVITY * 0.010 * 2.0
    assert np.abs(bgr.astype(int) - 255 * (1.055 * light ** (1 / 2.4) - 0.055)).max() <= 1.0


def test_noise_grows_with_gain_and_light() -> None:
    spread = {}
    for gain, lux in ((1.0, GREY_LUX), (8.0, GREY_LUX / 8), (1.0, 3 * GREY_LUX)):
        light = Sensor(_camera(noise=0.002, gain=gain, exposure_ms=20.0), 0).expose(_grey(lux), 0.0)
        spread[gain, lux] = float(np.std(((light / 255 + 0.055) / 1.055) ** 2.4))
    dim, gained, bright = spread.values()
    assert gained > 3.0 * dim
    assert bright > 1.3 * dim


def test_auto_exposure_settles_on_its_target_in_its_time() -> None:
    sensor = Sensor(
        _camera(auto_exposure=AutoExposure(target=0.2, settle_s=0.5), exposure_ms=10.0, gain=1.0), 0
    )
    sensor.expose(_grey(100.0), 0.0)
    assert sensor.scale * 100.0 == pytest.approx(0.2, rel=0.01)
    for index in range(1, 16):
        sensor.expose(_grey(300.0), index / 30)
    # after one settling time 63 % of the change is made up, on a scale of stops
    assert sensor.scale * 300.0 == pytest.approx(0.2 * 3.0 ** np.exp(-1.0), rel=0.05)


def test_a_frame_drawn_over_in_place_is_shown_anew(room: Venue, renderer: VenueRenderer) -> None:
    frame = np.zeros((*room.projector[0].size_px[::-1], 3), np.uint8)
    dark = renderer.light(0, [], [frame], 0.0)
    frame[:] = 255
    assert (renderer.light(0, [], [frame], 0.0) - dark).max() > 20.0
