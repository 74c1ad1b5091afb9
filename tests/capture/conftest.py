"""Recordings whose every picture tells its own number, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

MakeVideo = Callable[..., Path]


class Numbers:
    """Pictures of (48, 64, 3) whose grey is the last digit of their number, and the way back."""

    STEP = 24

    def picture(self, number: int) -> NDArray[np.uint8]:
        return np.full((48, 64, 3), number % 10 * self.STEP, np.uint8)

    def read(self, bgr: NDArray[np.uint8]) -> int:
        return round(float(bgr.mean()) / self.STEP)


class MovedClock:
    """Stands in for the module `time`: sleeping moves it."""

    def __init__(self) -> None:
        self.now_ns = 5_000_000_000

    def monotonic_ns(self) -> int:
        return self.now_ns

    def sleep(self, seconds: float) -> None:
        self.now_ns += round(seconds * 1e9)


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    """The clock of recorded pictures, in the test's hand."""
    moved = MovedClock()
    monkeypatch.setattr("didim.capture._playback.time", moved)
    return moved


@pytest.fixture
def make_video(tmp_path: Path, numbers: Numbers) -> MakeVideo:
    """Writes a video of numbered pictures, at a steady rate or at given times."""

    def make(
        name: str = "film.mp4",
        *,
        codec: str = "mpeg4",
        pictures: int = 10,
        fps: int = 10,
        times_ms: list[int] | None = None,
        options: dict[str, str] | None = None,
        picture: Callable[[int], NDArray[np.uint8]] = numbers.picture,
    ) -> Path:
        path = tmp_path / name
        with av.open(path, "w", options=options or {}) as container:
            stream = container.add_stream(codec, rate=fps)
            assert isinstance(stream, av.VideoStream)
            stream.width, stream.height = 64, 48
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            stream.codec_context.time_base = Fraction(1, 1000) if times_ms else Fraction(1, fps)
            for number in range(pictures):
                frame = av.VideoFrame.from_ndarray(picture(number), format="bgr24")
                frame.pts = times_ms[number] if times_ms else number
                frame.time_base = stream.codec_context.time_base
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return path

    return make
