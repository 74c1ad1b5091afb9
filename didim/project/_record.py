"""Where frames go that no screen shows: a video file or a folder of pictures."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from didim.project._error import ProjectError
from didim.project._sdl import pygame

_VIDEO_SUFFIXES = (".mp4", ".mov", ".mkv", ".webp")


class FrameSink(Protocol):
    """Takes frames in order; what it made is whole once closed, and gone once discarded."""

    def write(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        """Add the frame (height, width, 3) seen from `t_s` on; times rise."""
        ...

    def close(self) -> None: ...

    def discard(self) -> None: ...

    def __enter__(self) -> FrameSink: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, or discard if an error passes."""
        ...


def open_sink(path: Path, size_px: tuple[int, int]) -> FrameSink:
    """A video for FILE.mp4, .mov or .mkv, a moving picture for FILE.webp, otherwise a folder of pictures.

    Raises:
        ProjectError: nothing can be written there.
    """
    if path.suffix.lower() in _VIDEO_SUFFIXES:
        from didim.project._video import MovingPicture, VideoFile  # the codecs weigh 30 MB

        return (MovingPicture if path.suffix.lower() == ".webp" else VideoFile)(path, size_px)
    if path.suffix and not path.is_dir():
        raise ProjectError(
            f"{path}: the ending {path.suffix!r} is none of {', '.join(_VIDEO_SUFFIXES)}; "
            "name a video FILE.mp4, or a folder for pictures"
        )
    return PictureFolder(path)


class Finished:
    """What both sinks do when their block ends."""

    def close(self) -> None:
        raise NotImplementedError

    def discard(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.discard()


class PictureFolder(Finished):
    """One PNG for each frame, named by its number and time: `000042_00001400ms.png`.

    Raises:
        ProjectError: nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: list[Path] = []
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(path, error) from None

    def write(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        """Add one frame; see `FrameSink`."""
        height, width = rgb.shape[:2]
        picture = pygame.image.frombuffer(rgb.tobytes(), (width, height), "RGB")
        path = self._path / f"{len(self._written):06d}_{round(t_s * 1000):08d}ms.png"
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                pygame.image.save(picture, file, "frame.png")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise unwritable(path, error) from None
        self._written.append(path)

    def close(self) -> None:
        """Nothing is left to do: every picture is whole once written."""

    def discard(self) -> None:
        for path in self._written:
            path.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> ProjectError:
    return ProjectError(f"{path} cannot be written: {error.strerror or error}; choose another file or folder")
