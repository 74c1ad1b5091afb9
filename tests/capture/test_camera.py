"""The table of drivers, and the picture that they hand out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from didim.capture import DRIVERS, CameraError, CameraFrame, open_camera
from didim.capture._camera import driver


@pytest.mark.parametrize("kind", DRIVERS)
def test_every_driver_of_the_table_reads_and_closes(kind: str) -> None:
    assert {"read", "close"} <= set(dir(driver(kind)))


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    with pytest.raises(CameraError, match="'webcan' is not one of file, pictures, stream, venue, webcam"):
        open_camera("webcan")


def test_an_unknown_setting_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match=r"unexpected keyword argument 'speed'; it takes path, pace, loop"):
        open_camera("file", path=tmp_path, speed="fast")


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(CameraError, match=r"'stream': missing a required argument: 'url'"):
        open_camera("stream")


def test_a_frame_cannot_be_painted_over() -> None:
    frame = CameraFrame(0, 0, np.zeros((2, 3, 3), np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        frame.bgr[0, 0] = 1


def test_a_frame_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\(height, width, 3\) uint8, got shape \(2, 3\)"):
        CameraFrame(0, 0, np.zeros((2, 3), np.uint8))
