"""A venue with its people: what its cameras see at any time, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point
from didim.rig import Rig
from didim.sim._crowd import Crowd, Person
from didim.sim._motion import Contact, Pose3D, Touch
from didim.sim._performance import Performance
from didim.sim._touch import TOUCH_M, hand_on_wall, resting
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.venue import Venue, VenueCamera, ground_of, true_rig

POSES_KEPT = 8

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
        self._ground = ground_of(venue)
        self._poses: dict[float, tuple[Pose3D, ...]] = {}
        self._crowd = Crowd(self._ground.surface, people, seed, known_s=max(map(_taken_s, venue.camera)))

    def advance(self, t_s: float, targets: Sequence[Point] = ()) -> None:
        """Let everyone act until `t_s`, with `targets` lit since the call before."""
        self._crowd.advance(t_s, targets)

    def truth(self, t_s: float) -> tuple[Pose3D, ...]:
        """Everyone as they truly are at a time that the world has reached, in the surface's frame.

        Before a wall a foot's `place` is the way along the wall and the distance from it.
        """
        poses = self._posed(t_s)
        if self.venue.surface.kind == "floor":
            return poses
        motions = self._crowd.motions
        return tuple(self._before_wall(*each, t_s) for each in zip(poses, motions, strict=True))

    def picture(self, camera_index: int, t_s: float, light: Light) -> NDArray[np.uint8]:
        """What a camera takes when its shutter opens at `t_s`: (h, w, 3) uint8 BGR."""
        return self.renderer.picture(camera_index, self.poses(camera_index, t_s), light, t_s)

    def poses(self, camera_index: int, t_s: float) -> list[PersonPose]:
        """Everyone in the room over the exposure of a camera whose shutter opens at `t_s`."""
        camera = self.venue.camera[camera_index]
        opened = self._in_room(t_s)
        blank: list[NDArray[np.float64] | None] = [None] * len(opened)
        closed = self._in_room(t_s + camera.exposure_ms / 1000.0) if camera.motion_blur > 1 else blank
        read = self._in_room(t_s + camera.rolling_shutter_ms / 1000.0) if camera.rolling_shutter_ms else blank
        return [
            PersonPose(person.body, start, end, wheelchair=person.wheelchair, readout_joints_m=last)
            for person, start, end, last in zip(self._people, opened, closed, read, strict=True)
        ]

    def _in_room(self, t_s: float) -> Sequence[NDArray[np.float64]]:
        room_from_ground = self._ground.room_from_ground
        return [room_from_ground.apply(pose.joints_m) for pose in self._posed(t_s)]

    def _posed(self, t_s: float) -> tuple[Pose3D, ...]:
        """Everyone over the ground; the newest few are kept, as a picture and its truth ask for the same."""
        posed = self._poses.get(t_s)
        if posed is None:
            posed = tuple(motion.pose(t_s) for motion in self._crowd.motions)
            self._poses = {**dict(list(self._poses.items())[1 - POSES_KEPT :]), t_s: posed}
        return posed

    def _before_wall(self, pose: Pose3D, motion: Performance, t_s: float) -> Pose3D:
        """A pose over the ground in the frame of the wall; feet by the way along it and away from it."""
        joints_m = self._ground.surface_from_ground.apply(pose.joints_m)
        touches = []
        for side, since_s in resting(motion.gestures, t_s):
            x_m, y_m, off_m = hand_on_wall(joints_m, side)
            if off_m < TOUCH_M:
                touches.append(Touch(side, since_s, Point(x_m, y_m)))
        left, right = (self._foot_before_wall(contact) for contact in (pose.left, pose.right))
        return replace(pose, joints_m=joints_m, left=left, right=right, touches=tuple(touches))

    def _foot_before_wall(self, contact: Contact) -> Contact:
        on_ground = np.array([[contact.place.x_m, contact.place.y_m, 0.0]])
        x_m, _, off_m = self._ground.surface_from_ground.apply(on_ground)[0].tolist()
        return replace(contact, place=Point(x_m, off_m), heading_rad=-contact.heading_rad)


def _taken_s(camera: VenueCamera) -> float:
    """How long after the shutter opens a picture still shows people move."""
    exposed_ms = camera.exposure_ms if camera.motion_blur > 1 else 0.0
    return (exposed_ms + camera.rolling_shutter_ms) / 1000.0
