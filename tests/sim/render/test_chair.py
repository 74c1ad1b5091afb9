"""Wheelchairs: closed meshes under the sitter's hips, on the floor, that go where the sitter goes."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from didim.geometry import Point
from didim.sim import Body, Side, WheelchairMotion
from didim.sim.people import people_of
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.render._chair import Shell, chair_shells
from didim.sim.render._mannequin import Mannequin, mannequin
from didim.sim.render._skin import skin
from didim.sim.venue import People, Venue, open_venue


@pytest.fixture(scope="module")
def body() -> Body:
    return Body.of(1.3, 4)


@pytest.fixture(scope="module")
def seated(body: Body) -> Mannequin:
    return mannequin(body, None, 0.025, wheelchair=True)


def _rolling(body: Body) -> WheelchairMotion:
    motion = WheelchairMotion(body, Point(1.9, 1.6), 0.7)
    motion.push(1.0, 0.8, 0.9)
    motion.push(1.0, 0.8)
    return motion


def _posed(mesh: Mannequin, joints_m: np.ndarray) -> np.ndarray:
    points, normals = np.empty_like(mesh.vertices_m), np.empty_like(mesh.normals)
    rest = (mesh.vertices_m, mesh.normals, mesh.bones, mesh.weights)
    skin(*rest, *mesh.bone_motion(joints_m), points, normals)
    return points


def _litres(shell: Shell) -> float:
    a, b, c = (shell.points[shell.triangles[:, k]] for k in range(3))
    return float(1000.0 * (a * np.cross(b, c)).sum() / 6.0)


@pytest.mark.parametrize("height_m", [0.9, 1.3, 2.0])
def test_every_part_is_closed_and_looks_outward(height_m: float) -> None:
    for shell in chair_shells(Body.of(height_m, 1)):
        # by the divergence theorem only a mesh without holes has the same volume wherever it lies
        moved = Shell(shell.points + np.array([3.0, -2.0, 1.0]), shell.normals, shell.triangles, shell.colour)
        assert _litres(shell) > 0.0
        assert _litres(moved) == pytest.approx(_litres(shell), rel=1e-6)
        assert np.linalg.norm(shell.normals, axis=1) == pytest.approx(np.ones(len(shell.normals)))


def test_the_wheels_stand_on_the_floor_under_the_axle_as_the_chair_rolls(
    body: Body, seated: Mannequin
) -> None:
    motion = _rolling(body)
    sitter = len(mannequin(body, None, 0.025).vertices_m)
    for t_s in (0.0, 0.5, 1.0, 1.9):
        chair_m = _posed(seated, motion.pose(t_s).joints_m)[sitter:].astype(np.float64)
        axle, heading_rad = motion.axle(t_s)
        away = chair_m - [axle.x_m, axle.y_m, 0.0]
        aside_m = away[:, 1] * np.cos(heading_rad) - away[:, 0] * np.sin(heading_rad)
        assert chair_m[:, 2].min() == pytest.approx(0.0, abs=0.002)
        widest_m = 0.5 * motion.chair.track_m + 0.006 * body.height_m
        assert [aside_m.min(), aside_m.max()] == pytest.approx([-widest_m, widest_m], abs=1e-3)
        low = away[chair_m[:, 2] < 0.003]
        wheels = np.abs(aside_m[chair_m[:, 2] < 0.003]) > 0.7 * widest_m
        assert np.hypot(*low[wheels, :2].T) == pytest.approx(np.full(wheels.sum(), widest_m), abs=0.06)


def test_the_feet_stand_on_the_footrest(body: Body, seated: Mannequin) -> None:
    motion = _rolling(body)
    pose = motion.pose(0.5)
    sitter = len(mannequin(body, None, 0.025).vertices_m)
    chair_m = _posed(seated, pose.joints_m)[sitter:].astype(np.float64)
    for side in Side:
        place = (pose.left if side is Side.LEFT else pose.right).place
        under = np.hypot(chair_m[:, 0] - place.x_m, chair_m[:, 1] - place.y_m) < 0.12
        plate = under & (np.abs(chair_m[:, 2] - motion.chair.footrest_m) < 0.002)
        assert plate.any()


def test_a_chair_is_drawn_with_its_shadow(room: Venue, renderer: VenueRenderer, body: Body) -> None:
    joints_m = _rolling(body).pose(0.0).joints_m
    empty, floating, seated = (
        renderer.light(0, people, [None], 0.0)
        for people in ([], [PersonPose(body, joints_m)], [PersonPose(body, joints_m, wheelchair=True)])
    )
    covers = (np.abs(picture - empty).max(axis=2) > 5.0 for picture in (floating, seated))
    without, with_chair = (int(cover.sum()) for cover in covers)
    assert with_chair > 1.15 * without


def test_the_last_of_the_people_sit() -> None:
    venue = msgspec.structs.replace(open_venue("small-hall"), people=People(count=4, wheelchairs=2))
    assert [person.wheelchair for person in people_of(venue, 1)] == [False, False, True, True]
    assert any(person.wheelchair for person in people_of(open_venue("big-hall"), 0))


def test_more_chairs_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="wheelchairs must lie between 0 and 1"):
        People(count=1, wheelchairs=2)
