"""A person in a wheelchair: rolls by pushes on the rims, feet on the footrest and never on the floor."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim._body import Body
from didim.sim._curve import bump, ease
from didim.sim._feet import FootPose, Side, posed
from didim.sim._figure import Arm, Reach, Trunk, joints_m, rotation
from didim.sim._gesture import Gesture, laid_over
from didim.sim._motion import Contact, Pose3D

HIPS_AHEAD = 0.01
"""How far the sitter's hips are ahead of the axle, in shares of stature."""
_GRIP_RAD, _LONGEST_GRIP_RAD = -0.45, 1.6
_GRIP_SHARE = 0.6
"""Share of a push in which the hands hold the rims; in the rest they come back."""
# Gauss-Legendre: exact to far below a millimetre on a push, which turns by less than half a circle.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True, slots=True)
class Wheelchair:
    """A chair made to measure, lengths in metres.

    Attributes:
        seat_m: height of the sitter's hip joints; `footrest_m`: height of the footrest.
        wheel_m: radius of the rims; `track_m`: between the rims. The axle is under the chair's centre.
    """

    seat_m: float
    footrest_m: float
    wheel_m: float
    track_m: float

    @classmethod
    def of(cls, body: Body) -> Wheelchair:
        """A chair that fits."""
        footrest_m = 0.06 * body.height_m
        return cls(
            seat_m=footrest_m + body.ankle_height_m + 0.93 * body.shank_m,
            footrest_m=footrest_m,
            wheel_m=0.165 * body.height_m,
            track_m=2.0 * (body.shoulder_half_m + 0.05 * body.height_m),
        )


@dataclass(frozen=True, slots=True)
class _Push:
    """A piece of the way: speed and heading go smoothly from the last piece's end to this one's."""

    start_s: float
    duration_s: float
    at: Point
    heading_rad: float
    turn_rad: float
    from_m_s: float
    to_m_s: float

    def speed_m_s(self, since_s: float) -> float:
        return self.from_m_s + (self.to_m_s - self.from_m_s) * ease(since_s / self.duration_s)

    def facing_rad(self, since_s: float) -> float:
        return self.heading_rad + self.turn_rad * ease(since_s / self.duration_s)

    def rolled_m(self, since_s: float) -> float:
        """How far the centre has rolled: the integral of the speed."""
        s = min(max(since_s / self.duration_s, 0.0), 1.0)
        gained_m_s = (self.to_m_s - self.from_m_s) * (s**3 - 0.5 * s**4)
        return (self.from_m_s * s + gained_m_s) * self.duration_s

    def place(self, since_s: float) -> Point:
        times_s = 0.5 * since_s * (_NODES + 1.0)
        ahead_m = np.array([self.speed_m_s(t_s) for t_s in times_s]) * 0.5 * since_s * _WEIGHTS
        facing = np.array([self.facing_rad(t_s) for t_s in times_s])
        return self.at.moved(float(ahead_m @ np.cos(facing)), float(ahead_m @ np.sin(facing)))


class WheelchairMotion:
    """The motion of one body in a chair, a pure function of time as far as it is planned.

    Attributes:
        chair: the chair's measures, to draw it by.
        gestures: what hands do instead of pushing.
    """

    def __init__(
        self,
        body: Body,
        at: Point,
        heading_rad: float,
        *,
        person: int = 1,
        start_s: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.body = body
        self.person = person
        self.chair = Wheelchair.of(body)
        self.gestures: list[Gesture] = []
        self._start_s = start_s
        self._phases = np.random.default_rng([seed, 8]).uniform(0.0, 2.0 * math.pi, 3)
        self._pushes: list[_Push] = []
        self._starts_s: list[float] = []
        self._end = (at, heading_rad)

    @property
    def planned_until_s(self) -> float:
        if not self._pushes:
            return self._start_s
        return self._pushes[-1].start_s + self._pushes[-1].duration_s

    @property
    def center(self) -> Point:
        """Where the plan ends: the middle of the axle."""
        return self._end[0]

    @property
    def heading_rad(self) -> float:
        """Where the plan ends facing; not wrapped."""
        return self._end[1]

    @property
    def speed_m_s(self) -> float:
        """How fast the chair rolls where the plan ends."""
        return self._pushes[-1].to_m_s if self._pushes else 0.0

    def stand(self, duration_s: float) -> None:
        """Stay where the chair is, or let it roll on evenly."""
        self.push(duration_s, self.speed_m_s)

    def push(self, duration_s: float, to_m_s: float, turn_rad: float = 0.0) -> None:
        """Roll on for a while, reaching a speed (below 0: backwards) and turning by an angle."""
        push = _Push(
            self.planned_until_s, duration_s, *self._end, turn_rad, from_m_s=self.speed_m_s, to_m_s=to_m_s
        )
        self._pushes.append(push)
        self._starts_s.append(push.start_s)
        self._end = (push.place(duration_s), push.heading_rad + turn_rad)

    def would_reach(self, duration_s: float, to_m_s: float, turn_rad: float) -> Point:
        """Where such a push would lead."""
        return _Push(0.0, duration_s, *self._end, turn_rad, self.speed_m_s, to_m_s).place(duration_s)

    def axle(self, t_s: float) -> tuple[Point, float]:
        """The chair's centre on the floor and its heading at a time."""
        push, since_s = self._at(t_s)
        return push.place(since_s), push.facing_rad(since_s)

    def trunk(self, t_s: float) -> Trunk:
        """How hips, chest and head are held at a time, exactly as in `pose`."""
        push, since_s = self._at(t_s)
        center, heading_rad = push.place(since_s), push.facing_rad(since_s)
        share = since_s / push.duration_s
        lean = 0.06 + self._effort(push) * 0.30 * bump(share / (_GRIP_SHARE + 0.25))
        breath, look, nod = (
            math.sin(hz * 2.0 * math.pi * t_s + phase)
            for hz, phase in zip((0.27, 0.11, 0.17), self._phases, strict=True)
        )
        hips_m = np.array([center.x_m, center.y_m, self.chair.seat_m])
        return Trunk(
            hips_m=hips_m + HIPS_AHEAD * self.body.height_m * _axes(heading_rad)[0],
            pelvis=rotation(heading_rad, -0.12 + 0.4 * lean),
            chest=rotation(heading_rad, lean + 0.012 * breath),
            head=rotation(heading_rad + 0.2 * look, 0.08 + 0.2 * lean + 0.04 * nod),
        )

    def pose(self, t_s: float) -> Pose3D:
        """The truth at a time between the beginning and `planned_until_s`."""
        trunk = self.trunk(t_s)
        feet = {side: self._foot(side, trunk) for side in Side}
        arms, reaches = laid_over(dict.fromkeys(Side, Arm(0.1, 0.35, 0.0, 0.9)), self.gestures, t_s)
        for side in Side:
            free = [1.0 - g.share(t_s) for g in self.gestures if side in g.arms and g.start_s < t_s < g.end_s]
            reaches[side].insert(0, Reach(self._on_rim_m(side, t_s), math.prod(free)))
        left, right = (self._contact(feet[side]) for side in Side)
        return Pose3D(
            person=self.person,
            t_s=t_s,
            joints_m=joints_m(self.body, trunk, feet, arms, reaches),
            left=left,
            right=right,
            steps=0,
            jumps=0,
        )

    def _at(self, t_s: float) -> tuple[_Push, float]:
        """The push of the moment and how long it has lasted."""
        i = bisect.bisect_right(self._starts_s, t_s) - 1
        if i < 0:
            first = self._pushes[0] if self._pushes else None
            at, heading_rad = (first.at, first.heading_rad) if first else self._end
            return _Push(self._start_s, 1.0, at, heading_rad, 0.0, 0.0, 0.0), 0.0
        push = self._pushes[i]
        return push, min(t_s - push.start_s, push.duration_s)

    def _effort(self, push: _Push) -> float:
        """0 for rest, 1 for a strong push or brake on either wheel."""
        arc_m = 0.5 * abs(push.turn_rad) * self.chair.track_m
        return ease((abs(push.to_m_s - push.from_m_s) + abs(push.to_m_s) + arc_m / push.duration_s) / 1.2)

    def _on_rim_m(self, side: Side, t_s: float) -> FloatArray:
        """The hand holds its rim and goes with it, then lets go and comes back."""
        push, since_s = self._at(t_s)
        gone_m = push.rolled_m(since_s) - side * 0.5 * self.chair.track_m * (
            push.facing_rad(since_s) - push.heading_rad
        )
        back = ease((since_s / push.duration_s - _GRIP_SHARE) / (1.0 - _GRIP_SHARE))
        along_rad = _LONGEST_GRIP_RAD * math.tanh(gone_m / self.chair.wheel_m / _LONGEST_GRIP_RAD)
        angle_rad = _GRIP_RAD + (1.0 - back) * along_rad
        lift_m = 0.03 * self.body.height_m * bump(back) * min(abs(along_rad), 1.0)
        ahead, left = _axes(push.facing_rad(since_s))
        center = push.place(since_s)
        radius_m = self.chair.wheel_m + 0.02 * self.body.height_m + lift_m
        rim_m = np.array([center.x_m, center.y_m, self.chair.wheel_m + radius_m * math.cos(angle_rad)])
        rim_m += radius_m * math.sin(angle_rad) * ahead + side * (0.5 * self.chair.track_m + lift_m) * left
        return np.asarray(rim_m)

    def _foot(self, side: Side, trunk: Trunk) -> FootPose:
        """A foot flat on the footrest, under the knee and a little ahead."""
        body, heading_rad = self.body, math.atan2(trunk.pelvis[1, 0], trunk.pelvis[0, 0])
        ahead, left = _axes(heading_rad)
        toe_ahead_m = 0.93 * body.thigh_m + 0.06 * body.height_m + body.foot_m - body.ankle_ahead_m
        toe_m = trunk.hips_m + toe_ahead_m * ahead + side * 1.05 * body.hip_half_m * left
        toe_m[2] = self.chair.footrest_m + body.toe_height_m
        return posed(body, toe_m, heading_rad)

    def _contact(self, foot: FootPose) -> Contact:
        middle = 0.5 * (foot.heel_m + foot.toe_m)
        place = Point(float(middle[0]), float(middle[1]))
        return Contact(down=False, since_s=self._start_s, place=place, heading_rad=foot.heading_rad)


def _axes(heading_rad: float) -> tuple[FloatArray, FloatArray]:
    """Ahead and left, (3,) each."""
    c, s = math.cos(heading_rad), math.sin(heading_rad)
    return np.array([c, s, 0.0]), np.array([-s, c, 0.0])
