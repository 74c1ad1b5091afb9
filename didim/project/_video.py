"""Video files and moving pictures, with each frame at its own time."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from didim.project._record import Finished, unwritable

_TICKS_HZ = 90_000
_BT601, _BT709 = 6, 1
_PAGE_WIDTH_PX, _PAGE_HZ = 800, 10.0
# Encoding has to keep up with what plays: the cheapest H.264 there is.
_H264 = {"preset": "ultrafast", "crf": "20", "tune": "zerolatency", "threads": "1"}
_MUXERS = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska"}


class VideoFile(Finished):
    """An H.264 video with each frame at its own time; a frame of odd size loses its last row or column.

    Frames gather in `<path>.part`, which takes the name `path` on `close`.

    Raises:
        ProjectError: nothing can be written there.
    """

    def __init__(self, path: Path, size_px: tuple[int, int]) -> None:
        self._path, self._part = path, path.with_name(path.name + ".part")
        self._size_px = size_px[0] // 2 * 2, size_px[1] // 2 * 2
        self._empty = True
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._container = av.open(str(self._part), "w", format=_MUXERS[path.suffix.lower()])
        except OSError as error:
            raise unwritable(path, error) from None
        self._stream = _stream(self._container, "libx264", self._size_px, _H264)

    def write(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        """Add one frame; see `FrameSink`."""
        self._empty = False
        width, height = self._size_px
        frame = _yuv(np.ascontiguousarray(rgb[:height, :width]))
        frame.pts, frame.time_base = round(t_s * _TICKS_HZ), Fraction(1, _TICKS_HZ)
        self._mux(self._stream.encode(frame))

    def close(self) -> None:
        self._mux(self._stream.encode(None))
        self._container.close()
        if not self._empty:  # a file without a frame was never begun
            self._part.replace(self._path)

    def discard(self) -> None:
        self._container.close()
        self._part.unlink(missing_ok=True)

    def _mux(self, packets: list[Packet[VideoStream]]) -> None:
        try:
            self._container.mux(packets)
        except OSError as error:
            raise unwritable(self._path, error) from None


class MovingPicture(Finished):
    """An animated WebP for a page, at most 800 px wide and 10 frames a second: small enough to load at once.

    WebP takes ten times as long to encode as H.264 does and would slow what plays: the frames wait in a video
    beside it until `close`.

    Raises:
        ProjectError: nothing can be written there.
    """

    def __init__(self, path: Path, size_px: tuple[int, int]) -> None:
        self._path, self._part = path, path.with_name(path.name + ".part")
        self._film_path = path.with_name(path.stem + ".part.mkv")
        self._film = VideoFile(self._film_path, size_px)
        self._last_s = -math.inf

    def write(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        """Add one frame, or leave it out where they come faster; see `FrameSink`."""
        if t_s - self._last_s >= 1.0 / _PAGE_HZ - 1e-3:
            self._last_s = t_s
            self._film.write(rgb, t_s)

    def close(self) -> None:
        self._film.close()
        if self._last_s < 0.0:
            return
        try:
            self._encode()
            self._part.replace(self._path)
        except OSError as error:
            raise unwritable(self._path, error) from None
        finally:
            self._film_path.unlink(missing_ok=True)
            self._part.unlink(missing_ok=True)

    def discard(self) -> None:
        self._film.discard()

    def _encode(self) -> None:
        with (
            av.open(str(self._film_path)) as film,
            av.open(str(self._part), "w", format="webp", options={"loop": "0"}) as page,
        ):
            width, height = film.streams.video[0].width, film.streams.video[0].height
            scale = min(1.0, _PAGE_WIDTH_PX / width)
            size_px = round(width * scale / 2) * 2, round(height * scale / 2) * 2
            stream = _stream(page, "libwebp_anim", size_px, {"quality": "72"})
            for frame in film.decode(video=0):
                small = frame.reformat(*size_px, interpolation="AREA")
                small.pts, small.time_base = round((frame.time or 0.0) * _TICKS_HZ), Fraction(1, _TICKS_HZ)
                page.mux(stream.encode(small))
            page.mux(stream.encode(None))


def _stream(
    container: OutputContainer, codec: str, size_px: tuple[int, int], options: dict[str, str]
) -> VideoStream:
    stream = container.add_stream(codec, options=options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = size_px
    stream.pix_fmt = "yuv420p"
    stream.time_base = stream.codec_context.time_base = Fraction(1, _TICKS_HZ)
    stream.codec_context.colorspace = _BT601  # as `_yuv` has it
    stream.codec_context.color_primaries = stream.codec_context.color_trc = _BT709
    return stream


def _yuv(rgb: NDArray[np.uint8]) -> av.VideoFrame:
    """OpenCV's conversion takes a fifth of the time of libswscale's."""
    yuv: NDArray[np.uint8] = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV_I420), np.uint8)
    return av.VideoFrame.from_ndarray(yuv, format="yuv420p")
