"""Which webcams are connected."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROBED = 4
"""How many indices are tried where the system keeps no list."""


@dataclass(frozen=True, slots=True)
class WebcamInfo:
    """One connected webcam.

    Attributes:
        index: its number now; it changes with the port and the order of plugging in.
        path: what `Webcam` takes as its device; on Linux one that stays the same for this camera.
    """

    index: int
    name: str
    path: str


def list_webcams() -> tuple[WebcamInfo, ...]:
    """The connected webcams by index; quick and silent where there is none."""
    if sys.platform == "linux":
        return from_linux(Path("/sys/class/video4linux"), Path("/dev/v4l/by-id"))
    return _by_trying()


def from_linux(devices: Path, by_id: Path) -> tuple[WebcamInfo, ...]:
    """The webcams that Linux lists.

    Args:
        devices: a folder for each video device, holding its `name` and its `index` within the camera.
        by_id: links with lasting names to the devices.
    """
    lasting = {link.resolve().name: link for link in by_id.iterdir()} if by_id.is_dir() else {}
    found = []
    for device in devices.glob("video*") if devices.is_dir() else ():
        # A camera has several devices: 0 gives pictures, the others their metadata.
        if (device / "index").read_text().strip() == "0":
            index = int(device.name.removeprefix("video"))
            path = lasting.get(device.name, Path("/dev") / device.name)
            found.append(WebcamInfo(index, (device / "name").read_text().strip(), str(path)))
    return tuple(sorted(found, key=lambda info: info.index))


@contextmanager
def quiet_opencv() -> Iterator[None]:
    """OpenCV prints a paragraph for each device that does not answer; our own message says it in a line."""
    import cv2  # listing must stay quick on Linux, where it needs no OpenCV

    level = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)


def _by_trying() -> tuple[WebcamInfo, ...]:
    import cv2

    found = []
    for index in range(PROBED):
        with quiet_opencv():
            capture = cv2.VideoCapture(index)
            answers = capture.isOpened()
            capture.release()
        if not answers:
            break
        found.append(WebcamInfo(index, f"camera {index}", str(index)))
    return tuple(found)
