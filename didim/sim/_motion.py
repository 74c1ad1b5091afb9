"""One person's motion: planned piece by piece, read at any time planned so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim._body import GRAVITY_M_S2, Body
from didim.sim._curve import KnotCurve, hermite
from didim.sim._feet import FootPose, FootTrack, Hips, Side, Stance, Swing
from didim.sim._figure import Arm, Trunk, joints_m, rotation, settled
from didim.sim._gesture import Gesture, laid_over
from didim.sim._posture import Posture, PostureCurve

TOES_OUT_RAD = 0.10
WALK_STRETCH = 0.975
_BOTH_DOWN = 0.22
"""Share of a walking step in which both feet are down (Winter, table 4.1: 60/40 stance to swing)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What one foot does at a moment, exactly.

    Attributes:
        down: it bears on the floor.
        since_s: when it came down, or left.
        place: the middle of the sole over the floor; heading_rad: where the toes point.
    """

    down: bool
    since_s: float
    place: Point
    heading_rad: float


@dataclass(frozen=True, slots=True)
class Touch:
    """A hand that rests on a wall, exactly.

    Attributes:
        since_s: when it came to rest there.
        place: of the tip of its index finger, in the wall's frame.
    """

    side: Side
    since_s: float
    place: Point


@dataclass(frozen=True, slots=True)
class Pose3D:
    """The truth about one person at one moment.

    Attributes:
        joints_m: (33, 3) float64, rows follow `Joint`, metres in the surface's frame.
        steps: feet put down since the beginning; two for a landing on both.
        jumps: times the person left the floor by jump or hop and came down again.
        touches: hands on the wall, where the surface is one.
    """

    person: int
    t_s: float
    joints_m: FloatArray
    left: Contact
    right: Contact
    steps: int
    jumps: int
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class Footfall:
    """One step to take.

    Attributes:
        place, heading_rad: where the foot comes down and its toes then point; the person faces between both
            feet. Headings go on from the one before and are not wrapped.
        duration_s: from the landing before to this one.
        exit_m_s: velocity of the hips at this landing; (0, 0) ends the walk with both feet down.
        flight_s: both feet are off the floor that long before the landing: a running step.
    """

    side: Side
    place: Point
    heading_rad: float
    duration_s: float
    exit_m_s: tuple[float, float] = (0.0, 0.0)
    flight_s: float = 0.0

    @property
    def goes_on(self) -> bool:
        return self.exit_m_s != (0.0, 0.0)


class Motion:
    """The motion of one body, a pure function of time as far as it is planned.

    A new motion stands at `at`, facing `heading_rad`. Steps and moves are appended; what is planned does
    not change any more.
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
        self.gestures: list[Gesture] = []
        self.flights_s: list[tuple[float, float]] = []
        self.postures = PostureCurve(start_s)
        rng = np.random.default_rng([seed, 2])
        self._phases = rng.uniform(0.0, 2.0 * math.pi, 4)
        self.feet = {side: FootTrack(body, _standing(side, at, heading_rad, body, start_s)) for side in Side}
        xy_m = self._hips_over(at, heading_rad)
        self.hips = KnotCurve(start_s, np.array([*xy_m, body.stand_m, heading_rad]))

    @property
    def planned_until_s(self) -> float:
        return self.hips.end_s

    @property
    def standing(self) -> bool:
        """Whether the plan ends with both feet flat on the floor and the body at rest."""
        return all(math.isinf(track.last.heel_off_s) for track in self.feet.values())

    @property
    def heading_rad(self) -> float:
        """Where the plan ends facing; not wrapped, so that it never leaps."""
        return float(self.hips.end[3])

    @property
    def next_side(self) -> Side | None:
        """The foot whose heel is up already and that must step next; none when standing."""
        free = [side for side, track in self.feet.items() if not math.isinf(track.last.heel_off_s)]
        return free[0] if free else None

    def stand(self, duration_s: float) -> None:
        self.hips.add(self.planned_until_s + duration_s, self.hips.end)

    def step(self, fall: Footfall) -> None:
        """Put one foot down at a new place.

        Raises:
            ValueError: the other foot is the one that has to step.
        """
        if self.next_side not in (None, fall.side):
            raise ValueError(f"the {fall.side.other.name.lower()} foot has left the floor and must step next")
        start_s, end_s = self.planned_until_s, self.planned_until_s + fall.duration_s
        swinging, standing = self.feet[fall.side], self.feet[fall.side.other]
        stride_m = swinging.last.place.distance_m(fall.place)
        reach = min(stride_m / (1.1 * self.body.leg_m), 1.0)
        if self.next_side is None:
            swinging.release(start_s + 0.1 * fall.duration_s, start_s + 0.36 * fall.duration_s, 0.45 * reach)
        lift_m = self.body.leg_m * (0.05 + 0.02 * reach + (0.10 if fall.flight_s else 0.0))
        strike_rad = -0.10 * reach if fall.flight_s else -0.30 * reach * fall.goes_on
        swinging.land(
            Stance(
                side=fall.side,
                place=fall.place,
                heading_rad=fall.heading_rad,
                down_s=end_s,
                flat_s=end_s + 0.14 * fall.duration_s,
                strike_rad=strike_rad,
                swing=Swing(lift_m, self._bow_m(fall), hurry=1.0 if fall.flight_s else 0.2 * fall.goes_on),
            )
        )
        if fall.goes_on:
            up_s = end_s - fall.flight_s if fall.flight_s else end_s + _BOTH_DOWN * fall.duration_s
            heel_off_s = start_s + (0.3 if fall.flight_s else 0.5) * fall.duration_s
            standing.release(heel_off_s, up_s, 0.25 + 0.45 * reach)
        self._carry_hips(fall, standing.last)

    def _bow_m(self, fall: Footfall) -> tuple[float, float]:
        """How far a swinging foot must go around the standing one, in x and y."""
        start, support = self.feet[fall.side].last.place, self.feet[fall.side.other].last
        halfway = Point(0.5 * (start.x_m + fall.place.x_m), 0.5 * (start.y_m + fall.place.y_m))
        facing_rad = 0.5 * self.heading_rad + 0.25 * (fall.heading_rad + support.heading_rad)
        aside_m = aside_of_m(halfway, support.place, facing_rad)
        lack_m = max(1.5 * self.body.hip_half_m - fall.side * aside_m, 0.0)
        return -fall.side * lack_m * math.sin(facing_rad), fall.side * lack_m * math.cos(facing_rad)

    def _carry_hips(self, fall: Footfall, support: Stance) -> None:
        body, start_s = self.body, self.planned_until_s
        middle = Point(0.5 * (fall.place.x_m + support.place.x_m), 0.5 * (fall.place.y_m + support.place.y_m))
        facing_rad = 0.5 * (fall.heading_rad + support.heading_rad)
        turn_rad = facing_rad - self.heading_rad
        height_m = body.ankle_height_m + (WALK_STRETCH if fall.goes_on else 0.9985) * body.leg_m
        # A runner's foot passes under the hips in the middle of its contact, so they land further ahead.
        early_s = 0.5 * fall.flight_s
        middle = middle.moved(early_s * fall.exit_m_s[0], early_s * fall.exit_m_s[1])
        end = np.array([*self._hips_over(middle, facing_rad), height_m, facing_rad])
        rate = np.array([*fall.exit_m_s, 0.0, turn_rad / fall.duration_s if fall.goes_on else 0.0])
        halfway, mid_rate = hermite(0.5, self.hips.end, self.hips.end_rate, end, rate, fall.duration_s)
        if fall.flight_s:
            self._leap_between_steps(fall, end, rate)
            return
        speed_m_s = math.hypot(mid_rate[0], mid_rate[1])
        aside_m = aside_of_m(support.place, Point(float(halfway[0]), float(halfway[1])), facing_rad)
        sway = aside_m * max(0.75 - 0.5 * speed_m_s, 0.3)
        halfway[0] -= sway * math.sin(facing_rad)
        halfway[1] += sway * math.cos(facing_rad)
        halfway[2], mid_rate[2] = body.ankle_height_m + WALK_STRETCH * body.leg_m, 0.0
        self.hips.add(start_s + 0.5 * fall.duration_s, halfway, mid_rate)
        self.hips.add(start_s + fall.duration_s, end, rate)

    def _leap_between_steps(self, fall: Footfall, end: FloatArray, rate: FloatArray) -> None:
        """Hips sink and rise over the standing foot, then fly: a spring between two ballistic arcs."""
        start_s = self.planned_until_s
        up_share = 1.0 - fall.flight_s / fall.duration_s
        leaving, leaving_rate = hermite(
            up_share, self.hips.end, self.hips.end_rate, end, rate, fall.duration_s
        )
        end[2] = leaving[2] = self.body.ankle_height_m + 0.95 * self.body.leg_m
        rise_m_s = 0.5 * GRAVITY_M_S2 * fall.flight_s
        leaving_rate[2], rate[2] = rise_m_s, -rise_m_s
        self.hips.add(start_s + fall.duration_s - fall.flight_s, leaving, leaving_rate)
        self.hips.add(start_s + fall.duration_s, end, rate)

    def _hips_over(self, middle: Point, heading_rad: float) -> tuple[float, float]:
        """Hips stand a little behind the middle of the soles, towards the ankles."""
        back_m = 0.6 * (0.5 * self.body.foot_m - self.body.ankle_ahead_m)
        return (
            middle.x_m - back_m * math.cos(heading_rad),
            middle.y_m - back_m * math.sin(heading_rad),
        )

    def pose(self, t_s: float) -> Pose3D:
        """The truth at a time between the beginning and `planned_until_s`."""
        trunk, feet = self._carried(t_s)
        arms, reaches = laid_over(self._swung_arms(feet, t_s), self.gestures, t_s)
        return Pose3D(
            person=self.person,
            t_s=t_s,
            joints_m=joints_m(self.body, trunk, feet, arms, reaches),
            left=self._contact(Side.LEFT, feet[Side.LEFT], t_s),
            right=self._contact(Side.RIGHT, feet[Side.RIGHT], t_s),
            steps=sum(track.landed(t_s) for track in self.feet.values()),
            jumps=sum(down_s <= t_s for _, down_s in self.flights_s),
        )

    def trunk(self, t_s: float) -> Trunk:
        """How hips, chest and head are held at a time, exactly as in `pose`."""
        return self._carried(t_s)[0]

    def _carried(self, t_s: float) -> tuple[Trunk, dict[Side, FootPose]]:
        """The trunk over the feet at a time."""
        value, _ = self.hips.at(t_s)
        hips, posture = Hips(value[:3], float(value[3])), self.postures.at(t_s)
        feet = {side: track.at(t_s, hips, posture.feet) for side, track in self.feet.items()}
        return settled(self.body, self._held(t_s, feet, posture), feet), feet

    def _split(self, feet: dict[Side, FootPose], heading_rad: float) -> float:
        """How far the right foot is ahead of the left, in leg lengths."""
        between_m = feet[Side.RIGHT].ankle_m - feet[Side.LEFT].ankle_m
        ahead_m = between_m[0] * math.cos(heading_rad) + between_m[1] * math.sin(heading_rad)
        return float(ahead_m) / self.body.leg_m

    def _held(self, t_s: float, feet: dict[Side, FootPose], posture: Posture) -> Trunk:
        value, rate = self.hips.at(t_s)
        heading_rad = float(value[3])
        crouch = max(1.0 - (value[2] - self.body.ankle_height_m) / self.body.leg_m, 0.0)
        speed_m_s = math.hypot(rate[0], rate[1])
        lean = 0.04 + 0.05 * speed_m_s + 1.2 * crouch**1.25
        twist = 0.16 * self._split(feet, heading_rad) * (1.0 - posture.share)
        one_leg = (feet[Side.LEFT].ankle_m[2] - feet[Side.RIGHT].ankle_m[2]) / self.body.leg_m
        breath, look, nod, roll = (
            math.sin(hz * 2.0 * math.pi * t_s + phase)
            for hz, phase in zip((0.27, 0.11, 0.17, 0.21), self._phases, strict=True)
        )
        leans = posture.lean(0.5 * lean, lean + 0.012 * breath, 0.12 + 0.35 * lean + 0.04 * nod)
        rolls = posture.roll(-0.15 * one_leg, 0.05 * one_leg + 0.015 * roll, 0.02 * roll)
        return Trunk(
            hips_m=value[:3],
            pelvis=rotation(heading_rad + twist, leans[0], rolls[0]),
            chest=rotation(heading_rad - 0.8 * twist, leans[1], rolls[1]),
            head=rotation(heading_rad + 0.10 * look, leans[2], rolls[2]),
        )

    def _swung_arms(self, feet: dict[Side, FootPose], t_s: float) -> dict[Side, Arm]:
        """Each arm swings with the opposite leg; a runner's are bent."""
        value, rate = self.hips.at(t_s)
        split, speed_m_s = self._split(feet, float(value[3])), math.hypot(rate[0], rate[1])
        hurry = min(max((speed_m_s / math.sqrt(GRAVITY_M_S2 * self.body.leg_m) - 0.6) / 0.3, 0.0), 1.0)
        arms = {}
        for side in Side:
            flexion = 0.06 + 0.75 * side * split
            elbow = 0.30 + 0.35 * max(flexion, 0.0)
            arms[side] = Arm(flexion, 0.14, 0.0, elbow + hurry * (1.35 - elbow))
        return arms

    def _contact(self, side: Side, foot: FootPose, t_s: float) -> Contact:
        stance = self.feet[side].stance_at(t_s)
        middle = 0.5 * (foot.heel_m + foot.toe_m)
        down = stance.down_s <= t_s <= stance.up_s
        return Contact(
            down=down,
            since_s=stance.down_s if down else stance.up_s,
            place=Point(float(middle[0]), float(middle[1])),
            heading_rad=foot.heading_rad,
        )


def beside(center: Point, heading_rad: float, side: Side, body: Body, width: float = 1.1) -> Point:
    """Where a foot stands beside `center`, `width` times the hip joint's distance out."""
    out_m = side * width * body.hip_half_m
    return center.moved(-out_m * math.sin(heading_rad), out_m * math.cos(heading_rad))


def _standing(side: Side, at: Point, heading_rad: float, body: Body, since_s: float) -> Stance:
    place = beside(at, heading_rad, side, body)
    return Stance(side, place, heading_rad + side * TOES_OUT_RAD, since_s, since_s)


def aside_of_m(place: Point, other: Point, heading_rad: float) -> float:
    """How far `place` lies to the left of `other` for someone with that heading."""
    dx_m, dy_m = place.x_m - other.x_m, place.y_m - other.y_m
    return dy_m * math.cos(heading_rad) - dx_m * math.sin(heading_rad)
