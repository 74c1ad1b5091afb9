"""A video file with each frame at its own time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from didim.project._record import Finished, unwritable

_TICKS_HZ = 90_000
_BT601, _BT709 = 6, 1


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of file is made: the muxer, the codec and its options, and what it can bear."""

    muxer: str
    codec: str
    options: dict[str, str]
    muxer_options: dict[str, str] = field(default_factory=dict)
    most_width_px: int = 16_384
    most_hz: float = 1000.0


_H264 = {"preset": "ultrafast", "crf": "20", "tune": "zerolatency", "threads": "1"}
_FORMS = {
    ".mp4": _Form("mp4", "libx264", _H264),
    ".mov": _Form("mov", "libx264", _H264),
    ".mkv": _Form("matroska", "libx264", _H264),
    # A picture that moves, for a page: small enough to load at once.
    ".webp": _Form("webp", "libwebp_anim", {"quality": "72"}, {"loop": "0"}, most_width_px=800, most_hz=10.0),
}


class VideoFile(Finished):
    """An H.264 video with each frame at its own time; a frame of odd size loses its last row or column.

    Frames gather in `<path>.part`, which takes the name `path` on `close`.

    Raises:
        ProjectError: nothing can be written there.
    """

    def __init__(self, path: Path, size_px: tuple[int, int]) -> None:
        self._path, self._part = path, path.with_name(path.name + ".part")
        form = _FORMS[path.suffix.lower()]
        self._cut_px = size_px[0] // 2 * 2, size_px[1] // 2 * 2
        scale = min(1.0, form.most_width_px / self._cut_px[0])
        self._size_px = round(self._cut_px[0] * scale / 2) * 2, round(self._cut_px[1] * scale / 2) * 2
        self._least_apart_s, self._last_s = 1.0 / form.most_hz, -math.inf
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._container = av.open(str(self._part), "w", format=form.muxer, options=form.muxer_options)
        except OSError as error:
            raise unwritable(path, error) from None
        stream = self._container.add_stream(form.codec, options=form.options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = self._size_px
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, _TICKS_HZ)
        stream.codec_context.colorspace = _BT601  # as `_yuv` has it
        stream.codec_context.color_primaries = stream.codec_context.color_trc = _BT709
        self._stream = stream

    def write(self, rgb: NDArray[np.uint8], t_s: float) -> None:
        """Add one frame, or leave it out where the file cannot bear so many; see `FrameSink`."""
        if t_s - self._last_s < self._least_apart_s - 1e-3:
            return
        self._last_s = t_s
        width, height = self._cut_px
        frame = _yuv(np.ascontiguousarray(rgb[:height, :width]))
        if self._size_px != self._cut_px:
            frame = frame.reformat(*self._size_px)
        frame.pts, frame.time_base = round(t_s * _TICKS_HZ), Fraction(1, _TICKS_HZ)
        self._mux(self._stream.encode(frame))

    def close(self) -> None:
        self._mux(self._stream.encode(None))
        self._container.close()
        if self._last_s >= 0.0:  # a file without a frame was never begun
            self._part.replace(self._path)

    def discard(self) -> None:
        self._container.close()
        self._part.unlink(missing_ok=True)

    def _mux(self, packets: list[Packet[VideoStream]]) -> None:
        try:
            self._container.mux(packets)
        except OSError as error:
            raise unwritable(self._path, error) from None


def _yuv(rgb: NDArray[np.uint8]) -> av.VideoFrame:
    """OpenCV's conversion takes a fifth of the time of libswscale's."""
    yuv: NDArray[np.uint8] = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV_I420), np.uint8)
    return av.VideoFrame.from_ndarray(yuv, format="yuv420p")
