from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import PinholeCamera
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._appearance import STEADY_AFTER, Clothes, look_of

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

RED, BLUE = (40, 40, 200), (200, 60, 40)


def _picture(body: Skeleton, shirt: tuple[int, int, int], trousers: tuple[int, int, int]) -> np.ndarray:
    bgr = np.full((720, 1280, 3), 120, np.uint8)
    hips = int(body.points_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], 1].mean())
    bgr[:hips], bgr[hips:] = shirt, trousers
    return bgr


def _seen(look: np.ndarray, count: int = STEADY_AFTER) -> Clothes:
    clothes, rng = Clothes(), np.random.default_rng(1)
    for _ in range(count):
        clothes.add(look + rng.normal(0.0, 0.03, 6))
    return clothes


def test_other_clothes_look_unlike(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4))
    red, blue = (look_of(_picture(body, shirt, BLUE), body) for shirt in (RED, BLUE))
    clothes = _seen(red)
    assert clothes.unlike(red) < 1.0
    assert clothes.unlike(blue) > 3.0


def test_dimmer_light_changes_less_than_other_clothes(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4))
    bright, blue = _picture(body, RED, BLUE), _picture(body, BLUE, BLUE)
    clothes = _seen(look_of(bright, body))
    dim = (bright * 0.6).astype(np.uint8)
    assert clothes.unlike(look_of(dim, body)) < 0.5 * clothes.unlike(look_of(blue, body))


def test_colours_that_change_with_the_light_tell_less(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4))
    red, blue = (look_of(_picture(body, shirt, BLUE), body) for shirt in (RED, BLUE))
    lit, rng = Clothes(), np.random.default_rng(2)
    for _ in range(60):
        lit.add(red + rng.normal(0.0, 1.0, 6))
    assert lit.unlike(blue) < 0.5 * _seen(red).unlike(blue)


def test_hidden_clothes_tell_nothing(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4), score=0.2)
    look = look_of(_picture(body, RED, BLUE), body)
    assert np.isnan(look).all()
    assert Clothes().unlike(look) == 1.0
    assert not Clothes().known


def test_a_part_outside_the_picture_is_not_seen(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4))
    hips = int(body.points_px[Joint.LEFT_HIP, 1])
    look = look_of(np.full((hips - 5, 1280, 3), 99, np.uint8), body)
    assert np.isfinite(look[:3]).all()
    assert np.isnan(look[3:]).all()
    assert look[0] == pytest.approx(0.0)
