"""Cells are the means of what is in them, whatever the way there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from didim.pose._coarse import coarse


@pytest.mark.parametrize(
    ("size_px", "cells"),
    [((640, 480), (80, 60)), ((640, 480), (16, 12)), ((1920, 1080), (160, 90)), ((641, 481), (80, 60))],
)
def test_cells_are_means(size_px: tuple[int, int], cells: tuple[int, int]) -> None:
    bgr = np.random.default_rng(3).integers(0, 256, (*size_px[::-1], 3), np.uint8)
    plain = cv2.resize(bgr, cells, interpolation=cv2.INTER_AREA)
    made = coarse(bgr, cells)
    assert made.shape == plain.shape
    assert np.abs(made.astype(int) - plain).max() <= 1
