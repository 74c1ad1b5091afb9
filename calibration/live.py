"""The computer's own displays and a camera of the rig, on the monotonic clock."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import numpy as np

from calibration.devices import Bytes, Setting
from didim.capture import Camera, CameraError, CameraFrame, open_camera
from didim.project import ProjectError, Rect, Window, displays

WAIT_S = 3.0
SETTLE_PICTURES = 6
LOCKABLE: dict[Setting, tuple[float, float]] = {
    "exposure_ms": (1.0, 33.0),
    "white_balance_k": (2800.0, 6500.0),
}
"""What a webcam lets be set by hand, and how far."""


class ScreenLight:
    """`Light` on the displays of this computer, one at a time in a full-screen window.

    Raises:
        ProjectError: there is no display, or no OpenGL.
    """

    def __init__(self) -> None:
        self._displays = displays()
        if not self._displays:
            raise ProjectError(
                "this computer has no display to calibrate with: connect the projector and extend the "
                "desktop to it, or try `didim calibrate --venue small-hall`"
            )
        self._window: Window | None = None
        self._on = -1

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        return tuple(display.size_px for display in self._displays)

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        window = self._window_on(display)
        time.sleep(max(0.0, (after_ns - time.monotonic_ns()) / 1e9))
        rgb = np.ascontiguousarray(np.repeat(frame[..., None], 3, axis=2))
        window.show_picture(rgb, Rect(0, 0, *window.size_px))
        handed_ns = time.monotonic_ns()
        window.flip()
        if window.closing():
            raise KeyboardInterrupt
        return handed_ns

    def close(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window, self._on = None, -1

    def _window_on(self, display: int) -> Window:
        if self._window is None or display != self._on:
            self.close()
            self._window = Window(display=display, fullscreen=True, title="didim calibrate")
            self._on = display
        return self._window


class CameraEye:
    """`AdjustableEye` through a driver of the table; a webcam's settings change by opening it anew.

    Its gain is in steps of its own, which nobody knows: with the exposure locked it stands.

    Args:
        source: the driver's `kind` and its settings.

    Attributes:
        source: the same with what was set since.

    Raises:
        CameraError: it does not open, or gives no pictures.
    """

    def __init__(self, source: dict[str, Any]) -> None:
        self.source = dict(source)
        self._camera: Camera = open_camera(**self.source)
        self._lockable = set(LOCKABLE) - set(source) if self.source.get("kind") == "webcam" else set()
        self._measure()

    @property
    def size_px(self) -> tuple[int, int]:
        return self._size_px

    @property
    def period_ns(self) -> int:
        return self._period_ns

    def next(self, after_ns: int = 0) -> CameraFrame:
        while True:
            frame = self._camera.read(timeout_s=WAIT_S)
            if frame is None:
                raise CameraError(
                    "the camera's pictures have come to their end; calibrate with a live camera"
                )
            if frame.captured_ns >= after_ns:
                return frame

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        return LOCKABLE[setting] if setting in self._lockable else None

    def adjust(self, setting: Setting, value: float) -> float:
        limits = self.limits(setting)
        if limits is None:
            return value
        held = float(np.clip(value, *limits))
        self._camera.close()
        try:
            self._camera = open_camera(**self.source | {setting: held})
            self.source[setting] = held
        except CameraError:  # it cannot be set by hand: take it as it is
            self._lockable.discard(setting)
            self.source.pop(setting, None)
            self._camera = open_camera(**self.source)
        for _ in range(SETTLE_PICTURES):
            self.next()
        return held

    def close(self) -> None:
        with suppress(CameraError):
            self._camera.close()

    def _measure(self) -> None:
        """The size of the pictures and the time between them."""
        first = self.next()
        times = [self.next().captured_ns for _ in range(2 * SETTLE_PICTURES)]
        height, width = first.bgr.shape[:2]
        self._size_px = (width, height)
        self._period_ns = int(np.median(np.diff([first.captured_ns, *times])))
