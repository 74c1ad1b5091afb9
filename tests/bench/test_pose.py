"""The arithmetic of the pose benchmark."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from didim.bench import BenchError, run_bench
from didim.bench.pose import BLOCK, TILE_PX, _is_found, _Large, _Measured, _mosaic, _strip, _to_and_fro
from didim.people import JOINT_COUNT, Joint
from didim.pose import Skeleton


def test_without_the_recording_it_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"cam01\.mp4: expected a video of the four-camera recording"):
        run_bench("pose", data=tmp_path)


def test_work_done_now_and_then_counts_and_a_hiccup_does_not() -> None:
    now_and_then = ([26.0] + [10.0] * (BLOCK - 1)) * 3
    hiccup = [500.0] * BLOCK
    measured = _Measured(cpu_ms=now_and_then + hiccup)
    assert measured.cpu_ms_per_picture == pytest.approx(10 + 16 / BLOCK)


def test_more_people_than_there_are_count_no_more_than_all() -> None:
    measured = _Measured(bodies=[(body(0.0),) * count for count in (2, 1, 3, 2)])
    assert measured.share_found(2) == pytest.approx(7 / 8)


def body(away_px: float, joints_away: int = JOINT_COUNT) -> Skeleton:
    """Somebody 100 px tall; the last joints are that far aside."""
    points = np.stack((np.zeros(JOINT_COUNT), np.linspace(0, 100, JOINT_COUNT)), axis=1)
    points[JOINT_COUNT - joints_away :, 0] = away_px
    return Skeleton(points, np.ones(JOINT_COUNT), np.zeros((JOINT_COUNT, 3)), 0.9)


def test_who_is_found_has_most_limbs_within_a_tenth_of_their_height() -> None:
    truth = body(0.0).points_px
    assert _is_found(truth, (body(300.0), body(9.0)))
    assert not _is_found(truth, (body(11.0),))
    assert not _is_found(truth, ())
    legs = JOINT_COUNT - Joint.LEFT_KNEE
    assert _is_found(truth, (body(50.0, joints_away=legs),))  # 8 of 12 limbs' joints
    assert not _is_found(truth, (body(50.0, joints_away=legs + 1),))


def test_small_people_stand_side_by_side_with_their_joints() -> None:
    square = np.zeros((800, 800, 3), np.uint8)
    square[398:402, 398:402] = 255
    person = _Large(square, np.full((JOINT_COUNT, 2), 399.5), height_px=400.0)
    picture, joints = _strip((person,) * 4, 240)  # 480 px each
    assert picture.shape == (720, 1280, 3)
    assert len(joints) == 2
    for index, points in enumerate(joints):
        assert points[0] == pytest.approx([480 * index + 239.5, 120 + 239.5])
        assert picture[round(points[0, 1]), round(points[0, 0]), 0] > 200


def test_the_film_turns_at_its_ends() -> None:
    pictures = [np.full((1, 1, 3), value, np.uint8) for value in range(4)]
    film = [int(picture[0, 0, 0]) for picture in islice(_to_and_fro(pictures), 9)]
    assert film == [0, 1, 2, 3, 2, 1, 0, 1, 2]


def test_tiles_stand_in_two_rows() -> None:
    tiles = tuple(np.full((TILE_PX, TILE_PX, 3), value, np.uint8) for value in (1, 2, 3))
    whole = _mosaic(tiles)
    corners = whole[:: 2 * TILE_PX - 1, :: 2 * TILE_PX - 1, 0]
    assert corners.tolist() == [[1, 2], [3, 118]]
