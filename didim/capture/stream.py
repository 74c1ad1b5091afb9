"""A network camera: RTSP, or HTTP with motion JPEG."""

from __future__ import annotations

import re
from functools import partial

import av
import numpy as np
from numpy.typing import NDArray

from didim.capture._camera import CameraError, CameraFrame
from didim.capture._newest import NewestReader
from didim.capture._video import decoded, reason, upright_bgr

ANSWER_WITHIN_S = 5.0

# Over UDP a busy network tears pictures.
OPTIONS = {"rtsp_transport": "tcp"}


class StreamCamera:
    """Reads a live network stream; the newest picture wins, and a lost connection is made again.

    Args:
        url: its address, rtsp://… or http://…, with the user's name and password where the camera asks
            for them. Messages show the address without them.

    Raises:
        CameraError: the address does not answer, holds no pictures or plays a recording; while reading: no
            picture came in time, or the connection is lost.
    """

    def __init__(self, url: str) -> None:
        self._reader = NewestReader(
            f"stream {_shown(url)}", "Is the camera on, and does another player show it?", partial(_Feed, url)
        )

    def read(self, *, timeout_s: float) -> CameraFrame:
        return self._reader.read(timeout_s=timeout_s)

    def close(self) -> None:
        self._reader.close()


class _Feed:
    """One connection to a stream."""

    def __init__(self, url: str) -> None:
        self._shown = _shown(url)
        if "://" not in url:
            raise CameraError(f"stream {url} is no address. Write it as rtsp://… or http://…")
        try:
            self._container = av.open(url, timeout=ANSWER_WITHIN_S, options=OPTIONS)
        except (av.FFmpegError, OSError, ValueError) as error:
            raise CameraError(
                f"stream {self._shown} does not open: {reason(error)}. Check the address, the camera's power "
                "and the network between."
            ) from None
        video = self._container.streams.video
        if not video or self._container.duration is not None:
            self._container.close()
            raise CameraError(
                f"stream {self._shown} is no live camera: it "
                + ("plays a recording. Save it and play the file." if video else "holds no pictures.")
            )
        self._frames = decoded(self._container, video[0])

    def next(self) -> NDArray[np.uint8]:
        try:
            frame = next(self._frames, None)
        except (av.FFmpegError, OSError) as error:
            raise self._lost(reason(error)) from None
        if frame is None:
            raise self._lost("the camera ended it")
        return upright_bgr(frame)

    def close(self) -> None:
        self._container.close()

    def _lost(self, why: str) -> CameraError:
        return CameraError(
            f"stream {self._shown} is lost: {why}. Check the camera's power and the network between."
        )


def _shown(url: str) -> str:
    """The address without the name and password that it may hold."""
    return re.sub(r"://[^/@]*@", "://", url)
