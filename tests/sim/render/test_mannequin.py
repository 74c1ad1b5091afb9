"""Meshes of people: closed, on the floor, and moving rigidly with the joints."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from didim.people import Joint
from didim.sim._body import Body
from didim.sim.render import Outfit
from didim.sim.render._bones import BONE_COUNT, bone_frames, rest_joints_m
from didim.sim.render._mannequin import Mannequin, mannequin
from didim.sim.render._skin import skin

OUTFITS = [
    Outfit("short", "short", "short", 1),
    Outfit("long", "skirt", "tail", 3),
    Outfit("short", "long", "bob", 0),
]


def _posed(mesh: Mannequin, joints_m: np.ndarray) -> np.ndarray:
    points, normals = np.empty_like(mesh.vertices_m), np.empty_like(mesh.normals)
    skin(
        mesh.vertices_m, mesh.normals, mesh.bones, mesh.weights, *mesh.bone_motion(joints_m), points, normals
    )
    return points


@pytest.mark.parametrize("outfit", OUTFITS)
@pytest.mark.parametrize("height_m", [0.9, 1.25, 2.0])
def test_a_mesh_is_closed_and_as_tall_as_the_body(height_m: float, outfit: Outfit) -> None:
    mesh = mannequin(Body.of(height_m, 4), outfit, 0.025)
    edges = mesh.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    there = {(a, b) for a, b in edges.tolist()}
    assert all((b, a) in there for a, b in there)
    assert mesh.vertices_m[:, 2].min() == pytest.approx(0.0, abs=0.004)
    assert mesh.vertices_m[:, 2].max() == pytest.approx(height_m, abs=0.03 * height_m)
    assert mesh.weights.sum(axis=1) == pytest.approx(np.ones(len(mesh.weights)), abs=1e-5)


def test_triangles_look_outward() -> None:
    mesh = mannequin(Body.of(1.3, 1))
    a, b, c = (mesh.vertices_m[mesh.triangles[:, k]].astype(np.float64) for k in range(3))
    # by the divergence theorem; a child has some 30 l
    litres = 1000.0 * (a * np.cross(b, c)).sum() / 6.0
    assert 15.0 < litres < 60.0


def test_at_rest_nothing_moves() -> None:
    body = Body.of(1.2, 2)
    mesh = mannequin(body)
    assert np.abs(_posed(mesh, rest_joints_m(body)) - mesh.vertices_m).max() < 1e-5


def test_a_turned_and_shifted_body_moves_as_one() -> None:
    body = Body.of(1.5, 3)
    mesh = mannequin(body)
    turn = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    moved = _posed(mesh, rest_joints_m(body) @ turn.T + [2.0, 1.0, 0.0])
    assert np.abs(moved - (mesh.vertices_m @ turn.T + [2.0, 1.0, 0.0])).max() < 1e-5


def test_a_raised_hand_takes_its_mesh_along_and_nothing_else() -> None:
    body = Body.of(1.3, 3)
    mesh, joints = mannequin(body), rest_joints_m(body)
    raised = joints.copy()
    elbow = joints[Joint.LEFT_ELBOW]
    for joint in (Joint.LEFT_WRIST, Joint.LEFT_PINKY, Joint.LEFT_INDEX, Joint.LEFT_THUMB):
        x, y, z = joints[joint] - elbow
        raised[joint] = elbow + np.array([x, -z, y])
    moved_m = np.linalg.norm(_posed(mesh, raised) - mesh.vertices_m, axis=1)
    at_hand = np.linalg.norm(mesh.vertices_m - joints[Joint.LEFT_INDEX], axis=1) < 0.03
    assert at_hand.any()
    assert moved_m[at_hand].min() > 0.1
    assert moved_m[mesh.vertices_m[:, 1] < 0.0].max() < 1e-5


def test_every_bone_is_a_rotation_in_odd_poses_too() -> None:
    joints = rest_joints_m(Body.of(1.3, 3))
    overhead = joints.copy()
    up = joints[Joint.LEFT_SHOULDER] + [0.0, 0.0, 0.25]
    overhead[Joint.LEFT_ELBOW] = up
    for pose in (joints, overhead, joints[:, [1, 2, 0]]):
        axes, origins = bone_frames(pose)
        assert axes.shape == (BONE_COUNT, 3, 3)
        assert np.isfinite(origins).all()
        assert np.abs(axes @ axes.transpose(0, 2, 1) - np.eye(3)).max() < 1e-9
        assert np.linalg.det(axes) == pytest.approx(np.ones(BONE_COUNT))


def test_clothes_are_the_bodys_own_and_may_be_changed() -> None:
    body = Body.of(1.3, 3)
    assert Outfit.of(body) == Outfit.of(body)
    assert len({Outfit.of(Body.of(1.3, seed)) for seed in range(12)}) > 6
    plain = mannequin(body, Outfit(stripes=0))
    striped = mannequin(body, dataclasses.replace(Outfit(), stripes=3))
    assert plain.paint[:, 0].max() < striped.paint[:, 0].max()
