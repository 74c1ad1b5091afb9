"""Venues: descriptions of rooms that need not exist, and the exact rig of each."""

from didim.sim.venue._description import (
    Ambient,
    AutoExposure,
    Box,
    Bump,
    Finish,
    Lamp,
    PaperSheet,
    People,
    PlaySurface,
    Poster,
    Room,
    Venue,
    VenueCamera,
    VenueProjector,
    WallName,
    Window,
)
from didim.sim.venue._generated import generated
from didim.sim.venue._optics import (
    Ground,
    camera_in_room,
    ground_of,
    projector_in_room,
    surface_from_room,
    wall_frame,
)
from didim.sim.venue._ready import VenueError, open_venue, read_venue, ready_venues
from didim.sim.venue._rig import true_rig

__all__ = [
    "Ambient",
    "AutoExposure",
    "Box",
    "Bump",
    "Finish",
    "Ground",
    "Lamp",
    "PaperSheet",
    "People",
    "PlaySurface",
    "Poster",
    "Room",
    "Venue",
    "VenueCamera",
    "VenueError",
    "VenueProjector",
    "WallName",
    "Window",
    "camera_in_room",
    "generated",
    "ground_of",
    "open_venue",
    "projector_in_room",
    "read_venue",
    "ready_venues",
    "surface_from_room",
    "true_rig",
    "wall_frame",
]
