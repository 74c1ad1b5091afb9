"""A folder of pictures as a camera."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.capture._camera import CameraError, CameraFrame
from didim.capture._playback import Picture, Playback

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".webp")


class PictureFolder:
    """Plays the pictures of a folder in the order in which a person would count them: 2 before 10.

    Args:
        path: the folder.
        fps: pictures a second.
        pace, loop: as `FileCamera` takes them.

    Raises:
        CameraError: the folder is missing or holds no picture, or the rate is not above zero; while
            reading: a picture cannot be read or has another size than the first. The next `read` goes on
            with the picture after it.
    """

    def __init__(
        self, path: str | Path, *, fps: float = 30.0, pace: str = "real", loop: bool = False
    ) -> None:
        folder = Path(path)
        if fps <= 0:
            raise CameraError(f"pictures {folder}: {fps:g} pictures a second cannot be; write fps = 30")
        self._period_s = 1.0 / fps
        self._files = _pictures_in(folder)
        self._size_px: tuple[int, int] | None = None
        self._playback = Playback(f"pictures {folder}", self._lap, pace=pace, loop=loop)

    def read(self, *, timeout_s: float) -> CameraFrame | None:
        return self._playback.read(timeout_s=timeout_s)

    def close(self) -> None:
        self._playback.close()

    def _lap(self) -> Iterator[Picture]:
        for index, file in enumerate(self._files):
            begins_s = index * self._period_s
            yield Picture(begins_s, begins_s + self._period_s, partial(self._pixels, file))

    def _pixels(self, file: Path) -> NDArray[np.uint8]:
        bgr = _read_bgr(file)
        size_px = bgr.shape[1], bgr.shape[0]
        self._size_px = self._size_px or size_px
        if size_px != self._size_px:
            raise CameraError(
                f"picture {file} has {size_px[0]}x{size_px[1]} pixels, those before it "
                f"{self._size_px[0]}x{self._size_px[1]}. One folder is one camera: move it elsewhere."
            )
        return bgr


def _pictures_in(folder: Path) -> tuple[Path, ...]:
    if not folder.exists():
        raise CameraError(f"pictures {folder}: there is no such folder. Check the path.")
    if not folder.is_dir():
        raise CameraError(f'pictures {folder} is a file; for a video write kind = "file"')
    files = [file for file in folder.iterdir() if file.suffix.lower() in ENDINGS]
    if not files:
        kinds = ", ".join(ending.lstrip(".") for ending in ENDINGS)
        raise CameraError(f"pictures {folder}: the folder holds no picture. It has to hold files of {kinds}.")
    return tuple(sorted(files, key=_counting_order))


def _counting_order(file: Path) -> tuple[list[str | int], str]:
    """Numbers in a name count as numbers; texts and numbers alternate, so that like meets like."""
    parts = re.split(r"(\d+)", file.name.lower())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], file.name


def _read_bgr(file: Path) -> NDArray[np.uint8]:
    # Not cv2.imread: it cannot open a path with letters beyond ASCII on Windows.
    try:
        packed = np.fromfile(file, np.uint8)
        bgr = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        bgr = None
    if bgr is None:
        raise CameraError(f"picture {file} cannot be read: it is empty, cut off or no picture. Remove it.")
    return bgr.astype(np.uint8, copy=False)
