"""A recorded clip as a person's motion: the directions of its bones on a body's own lengths."""

from __future__ import annotations

import bisect
import itertools
import math

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point
from didim.sim._body import Body
from didim.sim._bvh import Clip
from didim.sim._feet import FootPose, Side
from didim.sim._figure import Trunk
from didim.sim._gesture import Gesture
from didim.sim._motion import Contact, Pose3D
from didim.sim._retarget import Likeness, body_joints, clearance_m, flat_slope_rad, likeness

_DOWN_SHARE = 0.022
"""A foot is down while heel or toe is lower than this share of stature over its own height ..."""
_STILL_M_S = 0.55
"""... and slower than this; walkers' feet that roll off reach some 0.5 m/s before they leave."""
_SHORTEST_S = 0.10
_JUMP_S = 0.20


class ClipMotion:
    """A clip played by a body, once, a pure function of time.

    Height and way are scaled by the length of the legs. The hips begin over `at`, facing `heading_rad`. A
    body that would sink into the floor is lifted onto it, so that no foot is ever under it; a foot that is
    down may slide as far as it slides in the clip.

    Raises:
        ClipError: the clip lacks a joint.
    """

    def __init__(
        self,
        body: Body,
        clip: Clip,
        at: Point,
        heading_rad: float,
        *,
        person: int = 1,
        start_s: float = 0.0,
    ) -> None:
        self.body = body
        self.person = person
        self.gestures: tuple[Gesture, ...] = ()
        self._start_s, self._frame_s = start_s, clip.frame_s
        self._places = body_joints(clip)
        self._lay(at, heading_rad)
        self._flat_rad = flat_slope_rad(self._places)
        frames = [self._frame(i) for i in range(len(self._places["head"]))]
        over_m = np.array([clearance_m(body, frame) for frame in frames])
        # The clip's own floor is where its feet are lowest, apart from stray frames: those are lifted.
        floor_m = float(np.quantile(over_m, 0.25))
        for joints in self._places.values():
            joints[..., 2] -= floor_m
        frames = [frame.raised(-floor_m) for frame in frames]
        self._lifts_m = np.maximum(floor_m - over_m, 0.0)
        self._contacts = {side: self._contacts_of(side, frames) for side in Side}
        self._jumps_s = self._find_jumps()

    @property
    def planned_until_s(self) -> float:
        """The end of the clip; after it the last frame stays."""
        return self._start_s + (len(self._lifts_m) - 1) * self._frame_s

    def trunk(self, t_s: float) -> Trunk:
        """How hips, chest and head are held at a time, exactly as in `pose`."""
        return self._lifted(t_s).trunk

    def pose(self, t_s: float) -> Pose3D:
        """The truth at a time; between two frames directions go straight from one to the other."""
        frame = self._lifted(t_s)
        left, right = (self._contact(side, frame.feet[side], t_s) for side in Side)
        return Pose3D(
            person=self.person,
            t_s=t_s,
            joints_m=frame.joints_m,
            left=left,
            right=right,
            steps=sum(
                down and since_s <= t_s for spells in self._contacts.values() for since_s, down in spells[1:]
            ),
            jumps=sum(landed_s <= t_s for landed_s in self._jumps_s),
        )

    def _lay(self, at: Point, heading_rad: float) -> None:
        """Bring the clip's joints onto the surface: turned, scaled, begun over `at`."""
        places, body = self._places, self.body
        legs = np.linalg.norm(places["hip"] - places["knee"], axis=2) + np.linalg.norm(
            places["knee"] - places["ankle"], axis=2
        )
        scale = body.leg_m / float(np.median(legs))
        left = places["hip"][0, 0] - places["hip"][0, 1]
        turn_rad = heading_rad + math.atan2(left[0], left[1])
        c, s = math.cos(turn_rad), math.sin(turn_rad)
        turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        start = places["hip"][0].mean(axis=0)
        for name, joints in places.items():
            places[name] = scale * ((joints - start) @ turn.T) + [at.x_m, at.y_m, 0.0]

    def _frame(self, index: float) -> Likeness:
        """The body at a frame, or between two of them."""
        first = min(max(int(index), 0), len(self._places["head"]) - 1)
        second, share = min(first + 1, len(self._places["head"]) - 1), min(max(index - first, 0.0), 1.0)
        at = {name: (1.0 - share) * p[first] + share * p[second] for name, p in self._places.items()}
        return likeness(self.body, at, self._flat_rad)

    def _lifted(self, t_s: float) -> Likeness:
        index = (t_s - self._start_s) / self._frame_s
        frame = self._frame(index)
        held_m = float(np.interp(index, np.arange(len(self._lifts_m)), self._lifts_m))
        return frame.raised(max(held_m, -clearance_m(self.body, frame)))

    def _contacts_of(self, side: Side, frames: list[Likeness]) -> list[tuple[float, bool]]:
        """Since when a foot is down or up, spell after spell; spells shorter than 100 ms are not believed."""
        lifted = [frame.raised(lift_m) for frame, lift_m in zip(frames, self._lifts_m, strict=True)]
        down = np.zeros(len(lifted), bool)
        for ends_m, over_m in (
            ([frame.feet[side].heel_m for frame in lifted], self.body.heel_height_m),
            ([frame.feet[side].toe_m for frame in lifted], self.body.toe_height_m),
        ):
            path_m = np.array(ends_m)
            speed_m_s = np.zeros(len(path_m))
            if len(path_m) > 1:
                speed_m_s = np.linalg.norm(np.gradient(path_m, self._frame_s, axis=0), axis=1)
            down |= (path_m[:, 2] - over_m < _DOWN_SHARE * self.body.height_m) & (speed_m_s < _STILL_M_S)
        return _spells(down, self._start_s, self._frame_s)

    def _find_jumps(self) -> list[float]:
        """When a foot came down after both were off the floor for longer than a running step."""
        changes_s = sorted({since_s for spells in self._contacts.values() for since_s, _ in spells})
        landed = []
        for since_s, until_s in itertools.pairwise(changes_s):
            up = not any(_spell_at(spells, since_s)[1] for spells in self._contacts.values())
            if up and until_s - since_s >= _JUMP_S:
                landed.append(until_s)
        return landed

    def _contact(self, side: Side, foot: FootPose, t_s: float) -> Contact:
        since_s, down = _spell_at(self._contacts[side], t_s)
        middle = 0.5 * (foot.heel_m + foot.toe_m)
        place = Point(float(middle[0]), float(middle[1]))
        return Contact(down=down, since_s=since_s, place=place, heading_rad=foot.heading_rad)


def _spells(down: NDArray[np.bool_], start_s: float, frame_s: float) -> list[tuple[float, bool]]:
    """Runs of the same contact by the time they begin; a run that is too short goes to the one before."""
    starts = [0, *(np.flatnonzero(np.diff(down)) + 1).tolist()]
    spells: list[tuple[float, bool]] = []
    for first, after in zip(starts, [*starts[1:], len(down)], strict=True):
        brief = (after - first) * frame_s < _SHORTEST_S and after != len(down)
        if not spells or not (brief or spells[-1][1] == down[first]):
            spells.append((start_s + first * frame_s, bool(down[first])))
    return spells


def _spell_at(spells: list[tuple[float, bool]], t_s: float) -> tuple[float, bool]:
    return spells[max(bisect.bisect_right(spells, t_s, key=lambda spell: spell[0]) - 1, 0)]
