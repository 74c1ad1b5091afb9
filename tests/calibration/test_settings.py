"""A camera's own settings are locked where it lets them be."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

from calibration import live
from calibration.devices import Setting, WatchedEye
from calibration.flow._light import find_links
from calibration.projector import Delay, set_exposure
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from didim.capture import CameraError, CameraFrame

SMALL = Conditions(camera_px=(480, 270), projector_px=(480, 300))


class Tinted(SyntheticStage):
    """A camera whose white depends on the colour temperature it takes for white."""

    kelvin, light_k, adjusted = 4000.0, 5200.0, 0

    def limits(self, setting: Any) -> tuple[float, float] | None:
        return (2800.0, 6500.0) if setting == "white_balance_k" else super().limits(setting)

    def adjust(self, setting: Any, value: float) -> float:
        if setting != "white_balance_k":
            return super().adjust(setting, value)
        self.kelvin, self.adjusted = float(np.clip(value, 2800, 6500)), self.adjusted + 1
        return self.kelvin

    def next(self, after_ns: int = 0) -> CameraFrame:
        taken = super().next(after_ns)
        red = float(np.exp(150 * (1e3 / self.light_k - 1e3 / self.kelvin) / 100))
        tinted = taken.bgr * np.array([1 / red, 1.0, red]) * 0.7
        return CameraFrame(taken.seq, taken.captured_ns, np.clip(tinted, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("light_k", [3400.0, 5200.0, 6200.0])
def test_white_balance_is_locked_where_white_looks_grey(light_k: float) -> None:
    stage = Tinted(SyntheticRig(11, SMALL), 11)
    stage.light_k = light_k
    found = set_exposure(stage, stage, Delay(round(stage.true_delay_ns), 1.0))
    assert 1e6 / found.settings["white_balance_k"] == pytest.approx(1e6 / light_k, abs=8)
    assert stage.adjusted <= 6


class Webcam:
    """A driver that may refuse locks."""

    opened: ClassVar[list[dict[str, Any]]] = []
    refuses: ClassVar[set[str]] = set()
    standing: ClassVar[dict[str, float]] = {}

    def __init__(self, **source: Any) -> None:
        if refused := self.refuses & set(source):
            raise CameraError(f"it refuses {sorted(refused)}")
        self.opened.append(source)
        self._seq = 0

    def read(self, timeout_s: float) -> CameraFrame:
        self._seq += 1
        return CameraFrame(self._seq, self._seq * 33_000_000, np.zeros((9, 16, 3), np.uint8))

    def close(self) -> None: ...


@pytest.fixture
def webcam(monkeypatch: pytest.MonkeyPatch) -> type[Webcam]:
    monkeypatch.setattr(live, "open_camera", lambda **source: Webcam(**source))
    monkeypatch.setattr(Webcam, "opened", [])
    monkeypatch.setattr(Webcam, "refuses", set())
    monkeypatch.setattr(Webcam, "standing", {})
    return Webcam


def test_what_a_webcam_locks_goes_into_its_source(webcam: type[Webcam]) -> None:
    eye = live.CameraEye({"kind": "webcam", "device": "0"})
    assert eye.adjust("exposure_ms", 50.0) == 33.0
    assert eye.adjust("white_balance_k", 4600.0) == 4600.0
    assert eye.source == {"kind": "webcam", "device": "0", "exposure_ms": 33.0, "white_balance_k": 4600.0}
    assert webcam.opened[-1] == eye.source
    assert eye.limits("gain") is None


def test_what_a_webcam_refuses_is_left_as_it_is(webcam: type[Webcam]) -> None:
    webcam.refuses = {"white_balance_k"}
    eye = live.CameraEye({"kind": "webcam", "device": "0"})
    eye.adjust("exposure_ms", 8.0)
    eye.adjust("white_balance_k", 4600.0)
    assert eye.source == {"kind": "webcam", "device": "0", "exposure_ms": 8.0}
    assert eye.limits("white_balance_k") is None
    assert eye.limits("exposure_ms") is not None


def test_what_the_installer_gave_and_other_drivers_are_not_touched(webcam: type[Webcam]) -> None:
    given = live.CameraEye({"kind": "webcam", "device": "0", "white_balance_k": 5000})
    assert given.limits("white_balance_k") is None
    stream = live.CameraEye({"kind": "stream", "url": "rtsp://camera"})
    assert stream.limits("exposure_ms") is None


def test_gain_and_focus_are_locked_where_they_stand(webcam: type[Webcam]) -> None:
    webcam.standing = {"gain": 22.0, "focus": 0.0}
    eye = live.CameraEye({"kind": "webcam", "device": "0"})
    eye.adjust("exposure_ms", 8.0)
    eye.adjust("white_balance_k", 4600.0)
    assert eye.lock() == ()
    assert eye.source["gain"] == 22.0
    assert eye.source["focus"] == 0.0
    assert webcam.opened[-1] == eye.source


def test_what_stays_automatic_is_told(webcam: type[Webcam]) -> None:
    webcam.standing, webcam.refuses = {"gain": 22.0}, {"gain", "white_balance_k"}
    eye = live.CameraEye({"kind": "webcam", "device": "0", "focus": 5.0})
    eye.adjust("exposure_ms", 8.0)
    eye.adjust("white_balance_k", 4600.0)
    assert eye.lock() == ("white_balance_k", "gain")
    assert eye.source == {"kind": "webcam", "device": "0", "focus": 5.0, "exposure_ms": 8.0}
    assert live.CameraEye({"kind": "stream", "url": "rtsp://camera"}).lock() == live.FOLLOWS_LIGHT


def test_a_camera_that_is_left_automatic_limits_the_result() -> None:
    class Webcamlike(SyntheticStage):
        def lock(self) -> tuple[Setting, ...]:
            return ("gain",)

    stage = Webcamlike(SyntheticRig(11, SMALL), 11)
    (link,) = find_links(stage, [WatchedEye(stage)], np.random.default_rng(0))
    assert link.automatic == ("gain",)
