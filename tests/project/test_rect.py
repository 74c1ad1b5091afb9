"""A part of a window holds a picture's shape whole and centred."""

from __future__ import annotations

import pytest

from didim.project import Rect


@pytest.mark.parametrize(
    ("size_px", "fitted"),
    [
        ((400, 200), Rect(10, 70, 200, 100)),
        ((50, 100), Rect(60, 20, 100, 200)),
        ((640, 640), Rect(10, 20, 200, 200)),
        ((5000, 1), Rect(10, 119, 200, 1)),
    ],
)
def test_a_picture_fits_in_as_large_as_it_can(size_px: tuple[int, int], fitted: Rect) -> None:
    assert Rect(10, 20, 200, 200).fitted(size_px) == fitted


@pytest.mark.parametrize("side_px", [0, -3])
def test_a_part_without_room_is_refused(side_px: int) -> None:
    with pytest.raises(ValueError, match="1 pixel or more"):
        Rect(0, 0, 10, side_px)
