"""Polished floors: the image of a person lies where rays say, and is as bright as Fresnel allows."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.render._view import project_points
from didim.sim.venue import Finish, Venue

SHEEN = 0.9


@pytest.fixture(scope="module")
def polished(room: Venue) -> VenueRenderer:
    low = msgspec.structs.replace(room.camera[0], at_m=(1.9, -1.5, 0.9), look_at_m=(1.9, 1.5, 0.3))
    floor = Finish(material="plain", colour=(0.2, 0.2, 0.22), sheen=SHEEN)
    return VenueRenderer(msgspec.structs.replace(room, floor=floor, camera=(low,)), cell_m=0.025)


def _with_and_without(renderer: VenueRenderer, person: PersonPose) -> tuple[np.ndarray, np.ndarray]:
    """The light with and without the person's image in the floor."""
    mirrored = renderer.light(0, [person], [None], 0.0)
    still = renderer._stills[0]
    renderer._stills[0] = replace(still, mirrored=np.zeros((0, 0, 4), np.float32))
    try:
        return mirrored, renderer.light(0, [person], [None], 0.0)
    finally:
        renderer._stills[0] = still


def _seen_px(renderer: VenueRenderer, points_m: np.ndarray) -> np.ndarray:
    out = np.empty_like(points_m)
    project_points(renderer._stills[0].view, points_m, out)
    return out


def test_the_image_is_the_body_turned_upside_down_in_the_floor(
    polished: VenueRenderer, person: PersonPose
) -> None:
    mirrored, plain = _with_and_without(polished, person)
    changed = np.abs(mirrored - plain).max(axis=2) > 0.02
    body_m = polished._company.points_m.copy()
    image = _seen_px(polished, body_m * np.array([1, 1, -1], np.float32))
    rows, columns = np.nonzero(changed)
    inside = image[(image[:, 1] < 239) & (image[:, 2] > 0)]
    assert changed.sum() > 500
    reach_px = 3.0 * 0.012 * (1.0 - SHEEN) * 320 + 1.0
    assert columns.min() > inside[:, 0].min() - reach_px
    assert columns.max() < inside[:, 0].max() + reach_px
    # the image begins at the feet and goes down from there
    assert rows.min() > _seen_px(polished, body_m[body_m[:, 2] < 0.05])[:, 1].min() - reach_px - 1.0


def test_the_image_is_as_bright_as_schlick_says(polished: VenueRenderer, person: PersonPose) -> None:
    mirrored, plain = _with_and_without(polished, person)
    still, company = polished._stills[0], polished._company
    toward = company.points_m - still.view[22:25].astype(np.float32)
    facing = -(toward * company.normals).sum(axis=1) / np.linalg.norm(toward, axis=1)
    shirt = (facing > 0.9) & (company.points_m[:, 2] > 0.6) & (company.points_m[:, 2] < 0.9)
    direct = _seen_px(polished, company.points_m[shirt])
    image = _seen_px(polished, company.points_m[shirt] * np.array([1, 1, -1], np.float32))
    ratios = []
    for (u, v, _), (x, y, depth) in zip(direct.round(3), image.round(3), strict=True):
        if depth > 0 and 2 < y < 236 and still.mirrored[round(y), round(x), 3] > 0:
            share = still.mirrored[round(y), round(x), 3]
            room = still.mirrored[round(y), round(x), :3]
            sent = (mirrored - plain)[round(y), round(x)] + room
            ratios.append(float(sent.sum() / (share * mirrored[round(v), round(u)].sum())))
    assert len(ratios) > 10
    assert np.median(ratios) == pytest.approx(1.0, abs=0.15)


def test_a_matt_floor_mirrors_nobody(renderer: VenueRenderer, person: PersonPose) -> None:
    mirrored, plain = _with_and_without(renderer, person)
    assert np.array_equal(mirrored, plain)
    assert renderer._stills[0].mirrored.size == 0
