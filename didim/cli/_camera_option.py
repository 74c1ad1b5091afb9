"""What a person types as a camera, read as the settings of a capture driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didim.capture import CameraError
from didim.rig import Rig

HELP = "A video file, a folder of pictures, rtsp:// or http:// stream, or a webcam's number or /dev path."


def camera_source(text: str) -> dict[str, Any]:
    """Turn what was typed into `open_camera` settings.

    Raises:
        CameraError: it names no file, folder, stream or device.
    """
    if "://" in text:
        return {"kind": "stream", "url": text}
    if text.isdigit() or text.startswith("/dev/"):
        return {"kind": "webcam", "device": text}
    path = Path(text)
    if path.is_dir():
        return {"kind": "pictures", "path": str(path)}
    if path.is_file():
        return {"kind": "file", "path": str(path)}
    raise CameraError(f"no camera {text!r}: there is no such file or folder. Expected: {HELP}")


def camera_name(rig: Rig, source: str | None, wanted: str | None) -> str:
    """Which of the rig's cameras a source is: the one asked for, the one of a file's name, or the first."""
    stem = Path(source or "").stem
    if wanted is None and any(camera.name == stem for camera in rig.cameras):
        return stem
    return rig.camera(wanted).name
