"""Bodies without depth, placed by the calibrated camera alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import PinholeCamera, PlaneMap, Surface
from didim.people import Joint
from didim.pose import Skeleton
from didim.pose.layouts._body import COCO, skeleton
from didim.track import FloorTracker
from didim.track._plane import upright_plane
from didim.track._sight import Sight
from tests.track.conftest import joints_m

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

LEFT, RIGHT = (2.1, 1.5), (1.9, 1.5)


def flat(body: Skeleton) -> Skeleton:
    """The same body as a network of COCO's 17 joints would tell it."""
    rows = list(COCO)
    return skeleton(body.points_px[rows], body.scores[rows], 0.9)


def test_a_standing_body_is_placed_to_a_few_centimetres(camera: PinholeCamera, make_body: MakeBody) -> None:
    sight = Sight(camera, flat(make_body(camera, LEFT, RIGHT, heading_rad=-np.pi / 2)))
    true = joints_m(LEFT, RIGHT, heading_rad=-np.pi / 2)
    placed, scores = sight.joints
    for joint in COCO:
        assert placed[joint] == pytest.approx(true[joint], abs=0.12), joint
    heights = [Joint.NOSE, Joint.LEFT_WRIST, Joint.RIGHT_HIP]
    assert placed[heights, 2] == pytest.approx(true[heights, 2], abs=0.08)
    assert (scores[list(COCO)] > 0.8).all()


def test_joints_that_the_network_does_not_know_have_no_score(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    _, scores = Sight(camera, flat(make_body(camera, LEFT, RIGHT))).joints
    assert {joint for joint in Joint if scores[joint] > 0} == set(COCO)


def test_feet_stand_where_their_ankles_are(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = flat(make_body(camera, LEFT, RIGHT, heading_rad=-np.pi / 2))
    tracker = FloorTracker(camera, Surface("floor", 4.0, 3.0))
    for picture in range(1, 12):
        players = tracker.follow((body,), picture * 33_333_333)
    (player,) = players
    assert player.left.place == pytest.approx(LEFT, abs=0.08)  # an ankle is 6 cm behind the sole's middle
    assert player.right.place == pytest.approx(RIGHT, abs=0.08)
    assert player.left.down
    assert player.right.down
    assert player.joint(Joint.NOSE).z_m == pytest.approx(1.6, abs=0.1)
    assert player.joint(Joint.NOSE).score > 0.8


def test_a_plane_map_alone_places_no_joints(make_body: MakeBody, camera: PinholeCamera) -> None:
    view = PlaneMap(np.diag([0.01, 0.01, 1.0]))
    _, scores = Sight(view, flat(make_body(camera, LEFT, RIGHT))).joints
    assert not scores.any()


def test_behind_the_camera_and_right_below_it_is_nowhere(camera: PinholeCamera) -> None:
    below = camera.surface_from_camera.translation_m[:2]
    assert np.isnan(upright_plane(camera, camera.rays(np.zeros((2, 2))), below)).all()
    behind = below + (below - np.array([2.0, 1.5]))
    assert np.isnan(upright_plane(camera, camera.rays(np.array([[639.5, 359.5]])), behind)).all()
