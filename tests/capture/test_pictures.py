"""A folder of pictures as a camera."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from didim.capture import CameraError
from didim.capture.pictures import ENDINGS, PictureFolder

if TYPE_CHECKING:
    from tests.capture.conftest import Numbers


def write(path: Path, grey: int, size_px: tuple[int, int] = (64, 48)) -> None:
    packed = cv2.imencode(path.suffix, np.full((size_px[1], size_px[0], 3), grey, np.uint8))[1]
    path.write_bytes(packed.tobytes())


def greys(folder: PictureFolder) -> list[int]:
    found = []
    while (frame := folder.read(timeout_s=1.0)) is not None:
        found.append(round(float(frame.bgr.mean())))
    return found


def test_pictures_come_in_counting_order(tmp_path: Path) -> None:
    for name, grey in {"p10.png": 30, "p2.png": 20, "p1.png": 10, "P3.PNG": 25}.items():
        write(tmp_path / name, grey)
    assert greys(PictureFolder(tmp_path, pace="fast")) == [10, 20, 25, 30]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_of_picture_is_read(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"사진{ending}", 120)
    (grey,) = greys(PictureFolder(tmp_path, pace="fast"))
    assert grey == pytest.approx(120, abs=2)


def test_the_rate_sets_the_times(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / f"{number}.png", number)
    folder = PictureFolder(tmp_path, fps=50.0, pace="fast")
    frames = [folder.read(timeout_s=1.0) for _ in range(3)]
    times_ns = [frame.captured_ns for frame in frames if frame]
    assert [time_ns - times_ns[0] for time_ns in times_ns] == [0, 20_000_000, 40_000_000]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "1.png", 10)
    (tmp_path / "notes.txt").write_text("no picture")
    assert greys(PictureFolder(tmp_path, pace="fast")) == [10]


def test_a_loop_starts_over(tmp_path: Path, numbers: Numbers) -> None:
    for number in range(2):
        cv2.imwrite(str(tmp_path / f"{number}.png"), numbers.picture(number))
    folder = PictureFolder(tmp_path, pace="fast", loop=True)
    frames = [folder.read(timeout_s=1.0) for _ in range(5)]
    assert [numbers.read(frame.bgr) for frame in frames if frame] == [0, 1, 0, 1, 0]


@pytest.mark.parametrize("damage", ["empty", "cut off", "no picture"])
def test_a_picture_that_cannot_be_read_is_named_and_passed(tmp_path: Path, damage: str) -> None:
    for number in range(3):
        write(tmp_path / f"{number}.png", 10 * number)
    broken = tmp_path / "1.png"
    content = {"empty": b"", "cut off": broken.read_bytes()[:30], "no picture": b"only words"}
    broken.write_bytes(content[damage])
    folder = PictureFolder(tmp_path, pace="fast")
    folder.read(timeout_s=1.0)
    with pytest.raises(CameraError, match=r"1\.png cannot be read"):
        folder.read(timeout_s=1.0)
    assert greys(folder) == [20]


def test_a_picture_of_another_size_is_named(tmp_path: Path) -> None:
    write(tmp_path / "1.png", 10)
    write(tmp_path / "2.png", 10, (32, 16))
    folder = PictureFolder(tmp_path, pace="fast")
    folder.read(timeout_s=1.0)
    with pytest.raises(CameraError, match=r"2\.png has 32x16 pixels, those before it 64x48"):
        folder.read(timeout_s=1.0)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match="there is no such folder"):
        PictureFolder(tmp_path / "nowhere")


def test_a_file_is_told_its_own_kind(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"")
    with pytest.raises(CameraError, match=r'is a file; .* kind = "file"'):
        PictureFolder(tmp_path / "film.mp4")


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(CameraError, match=r"holds no picture\. It has to hold files of png, jpg"):
        PictureFolder(tmp_path)


def test_a_rate_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match="0 pictures a second cannot be"):
        PictureFolder(tmp_path, fps=0.0)
