"""The detector's own arithmetic: anchors, decoding, merging."""

from pathlib import Path

import numpy as np
import pytest

from didim.pose import Region
from didim.pose._net import Net
from didim.pose.blazepose import BlazeDetector
from didim.pose.blazepose._detector import OUTPUTS, anchors, candidates, merge


def test_anchors_stand_in_the_order_of_the_nets_output() -> None:
    centres = anchors()
    # Grids of 28, 14 and 7 cells a side, with 2, 2 and 3 * 2 anchors a cell.
    assert centres.shape == (28 * 28 * 2 + 14 * 14 * 2 + 7 * 7 * 6, 2)
    assert centres[0].tolist() == centres[1].tolist() == [0.5 / 28, 0.5 / 28]
    assert centres[2].tolist() == [1.5 / 28, 0.5 / 28]
    assert centres[28 * 28 * 2].tolist() == [0.5 / 14, 0.5 / 14]
    assert centres[-6:].tolist() == [[6.5 / 7, 6.5 / 7]] * 6


def test_a_candidate_is_told_from_its_anchor_in_pixels() -> None:
    raw = np.zeros((2, 12), np.float32)
    raw[1, :8] = [22.4, 0.0, 44.8, 89.6, 22.4, 11.2, 22.4, -44.8]
    logits = np.array([[-3.0], [2.0]], np.float32)
    (row,) = candidates(raw, logits, np.array([[0.1, 0.1], [0.5, 0.5]]))
    assert row[0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert row[1:5] == pytest.approx([0.5, 0.3, 0.7, 0.7])
    assert row[5:9] == pytest.approx([0.6, 0.55, 0.6, 0.3])


def _row(score: float, x: float) -> list[float]:
    return [score, x, 0.0, x + 1.0, 1.0, x, 0.5, x, 0.0]


def test_overlapping_candidates_become_their_mean_by_score() -> None:
    merged = merge(np.array([_row(0.6, 0.3), _row(0.9, 0.0), _row(0.8, 5.0)]))
    assert merged[:, 0].tolist() == [0.9, 0.8]
    assert merged[0, 1] == pytest.approx((0.9 * 0.0 + 0.6 * 0.3) / 1.5)
    assert merged[1, 1] == pytest.approx(5.0)


def test_unsure_candidates_do_not_move_a_sure_one() -> None:
    merged = merge(np.array([_row(0.9, 0.0), _row(0.4, 0.3)]))
    assert merged[:, :2].tolist() == [[0.9, 0.0]]


def test_neighbours_that_hardly_overlap_stay_apart() -> None:
    assert len(merge(np.array([_row(0.9, 0.0), _row(0.8, 0.6)]))) == 2


def test_nobody_merges_to_nobody() -> None:
    assert merge(np.empty((0, 9))).shape == (0, 9)


def test_nobody_is_found_in_noise(nets: dict[str, Path]) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (240, 320, 3), np.uint8)
    assert BlazeDetector(Net(nets["detector"], OUTPUTS)).find(picture, Region.around(picture)) == []
