"""The computer's own displays and a camera of the rig, on the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Iterable
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
STAND: tuple[Setting, ...] = ("gain", "focus")
FOLLOWS_LIGHT: tuple[Setting, ...] = (*LOCKABLE, *STAND)


class ScreenLight:
    """`Light` on displays of this computer, in one borderless window over those that are held.

    Raises:
        ProjectError: there is no display.
    """

    def __init__(self) -> None:
        self._displays = displays()
        if not self._displays:
            raise ProjectError(
                "this computer has no display to calibrate with: connect the projector and extend the "
                "desktop to it, or try `didim calibrate --venue small-hall`"
            )
        self._window: Window | None = None
        self._frames: dict[int, Bytes] = {}

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        return tuple(display.size_px for display in self._displays)

    def hold(self, held: Iterable[int]) -> None:
        """Open the window anew where others are held than before.

        Raises:
            ProjectError: it would cover a display between them, or there is no OpenGL.
        """
        wanted = sorted(held)
        if self._window is None or wanted != sorted(self._frames):
            black = {display: np.zeros((*self.sizes_px[display][::-1], 3), np.uint8) for display in wanted}
            frames = {display: self._frames.get(display, black[display]) for display in wanted}
            self.close()
            self._window = Window(display=wanted[0], fullscreen=True, spans=wanted, title="didim calibrate")
            self._frames = frames

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        if display not in self._frames:
            self.hold({*self._frames, display})
        assert self._window is not None
        self._frames[display] = np.ascontiguousarray(np.repeat(frame[..., None], 3, axis=2))
        time.sleep(max(0.0, (after_ns - time.monotonic_ns()) / 1e9))
        for each, rgb in self._frames.items():
            self._window.show_picture(rgb, self._window.parts.get(each, Rect(0, 0, *self._window.size_px)))
        handed_ns = time.monotonic_ns()
        self._window.flip()
        if self._window.closing():
            raise KeyboardInterrupt
        return handed_ns

    def close(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window, self._frames = None, {}


class CameraEye:
    """`AdjustableEye` through a driver of the table; a webcam's settings change by opening it anew.

    Gain and focus are in steps of its own, which nobody knows: they are locked where they stand.

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
        if not self._set(setting, held):
            self._lockable.discard(setting)
        return held

    def lock(self) -> tuple[Setting, ...]:
        if self.source.get("kind") != "webcam":
            return FOLLOWS_LIGHT  # a network camera's own page sets them, and nobody can look
        automatic = [setting for setting in LOCKABLE if setting not in self.source]
        standing: dict[str, float] = getattr(self._camera, "standing", {})
        loose = [each for each in STAND if each in standing and each not in self.source]
        refused = [each for each in loose if not self._set(each, standing[each])]
        return (*automatic, *refused)

    def _set(self, setting: Setting, value: float) -> bool:
        """Open the camera anew with a setting, which it reads back; as it was where it refuses."""
        self._camera.close()
        held = True
        try:
            self._camera = open_camera(**self.source | {setting: value})
            self.source[setting] = value
        except CameraError:
            held = False
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
