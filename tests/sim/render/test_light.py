"""Projected light, shadows and occlusion against geometry and ray casting."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from didim.geometry import FloatArray, PinholeCamera
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.render._bake import thrown
from didim.sim.render._bones import rest_joints_m
from didim.sim.render._lights import irradiance, lights_of
from didim.sim.render._mannequin import mannequin
from didim.sim.render._stage import strength
from didim.sim.render._view import view_of
from didim.sim.venue import Venue, camera_in_room, projector_in_room, true_rig

PERIOD_PX = 64


def _floor_pixels(room: Venue, margin_m: float = 0.15) -> tuple[FloatArray, FloatArray]:
    """Pixels (n, 2) of the first camera that show the lit floor, and the points there, metres (n, 2)."""
    view = true_rig(room).cameras[0].view
    assert isinstance(view, PinholeCamera)
    width, height = room.camera[0].size_px
    pixels = (
        np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1).reshape(-1, 2).astype(np.float64)
    )
    floor_m = view.surface_points(pixels)
    inside = (floor_m > margin_m) & (floor_m < np.array([4.0, 3.0]) - margin_m)
    kept = inside.all(axis=1)
    return pixels[kept].astype(int), floor_m[kept]


def _wave(size_px: tuple[int, int], axis: int, step: int) -> np.ndarray:
    width, height = size_px
    along = np.arange(size_px[axis])
    values = np.rint(127.5 + 127.0 * np.cos(2 * math.pi * (along / PERIOD_PX - step / 4))).astype(np.uint8)
    row = values[None, :] if axis == 0 else values[:, None]
    return np.ascontiguousarray(np.broadcast_to(row[..., None], (height, width, 3)))


@pytest.mark.parametrize("axis", [0, 1])
def test_a_projected_pattern_is_read_back_where_it_was_drawn(
    room: Venue, renderer: VenueRenderer, axis: int
) -> None:
    size_px = room.projector[0].size_px
    pictures = [renderer.light(0, [], [_wave(size_px, axis, step)], 0.0)[..., 1] for step in range(4)]
    pixels, floor_m = _floor_pixels(room)
    drawn = true_rig(room).projectors[0].projector_from_surface.apply(floor_m)[:, axis]
    at = [picture[pixels[:, 1], pixels[:, 0]].astype(np.float64) for picture in pictures]
    phase = np.arctan2(at[1] - at[3], at[0] - at[2])
    miss_px = (phase / (2 * math.pi) * PERIOD_PX - drawn + PERIOD_PX / 2) % PERIOD_PX - PERIOD_PX / 2
    lit = at[0] + at[2] - 2 * renderer.light(0, [], [None], 0.0)[pixels[:, 1], pixels[:, 0], 1] > 1.0
    assert lit.mean() > 0.95
    assert abs(np.median(miss_px[lit])) < 0.02
    assert np.percentile(np.abs(miss_px[lit]), 99) < 0.1


def _stopped(origins: FloatArray, targets: FloatArray, mesh_m: FloatArray) -> np.ndarray:
    """Whether each segment meets a (m, 3, 3) triangle: T. Moeller, B. Trumbore, "Fast, minimum storage
    ray/triangle intersection", 1997."""
    a, ab, ac = mesh_m[:, 0], mesh_m[:, 1] - mesh_m[:, 0], mesh_m[:, 2] - mesh_m[:, 0]
    met = np.zeros(len(origins), bool)
    for index, (origin, way) in enumerate(zip(origins, targets - origins, strict=True)):
        p = np.cross(way, ac)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = 1.0 / (ab * p).sum(axis=1)
            away = origin - a
            u = scale * (away * p).sum(axis=1)
            q = np.cross(away, ab)
            v = scale * (q @ way)
            reach = scale * (ac * q).sum(axis=1)
        met[index] = bool(((u >= 0) & (v >= 0) & (u + v <= 1) & (reach > 1e-3) & (reach < 0.999)).any())
    return met


def _mesh_m(person: PersonPose) -> FloatArray:
    mesh = mannequin(person.body, None, 0.025)
    shift = person.joints_m[0] - rest_joints_m(person.body)[0]
    return np.asarray((mesh.vertices_m.astype(np.float64) + shift)[mesh.triangles])


def _near_person(room: Venue, reach_m: float) -> tuple[FloatArray, FloatArray]:
    pixels, floor_m = _floor_pixels(room)
    near = np.hypot(floor_m[:, 0] - 1.9, floor_m[:, 1] - 1.8) < reach_m
    chosen = np.random.default_rng(0).choice(np.flatnonzero(near), 700, replace=False)
    return pixels[chosen], floor_m[chosen]


def _overlap(drawn: np.ndarray, cast: np.ndarray) -> float:
    """Shared over united share of two masks; a few edge pixels may differ, an empty mask proves nothing."""
    assert 40 < cast.sum() < len(cast) - 100
    return float((drawn & cast).sum() / (drawn | cast).sum())


def test_a_projectors_shadow_falls_where_rays_are_stopped(
    room: Venue, renderer: VenueRenderer, person: PersonPose
) -> None:
    white = np.full((*room.projector[0].size_px[::-1], 3), 255, np.uint8)
    pixels, floor_m = _near_person(room, 0.55)
    lit = [renderer.light(0, people, [white], 0.0) for people in ([], [person])]
    unlit = [renderer.light(0, people, [None], 0.0) for people in ([], [person])]
    empty, full = ((a - b)[pixels[:, 1], pixels[:, 0], 1] for a, b in zip(lit, unlit, strict=True))
    points = np.column_stack([floor_m, np.zeros(len(floor_m))])
    mesh = _mesh_m(person)
    seen = ~_stopped(
        points,
        np.broadcast_to(camera_in_room(room.camera[0]).surface_from_camera.translation_m, points.shape),
        mesh,
    )
    device = projector_in_room(room.projector[0]).surface_from_camera.translation_m
    dark = _stopped(points, np.broadcast_to(device, points.shape), mesh)
    drawn_dark = full < 0.5 * empty
    assert _overlap(drawn_dark[seen], dark[seen]) > 0.85


def test_a_person_hides_what_rays_say_is_hidden(
    room: Venue, renderer: VenueRenderer, person: PersonPose
) -> None:
    pixels, floor_m = _near_person(room, 0.55)
    renderer.light(0, [person], [None], 0.0)
    ids, _ = renderer._draw_people(renderer._stills[0])
    camera_m = camera_in_room(room.camera[0]).surface_from_camera.translation_m
    points = np.column_stack([floor_m, np.zeros(len(floor_m))])
    hidden = _stopped(points, np.broadcast_to(camera_m, points.shape), _mesh_m(person))
    assert _overlap(ids[pixels[:, 1], pixels[:, 0]] >= 0, hidden) > 0.95


def test_a_projector_sheds_its_lumen(room: Venue) -> None:
    projector = room.projector[0]
    view, up = view_of(projector_in_room(projector)), np.array([0.0, 0.0, 1.0])
    device = projector_in_room(projector)
    step_m, lumen = 0.08, 0.0
    for x in np.arange(-1.5, 5.5, step_m):
        for y in np.arange(-1.5, 4.5, step_m):
            point = np.array([x, y, 0.0])
            (u, v), depth = device.project(point[None])[0], view[6:9] @ point + view[11]
            if -0.5 < u < projector.size_px[0] - 0.5 and -0.5 < v < projector.size_px[1] - 0.5:
                lumen += thrown(view, strength(projector, view), point, up, float(depth)) * step_m**2
    assert lumen == pytest.approx(projector.lumen, rel=0.01)


def test_a_lamp_sheds_its_lumen(room: Venue) -> None:
    lights = lights_of(room, np.zeros((0, 11)))
    rng = np.random.default_rng(0)
    ways = rng.standard_normal((8_000, 3))
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    lamp, view = lights.lamps[0], lights.views[0]
    lux = np.mean([irradiance(lamp, view, view[22:25] + way, -way, 0.0) for way in ways])
    # at 1 m the sphere has 4 pi square metres; green carries little of the lamp's tint
    assert lux * 4 * math.pi * lamp[1] == pytest.approx(room.lamp[0].lumen, rel=0.1)


def test_two_projectors_add_up(room: Venue) -> None:
    first = room.projector[0]
    second = msgspec.structs.replace(first, name="second", at_m=(2.4, 1.0, 2.8))
    both = VenueRenderer(msgspec.structs.replace(room, projector=(first, second)))
    white, nothing = np.full((*first.size_px[::-1], 3), 255, np.uint8), None
    a, b, ab, none = (
        both.light(0, [], list(frames), 0.0)
        for frames in ((white, nothing), (nothing, white), (white, white), (nothing, nothing))
    )
    assert np.abs((a - none) + (b - none) - (ab - none)).max() < 0.01 * ab.max()
    assert (b - none).max() > 5.0
