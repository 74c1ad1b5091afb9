"""A video file as a camera."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import av
import cv2
import numpy as np
import pytest
from av.video.stream import VideoStream

from didim.capture import CameraError, CameraFrame
from didim.capture.file import FileCamera, _period_s

if TYPE_CHECKING:
    from tests.capture.conftest import MakeVideo, MovedClock, Numbers


def frames_of(camera: FileCamera) -> Iterator[CameraFrame]:
    while (frame := camera.read(timeout_s=1.0)) is not None:
        yield frame


@pytest.mark.parametrize(
    ("name", "codec"), [("film.mp4", "mpeg4"), ("film.webm", "libvpx"), ("film.avi", "mjpeg")]
)
def test_every_picture_comes_in_order_with_its_time(
    make_video: MakeVideo, numbers: Numbers, name: str, codec: str
) -> None:
    frames = list(frames_of(FileCamera(make_video(name, codec=codec), pace="fast")))
    assert [numbers.read(frame.bgr) for frame in frames] == list(range(10))
    assert [frame.seq for frame in frames] == list(range(10))
    steps_ms = [(b.captured_ns - a.captured_ns) / 1e6 for a, b in pairwise(frames)]
    assert steps_ms == pytest.approx([100.0] * 9, abs=1.0)


def test_uneven_times_are_kept(make_video: MakeVideo) -> None:
    times_ms = [0, 30, 200, 210]
    path = make_video("film.webm", codec="libvpx", pictures=4, times_ms=times_ms)
    frames = list(frames_of(FileCamera(path, pace="fast")))
    assert [(f.captured_ns - frames[0].captured_ns) / 1e6 for f in frames] == pytest.approx(times_ms)


def test_at_real_pace_it_is_a_camera_that_does_not_wait(
    make_video: MakeVideo, clock: MovedClock, numbers: Numbers
) -> None:
    camera = FileCamera(make_video())
    seen = []
    for frame in frames_of(camera):
        seen.append((frame.seq, numbers.read(frame.bgr)))
        clock.sleep(0.25)
    assert seen == [(0, 0), (2, 2), (5, 5), (7, 7), (9, 9)]


def test_a_loop_starts_over(make_video: MakeVideo, numbers: Numbers) -> None:
    camera = FileCamera(make_video(pictures=3), pace="fast", loop=True)
    frames = [camera.read(timeout_s=1.0) for _ in range(8)]
    assert [numbers.read(frame.bgr) for frame in frames if frame] == [0, 1, 2, 0, 1, 2, 0, 1]


IDENTITY = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
QUARTER = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)


def test_a_picture_held_upright_is_upright(make_video: MakeVideo) -> None:
    """A phone writes how it was held into the track's matrix; OpenCV's reader is the referee."""
    slope = np.linspace(0, 250, 48).astype(np.uint8)[:, None, None]
    path = make_video(pictures=1, picture=lambda _: np.broadcast_to(slope, (48, 64, 3)).copy())
    packed = path.read_bytes()
    place = packed.index(struct.pack(">9i", *IDENTITY), packed.index(b"tkhd"))
    path.write_bytes(packed[:place] + struct.pack(">9i", *QUARTER) + packed[place + 36 :])
    (frame,) = frames_of(FileCamera(path, pace="fast"))
    came, referee = cv2.VideoCapture(str(path)).read()
    assert came
    assert frame.bgr.shape == referee.shape == (64, 48, 3)
    assert np.abs(frame.bgr.astype(int) - referee).max() < 16


def test_a_missing_file_is_told() -> None:
    with pytest.raises(CameraError, match=r"video nowhere\.mp4: there is no such file"):
        FileCamera("nowhere.mp4")


def test_a_folder_is_told_its_own_kind(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match=r'is a folder; .* kind = "pictures"'):
        FileCamera(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no video at all, only words\n" * 50])
def test_what_is_no_video_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.mp4"
    path.write_bytes(content)
    with pytest.raises(CameraError, match=r"notes\.mp4 cannot be opened: Invalid data .* It is no video"):
        FileCamera(path)


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    with av.open(path, "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
        sound.rate = 8000
        container.mux(stream.encode(sound))
    with pytest.raises(CameraError, match=r"song\.wav holds no pictures"):
        FileCamera(path)


@pytest.mark.parametrize("kept", ["no index", "half an index"])
def test_a_file_cut_off_before_its_index_does_not_open(make_video: MakeVideo, kept: str) -> None:
    path = make_video()
    packed = path.read_bytes()
    index_at = packed.index(b"moov")
    path.write_bytes(packed[: index_at - 4 if kept == "no index" else (index_at + len(packed)) // 2])
    with pytest.raises(CameraError, match=r"film\.mp4 (cannot be opened|holds no pictures).* cut off"):
        FileCamera(path)


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("film.mp4", "mpeg4", {"movflags": "faststart"}),
        ("film.webm", "libvpx", {}),
        ("film.avi", "mjpeg", {}),
    ],
)
def test_a_file_cut_off_in_the_middle_is_told_once_after_its_last_picture(
    make_video: MakeVideo, name: str, codec: str, options: dict[str, str]
) -> None:
    path = make_video(name, codec=codec, pictures=30, options=options)
    packed = path.read_bytes()
    path.write_bytes(packed[: len(packed) * 2 // 3])
    camera = FileCamera(path, pace="fast")
    seen: list[CameraFrame] = []
    with pytest.raises(CameraError, match=r"is cut off: it should last \d\.\d s, its pictures end after"):
        seen.extend(frames_of(camera))
    assert 10 < len(seen) < 30
    assert camera.read(timeout_s=1.0) is None


def test_a_file_without_a_rate_is_told() -> None:
    stream = cast(VideoStream, SimpleNamespace(average_rate=None, guessed_rate=None))
    with pytest.raises(CameraError, match=r"old\.mkv states no frame rate"):
        _period_s(Path("old.mkv"), stream)


def test_pictures_without_times_follow_each_other_at_the_rate(tmp_path: Path, numbers: Numbers) -> None:
    """A bare H.264 stream, as some recorders write, states no times at all."""
    path = tmp_path / "bare.h264"
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame.from_ndarray(numbers.picture(number), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    frames = list(frames_of(FileCamera(path, pace="fast")))
    assert [numbers.read(frame.bgr) for frame in frames] == [0, 1, 2, 3, 4]
    assert {b.captured_ns - a.captured_ns for a, b in pairwise(frames)} == {40_000_000}


def test_a_file_that_vanishes_while_it_loops_is_told(make_video: MakeVideo) -> None:
    path = make_video(pictures=2)
    camera = FileCamera(path, pace="fast", loop=True)
    for _ in range(2):
        camera.read(timeout_s=1.0)
    path.unlink()
    with pytest.raises(CameraError, match="there is no such file"):
        camera.read(timeout_s=1.0)


def test_a_real_recording_comes_whole(recordings: Path) -> None:
    path = recordings / "C_floor/pose2sim_single/Demo_SinglePerson/videos/cam01.mp4"
    frames = list(frames_of(FileCamera(path, pace="fast")))
    assert len(frames) == 100
    assert {frame.bgr.shape for frame in frames} == {(1920, 1080, 3)}
    assert frames[-1].captured_ns - frames[0].captured_ns == pytest.approx(99 / 60 * 1e9, abs=1e6)
