"""Lines of sight, worked out for everybody at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from didim.geometry import PinholeCamera, PlaneMap
from didim.track._lines import DOWN_PX, FEET, RIGHT_PX, lines_to

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody


def test_everybody_has_their_own_lines(camera: PinholeCamera, make_body: MakeBody) -> None:
    bodies = [make_body(camera, (x_m, 1.5), (x_m + 0.2, 1.5)) for x_m in (0.5, 1.5, 2.5)]
    for body, lines in zip(bodies, lines_to(camera, bodies), strict=True):
        assert np.allclose(lines.joints, camera.rays(body.points_px))
        feet_px = body.points_px[list(FEET)]
        for asked_px, rays in zip((feet_px, feet_px + RIGHT_PX, feet_px + DOWN_PX), lines.feet, strict=True):
            assert np.allclose(rays, camera.rays(asked_px))


def test_a_line_is_met_at_its_height(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, (1.0, 1.5), (1.2, 1.5))
    (lines,) = lines_to(camera, [body])
    heights_m = np.linspace(0.0, 0.3, 6)
    places = camera.surface_points(body.points_px[list(FEET)], heights_m)
    assert np.allclose(lines.feet_at(heights_m)[0], places)


def test_a_plane_map_knows_places_alone(camera: PinholeCamera, make_body: MakeBody) -> None:
    flat, body = PlaneMap(np.diag([0.01, 0.02, 1.0])), make_body(camera, (1.0, 1.5), (1.2, 1.5))
    (lines,) = lines_to(flat, [body])
    right, below = (lines.feet_at(np.full(6, 0.2))[1:] - lines.feet_at(np.zeros(6))[0]).mean(axis=1)
    assert np.allclose(right, (0.01, 0.0))
    assert np.allclose(below, (0.0, 0.02))


def test_nobody_has_none(camera: PinholeCamera) -> None:
    assert lines_to(camera, []) == []
