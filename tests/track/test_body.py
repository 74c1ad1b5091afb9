from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import PinholeCamera, PlaneMap
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._body import lifts
from didim.track._sight import Sight
from tests.track.conftest import joints_m

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

LEFT, RIGHT = (2.0, 1.6), (2.2, 1.4)


def _misjudged(body: Skeleton, factor: float) -> Skeleton:
    """As an engine sees it that takes the person for `factor` times as large."""
    return Skeleton(body.points_px, body.scores, body.points_m * factor, body.score)


def test_joints_stand_over_the_feet(camera: PinholeCamera, make_body: MakeBody) -> None:
    sight = Sight(camera, make_body(camera, LEFT, RIGHT))
    assert sight.joints[0][Joint.NOSE] == pytest.approx((2.1, 1.5, 1.5), abs=0.12)
    assert sight.joints[0][:, 2].min() >= 0.0


@pytest.mark.parametrize("factor", [0.8, 1.3, 1.6])
def test_the_floor_tells_how_large_a_body_is(
    camera: PinholeCamera, make_body: MakeBody, factor: float
) -> None:
    body = make_body(camera, LEFT, RIGHT)
    sight = Sight(camera, _misjudged(body, factor))
    assert sight.size * factor == pytest.approx(1.0, abs=0.06)
    away_m = np.linalg.norm(sight.joints[0] - joints_m(LEFT, RIGHT), axis=1)
    assert np.median(away_m) < 0.05
    assert away_m.max() < 0.12


def test_a_joint_lies_on_its_line_of_sight(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, LEFT, RIGHT)
    waved_px = body.points_px.copy()
    waved_px[Joint.LEFT_WRIST] += [40.0, -60.0]
    sight = Sight(camera, Skeleton(waved_px, body.scores, body.points_m, body.score))
    back_px = camera.project(sight.joints[0])
    assert np.allclose(back_px[Joint.LEFT_WRIST], waved_px[Joint.LEFT_WRIST], atol=0.5)


def test_without_depth_and_calibration_joints_lie_at_the_feet_and_say_so(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    body = make_body(camera, LEFT, RIGHT)
    flat = Skeleton(body.points_px, body.scores, np.full((33, 3), math.nan), 1.0)
    sight = Sight(PlaneMap(np.diag([0.01, 0.01, 1.0])), flat)
    assert math.isnan(sight.size)
    assert np.allclose(sight.joints[0], [*sight.middle, 0.0])
    assert not sight.joints[1].any()
    assert np.allclose(Sight(camera, flat).feet[0].place, LEFT, atol=1e-3)


def test_a_plane_map_knows_no_size(camera: PinholeCamera, make_body: MakeBody) -> None:
    sight = Sight(PlaneMap(np.diag([0.01, 0.01, 1.0])), make_body(camera, LEFT, RIGHT))
    assert math.isnan(sight.size)
    assert np.isfinite(sight.joints[0]).all()


def test_a_lean_lifts_no_foot_of_a_wide_stride(camera: PinholeCamera, make_body: MakeBody) -> None:
    lean_rad = 0.25
    body = joints_m((1.7, 1.5), (2.4, 1.5), (0.0, 0.0))
    turn = np.array(
        [[math.cos(lean_rad), 0, -math.sin(lean_rad)], [0, 1, 0], [math.sin(lean_rad), 0, math.cos(lean_rad)]]
    )
    assert lifts((body - [2.05, 1.5, 0.9]) @ turn.T).max() < 0.05
    raised = joints_m((2.0, 1.6), (2.0, 1.4), (0.3, 0.0))
    assert lifts(raised)[0] == pytest.approx(0.3, abs=0.01)


def test_a_knee_is_as_bent_as_the_picture_has_it(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (2.0, 1.6), (2.0, 1.4))
    points_px = body.points_px.copy()
    points_px[Joint.RIGHT_KNEE, 0] += 60.0  # the engine's metres stay those of a straight leg
    straight, bent = (Sight(camera, each).bent_rad for each in (body, replace(body, points_px=points_px)))
    assert straight[1] < 0.2
    assert bent[1] > 0.45
    assert bent[0] == pytest.approx(straight[0], abs=0.1)
