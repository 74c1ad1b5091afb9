"""A rolling shutter: every row shows people where they are when it is exposed."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from didim.geometry import Point, Surface
from didim.sim import Body, Crowd, PadSeeker, Person
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.venue import Venue, VenueCamera, open_venue

ACROSS_M = np.array([0.45, 0.0, 0.0])


def _edges_px(renderer: VenueRenderer, person: PersonPose) -> np.ndarray:
    """First and last column of the person in every row, (h, 2); nan where there is none."""
    renderer.light(0, [person], [None], 0.0)
    still = renderer._stills[0]
    ids, _ = renderer._draw_people(still)
    edges = np.full((len(ids), 2), np.nan)
    for row in np.flatnonzero((ids >= 0).any(axis=1)):
        columns = np.flatnonzero(ids[row] >= 0)
        edges[row] = columns[0], columns[-1]
    return edges


def test_each_row_shows_the_moment_of_its_exposure(
    room: Venue, renderer: VenueRenderer, person: PersonPose
) -> None:
    rolling = PersonPose(person.body, person.joints_m, readout_joints_m=person.joints_m + ACROSS_M)
    drawn = _edges_px(renderer, PersonPose(person.body, person.joints_m))
    renderer.light(0, [rolling], [None], 0.0)
    ids, _ = renderer._draw_people(renderer._stills[0])
    rows = np.flatnonzero((ids >= 0).any(axis=1))
    assert len(rows) > 60
    height = room.camera[0].size_px[1]
    skews_px = []
    for row in rows[4:-4:12]:
        share = row / (height - 1)
        at_once = _edges_px(renderer, PersonPose(person.body, person.joints_m + share * ACROSS_M))[row]
        columns = np.flatnonzero(ids[row] >= 0)
        assert [columns[0], columns[-1]] == pytest.approx(at_once, abs=1.0)
        skews_px.append(float(columns[0] - drawn[row, 0]))
    assert min(skews_px) > 3.0


def test_without_motion_a_rolling_shutter_changes_nothing(
    renderer: VenueRenderer, person: PersonPose
) -> None:
    still = renderer.light(0, [PersonPose(person.body, person.joints_m)], [None], 0.0)
    same = PersonPose(person.body, person.joints_m, readout_joints_m=person.joints_m)
    assert np.abs(renderer.light(0, [same], [None], 0.0) - still).max() < 0.05 * still.max()


def test_what_is_looked_ahead_at_does_not_change_any_more() -> None:
    floor = Surface("floor", 4.0, 3.0)
    crowd = Crowd(floor, (Person(Body.of(1.3, 1), PadSeeker(floor, 1)),), 1, known_s=0.05)
    ahead = []
    for index in range(60):
        crowd.advance(index / 30, [Point(3.5, 2.5)])
        ahead.append(crowd.motions[0].pose(index / 30 + 0.05).joints_m)
    for index, joints_m in enumerate(ahead):
        assert np.array_equal(crowd.motions[0].pose(index / 30 + 0.05).joints_m, joints_m)


def test_the_readout_is_no_longer_than_a_picture() -> None:
    with pytest.raises(ValueError, match="rolling_shutter_ms"):
        VenueCamera(at_m=(0, 0, 2), look_at_m=(0, 1, 0), fps=30.0, rolling_shutter_ms=40.0)


def test_a_camera_of_a_venue_rolls() -> None:
    from didim.sim.people import people_of
    from didim.sim.world import World

    hall = open_venue("small-hall")
    camera = msgspec.structs.replace(hall.camera[0], size_px=(160, 120), rolling_shutter_ms=30.0)
    venue = msgspec.structs.replace(hall, camera=(camera,), lamp=(), window=(), box=(), poster=())
    world = World(venue, people_of(venue, 0), 0)
    world.advance(1.5, [Point(3.5, 0.5)])
    poses = world.poses(0, 1.5)
    moved_m = [
        np.abs(pose.readout_joints_m - pose.joints_m).max()
        for pose in poses
        if pose.readout_joints_m is not None
    ]
    assert len(moved_m) == 3
    assert max(moved_m) > 0.005
    assert world.picture(0, 1.5, [None]).shape == (120, 160, 3)
