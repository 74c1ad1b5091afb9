"""The arithmetic of the pose benchmark."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from didim.bench import BenchError, run_bench
from didim.bench.pose import BLOCK, TILE_PX, _Measured, _mosaic, _to_and_fro


def test_without_the_recording_it_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"cam01\.mp4: expected a video of the four-camera recording"):
        run_bench("pose", data=tmp_path)


def test_work_done_now_and_then_counts_and_a_hiccup_does_not() -> None:
    now_and_then = ([26.0] + [10.0] * (BLOCK - 1)) * 3
    hiccup = [500.0] * BLOCK
    measured = _Measured(cpu_ms=now_and_then + hiccup)
    assert measured.cpu_ms_per_picture == pytest.approx(10 + 16 / BLOCK)


def test_more_people_than_there_are_count_no_more_than_all() -> None:
    assert _Measured(found=[2, 1, 3, 2]).share_found(2) == pytest.approx(7 / 8)


def test_the_film_turns_at_its_ends() -> None:
    pictures = [np.full((1, 1, 3), value, np.uint8) for value in range(4)]
    film = [int(picture[0, 0, 0]) for picture in islice(_to_and_fro(pictures), 9)]
    assert film == [0, 1, 2, 3, 2, 1, 0, 1, 2]


def test_tiles_stand_in_two_rows() -> None:
    tiles = tuple(np.full((TILE_PX, TILE_PX, 3), value, np.uint8) for value in (1, 2, 3))
    whole = _mosaic(tiles)
    corners = whole[:: 2 * TILE_PX - 1, :: 2 * TILE_PX - 1, 0]
    assert corners.tolist() == [[1, 2], [3, 118]]
