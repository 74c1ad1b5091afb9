from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera, PlaneMap, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._body import upright
from didim.track._feet import FootSight, see_feet
from didim.track._lines import lines_to

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

LEFT, RIGHT = (2.0, 1.6), (2.2, 1.4)


def _feet(view: SurfaceView, body: Skeleton, stands: FloatArray | None = None) -> tuple[FootSight, FootSight]:
    (lines,) = lines_to(view, [body])
    return see_feet(lines, body, upright(view, body) if stands is None else stands)


def _with(body: Skeleton, joints: dict[Joint, float]) -> Skeleton:
    scores = body.scores.copy()
    for joint, score in joints.items():
        scores[joint] = score
    return Skeleton(body.points_px.copy(), scores, body.points_m.copy(), body.score)


def test_standing_feet_are_found_to_the_millimetre(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, LEFT, RIGHT, heading_rad=0.7)
    left, right = _feet(camera, body)
    assert np.allclose(left.place, LEFT, atol=1e-3)
    assert np.allclose(right.place, RIGHT, atol=1e-3)
    assert left.heading_rad == pytest.approx(0.7, abs=0.02)
    assert left.lift_m == pytest.approx(0.0, abs=1e-6)


def test_a_raised_foot_is_not_cast_far_behind(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, LEFT, RIGHT, lift_m=(0.3, 0.0))
    left, right = _feet(camera, body)
    assert left.lift_m == pytest.approx(0.3, abs=1e-6)
    assert np.allclose(left.place, LEFT, atol=0.01)
    assert np.allclose(right.place, RIGHT, atol=0.01)


def test_a_doubtful_lift_does_not_push_a_standing_foot(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, LEFT, RIGHT)
    misled = upright(camera, body)
    misled[[Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.LEFT_ANKLE], 2] += 0.12
    left, _ = _feet(camera, body, misled)
    assert np.allclose(left.place, LEFT, atol=1e-3)


def test_the_ankle_stands_in_for_a_hidden_sole(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = _with(make_body(camera, LEFT, RIGHT), {Joint.LEFT_HEEL: 0.1, Joint.LEFT_FOOT_INDEX: 0.05})
    left, _ = _feet(camera, body)
    assert left.seen
    assert left.heading_rad is None
    assert np.allclose(left.place, (LEFT[0] - 0.06, LEFT[1]), atol=1e-3)


def test_a_hidden_foot_is_not_seen(camera: PinholeCamera, make_body: MakeBody) -> None:
    hidden = {Joint.LEFT_HEEL: 0.1, Joint.LEFT_FOOT_INDEX: 0.1, Joint.LEFT_ANKLE: 0.1}
    body = _with(make_body(camera, LEFT, RIGHT), hidden)
    left, right = _feet(camera, body)
    assert not left.seen
    assert right.seen


def test_a_plane_map_will_do(make_body: MakeBody, camera: PinholeCamera) -> None:
    flat = PlaneMap(np.diag([0.01, 0.01, 1.0]))
    body = make_body(camera, LEFT, RIGHT)
    left, _ = _feet(flat, body)
    sole_px = body.points_px[[Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX]].mean(axis=0)
    assert np.allclose(left.place, sole_px / 100)
