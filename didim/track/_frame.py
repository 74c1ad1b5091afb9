"""From the floor on which people are followed to the frame of the surface on which they play."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from didim.geometry import FloatArray, Point, RigidPose
from didim.people import Foot, Joint, JointPlace, Player
from didim.track._happening import Happening
from didim.track._turned import facing

STRIDE_M = 0.8
WRISTS = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]
LIFTED_M = 0.05
"""Over the hips."""
TURNED_AWAY = 0.3
"""The cosine from straight away from the wall, beyond which nobody who plays at it faces."""


class FloorFrame:
    """The floor is the surface: nothing changes."""

    def faces_away(self, middle: FloatArray, body: FloatArray) -> bool:
        """Whether a (33, 3) body that stands at (2,) metres surely faces the other way than it seems."""
        return False

    def hand(self, place_m: FloatArray) -> Point:
        """Where on the surface a hand at a place over the floor, (3,) metres, is told to be."""
        return Point(float(place_m[0]), float(place_m[1]))

    def heading_rad(self, way_m: FloatArray) -> float:
        """Where a way of a hand over the floor, (3,) metres, leads on the surface."""
        return math.atan2(way_m[1], way_m[0])

    def happened(self, happening: Happening) -> Happening:
        """What feet or the whole body did, told in the surface's frame."""
        return happening

    def player(self, player: Player) -> Player:
        """A player followed on the floor, told in the surface's frame."""
        return player


class WallFrame(FloorFrame):
    """The surface is a wall: hands are told where they are before it, joints in its frame, and feet by the
    way along it and the distance from it.
    """

    def __init__(self, wall_from_floor: RigidPose, camera_m: FloatArray) -> None:
        """`camera_m` is where the camera is in the wall's frame, (3,) metres."""
        self._wall_from_floor, self._camera_m = wall_from_floor, camera_m
        self._left_m, _, self._before_m = wall_from_floor.translation_m.tolist()

    def faces_away(self, middle: FloatArray, body: FloatArray) -> bool:
        """Who lifts a hand within a stride of the wall plays on it: engines often take backs for fronts."""
        near = self._before_m - middle[1] < STRIDE_M
        return bool(near and body[WRISTS, 2].max() > LIFTED_M and facing(body)[1] < -TURNED_AWAY)

    def on_wall(self, places_m: FloatArray) -> FloatArray:
        """(n, 3) metres over the floor to along the wall, up it and off it."""
        return self._wall_from_floor.apply(places_m)

    def off_m(self, place_m: FloatArray) -> float:
        """How far off the wall a place over the floor is, (3,) metres."""
        return float(self._wall_from_floor.apply(place_m)[2])

    def against(self, place_m: FloatArray, off_m: float) -> FloatArray:
        """Where on the wall, (2,) metres, the line of sight to a place over the floor comes so near to it."""
        seen = self._wall_from_floor.apply(place_m)
        share = (self._camera_m[2] - off_m) / max(float(self._camera_m[2] - seen[2]), 1e-3)
        return np.asarray((self._camera_m + share * (seen - self._camera_m))[:2])

    def hand(self, place_m: FloatArray) -> Point:
        x_m, y_m, _ = self._wall_from_floor.apply(place_m).tolist()
        return Point(x_m, y_m)

    def heading_rad(self, way_m: FloatArray) -> float:
        x_m, y_m, _ = (self._wall_from_floor.rotation @ way_m).tolist()
        return math.atan2(y_m, x_m)

    def happened(self, happening: Happening) -> Happening:
        return replace(happening, place=self._along(happening.place), heading_rad=-happening.heading_rad)

    def player(self, player: Player) -> Player:
        joints_m = self.on_wall(np.array([joint[:3] for joint in player.joints]))
        scores = [joint.score for joint in player.joints]
        along_m_s, towards_m_s = player.velocity_m_s
        return replace(
            player,
            feet=self._along(player.feet),
            left=self._foot(player.left),
            right=self._foot(player.right),
            joints=tuple(JointPlace(*row) for row in np.c_[joints_m, scores].tolist()),
            velocity_m_s=(along_m_s, -towards_m_s),
            heading_rad=-player.heading_rad,
        )

    def _along(self, place: Point) -> Point:
        return Point(place.x_m + self._left_m, self._before_m - place.y_m)

    def _foot(self, foot: Foot) -> Foot:
        return replace(foot, place=self._along(foot.place), heading_rad=-foot.heading_rad)
