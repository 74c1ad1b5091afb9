"""Decoding: packets to pictures, the same for a file and a stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """The pictures of a video in order of time; a packet that cannot be decoded is a picture less.

    Raises:
        av.FFmpegError, OSError: the container cannot be read any further.
    """
    for packet in container.demux(stream):
        pictures: list[VideoFrame] = []
        with suppress(av.InvalidDataError):
            pictures = packet.decode()
        yield from pictures


def upright_bgr(frame: VideoFrame) -> NDArray[np.uint8]:
    """A picture's pixels, (height, width, 3) uint8, turned as its camera was held."""
    bgr = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
    quarter_turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(bgr, quarter_turns)) if quarter_turns else bgr


def reason(error: Exception) -> str:
    """What FFmpeg says went wrong, without the address: that may hold a password."""
    if isinstance(error, av.ExitError | TimeoutError):
        return "no answer in time"
    return getattr(error, "strerror", None) or type(error).__name__
