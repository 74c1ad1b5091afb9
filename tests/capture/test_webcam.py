"""A webcam, played by a stand-in for OpenCV's capture."""

from __future__ import annotations

import time
from contextlib import closing
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.capture import CameraError, CameraFrame
from didim.capture.webcam import Webcam

LONG_S = 10.0


class Bench:
    """The one camera on the desk: what it can do, what it was told, and whether it is plugged in."""

    def __init__(self) -> None:
        self.plugged = True
        self.opened: list[tuple[int | str, int]] = []
        self.released = 0
        self.fixed: dict[int, float] = {}
        self.held: dict[int, float] = {}
        self.told: list[int] = []

    def plug(self) -> None:
        """A camera forgets what it was told when its power is gone."""
        self.held = {}
        self.plugged = True


class Capture:
    """cv2.VideoCapture, as far as a webcam uses it."""

    bench: Bench

    def __init__(self, device: int | str, backend: int) -> None:
        self.bench.opened.append((device, backend))

    def isOpened(self) -> bool:  # noqa: N802  OpenCV's own name
        return self.bench.plugged

    def set(self, control: int, value: float) -> bool:
        self.bench.told.append(control)
        self.bench.held[control] = self.bench.fixed.get(control, value)
        return control not in self.bench.fixed

    def get(self, control: int) -> float:
        return float(self.bench.held.get(control, 0.0))

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        time.sleep(0.001)
        if not self.bench.plugged:
            return False, None
        return True, np.zeros((48, 64, 3), np.uint8)

    def release(self) -> None:
        self.bench.released += 1


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr("didim.capture._newest.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("didim.capture._newest.MOST_PAUSE_S", 0.004)
    monkeypatch.setattr("didim.capture.webcam.sys", SimpleNamespace(platform="linux"))
    bench = Bench()
    monkeypatch.setattr(Capture, "bench", bench, raising=False)
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    return bench


def try_until(camera: Webcam, answers: bool) -> CameraFrame | None:
    """Read on until the camera answers, or until it fails; return the last picture."""
    for _ in range(1000):
        try:
            frame = camera.read(timeout_s=0.01)
        except CameraError:
            frame = None
        if (frame is not None) == answers:
            return frame
    raise AssertionError("the camera did not come back" if answers else "the camera did not go")


@pytest.mark.parametrize(
    ("device", "opened"), [(0, 0), ("2", 2), ("/dev/v4l/by-id/usb-x-index0", "/dev/v4l/by-id/usb-x-index0")]
)
def test_it_is_opened_by_number_or_path(bench: Bench, device: int | str, opened: int | str) -> None:
    with closing(Webcam(device)) as camera:
        assert camera.read(timeout_s=LONG_S).bgr.shape == (48, 64, 3)
    assert bench.opened == [(opened, cv2.CAP_V4L2)]
    assert bench.released == 1


def test_it_gets_what_it_was_asked_for(bench: Bench) -> None:
    with closing(Webcam(width_px=640, height_px=480, fps=60.0, pixel_format="YUYV")) as camera:
        assert camera.notes == ()
    assert bench.held == {
        cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"YUYV"),
        cv2.CAP_PROP_FRAME_WIDTH: 640,
        cv2.CAP_PROP_FRAME_HEIGHT: 480,
        cv2.CAP_PROP_FPS: 60.0,
        cv2.CAP_PROP_BUFFERSIZE: 2,
    }
    assert bench.told[0] == cv2.CAP_PROP_FOURCC


def test_another_size_than_asked_for_is_refused(bench: Bench) -> None:
    bench.fixed = {cv2.CAP_PROP_FRAME_WIDTH: 1280, cv2.CAP_PROP_FRAME_HEIGHT: 720}
    with pytest.raises(CameraError, match="webcam 0 gives 1280x720 pixels where 1920x1080 were asked for"):
        Webcam(width_px=1920, height_px=1080)
    assert bench.released == 1


def test_any_size_will_do_where_none_was_asked_for(bench: Bench) -> None:
    bench.fixed = {cv2.CAP_PROP_FRAME_WIDTH: 640, cv2.CAP_PROP_FRAME_HEIGHT: 480}
    with closing(Webcam()) as camera:
        camera.read(timeout_s=LONG_S)


def test_another_rate_or_format_is_noted(bench: Bench) -> None:
    bench.fixed = {cv2.CAP_PROP_FPS: 15.0, cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"YUYV")}
    with closing(Webcam(fps=30.0, pixel_format="MJPG")) as camera:
        assert camera.notes == (
            "webcam 0 gives 15 pictures a second where 30 were asked for",
            "webcam 0 sends 'YUYV' where 'MJPG' was asked for",
        )


def test_locks_are_taken_from_the_automatic_and_held(bench: Bench) -> None:
    with closing(Webcam(exposure_ms=8.0, gain=20.0, white_balance_k=4600.0, focus=0.0)):
        pass
    assert bench.held[cv2.CAP_PROP_AUTO_EXPOSURE] == 1.0
    assert bench.held[cv2.CAP_PROP_EXPOSURE] == 80.0
    assert bench.held[cv2.CAP_PROP_GAIN] == 20.0
    assert bench.held[cv2.CAP_PROP_AUTO_WB] == 0.0
    assert bench.held[cv2.CAP_PROP_WB_TEMPERATURE] == 4600.0
    assert bench.held[cv2.CAP_PROP_AUTOFOCUS] == 0.0
    assert bench.held[cv2.CAP_PROP_FOCUS] == 0.0


def test_it_tells_where_gain_and_focus_stand_if_it_has_them(bench: Bench) -> None:
    bench.held = {cv2.CAP_PROP_GAIN: 22.0, cv2.CAP_PROP_FOCUS: -1.0}
    with closing(Webcam()) as camera:
        assert camera.standing == {"gain": 22.0}


def test_what_is_not_given_is_left_to_the_camera(bench: Bench) -> None:
    with closing(Webcam(gain=20.0)):
        pass
    left = {cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_EXPOSURE, cv2.CAP_PROP_AUTO_WB, cv2.CAP_PROP_AUTOFOCUS}
    assert not left & set(bench.told)


def test_a_lock_may_be_met_to_the_cameras_next_step(bench: Bench) -> None:
    bench.fixed = {cv2.CAP_PROP_EXPOSURE: 78.0}
    with closing(Webcam(exposure_ms=8.0)):
        pass


@pytest.mark.parametrize(
    ("fixed", "told"),
    [
        ({cv2.CAP_PROP_EXPOSURE: 156.0}, r"refuses exposure_ms: wanted 8, got 15\.6\. Give a value"),
        (
            {cv2.CAP_PROP_AUTO_EXPOSURE: 3.0},
            "refuses exposure_ms: wanted 8, got 8 and its automatic still on",
        ),
        ({cv2.CAP_PROP_WB_TEMPERATURE: 0.0}, "refuses white_balance_k: wanted 4600, got 0"),
    ],
)
def test_a_refused_lock_names_the_setting_and_both_values(
    bench: Bench, fixed: dict[int, float], told: str
) -> None:
    bench.fixed = fixed
    with pytest.raises(CameraError, match=told):
        Webcam(exposure_ms=8.0, white_balance_k=4600.0)
    assert bench.released == 1


def test_exposure_is_locked_on_linux_only(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("didim.capture.webcam.sys", SimpleNamespace(platform="win32"))
    with pytest.raises(CameraError, match="exposure_ms is locked on Linux only"):
        Webcam(exposure_ms=8.0)


def test_unplugged_and_plugged_in_again_it_goes_on_with_its_locks(bench: Bench) -> None:
    with closing(Webcam(gain=20.0)) as camera:
        first = camera.read(timeout_s=LONG_S)
        bench.plugged = False
        try_until(camera, answers=False)
        with pytest.raises(CameraError, match=r"webcam 0.*It is tried again until it is back\."):
            camera.read(timeout_s=0.01)
        bench.plug()
        again = try_until(camera, answers=True)
        assert again is not None
        assert again.seq > first.seq
        assert bench.held[cv2.CAP_PROP_GAIN] == 20.0
    assert bench.released == len(bench.opened)


def test_a_camera_that_is_not_there_is_told_what_is(bench: Bench) -> None:
    bench.plugged = False
    with pytest.raises(CameraError, match=r"webcam 73: there is no /dev/video73\. Connected now: "):
        Webcam(73)


def test_a_camera_that_does_not_open_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.plugged = False
    monkeypatch.setattr("didim.capture.webcam.sys", SimpleNamespace(platform="win32"))
    with pytest.raises(CameraError, match=r"webcam 0 does not open\. Close the program that uses it"):
        Webcam(0)


def test_a_format_has_four_letters(bench: Bench) -> None:
    with pytest.raises(CameraError, match="pixel_format has four letters"):
        Webcam(pixel_format="MJPEG")
