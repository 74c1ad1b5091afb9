"""Feet in time: where and when each stands, how it rolls, how it swings to its next place."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim._body import GRAVITY_M_S2, Body
from didim.sim._curve import bump, ease


class Side(IntEnum):
    """A body side; the value is the sign along the person's left."""

    LEFT = 1
    RIGHT = -1

    @property
    def other(self) -> Side:
        return Side(-self)


@dataclass(frozen=True, slots=True)
class Swing:
    """How a foot comes to its place through the air.

    Attributes:
        lift_m: clearance in the middle of the way, over what the roll of the foot needs.
        bow_m: how far the way bends aside, (x, y), to pass the standing leg.
        hurry: how fast the foot still comes forward when it lands, in shares of its mean speed.
        flies: the whole body is in free flight meanwhile, the foot rises with it.
        hold_m: if above 0, the foot is held that high beside the standing leg and follows the hips.
    """

    lift_m: float = 0.0
    bow_m: tuple[float, float] = (0.0, 0.0)
    hurry: float = 0.0
    flies: bool = False
    hold_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Stance:
    """One foot on the floor, from `down_s` until `up_s`.

    The heel stays put from landing on it until `heel_off_s`, the toe from `flat_s` until `up_s`; in between
    the whole sole does.

    Attributes:
        place: the middle of the sole when flat.
        heading_rad: where the toes point, 0 along +x, counter-clockwise.
        strike_rad: pitch at landing; below 0 on the heel, above 0 on the toe; `off_rad`: pitch at leaving.
        swing: how it came here.
    """

    side: Side
    place: Point
    heading_rad: float
    down_s: float
    flat_s: float
    strike_rad: float = 0.0
    heel_off_s: float = math.inf
    up_s: float = math.inf
    off_rad: float = 0.0
    swing: Swing = Swing()

    def pitch_rad(self, t_s: float) -> float:
        if t_s < self.flat_s:
            left = (self.flat_s - t_s) / (self.flat_s - self.down_s)
            # A toe gives way at once under the fall; a heel rolls on softly.
            return self.strike_rad * (left * left if self.strike_rad > 0.0 else ease(left))
        if t_s > self.heel_off_s:
            return self.off_rad * ((t_s - self.heel_off_s) / (self.up_s - self.heel_off_s)) ** 2
        return 0.0

    @property
    def off_rate_rad_s(self) -> float:
        """How fast the foot turns as it leaves the floor."""
        return 2.0 * self.off_rad / (self.up_s - self.heel_off_s) if self.off_rad else 0.0


@dataclass(frozen=True, slots=True)
class FootPose:
    """A rigid foot in space: (3,) metres each; headings as in Stance."""

    heel_m: FloatArray
    toe_m: FloatArray
    ankle_m: FloatArray
    heading_rad: float
    pitch_rad: float


@dataclass(frozen=True, slots=True)
class Tilt:
    """How feet that stand are tipped by a body that goes to the floor, radians.

    Attributes:
        pitch: heels up, about the toes; roll: to the right, about the line from heel to toe, which stays.
    """

    pitch: float = 0.0
    roll: float = 0.0


@dataclass(frozen=True, slots=True)
class Hips:
    """The middle of the hip joints: (3,) metres, and where the person faces."""

    center_m: FloatArray
    heading_rad: float


class FootTrack:
    """All stances of one foot, the last one perhaps still open."""

    def __init__(self, body: Body, first: Stance) -> None:
        self._body = body
        self.stances = [first]
        self._downs_s = [first.down_s]

    @property
    def last(self) -> Stance:
        return self.stances[-1]

    def release(self, heel_off_s: float, up_s: float, off_rad: float) -> None:
        """Say when the open stance ends."""
        self.stances[-1] = replace(self.last, heel_off_s=heel_off_s, up_s=up_s, off_rad=off_rad)

    def land(self, stance: Stance) -> None:
        """Add the next stance; the swing runs from the last `up_s` to its `down_s`."""
        if not self.last.up_s < stance.down_s:
            raise ValueError(f"a foot that leaves at {self.last.up_s} s cannot land at {stance.down_s} s")
        self.stances.append(stance)
        self._downs_s.append(stance.down_s)

    def stance_at(self, t_s: float) -> Stance:
        """The stance that holds at `t_s`, or the last one before it."""
        return self.stances[max(bisect.bisect_right(self._downs_s, t_s) - 1, 0)]

    def landed(self, t_s: float) -> int:
        """Feet put down up to `t_s`, the one it began on left out."""
        return max(bisect.bisect_right(self._downs_s, t_s) - 1, 0)

    def at(self, t_s: float, hips: Hips, tilt: Tilt) -> FootPose:
        """The foot at a time; `hips` place a foot that is held up, `tilt` tips one that stands."""
        i = max(bisect.bisect_right(self._downs_s, t_s) - 1, 0)
        stance = self.stances[i]
        if t_s <= stance.up_s or i + 1 == len(self.stances):
            return self.planted(stance, stance.pitch_rad(min(t_s, stance.up_s)) + tilt.pitch, tilt.roll)
        return self._swinging(stance, self.stances[i + 1], t_s, hips)

    def planted(self, stance: Stance, pitch_rad: float, roll_rad: float = 0.0) -> FootPose:
        """The foot on its place: turned about the toe when the heel is up, about the heel when the toe is."""
        body = self._body
        ahead = np.array([math.cos(stance.heading_rad), math.sin(stance.heading_rad), 0.0])
        middle = np.array([stance.place.x_m, stance.place.y_m, 0.0])
        toe_m = middle + 0.5 * body.foot_m * ahead + [0.0, 0.0, body.toe_height_m]
        if pitch_rad < 0.0:
            heel_m = middle - 0.5 * body.foot_m * ahead + [0.0, 0.0, body.heel_height_m]
            toe_m = heel_m - _turned(_heel_from_toe(body), stance.heading_rad, pitch_rad)
        return posed(body, toe_m, stance.heading_rad, pitch_rad, roll_rad)

    def _swinging(self, left: Stance, next_: Stance, t_s: float, hips: Hips) -> FootPose:
        length_s = next_.down_s - left.up_s
        since_s = t_s - left.up_s
        share = since_s / length_s
        swing = next_.swing
        along = share if swing.flies else ease(share) - swing.hurry * share * share * (1.0 - share)
        start = self.planted(left, left.off_rad)
        end = self.planted(next_, next_.strike_rad)
        toe_m = start.toe_m + (end.toe_m - start.toe_m) * along
        toe_m[:2] += bump(share) * np.array(swing.bow_m)
        heading_rad = left.heading_rad + (next_.heading_rad - left.heading_rad) * ease(share)
        pitch_rad = _swing_pitch_rad(left, next_, share, length_s)
        rise_m = swing.lift_m * bump(share)
        if swing.flies:
            rise_m += 0.5 * GRAVITY_M_S2 * since_s * (length_s - since_s)
        if swing.hold_m > 0.0:
            held = ease(since_s / 0.3) * ease((length_s - since_s) / 0.3)
            toe_m = toe_m + (self._held_toe_m(next_.side, hips) - toe_m) * held
            heading_rad += (hips.heading_rad - heading_rad) * held
            pitch_rad += (0.6 - pitch_rad) * held
            rise_m += held * (swing.hold_m + hips.center_m[2] - self._body.stand_m)
        toe_m[2] = self._body.toe_height_m + rise_m + self._toe_rise_m(pitch_rad, bump(share))
        return posed(self._body, toe_m, heading_rad, pitch_rad)

    def _toe_rise_m(self, pitch_rad: float, softness: float) -> float:
        """How far up the toe is when the lower of heel and toe touches the floor; rounded by softness."""
        heel_rise_m = _turned(_heel_from_toe(self._body), 0.0, pitch_rad)[2] - (
            self._body.heel_height_m - self._body.toe_height_m
        )
        return -soft_min(0.0, float(heel_rise_m), 0.03 * softness)

    def _held_toe_m(self, side: Side, hips: Hips) -> FloatArray:
        body = self._body
        ahead = np.array([math.cos(hips.heading_rad), math.sin(hips.heading_rad), 0.0])
        left = np.array([-ahead[1], ahead[0], 0.0])
        return np.asarray(hips.center_m - 0.10 * body.leg_m * ahead + side * 1.1 * body.hip_half_m * left)


def posed(
    body: Body, toe_m: FloatArray, heading_rad: float, pitch_rad: float = 0.0, roll_rad: float = 0.0
) -> FootPose:
    """A foot by its toe joint, (3,) metres, and how it is turned, tipped toe down, rolled to the right."""
    along, rise = _heel_from_toe(body)
    ankle_along, ankle_up = body.ankle_ahead_m - body.foot_m, body.ankle_height_m - body.toe_height_m
    # The line from heel to toe stays under a roll; what stands over it goes aside.
    stands_m = ankle_up - rise * ankle_along / along
    ankle = (ankle_along, ankle_up - stands_m * (1.0 - math.cos(roll_rad)))
    aside_m = stands_m * math.sin(roll_rad)
    right = np.array([math.sin(heading_rad), -math.cos(heading_rad), 0.0])
    return FootPose(
        heel_m=toe_m + _turned((along, rise), heading_rad, pitch_rad),
        toe_m=toe_m,
        ankle_m=toe_m + _turned(ankle, heading_rad, pitch_rad) + aside_m * right,
        heading_rad=heading_rad,
        pitch_rad=pitch_rad,
    )


def soft_min(a: float, b: float, width: float) -> float:
    """The lower of both, rounded where they are nearer than `width`; never above either."""
    if width <= 0.0:
        return min(a, b)
    near = max(width - abs(a - b), 0.0) / width
    return min(a, b) - 0.25 * near * near * width


def _swing_pitch_rad(left: Stance, next_: Stance, share: float, length_s: float) -> float:
    s = share
    return (
        (1 + 2 * s) * (1 - s) ** 2 * left.off_rad
        + s * s * (3 - 2 * s) * next_.strike_rad
        + length_s * s * (1 - s) ** 2 * left.off_rate_rad_s
    )


def _heel_from_toe(body: Body) -> tuple[float, float]:
    return (-body.foot_m, body.heel_height_m - body.toe_height_m)


def _turned(ahead_up: tuple[float, float], heading_rad: float, pitch_rad: float) -> FloatArray:
    """A vector given ahead and up in the foot, turned by pitch (toe down) and heading."""
    ahead, up = ahead_up
    level = ahead * math.cos(pitch_rad) + up * math.sin(pitch_rad)
    return np.array(
        [
            level * math.cos(heading_rad),
            level * math.sin(heading_rad),
            up * math.cos(pitch_rad) - ahead * math.sin(pitch_rad),
        ]
    )
