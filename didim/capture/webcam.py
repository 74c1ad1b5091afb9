"""A camera at this computer: USB, or built in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.capture._camera import CameraError, CameraFrame
from didim.capture._newest import NewestReader
from didim.capture._webcams import list_webcams, quiet_opencv

USUAL_SIZE_PX = (1280, 720)

# One picture in hand and one being filled: with a single buffer the driver drops every picture that begins
# while the last is decoded, with more the pictures grow old in a queue.
BUFFERS = 2


class Webcam:
    """Reads a webcam; the newest picture wins, and an unplugged camera is found again.

    Width and height hold or the camera is refused, since a calibration holds for one size. A rate or
    pixel format that the camera changes is told in `notes`. A given exposure, gain, white balance or focus
    is locked: the projector's own light would drive the camera's automatic. The lock holds or the camera is
    refused; None leaves the control as the camera has it.

    Args:
        device: the number of the camera, or its path; on Linux one under /dev/v4l/by-id stays right when
            it is plugged in elsewhere.
        width_px, height_px: of the picture; None for 1280 x 720, or what the camera makes of that.
        fps: pictures a second.
        pixel_format: the FOURCC that the camera sends, "MJPG" or "YUYV" for most. MJPG carries large
            pictures over USB at full rate.
        exposure_ms: the time that each picture collects light, on Linux only.
        gain: in the camera's own steps.
        white_balance_k: the colour temperature taken as white, kelvin.
        focus: in the camera's own steps.

    Attributes:
        notes: what the camera changed of what it was asked for.
        standing: where gain and focus stand, in the camera's own steps; what it lacks is not in it.

    Raises:
        CameraError: no such camera, it does not open, or it refuses a size or a lock; while reading: no
            picture came in time, or the camera is gone.
    """

    def __init__(
        self,
        device: str | int = 0,
        *,
        width_px: int | None = None,
        height_px: int | None = None,
        fps: float = 30.0,
        pixel_format: str = "MJPG",
        exposure_ms: float | None = None,
        gain: float | None = None,
        white_balance_k: float | None = None,
        focus: float | None = None,
    ) -> None:
        name = f"webcam {device}"
        if len(pixel_format) != 4:
            raise CameraError(
                f'{name}: pixel_format has four letters, as "MJPG" or "YUYV"; got {pixel_format!r}'
            )
        locks = {
            "exposure_ms": exposure_ms,
            "gain": gain,
            "white_balance_k": white_balance_k,
            "focus": focus,
        }
        self._wish = _Wish(
            name=name,
            device=int(device) if str(device).isdigit() else str(device),
            size_px=(width_px, height_px),
            fps=fps,
            pixel_format=pixel_format,
            locks={setting: value for setting, value in locks.items() if value is not None},
        )
        self.notes: tuple[str, ...] = ()
        self.standing: dict[str, float] = {}
        self._reader = NewestReader(name, "Unplug it and plug it in again; try another port.", self._connect)

    def read(self, *, timeout_s: float) -> CameraFrame:
        return self._reader.read(timeout_s=timeout_s)

    def close(self) -> None:
        self._reader.close()

    def _connect(self) -> _Feed:
        feed = _Feed(self._wish)
        self.notes, self.standing = feed.notes, feed.standing
        return feed


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the camera is asked for."""

    name: str
    device: int | str
    size_px: tuple[int | None, int | None]
    fps: float
    pixel_format: str
    locks: dict[str, float]


class _Control(NamedTuple):
    """A control of the camera: first taken from its automatic, then set by hand."""

    value: int
    per_unit: float
    automatic: int | None
    by_hand: float


_CONTROLS = {
    # Video4Linux counts exposure in 0.1 ms; its automatic has four modes, of which 1 is by hand.
    "exposure_ms": _Control(cv2.CAP_PROP_EXPOSURE, 10.0, cv2.CAP_PROP_AUTO_EXPOSURE, 1.0),
    "gain": _Control(cv2.CAP_PROP_GAIN, 1.0, None, 0.0),
    "white_balance_k": _Control(cv2.CAP_PROP_WB_TEMPERATURE, 1.0, cv2.CAP_PROP_AUTO_WB, 0.0),
    "focus": _Control(cv2.CAP_PROP_FOCUS, 1.0, cv2.CAP_PROP_AUTOFOCUS, 0.0),
}

# Cameras have steps: a lock holds when it is met within one step or this share.
LOCK_TOLERANCE = 0.05
FPS_TOLERANCE = 0.5


class _Feed:
    """One opened camera, set as wished."""

    def __init__(self, wish: _Wish) -> None:
        self._name = wish.name
        with quiet_opencv():
            backend = cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY
            self._capture = cv2.VideoCapture(wish.device, backend)
        try:
            if not self._capture.isOpened():
                raise _cannot_open(wish)
            self.notes = _set_picture(self._capture, wish)
            _set_locks(self._capture, wish)
            self.standing = _standing(self._capture)
        except CameraError:
            self._capture.release()
            raise

    def next(self) -> NDArray[np.uint8]:
        came, bgr = self._capture.read()
        if not came:
            raise CameraError(
                f"{self._name} gives no pictures: it was unplugged, or another program uses it. Plug it in "
                "again, into the same port unless its device is a path under /dev/v4l/by-id."
            )
        return np.asarray(bgr, np.uint8)

    def close(self) -> None:
        self._capture.release()


def _cannot_open(wish: _Wish) -> CameraError:
    node = Path(f"/dev/video{wish.device}" if isinstance(wish.device, int) else wish.device)
    if sys.platform == "linux" and node.exists() and not os.access(node, os.R_OK | os.W_OK):
        return CameraError(
            f"{wish.name}: this account may not use {node}. Add it to its group: "
            "sudo usermod -aG video $USER, then log in again."
        )
    if sys.platform == "linux" and not node.exists():
        others = ", ".join(f"{info.index} ({info.name})" for info in list_webcams()) or "none"
        return CameraError(f"{wish.name}: there is no {node}. Connected now: {others}. Plug the camera in.")
    return CameraError(
        f"{wish.name} does not open. Close the program that uses it, or plug it in again; "
        "`didim doctor` lists the cameras."
    )


def _set_picture(capture: cv2.VideoCapture, wish: _Wish) -> tuple[str, ...]:
    """Set size, rate and format; return what the camera changed of the rate and format."""
    asked_px = [given or usual for given, usual in zip(wish.size_px, USUAL_SIZE_PX, strict=True)]
    letters = [ord(letter) for letter in wish.pixel_format]
    # The format comes first: it decides which sizes and rates there are.
    capture.set(cv2.CAP_PROP_FOURCC, sum(code << 8 * place for place, code in enumerate(letters)))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, asked_px[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, asked_px[1])
    capture.set(cv2.CAP_PROP_FPS, wish.fps)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, BUFFERS)
    got_px = [int(capture.get(p)) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)]
    if any(given not in (None, got) for given, got in zip(wish.size_px, got_px, strict=True)):
        raise CameraError(
            f"{wish.name} gives {got_px[0]}x{got_px[1]} pixels where {asked_px[0]}x{asked_px[1]} were asked "
            "for. Ask for a size that it has (on Linux: v4l2-ctl --list-formats-ext)."
        )
    notes = []
    if abs((fps := capture.get(cv2.CAP_PROP_FPS)) - wish.fps) > FPS_TOLERANCE:
        notes.append(f"{wish.name} gives {fps:g} pictures a second where {wish.fps:g} were asked for")
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    got_format = "".join(chr(code >> 8 * place & 255) for place in range(4))
    if got_format != wish.pixel_format:
        notes.append(f"{wish.name} sends {got_format!r} where {wish.pixel_format!r} was asked for")
    return tuple(notes)


def _set_locks(capture: cv2.VideoCapture, wish: _Wish) -> None:
    if "exposure_ms" in wish.locks and sys.platform != "linux":
        raise CameraError(
            f"{wish.name}: exposure_ms is locked on Linux only. Leave it out, and set the exposure with the "
            "program of the camera's maker."
        )
    for setting, wanted in wish.locks.items():
        control = _CONTROLS[setting]
        wanted_steps = wanted * control.per_unit
        if control.automatic is not None:
            capture.set(control.automatic, control.by_hand)
        capture.set(control.value, wanted_steps)
        got_steps = capture.get(control.value)
        stays = control.automatic is None or capture.get(control.automatic) == control.by_hand
        if not stays or abs(got_steps - wanted_steps) > max(1.0, LOCK_TOLERANCE * abs(wanted_steps)):
            got = f"{got_steps / control.per_unit:g}" + ("" if stays else " and its automatic still on")
            raise CameraError(
                f"{wish.name} refuses {setting}: wanted {wanted:g}, got {got}. Give a value that it has (on "
                f"Linux: v4l2-ctl --list-ctrls), or leave {setting} out."
            )


def _standing(capture: cv2.VideoCapture) -> dict[str, float]:
    """OpenCV tells -1 of a control that a camera lacks."""
    told = {setting: capture.get(_CONTROLS[setting].value) for setting in ("gain", "focus")}
    return {setting: value for setting, value in told.items() if value >= 0}
