"""Several projectors and cameras become one floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from calibration.flow import Link, Lit, LiveDesk, Session, Setup, framed
from calibration.flow._devices import latencies_s
from calibration.flow._joined import joined
from calibration.patterns import Matches
from calibration.projector import Delay
from calibration.projector.failures import NotEnoughOverlap
from calibration.solve import CameraWarp, solve_warp
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from calibration.synthetic._optics import hung
from calibration.truth import drawn_at
from didim.geometry import FloatArray, PinholeCamera, RigidPose

PAIR = Conditions(
    camera_px=(960, 540), projector_px=(960, 600), two_projectors=True, ambient=0.05, light=0.6, lens=0.005
)
SEED = 71
FLOOR = np.array([[x, y, 0.0] for x in np.linspace(-1.0, 5.6, 70) for y in np.linspace(-0.6, 5.0, 60)])


@dataclass(frozen=True)
class Hall:
    """Two cameras over two projectors' light, all exact."""

    cameras: tuple[PinholeCamera, PinholeCamera]
    projectors: tuple[PinholeCamera, ...]
    lit: tuple[Lit, ...]

    @property
    def sizes_px(self) -> list[tuple[int, int]]:
        return [PAIR.camera_px] * 2


def warp_of(camera: PinholeCamera, projector: PinholeCamera) -> CameraWarp:
    seen, lit = camera.project(FLOOR), projector.project(FLOOR)
    inside = ((seen > 0) & (seen < np.array(PAIR.camera_px))).all(axis=1)
    inside &= ((lit > 0) & (lit < np.array(PAIR.projector_px))).all(axis=1)
    matches = Matches(seen[inside], lit[inside], np.full(int(inside.sum()), 0.05))
    warp = solve_warp(matches, None, PAIR.camera_px, PAIR.projector_px, np.random.default_rng(0))
    assert warp is not None
    return warp


@pytest.fixture(scope="module")
def hall() -> Hall:
    rig = SyntheticRig(SEED, PAIR)
    beside = hung(
        np.array([5.2, -1.2, 2.9]),
        np.array([2.2, 1.6, 0.0]),
        PAIR.camera_px,
        np.array([[x, y, 0.0] for x in (0.2, 4.0) for y in (0.0, 3.0)]),
        lens=np.array([-0.1, 0.0, 0.0, 0.0, 0.0]),
        roll_rad=0.0,
        center=(0.5, 0.5),
        margin=0.02,
    )
    cameras = (rig.camera, beside)
    lit = tuple(
        Lit(PAIR.projector_px, {k: warp_of(camera, projector) for k, camera in enumerate(cameras)})
        for projector in rig.projectors
    )
    return Hall(cameras, rig.projectors, lit)


def elsewhere(camera: PinholeCamera, angle_rad: float, shift_m: tuple[float, float]) -> PinholeCamera:
    """The camera in another frame of the surface."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    motion = RigidPose(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]), np.array([*shift_m, 0.0]))
    return PinholeCamera(camera.matrix, motion.after(camera.surface_from_camera), camera.distortion)


def floor_px(camera: PinholeCamera) -> FloatArray:
    px = camera.project(FLOOR)
    return px[((px > 0) & (px < np.array(PAIR.camera_px))).all(axis=1)]


def test_cameras_solved_each_for_itself_come_into_one_frame(hall: Hall) -> None:
    first, second = hall.cameras
    views = joined([first, elsewhere(second, 0.7, (1.5, -2.0))], hall.sizes_px, hall.lit)
    px = floor_px(second)
    assert views[0] is first
    assert np.abs(views[1].surface_points(px) - second.surface_points(px)).max() < 0.001


def test_a_camera_that_sees_no_light_of_the_others_is_told(hall: Hall) -> None:
    left, right = hall.lit
    apart = [Lit(left.size_px, {0: left.warps[0]}), Lit(right.size_px, {1: right.warps[1]})]
    with pytest.raises(NotEnoughOverlap, match="camera 2"):
        joined(hall.cameras, hall.sizes_px, apart)


def test_projectors_meet_even_where_cameras_disagree(hall: Hall) -> None:
    """The second camera believes all to be 4 mm aside; both projectors have to follow the same mixture."""
    views = (hall.cameras[0], elsewhere(hall.cameras[1], 0.0, (0.004, 0.0)))
    at = framed(views, hall.sizes_px, hall.lit)
    x, y = np.meshgrid(np.arange(0, at.surface.width_m, 0.1), np.arange(0, at.surface.height_m, 0.1))
    places = np.stack([x, y], axis=-1).reshape(-1, 2)
    lands = [
        projector.surface_points(np.nan_to_num(drawn := drawn_at(maps, places, PAIR.projector_px)))
        + 0 * drawn
        for maps, projector in zip(at.maps, hall.projectors, strict=True)
    ]
    apart_mm = 1000 * np.linalg.norm(lands[0] - lands[1], axis=1)
    apart_mm = apart_mm[np.isfinite(apart_mm)]
    assert len(apart_mm) > 30
    assert np.percentile(apart_mm, 95) < 0.5
    assert at.surface.width_m > 3.4
    seen_m = views[1].surface_points(views[1].project(np.c_[places, np.zeros(len(places))]))
    assert np.allclose(seen_m, places, atol=1e-6)


def test_each_device_takes_its_part_of_the_delays() -> None:
    sums = {(0, 0): 70.0, (0, 1): 90.0, (1, 0): 80.0, (1, 1): 100.0}
    links = [Link(c, d, Delay(round(ms * 1e6), 1.0)) for (c, d), ms in sums.items()]
    cameras, displays = latencies_s(links)
    for (camera, display), ms in sums.items():
        assert 1000 * (cameras[camera] + displays[display]) == pytest.approx(ms, abs=0.01)
    assert all(value > 0.02 for value in (*cameras.values(), *displays.values()))
    one, other = latencies_s([Link(0, 2, Delay(60_000_000, 1.0))])
    assert one == {0: pytest.approx(0.03)}
    assert other == {2: pytest.approx(0.03)}


class PairDesk(LiveDesk):
    """A desk over a made-up pair of projectors whose delay is known."""

    def __init__(self, stage: SyntheticStage) -> None:
        super().__init__(stage, stage)
        delay = Delay(round(stage.true_delay_ns), 1.0)
        self._links = (Link(0, 0, delay), Link(0, 1, delay))

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        return self._links


def test_two_projectors_come_out_of_one_run_with_their_shares_of_the_light() -> None:
    stage = SyntheticStage(SyntheticRig(SEED, PAIR), SEED)
    session = Session(PairDesk(stage), Setup(view=stage.rig.camera, projectors=("left", "right")))
    while session.next:
        session.advance()
    outcome = session.outcome
    left, right = outcome.rig.projectors
    assert (left.name, left.display, right.name, right.display) == ("left", 0, "right", 1)
    assert outcome.apart is not None
    assert outcome.apart.median_mm < 1.5
    assert left.gamma == pytest.approx(PAIR.projector_gamma, abs=0.2)
    middle = [_weight(projector, (outcome.framed.surface.width_m / 2, 1.5)) for projector in (left, right)]
    assert sum(middle) == pytest.approx(1.0, abs=0.15)
    assert all(0.2 < weight < 0.8 for weight in middle)
    assert outcome.framed.surface.width_m > 3.5


def _weight(projector: object, place_m: tuple[float, float]) -> float:
    from didim.rig import Projector

    assert isinstance(projector, Projector)
    assert projector.blend is not None
    x, y = projector.projector_from_surface.apply(np.array([place_m]))[0].round().astype(int)
    return float(projector.blend.weight[y, x])
