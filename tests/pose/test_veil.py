"""Others are painted away where they reach into a region, and one's own limbs are spared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.people import JOINT_COUNT, Joint
from didim.pose import Region, Skeleton
from didim.pose._veil import Veil, covered


def body(x_px: float, score: float = 0.9) -> Skeleton:
    """Upright, 200 px tall, its hips at half the picture's height."""
    y_px = np.linspace(140.0, 340.0, JOINT_COUNT)
    return Skeleton(
        np.stack((np.full(JOINT_COUNT, x_px), y_px), axis=1),
        np.ones(JOINT_COUNT),
        np.zeros((JOINT_COUNT, 3)),
        score,
    )


def picture(*bodies_px: float) -> NDArray[np.uint8]:
    """Grey, with a white strip where each body is."""
    bgr = np.full((480, 640, 3), 90, np.uint8)
    for x_px in bodies_px:
        bgr[140:340, round(x_px) - 4 : round(x_px) + 5] = 255
    return bgr


def veil(bgr: NDArray[np.uint8]) -> Veil:
    made = Veil()
    made.see(bgr)
    return made


def test_paint_is_gone_with_the_next_look() -> None:
    one, bgr = veil(picture(200, 320)), picture(200, 320)
    one.without(Region(260, 240, 300), [body(200)])
    seen = one.without(Region(260, 240, 300), [body(320)])
    assert (seen[140:340, 190:211] == bgr[140:340, 190:211]).all()
    assert seen[240, 320].max() < 200


def test_who_is_followed_is_painted_away_and_who_is_not_stays() -> None:
    bgr = picture(200, 320)
    seen = veil(bgr).without(Region(260, 240, 300), [body(200)])
    assert seen[240, 200].max() < 200
    assert (seen[140:340, 320] == 255).all()
    assert (bgr == picture(200, 320)).all()


@pytest.mark.parametrize("other", [body(600), body(200, score=0.5)], ids=["far away", "unsure"])
def test_a_picture_in_which_nobody_is_painted_is_the_picture_itself(other: Skeleton) -> None:
    bgr = picture(200)
    assert veil(bgr).without(Region(200, 240, 300), [other]) is bgr


def test_limbs_of_ones_own_are_spared_where_another_crosses_them() -> None:
    bgr = picture(200, 206)
    seen = veil(bgr).without(Region(200, 240, 300), [body(206)], body(200))
    assert (seen[160:320, 200] == 255).all()


def test_how_much_of_a_body_lies_on_others() -> None:
    assert covered(body(200), [body(204)]) == 1.0
    assert covered(body(200), [body(260)]) == 0.0
    assert covered(body(200), [body(204, score=0.5)]) == 0.0
    points_px = body(200).points_px.copy()
    points_px[Joint.LEFT_HIP :, 0] = 300.0
    assert covered(replace(body(200), points_px=points_px), [body(200)]) == pytest.approx(0.5)
