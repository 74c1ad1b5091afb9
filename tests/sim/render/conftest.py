"""A small bright room that is quick to draw."""

from __future__ import annotations

import msgspec
import pytest

from didim.geometry import FloatArray
from didim.sim._body import Body
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.render._bones import rest_joints_m
from didim.sim.venue import Venue, VenueCamera, VenueProjector, open_venue

AT_M = (1.9, 1.6, 0.0)


def small_camera(venue: Venue) -> VenueCamera:
    return msgspec.structs.replace(venue.camera[0], size_px=(320, 240))


def plain_projector(venue: Venue) -> VenueProjector:
    """Sharp and with light in proportion to the pixel."""
    return msgspec.structs.replace(venue.projector[0], gamma=1.0, defocus_px=0.0, black=0.0)


@pytest.fixture(scope="session")
def room() -> Venue:
    venue = open_venue("small-hall")
    return msgspec.structs.replace(venue, camera=(small_camera(venue),), projector=(plain_projector(venue),))


@pytest.fixture(scope="session")
def renderer(room: Venue) -> VenueRenderer:
    return VenueRenderer(room, cell_m=0.025)


@pytest.fixture(scope="session")
def person() -> PersonPose:
    body = Body.of(1.25, 5)
    joints_m: FloatArray = rest_joints_m(body) + AT_M
    return PersonPose(body, joints_m)
