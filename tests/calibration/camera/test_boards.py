from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from calibration.camera.boards import (
    Charuco,
    Circles,
    coverage_of,
    find_board,
    intrinsics_from,
    view_boards,
)
from calibration.camera.failures import NotEnough
from calibration.camera.real_boards import SETS, BoardSet

BOARD = Charuco(6, 8, 0.04)
MATRIX = np.array([[620.0, 0.0, 318.0], [0.0, 620.0, 243.0], [0.0, 0.0, 1.0]])


def _print(*, legacy: bool = False, inverted: bool = False) -> np.ndarray:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_1000)
    board = cv2.aruco.CharucoBoard((BOARD.columns, BOARD.rows), 1.0, BOARD.marker, dictionary)
    board.setLegacyPattern(legacy)
    picture = np.asarray(board.generateImage((600, 800)))
    return 255 - picture if inverted else picture


def _seen(
    paper: np.ndarray, turn: tuple[float, float, float], at_m: tuple[float, float, float]
) -> np.ndarray:
    """The print, 100 pixels a square, held before a camera without distortion."""
    axes = cv2.Rodrigues(np.array(turn))[0]
    m_from_px = np.array([[4e-4, 0, -0.12 + 2e-4], [0, 4e-4, -0.16 + 2e-4], [0, 0, 1]])
    onto = MATRIX @ np.c_[axes[:, :2], at_m] @ m_from_px
    soft = cv2.GaussianBlur(paper, (0, 0), 1.2)
    big = cv2.warpPerspective(soft, np.diag([2, 2, 1.0]) @ onto, (1280, 960), borderValue=128)
    return np.asarray(cv2.resize(big, (640, 480), interpolation=cv2.INTER_AREA), np.uint8)


POSES = [
    ((0.1, 0.1, 0.0), (0.0, 0.0, 0.5)),
    ((0.6, 0.0, 0.1), (-0.08, 0.03, 0.5)),
    ((-0.6, 0.1, 0.0), (0.08, -0.03, 0.5)),
    ((0.0, 0.6, 0.1), (0.05, 0.02, 0.6)),
    ((0.1, -0.6, 0.0), (-0.06, 0.0, 0.6)),
    ((0.3, 0.3, 0.8), (0.0, 0.0, 0.7)),
]


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("inverted", [False, True])
def test_a_charuco_board_says_how_it_was_printed(legacy: bool, inverted: bool) -> None:
    view = find_board(_seen(_print(legacy=legacy, inverted=inverted), *POSES[1]), BOARD)
    assert view is not None
    assert (view.legacy, view.inverted) == (legacy, inverted)
    assert len(view.px) >= 25
    onto, _ = cv2.findHomography(view.points_m, view.px)
    mapped = cv2.perspectiveTransform(view.points_m.reshape(1, -1, 2), onto).reshape(-1, 2)
    assert np.linalg.norm(mapped - view.px, axis=1).max() < 0.3


def test_a_set_of_pictures_gives_the_lens_and_tells_when_it_is_enough() -> None:
    views = view_boards([_seen(_print(), *pose) for pose in POSES], BOARD)
    assert len(views) == len(POSES)
    found = intrinsics_from(views)
    assert found.rms_px < 0.15
    assert found.lens.matrix[0, 0] == pytest.approx(620, rel=0.01)
    assert found.prior().mean[0] == pytest.approx(np.log(620), abs=0.01)
    assert coverage_of(views).skew > coverage_of(views[:1]).skew
    assert coverage_of(views[:1]).wanted is not None
    assert not coverage_of(views[:1]).enough


def test_too_few_pictures_are_told() -> None:
    views = view_boards([_seen(_print(), *POSES[0])], BOARD)
    with pytest.raises(NotEnough, match="at least 4"):
        intrinsics_from(views)


def test_a_picture_without_a_board_has_none() -> None:
    blank = np.full((480, 640), 128, np.uint8)
    assert find_board(blank, BOARD) is None
    assert find_board(blank, Circles(4, 11, 0.02, asymmetric=True)) is None


def test_an_asymmetric_grid_of_circles_is_seen() -> None:
    picture = np.full((480, 640), 255, np.uint8)
    for row in range(11):
        for column in range(4):
            cv2.circle(picture, (140 + 40 * (2 * column + row % 2), 40 + 40 * row), 12, 0, -1, cv2.LINE_AA)
    view = find_board(picture, Circles(4, 11, 0.02, asymmetric=True))
    assert view is not None
    onto, _ = cv2.findHomography(view.points_m, view.px)
    mapped = cv2.perspectiveTransform(view.points_m.reshape(1, -1, 2), onto).reshape(-1, 2)
    assert np.abs(mapped - view.px).max() < 0.5


def test_one_odd_corner_is_left_out() -> None:
    views = view_boards([_seen(_print(), *pose) for pose in POSES], BOARD)
    plain = intrinsics_from(views)
    smudged = views[1].px.copy()
    smudged[4] += [3.0, -2.0]
    found = intrinsics_from([views[0], replace(views[1], px=smudged), *views[2:]])
    assert found.left_out == plain.left_out + 1
    assert found.rms_px < 1.2 * plain.rms_px
    assert found.lens.matrix[0, 0] == pytest.approx(plain.lens.matrix[0, 0], rel=0.002)


@pytest.mark.parametrize("real", SETS, ids=lambda real: real.name)
def test_real_boards_fit(recordings: Path, real: BoardSet) -> None:
    if not real.is_there(recordings):
        pytest.skip(f"needs the recording {real.folder}")
    views = real.views(recordings)
    assert intrinsics_from(views).rms_px <= real.most_px
    assert {view.inverted for view in views} == {real.inverted}
