"""What goes wrong in a session is called by its name, and the step can be done again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from calibration.camera import Accuracy, Sheet, SheetPlace
from calibration.camera import failures as camera_causes
from calibration.camera.synthetic import Laid, Look, picture_of, random_scene
from calibration.devices import Bytes
from calibration.flow import Link, LiveDesk, Session, Setup, Step
from calibration.flow._limits import check_outcome, limits_of
from calibration.flow._spots import spot_px
from calibration.flow._steps import steps_of
from calibration.patterns import Contrast
from calibration.projector import Delay, PatternSet, ProjectorMeasure, Response, Taken, Taker, Verified
from calibration.projector import failures as causes
from calibration.solve import CameraWarp, LensedPlane
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from didim.capture import CameraFrame
from didim.problem import Problem

HALL = Conditions(camera_px=(960, 540), projector_px=(960, 600), walkers=0)
SEED = 61
SCENE = random_scene(np.random.default_rng(SEED), size_px=(1280, 720), oblique_deg=45.0)
MIDDLE = SheetPlace(0.1, 1.3, 0.2)


class PictureTaker(Taker):
    """White wherever it looks."""

    def __init__(self) -> None:
        """No devices."""

    def take(self, frames: Sequence[Bytes]) -> Taken:
        return Taken([np.full((720, 1280), 200, np.float32) for _ in frames], 0, 0)


class PictureDesk:
    """A desk that shows pictures of a sheet."""

    cameras_px, displays_px = ((1280, 720),), {0: (1280, 800)}

    def __init__(self, *pictures: Bytes) -> None:
        self.pictures = list(pictures)

    def begin(self, step: Step) -> None: ...

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        return (Link(0, 0, Delay(80_000_000, 1.0)),)

    def last(self, camera: int) -> Bytes | None:
        return self.pictures[0]

    def look(self, camera: int) -> Bytes:
        return self.pictures[0]

    def outline(self, step: Step) -> None: ...

    def sheet_pictures(self, grey: int) -> list[list[Bytes]]:
        return [self.pictures]

    def taker(self, camera: int, display: int) -> Taker:
        return PictureTaker()


def drawn(laid: Sequence[Laid], look: Look | None = None) -> Bytes:
    return picture_of(SCENE, laid, look=look, rng=np.random.default_rng(SEED))


def flipped(picture: Bytes) -> Bytes:
    return np.ascontiguousarray(picture[:, ::-1])


LAID = Laid(Sheet(), MIDDLE)
SHEETS: dict[str, tuple[type[Problem], Callable[[], list[Bytes]]]] = {
    "no sheet": (camera_causes.SheetNotSeen, lambda: [drawn([])]),
    "printed too small": (
        camera_causes.WrongSize,
        lambda: [drawn([Laid(replace(Sheet(), scale=0.95), MIDDLE)])],
    ),
    "mirrored camera": (camera_causes.MirrorImage, lambda: [flipped(drawn([LAID]))]),
    "too dark": (camera_causes.TooDark, lambda: [drawn([LAID], Look(light=0.0004))]),
    "too bright": (camera_causes.TooBright, lambda: [drawn([LAID], Look(light=60.0))]),
    "curled": (camera_causes.SheetBent, lambda: [drawn([replace(LAID, curl_m=0.03)])]),
    "kicked": (
        camera_causes.SheetMoved,
        lambda: [drawn([LAID]), drawn([Laid(Sheet(), SheetPlace(0.16, 1.3, 0.2))])],
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_wrong_with_the_sheet_is_named_and_mended(name: str) -> None:
    cause, pictures = SHEETS[name]
    desk = PictureDesk(*pictures())
    session = Session(desk, Setup())
    session.advance()
    with pytest.raises(cause):
        session.advance()
    assert session.next is not None
    assert (session.next.kind, session.next.number) == ("sheet", 1)
    assert session.next.nearer == (name == "no sheet")
    desk.pictures = [drawn([LAID])]
    session.advance()
    assert session.next == Step("sheet", 2, 5, 2)


class QuickDesk(LiveDesk):
    """A desk over a made-up stage whose delay is known."""

    def __init__(self, stage: SyntheticStage, display: int = 0) -> None:
        super().__init__(stage, stage)
        self._links = (Link(0, display, Delay(round(stage.true_delay_ns), 1.0)),)

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        return self._links


class Odd(SyntheticStage):
    """A stage that does something to every frame or picture."""

    def __init__(
        self,
        rig: SyntheticRig,
        frame: Callable[[Bytes], Bytes] | None = None,
        picture: Callable[[int, Bytes], Bytes] | None = None,
    ) -> None:
        super().__init__(rig, SEED)
        self._frame, self._picture = frame, picture

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        return super().show(frame if self._frame is None else self._frame(frame), display, after_ns=after_ns)

    def next(self, after_ns: int = 0) -> CameraFrame:
        taken = super().next(after_ns)
        if self._picture is None:
            return taken
        return CameraFrame(taken.seq, taken.captured_ns, self._picture(self.pictures, taken.bgr))


def keystone(frame: Bytes) -> Bytes:
    height, width = frame.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    narrowed = corners + np.array([[45, 15], [-45, 15], [0, 0], [0, 0]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, narrowed)
    return np.asarray(cv2.warpPerspective(frame, turn, (width, height)), np.uint8)


def torn() -> Callable[[int, Bytes], Bytes]:
    rng, last = np.random.default_rng(0), [np.zeros((540, 960, 3), np.uint8)]

    def mixed(number: int, bgr: Bytes) -> Bytes:
        out = bgr.copy()
        rows = int(rng.integers(150, 400))
        out[rows:] = np.roll(last[0], 40 * (number % 5), axis=1)[rows:]
        out[rows:] = np.where(number % 2, 255 - out[rows:], out[rows:])
        last[0] = bgr
        return out

    return mixed


def glimpse(number: int, bgr: Bytes) -> Bytes:
    """The camera looks past the projector's picture: a corner of it is seen."""
    out = np.full_like(bgr, 20)
    out[250:400, 420:640] = bgr[250:400, 420:640]
    return out


@pytest.fixture(scope="module")
def rig() -> SyntheticRig:
    return SyntheticRig(SEED, HALL)


STAGES: dict[str, tuple[type[Problem], Callable[[SyntheticRig], SyntheticStage]]] = {
    "keystone": (causes.KeystoneOn, lambda rig: Odd(rig, frame=keystone)),
    "rear projection": (causes.MirrorImage, lambda rig: Odd(rig, frame=flipped)),
    "knocked camera": (
        causes.CameraMoved,
        lambda rig: Odd(rig, picture=lambda n, bgr: np.roll(bgr, 4, axis=1) if n > 70 else bgr),
    ),
    "torn": (causes.PatternTorn, lambda rig: Odd(rig, picture=torn())),
    "looks past": (causes.NotEnoughOverlap, lambda rig: Odd(rig, picture=glimpse)),
    "another display": (causes.WrongDisplay, lambda rig: SyntheticStage(rig, SEED, dark_displays=1)),
    "stairs": (
        causes.FloorNotFlat,
        lambda rig: SyntheticStage(SyntheticRig(SEED, replace(HALL, bump_m=0.45)), SEED),
    ),
}


def finish(session: Session) -> None:
    while session.next:
        session.advance()


@pytest.mark.parametrize("name", STAGES)
def test_what_is_wrong_with_the_light_is_named(name: str, rig: SyntheticRig) -> None:
    cause, stage = STAGES[name]
    session = Session(QuickDesk(stage(rig)), Setup(view=rig.camera))
    with pytest.raises(cause):
        finish(session)
    assert session.next is not None


def verified(off_mm: tuple[float, float], spread_mm: float, shift_px: float) -> Verified:
    """A test pattern that was seen so far off."""
    rng = np.random.default_rng(0)
    off = np.array(off_mm) + rng.normal(0, spread_mm, (200, 2))
    far = np.linalg.norm(off, axis=1)
    median, p95 = float(np.median(far)), float(np.percentile(far, 95))
    return Verified(rng.uniform(0, 3, (200, 2)), off, median, (median, median), p95, 0.95, shift_px)


def measured(unevenness_px: float) -> ProjectorMeasure:
    plane = LensedPlane((960, 540), (960, 600), np.array([1.0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]))
    warp = CameraWarp(plane, None, np.zeros((4, 2)), 0.1, unevenness_px)
    blank = np.zeros((4, 4), np.float32)
    seen = Contrast(blank, blank, blank > 0)
    return ProjectorMeasure(warp, seen, Response(2.2, 0.0), PatternSet(), 80, 0.9, 40, 0)


@pytest.mark.parametrize(
    ("seen", "unevenness_px", "cause"),
    [
        (verified((40.0, 5.0), 0.5, 6.0), 0.5, causes.CameraMoved),
        (verified((0.0, 0.0), 25.0, 0.1), 9.0, causes.FloorNotFlat),
        (verified((0.0, 0.0), 25.0, 0.1), 0.5, causes.PoorFit),
    ],
)
def test_a_poor_fit_is_refused_with_its_cause(
    seen: Verified, unevenness_px: float, cause: type[Problem]
) -> None:
    with pytest.raises(cause):
        check_outcome(seen, measured(unevenness_px), None)


def test_a_good_fit_is_not_refused() -> None:
    check_outcome(verified((0.1, 0.0), 0.5, 0.1), measured(0.5), None)


def test_a_sheet_that_hardly_leans_limits_the_heights() -> None:
    good = verified((0.1, 0.0), 0.5, 0.1)
    assert "limit.flat" in limits_of(good, measured(0.5), None, 2.0, lean_rad=0.1)
    assert "limit.flat" not in limits_of(good, measured(0.5), None, 2.0, lean_rad=1.2)
    assert "limit.flat" not in limits_of(good, measured(0.5), None, 2.0)


def test_a_camera_that_goes_on_setting_itself_limits_the_result() -> None:
    good = verified((0.1, 0.0), 0.5, 0.1)
    assert limits_of(good, measured(0.5), None, 2.0, automatic=True)[0] == "limit.automatic"
    assert "limit.automatic" not in limits_of(good, measured(0.5), None, 2.0)


def test_the_last_of_four_places_and_more_leans() -> None:
    assert [step.kind for step in steps_of(3) if step.by_hand] == ["sheet"] * 3
    assert [step.kind for step in steps_of(5) if step.by_hand] == ["sheet"] * 4 + ["lean"]
    assert [step.kind for step in steps_of(5, leans=False) if step.by_hand] == ["sheet"] * 5
    assert [(step.display, step.spot) for step in steps_of(None, (0, 2)) if step.by_hand] == [
        (0, 1),
        (2, 1),
        (0, 2),
        (2, 2),
        (0, 3),
        (2, 3),
        (0, 4),
    ]


def test_a_place_that_no_camera_reads_is_drawn_in_twice() -> None:
    session = Session(PictureDesk(drawn([])), Setup())
    session.advance()
    for nearer in (1, 2, 2):
        with pytest.raises(camera_causes.SheetNotSeen):
            session.advance()
        assert session.next == Step("sheet", 1, 5, 1, nearer=nearer)
    far, near = (np.array(spot_px(2, (1280, 800), nearer)) for nearer in (0, 2))
    middle = np.array([639.5, 399.5])
    assert np.linalg.norm(near - middle) < 0.4 * np.linalg.norm(far - middle)


def test_uncertain_metres_are_refused() -> None:
    poor = Accuracy(0.03, 0.12, 0.05, 0.2, 0.02, 0.004)
    with pytest.raises(camera_causes.NotEnough):
        check_outcome(verified((0.1, 0.0), 0.5, 0.1), measured(0.5), poor)


@pytest.mark.parametrize(
    ("conditions", "cause"),
    [
        (replace(HALL, light=0.0001, ambient=0.002), causes.TooDark),
        (replace(HALL, light=0.02, ambient=60.0), causes.TooBright),
    ],
)
def test_light_that_cannot_be_used_is_named(conditions: Conditions, cause: type[Problem]) -> None:
    small = replace(conditions, camera_px=(480, 270), projector_px=(480, 300))
    rig = SyntheticRig(SEED, small)
    stage = SyntheticStage(rig, SEED)
    session = Session(LiveDesk(stage, stage), Setup(view=rig.camera))
    with pytest.raises(cause):
        session.advance()


def test_a_session_finds_the_lit_display_by_itself() -> None:
    small = replace(HALL, camera_px=(480, 270), projector_px=(480, 300))
    stage = SyntheticStage(SyntheticRig(SEED, small), SEED, dark_displays=1)
    session = Session(LiveDesk(stage, stage), Setup(view=stage.rig.camera))
    session.advance()
    assert session.displays == (1,)
