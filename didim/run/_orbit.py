"""A camera that circles a point of a room."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from didim.geometry import FloatArray
from didim.sim.venue import AutoExposure, Room, Venue, VenueCamera, surface_from_room

SIZE_PX = (480, 360)
_LOW_RAD, _HIGH_RAD = 0.1, 1.5
_NEAR_M, _FAR_M = 0.8, 20.0
_WALL_M = 0.1
_HFOV_DEG = 75.0


@dataclass(frozen=True, slots=True)
class Orbit:
    """Where the camera is about the middle; walls and ceiling keep it from going farther.

    Attributes:
        azimuth_rad: from the room's x towards its y; elevation_rad: over the floor.
        distance_m: from the middle, where the room leaves space for it.
    """

    room: Room
    middle_m: FloatArray
    azimuth_rad: float
    elevation_rad: float
    distance_m: float

    @classmethod
    def about(cls, venue: Venue) -> Orbit:
        """On the side of the venue's first camera, looking at the middle of its surface."""
        surface = venue.surface
        corner = np.array([[0.5 * surface.width_m, 0.5 * surface.height_m, 0.0]])
        middle_m = surface_from_room(venue).inverse().apply(corner)[0]
        x_m, y_m, _ = np.array(venue.camera[0].at_m) - middle_m
        return cls(venue.room, middle_m, math.atan2(y_m, x_m), 0.6, _FAR_M)

    def turned(self, azimuth_rad: float, elevation_rad: float) -> Orbit:
        """Go round by so much, to the camera's right, and up."""
        high = min(max(self.elevation_rad + elevation_rad, _LOW_RAD), _HIGH_RAD)
        return replace(self, azimuth_rad=self.azimuth_rad + azimuth_rad, elevation_rad=high)

    def zoomed(self, factor: float) -> Orbit:
        """Go `factor` times as far away."""
        return replace(self, distance_m=max(self._reached_m() * factor, _NEAR_M))

    @property
    def ahead(self) -> FloatArray:
        """The way the camera looks, along the floor: (3,) of length 1, in the room."""
        return np.array([-math.cos(self.azimuth_rad), -math.sin(self.azimuth_rad), 0.0])

    @property
    def right(self) -> FloatArray:
        """The camera's right, (3,) of length 1, in the room."""
        return np.array([-math.sin(self.azimuth_rad), math.cos(self.azimuth_rad), 0.0])

    def camera(self, like: VenueCamera) -> VenueCamera:
        """A flawless camera there; what light does to it is as with `like`."""
        at_m = self.middle_m + self._reached_m() * self._outward()
        return msgspec.structs.replace(
            like,
            at_m=tuple(at_m.tolist()),
            look_at_m=tuple(self.middle_m.tolist()),
            hfov_deg=_HFOV_DEG,
            distortion=(0.0,) * 5,
            size_px=SIZE_PX,
            auto_exposure=AutoExposure(),
            noise=0.0,
            motion_blur=1,
        )

    def _outward(self) -> FloatArray:
        flat = math.cos(self.elevation_rad)
        return np.array([*(-flat * self.ahead[:2]), math.sin(self.elevation_rad)])

    def _reached_m(self) -> float:
        """How far out the camera gets before it would come too near to a wall."""
        reach_m = self.distance_m
        sides = self.room.x_m, self.room.y_m, (0.0, self.room.height_m)
        for along, at_m, (low_m, high_m) in zip(self._outward(), self.middle_m, sides, strict=True):
            if abs(along) > 1e-6:
                wall_m = high_m - _WALL_M if along > 0.0 else low_m + _WALL_M
                reach_m = min(reach_m, max((wall_m - at_m) / along, _NEAR_M))
        return float(reach_m)
