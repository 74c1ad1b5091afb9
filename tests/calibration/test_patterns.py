"""Patterns are read back where they were shown, in made-up rigs with the truth beside them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from calibration.patterns import BoardPattern, GrayPattern, PhasePattern, contrast, read_stripes
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from tests.calibration.looking import misses_px, pictures_of

SMALL = Conditions(camera_px=(1280, 720), projector_px=(1280, 800))


@pytest.fixture(scope="module")
def rig() -> SyntheticRig:
    return SyntheticRig(5, SMALL)


def test_the_corners_of_a_board_lie_where_they_were_shown_without_bias(rig: SyntheticRig) -> None:
    pattern = BoardPattern((1280, 800), 80, pairs=2)
    matches = pattern.read(pictures_of(SyntheticStage(rig), pattern))
    off = misses_px(rig, matches)
    assert len(matches) > 80
    assert np.abs(off.mean(axis=0)).max() < 0.05  # OpenCV's own corners are 0.5 px off
    assert np.percentile(np.linalg.norm(off, axis=1), 95) < 0.4


def test_a_shifted_board_has_its_corners_in_the_middle_of_squares() -> None:
    plain, shifted = BoardPattern((1280, 800), 80), BoardPattern((1280, 800), 80, shifted=True)
    apart = (shifted.corners_px[:, None] - plain.corners_px[None]) / 80
    assert np.allclose(np.abs(apart - np.round(apart)), 0.5)


def test_who_walks_through_spoils_corners_but_makes_no_wrong_ones() -> None:
    rig = SyntheticRig(6, Conditions(camera_px=(1280, 720), projector_px=(1280, 800), walkers=2))
    pattern = BoardPattern((1280, 800), 80, pairs=4)
    matches = pattern.read(pictures_of(SyntheticStage(rig), pattern))
    assert len(matches) > 60
    assert np.percentile(np.linalg.norm(misses_px(rig, matches), axis=1), 98) < 2


def test_phase_is_read_to_a_fraction_of_a_projector_pixel(rig: SyntheticRig) -> None:
    pattern = PhasePattern((1280, 800))
    dense = pattern.read(pictures_of(SyntheticStage(rig), pattern))
    off = np.linalg.norm(misses_px(rig, dense.matches(3)), axis=1)
    assert dense.read_share > 0.8
    assert np.median(off) < 0.3
    assert (off > 4).mean() < 0.01


def test_gray_cells_are_read_and_their_middles_are_true(rig: SyntheticRig) -> None:
    pattern = GrayPattern((1280, 800), 8)
    dense = pattern.read(pictures_of(SyntheticStage(rig), pattern))
    off = np.linalg.norm(misses_px(rig, pattern.cell_matches(dense)), axis=1)
    assert dense.read_share > 0.7
    assert np.median(off) < 0.3


def test_a_wrong_number_of_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="8 frames"):
        BoardPattern((640, 480)).read([])


@pytest.mark.parametrize("pose", [0, 1])
def test_real_gray_code_captures_are_read(recordings: Path, pose: int) -> None:
    folder = recordings / "A_graycode" / "kamino410_2poses_jpg" / f"capture_{pose}"
    if not folder.is_dir():
        pytest.skip("needs the recording A_graycode/kamino410_2poses_jpg")
    dense_share = real_read_share(folder)
    assert dense_share >= 0.85


def real_read_share(folder: Path) -> float:
    """Their stripes go down to 2 px, columns first, white and black last; those of 8 px and more are read."""
    paths = sorted(folder.glob("*.jpg"))
    pictures = [np.asarray(cv2.imread(str(p), cv2.IMREAD_GRAYSCALE), np.float32) for p in paths]
    seen = contrast(pictures[-1], pictures[-2])
    wide = [*pictures[:16], *pictures[20:36]]
    _, sure = read_stripes(wide, (1024, 768), 4, seen.white - seen.black)
    return float(sure[seen.lit].mean())


def room_light(near: np.ndarray) -> np.ndarray:
    return np.asarray(0.15 * (1 + 0.3 * np.sin(near[..., 0] / 37.0)))


def shone(near: np.ndarray, lamps: list[float], *, period_px: int, walker: bool = False) -> list[np.ndarray]:
    """Grey pictures of the eight sine frames, weak beside a room whose lamps change between them."""
    pictures, room = [], room_light(near)
    for index, lamp in enumerate(lamps):
        axis, step = divmod(index, 4)
        angle = 2 * np.pi * near[..., axis] / period_px - np.pi / 2 * step
        light = lamp * room + 0.06 * (0.5 + 0.5 * np.cos(angle))
        if walker:
            light[:, 20 * index : 20 * index + 30] *= 0.3
        pictures.append((255 * light ** (1 / 2.2)).astype(np.float32))
    return pictures


@pytest.mark.parametrize("walker", [False, True])
def test_lamps_that_change_between_steps_move_no_place(walker: bool) -> None:
    across, down = np.meshgrid(np.linspace(10, 1180, 480), np.linspace(10, 760, 300))
    near = np.stack([across, down], axis=-1).astype(np.float32)
    black, white = (255 * (room_light(near) + each) ** (1 / 2.2) for each in (0.0, 0.06))
    seen = contrast(black.astype(np.float32), white.astype(np.float32), 1.0)
    pattern = PhasePattern((1280, 800), 64, gray=False)
    off = []
    for lamps in ([1.0] * 8, [1.06, 0.94, 0.94, 1.06, 0.94, 1.06, 1.06, 0.94]):
        pictures = shone(near, lamps, period_px=64, walker=walker)
        found = pattern.read_near(pictures, seen, near + np.float32(3.0))
        sure = np.isfinite(found.sigma_px) & (np.arange(480) > 200)
        off.append(np.percentile(np.abs(found.projector_px - near)[sure], 95))
    assert off[0] < 0.6
    assert off[1] < 0.6  # 5 px where lamps count as stripes
