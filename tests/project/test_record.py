"""Frames and their times come back from the file; a broken recording leaves nothing."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pygame
import pytest
from PIL import Image

from didim.project import ProjectError, open_sink
from tests.project.conftest import Picture

TIMES_S = (0.0, 0.033, 0.05, 0.2, 1.5, 1.6)


def frame(shade: int, size_px: tuple[int, int] = (96, 64)) -> Picture:
    picture = np.zeros((size_px[1], size_px[0], 3), np.uint8)
    picture[: size_px[1] // 2, :, 0] = shade
    picture[size_px[1] // 2 :, :, 2] = 200
    return picture


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
def test_a_video_keeps_its_frames_and_their_times(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "new" / f"out{suffix}"
    with open_sink(path, (96, 64)) as sink:
        for index, t_s in enumerate(TIMES_S):
            sink.write(frame(40 * index), t_s)
        assert not path.exists()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        read = [(f.time, f.to_ndarray(format="rgb24")) for f in video.decode(stream)]
    assert [t_s for t_s, _ in read] == pytest.approx(TIMES_S, abs=0.0011)
    for index, (_, picture) in enumerate(read):
        assert abs(int(picture[16, 48, 0]) - 40 * index) <= 8
        assert abs(int(picture[48, 48, 2]) - 200) <= 8


def test_a_moving_picture_for_a_page_is_small_slow_and_starts_over(tmp_path: Path) -> None:
    with open_sink(tmp_path / "light.webp", (1280, 720)) as sink:
        for index in range(31):
            sink.write(np.full((720, 1280, 3), 8 * index, np.uint8), index / 30)
    assert [entry.name for entry in tmp_path.iterdir()] == ["light.webp"]
    with Image.open(tmp_path / "light.webp") as picture:
        assert picture.size == (800, 450)
        assert getattr(picture, "n_frames") == 11  # noqa: B009  # only moving pictures have it
        assert picture.info["loop"] == 0


def test_a_moving_picture_without_a_frame_leaves_nothing(tmp_path: Path) -> None:
    with open_sink(tmp_path / "light.webp", (1280, 720)):
        pass
    assert not list(tmp_path.iterdir())


def test_an_odd_size_loses_its_last_row_and_column(tmp_path: Path) -> None:
    with open_sink(tmp_path / "odd.mp4", (97, 65)) as sink:
        sink.write(frame(80, (97, 65)), 0.0)
    with av.open(str(tmp_path / "odd.mp4")) as video:
        assert (video.streams.video[0].width, video.streams.video[0].height) == (96, 64)


def test_an_error_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"an earlier recording")

    def fail() -> None:
        with open_sink(path, (96, 64)) as sink:
            sink.write(frame(80), 0.0)
            raise RuntimeError("the camera is gone")

    with pytest.raises(RuntimeError, match="camera"):
        fail()
    assert path.read_bytes() == b"an earlier recording"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]


def test_a_folder_holds_whole_pictures_named_by_time(tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    with open_sink(folder, (96, 64)) as sink:
        for index, t_s in enumerate(TIMES_S[:3]):
            sink.write(frame(40 * index), t_s)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["000000_00000000ms.png", "000001_00000033ms.png", "000002_00000050ms.png"]
    read = pygame.surfarray.array3d(pygame.image.load(folder / names[2])).swapaxes(0, 1)
    assert np.array_equal(read, frame(80))


def test_a_discarded_folder_keeps_only_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    sink = open_sink(tmp_path, (96, 64))
    sink.write(frame(80), 0.0)
    sink.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["out.txt", "taken/out.mp4", "taken/frames"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(ProjectError, match=name.split("/")[-1]):
        open_sink(tmp_path / name, (96, 64))
