"""A recorded video as a camera."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from didim.capture._camera import CameraError, CameraFrame
from didim.capture._playback import Picture, Playback
from didim.capture._video import decoded, reason, upright_bgr

# The last picture may end this much before the length that the file states.
CUT_OFF_S = 0.5


class FileCamera:
    """Plays a video file (mp4, webm, avi, mkv, mov).

    Args:
        path: the file.
        pace: "real" plays it as a camera would: pictures come at the file's own times, and those that
            nobody read in time are skipped, which leaves a gap in `seq`. "fast" gives every picture, in
            order, as soon as it is asked for; `captured_ns` still advances by the file's own times.
        loop: start over at the end; without it `read` returns None from the end on.

    Raises:
        CameraError: the file is missing, is no video or states no times; while reading: it was cut off
            (told once, after its last whole picture) or holds no picture that can be decoded.
    """

    def __init__(self, path: str | Path, *, pace: str = "real", loop: bool = False) -> None:
        self._path = Path(path)
        with _open_video(self._path) as container:
            _period_s(self._path, container.streams.video[0])
        self._playback = Playback(f"video {self._path}", self._lap, pace=pace, loop=loop)

    def read(self, *, timeout_s: float) -> CameraFrame | None:
        return self._playback.read(timeout_s=timeout_s)

    def close(self) -> None:
        self._playback.close()

    def _lap(self) -> Iterator[Picture]:
        with _open_video(self._path) as container:
            stream = container.streams.video[0]
            clock = _FrameClock(_period_s(self._path, stream))
            try:
                for frame in decoded(container, stream):
                    yield clock.placed(frame)
            except (av.FFmpegError, OSError) as error:
                raise CameraError(
                    f"video {self._path} cannot be read after {clock.end_s:.1f} s: {reason(error)}. "
                    "Is its disk still there? Copy the file to this computer."
                ) from None
            _refuse_cut_off(self._path, clock, _stated_end_s(container, stream))


class _FrameClock:
    """Gives each picture its time from the start; where the file states none, one period after the last."""

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._first_s: float | None = None
        self.end_s = 0.0

    @property
    def stated_end_s(self) -> float:
        """The end of the last picture in the file's own time, which need not begin at 0."""
        return self.end_s + (self._first_s or 0.0)

    def placed(self, frame: VideoFrame) -> Picture:
        stated_s = frame.time
        if self._first_s is None:
            self._first_s = stated_s or 0.0
        begins_s = self.end_s if stated_s is None else stated_s - self._first_s
        lasts_s = self._period_s
        if frame.duration and frame.time_base is not None:
            lasts_s = float(frame.duration * frame.time_base)
        self.end_s = begins_s + lasts_s
        return Picture(begins_s, self.end_s, partial(upright_bgr, frame))


def _open_video(path: Path) -> InputContainer:
    if not path.exists():
        raise CameraError(f"video {path}: there is no such file. Check the path.")
    if path.is_dir():
        raise CameraError(f'video {path} is a folder; for a folder of pictures write kind = "pictures"')
    try:
        container = av.open(path)
    except (av.FFmpegError, OSError) as error:
        raise CameraError(
            f"video {path} cannot be opened: {reason(error)}. It is no video, or it was cut off while it was "
            "recorded or copied. Give an mp4, webm or avi file, or copy it again."
        ) from None
    if not container.streams.video:
        container.close()
        raise CameraError(
            f"video {path} holds no pictures ({container.format.long_name}). Give a video file."
        )
    return container


def _period_s(path: Path, stream: VideoStream) -> float:
    """Seconds a picture, by the rate that the file states."""
    rate = stream.average_rate or stream.guessed_rate
    if not rate:
        raise CameraError(
            f"video {path} states no frame rate, so nobody knows when its pictures were taken. "
            "Write it anew with its rate, for example: ffmpeg -r 30 -i FILE OUT.mp4"
        )
    return float(1 / rate)


def _stated_end_s(container: InputContainer, stream: VideoStream) -> float | None:
    """How long the file says its pictures last; None where it only says how long all of it lasts."""
    if container.format.name == "avi" and stream.average_rate:
        # FFmpeg shortens the duration of a cut file by its size; the header still counts the pictures.
        return float(stream.frames / stream.average_rate)
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and len(container.streams) == 1:
        return container.duration / av.time_base
    return None


def _refuse_cut_off(path: Path, clock: _FrameClock, stated_end_s: float | None) -> None:
    if clock.end_s == 0.0:
        raise CameraError(f"video {path} holds no picture that can be decoded. Record or convert it again.")
    if stated_end_s is not None and clock.stated_end_s < stated_end_s - CUT_OFF_S:
        raise CameraError(
            f"video {path} is cut off: it should last {stated_end_s:.1f} s, its pictures end after "
            f"{clock.stated_end_s:.1f} s. Copy or record it again."
        )
