"""The landmark net's own arithmetic: refinement and turning."""

import math
from pathlib import Path

import numpy as np
import pytest

from didim.pose import Region
from didim.pose._net import Net
from didim.pose.blazepose import BlazeLandmarker
from didim.pose.blazepose._landmarks import OUTPUTS, refine, upright_m


def _peak(column: int, row: int, height: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    heatmaps = np.full((64, 64, 2), -20.0, np.float32)
    heatmaps[row, column, 0] = height
    return heatmaps


def test_a_clear_peak_close_by_draws_its_point() -> None:
    xy = np.array([[20.4 / 64, 30.4 / 64], [0.5, 0.5]])
    moved = refine(xy, _peak(22, 29, 5.0))
    assert moved[0] == pytest.approx([22 / 64, 29 / 64], abs=1e-6)
    assert moved[1].tolist() == [0.5, 0.5]  # its own map is flat


def test_two_cells_weigh_by_how_likely_they_are() -> None:
    heatmaps = _peak(20, 30, 0.0)  # one half
    heatmaps[30, 22, 0] = math.log(3)  # three quarters
    (point, _) = refine(np.array([[21 / 64, 30 / 64], [0.5, 0.5]]), heatmaps)
    assert point == pytest.approx([(20 * 0.5 + 22 * 0.75) / 1.25 / 64, 30 / 64], abs=1e-6)


@pytest.mark.parametrize(("column", "height"), [(25, 5.0), (22, -0.5)], ids=["far", "faint"])
def test_a_far_or_faint_peak_moves_nothing(column: int, height: float) -> None:
    xy = np.array([[20.4 / 64, 30.4 / 64], [0.5, 0.5]])
    assert refine(xy, _peak(column, 30, height)) == pytest.approx(xy)


def test_points_at_and_beyond_the_edge_of_the_map() -> None:
    heatmaps = np.full((64, 64, 3), -20.0, np.float32)
    heatmaps[0, 1, 0] = heatmaps[63, 62, 1] = 9.0
    heatmaps[:, 0, 2] = 9.0
    xy = np.array([[0.0, 0.0], [0.999, 0.999], [-0.2, 0.5]])
    moved = refine(xy, heatmaps)
    assert moved[:2] == pytest.approx(np.array([[1 / 64, 0.0], [62 / 64, 63 / 64]]), abs=1e-5)
    assert moved[2].tolist() == [-0.2, 0.5]


def test_metres_turn_with_the_region() -> None:
    # The region is turned clockwise by a quarter: what is up in it points to the picture's right.
    up = np.array([[0.0, -1.0, 0.3]])
    assert upright_m(up, math.pi / 2)[0] == pytest.approx([1.0, 0.0, 0.3])


def test_noise_is_no_person(nets: dict[str, Path]) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (240, 320, 3), np.uint8)
    sighting = BlazeLandmarker(Net(nets["landmarks"], OUTPUTS)).look(picture, Region(160, 120, 200))
    assert sighting.skeleton.score < 0.5
