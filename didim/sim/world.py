"""A venue with its people: what its cameras see at any time, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point
from didim.rig import Rig
from didim.sim._crowd import Crowd, Person
from didim.sim._motion import Pose3D
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.venue import Venue, surface_from_room, true_rig

Light = Sequence[NDArray[np.uint8] | None]
"""What each projector shows: (h, w, 3) uint8 RGB, or None for black."""


class World:
    """People in a venue, from 0 s on; the same venue, people, seed and calls give the same world.

    Attributes:
        venue: its description; rig: its exact rig.
        renderer: draws the pictures.

    Args:
        renderer: one made for this venue, for who wants to see it grow, or has it from a world before.
    """

    def __init__(
        self, venue: Venue, people: Sequence[Person], seed: int, renderer: VenueRenderer | None = None
    ) -> None:
        self.rig: Rig = true_rig(venue)
        self.renderer = renderer or VenueRenderer(venue)
        self.venue = venue
        self._people = tuple(people)
        (surface,) = self.rig.surfaces.values()
        self._crowd = Crowd(surface, people, seed)
        self._room_from_surface = surface_from_room(venue).inverse()

    def advance(self, t_s: float, targets: Sequence[Point] = ()) -> None:
        """Let everyone act until `t_s`, with `targets` lit since the call before."""
        self._crowd.advance(t_s, targets)

    def truth(self, t_s: float) -> tuple[Pose3D, ...]:
        """Everyone as they truly are at a time that the world has reached, in the surface's frame."""
        return tuple(motion.pose(t_s) for motion in self._crowd.motions)

    def picture(self, camera_index: int, t_s: float, light: Light) -> NDArray[np.uint8]:
        """What a camera takes when its shutter opens at `t_s`: (h, w, 3) uint8 BGR."""
        return self.renderer.picture(camera_index, self.poses(camera_index, t_s), light, t_s)

    def poses(self, camera_index: int, t_s: float) -> list[PersonPose]:
        """Everyone in the room over the exposure of a camera whose shutter opens at `t_s`."""
        camera = self.venue.camera[camera_index]
        opened = self._in_room(t_s)
        closed = self._in_room(t_s + camera.exposure_ms / 1000.0) if camera.motion_blur > 1 else opened
        return [
            PersonPose(person.body, start, None if end is start else end, wheelchair=person.wheelchair)
            for person, start, end in zip(self._people, opened, closed, strict=True)
        ]

    def _in_room(self, t_s: float) -> list[NDArray[np.float64]]:
        return [self._room_from_surface.apply(pose.joints_m) for pose in self.truth(t_s)]
