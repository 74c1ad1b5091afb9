"""Regions: geometry, crop and overlap."""

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from didim.pose import Region

regions = st.builds(
    Region,
    st.floats(-100, 2000),
    st.floats(-100, 2000),
    st.floats(20, 2000),
    st.floats(-math.pi, math.pi),
)


def test_an_upright_body_gives_an_upright_square_about_the_hips() -> None:
    region = Region.of_body(np.array([300.0, 400.0]), np.array([300.0, 240.0]))
    assert (region.x_px, region.y_px) == (300, 400)
    assert region.side_px == pytest.approx(2 * 160 * 1.25)
    assert region.angle_rad == pytest.approx(0)


def test_a_body_that_leans_to_the_right_turns_the_square_clockwise() -> None:
    region = Region.of_body(np.array([0.0, 0.0]), np.array([100.0, -100.0]))
    assert region.angle_rad == pytest.approx(math.pi / 4)
    top_middle = region.to_picture(np.array([[0.5, 0.0]]))[0]
    assert top_middle == pytest.approx([125.0, -125.0])


@given(regions)
def test_a_region_is_rebuilt_from_its_own_hips_and_rim(region: Region) -> None:
    hips, rim = region.to_picture(np.array([[0.5, 0.5], [0.5, 0.5 - 0.5 / 1.25]]))
    again = Region.of_body(hips, rim)
    assert (again.x_px, again.y_px) == pytest.approx((region.x_px, region.y_px), abs=1e-6)
    assert again.side_px == pytest.approx(region.side_px)
    assert math.cos(again.angle_rad - region.angle_rad) == pytest.approx(1)


@pytest.mark.parametrize("angle_rad", [0.0, 0.3, -1.2, math.pi])
def test_what_is_seen_in_the_crop_maps_back_to_where_it_lies(angle_rad: float) -> None:
    region = Region(210.0, 160.0, 256.0, angle_rad)
    picture = np.zeros((400, 500, 3), np.uint8)
    picture[180, 240] = 255
    crop = region.crop(picture, 256, border=cv2.BORDER_CONSTANT)[:, :, 0].astype(np.float64)
    rows, columns = np.mgrid[:256, :256]
    seen = np.array([[(crop * columns).sum(), (crop * rows).sum()]]) / crop.sum()
    assert region.to_picture(seen / 256)[0] == pytest.approx([240, 180], abs=0.1)


def test_beyond_the_picture_the_border_is_black_or_repeated() -> None:
    picture = np.full((50, 50, 3), 200, np.uint8)
    picture.flags.writeable = False  # as a camera frame comes
    region = Region(0.0, 0.0, 100.0)
    assert region.crop(picture, 32, border=cv2.BORDER_CONSTANT)[0, 0].tolist() == [0, 0, 0]
    assert region.crop(picture, 32, border=cv2.BORDER_REPLICATE)[0, 0].tolist() == [200, 200, 200]


def test_the_region_around_a_picture_holds_it_whole() -> None:
    region = Region.around(np.zeros((100, 300, 3), np.uint8))
    assert region.to_picture(np.array([[0.0, 0.0], [1.0, 1.0]])) == pytest.approx(
        np.array([[0.0, -100.0], [300.0, 200.0]])
    )


@given(regions, regions)
def test_overlap_is_a_share_and_the_same_both_ways(one: Region, other: Region) -> None:
    assert 0 <= one.overlap(other) <= 1
    assert one.overlap(other) == pytest.approx(other.overlap(one))
    assert one.overlap(one) == pytest.approx(1)


def test_overlap_of_known_squares() -> None:
    square = Region(0, 0, 10)
    assert square.overlap(Region(5, 0, 10)) == pytest.approx(50 / 150)
    assert square.overlap(Region(1, -2, 4)) == pytest.approx(16 / 100)
    assert square.overlap(Region(10, 0, 10)) == 0
    assert square.overlap(Region(40, 40, 10)) == 0
