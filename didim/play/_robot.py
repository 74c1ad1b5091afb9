"""Simulated players who go for a game's targets at a given skill: to try a game, and to test it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from didim.geometry import Point, Surface
from didim.people import JOINT_COUNT, Foot, Joint, JointPlace, Player, Plays
from didim.play._chance import Rng
from didim.play._limbs import LIMBS
from didim.play._target import PlayingSide, Target

STRIDE_S = 0.3
HALF_STEP_M = 0.09
HURRY = 1.6
ARM_SPEED_M_S = 1.4
STATURE_M = 1.3
ARM_M = 0.6  # held out from a chair
CHAIR_SHARE, SEAT_LOWER_M = 0.8, 0.25  # of walking speed; who sits is so much lower
AT_REST_DEG = {
    "left_upper_arm": -100.0,
    "left_forearm": -95.0,
    "right_upper_arm": -80.0,
    "right_forearm": -85.0,
    "left_thigh": -95.0,
    "left_shin": -90.0,
    "right_thigh": -85.0,
    "right_shin": -90.0,
}
_TRUNK = {
    Joint.LEFT_SHOULDER: (-0.10, 0.80),
    Joint.RIGHT_SHOULDER: (0.10, 0.80),
    Joint.LEFT_HIP: (-0.06, 0.52),
    Joint.RIGHT_HIP: (0.06, 0.52),
    Joint.NOSE: (0.0, 0.93),
}
_LIMB_LENGTH = {"upper_arm": 0.17, "forearm": 0.15, "thigh": 0.24, "shin": 0.24}


class Skill(NamedTuple):
    """How well somebody plays.

    Attributes:
        reaction_s: until a new target is gone for.
        speed_m_s: of walking; a hand is as much quicker as it is for everybody.
        aim_sd_m: how far off the middle of a target they land.
        lapse: the share of targets not noticed.
        timing_sd_s: how far off the beat.
        pose_sd_deg: how far off each limb of a pose is.
    """

    reaction_s: float
    speed_m_s: float
    aim_sd_m: float
    lapse: float
    timing_sd_s: float
    pose_sd_deg: float


SKILLS = {
    "good": Skill(0.3, 1.7, 0.02, 0.0, 0.03, 5.0),
    "fair": Skill(0.7, 1.0, 0.06, 0.15, 0.12, 16.0),
    "poor": Skill(1.3, 0.6, 0.13, 0.4, 0.28, 38.0),
}


class _Aim(NamedTuple):
    seen_s: float
    miss: Point
    late_s: float
    noticed: bool


class Robot:
    """A player who sees the targets of a game and moves, walks or reaches for them.

    Args:
        player_id: as the game will see it.
        skill: one of `SKILLS`, or one of your own.
        seated: in a wheelchair, from which a hand is held out over a target or up the wall.
    """

    def __init__(
        self,
        player_id: int,
        place: Point,
        surface: Surface,
        skill: Skill,
        rng: Rng,
        *,
        seated: bool = False,
    ) -> None:
        self.id = player_id
        self.place = place
        self._surface = surface
        self._seated = seated
        self._skill = skill
        self._rng = rng
        self._aims: dict[tuple[Point, float | None], _Aim] = {}
        self._heading_rad = math.pi / 2
        self._stride_s = 0.0
        self._hands = [self._resting_hand(side) for side in (-1, 1)]
        self._limbs: dict[str, float] = dict(AT_REST_DEG)

    def step(self, targets: Sequence[Target], t_s: float, dt_s: float) -> Player:
        """Move for `dt_s` towards what the game asks for at `t_s`, its own time."""
        mine = [target for target in targets if target.player_id in (None, self.id)]
        self._look(mine, t_s)
        wanted = [target for target in mine if target.kind == "reach" and self._goes_for(target, t_s)]
        target = min(wanted, key=self._urgency, default=None)
        if self._surface.kind == "wall":
            return self._at_wall(target, next((t for t in mine if t.kind == "pose"), None), t_s, dt_s)
        avoid = [t for t in mine if t.kind == "avoid"]
        return (self._in_chair if self._seated else self._on_floor)(target, avoid, t_s, dt_s)

    def _look(self, targets: Sequence[Target], t_s: float) -> None:
        """Form an intention for each target when it first appears; forget those gone."""
        skill, rng = self._skill, self._rng
        aims = {}
        for target in targets:
            key = (target.place, target.due_s)
            turn_rad, miss_m = rng.uniform(0, math.tau), abs(rng.gauss(0, skill.aim_sd_m))
            fresh = _Aim(
                t_s,
                Point(miss_m * math.cos(turn_rad), miss_m * math.sin(turn_rad)),
                rng.gauss(0, skill.timing_sd_s),
                rng.random() >= skill.lapse,
            )
            aims[key] = self._aims.get(key, fresh)
        self._aims = aims

    def _goes_for(self, target: Target, t_s: float) -> bool:
        aim = self._aims[target.place, target.due_s]
        return aim.noticed and t_s - aim.seen_s >= self._skill.reaction_s

    def _urgency(self, target: Target) -> tuple[float, float]:
        return (math.inf if target.due_s is None else target.due_s, target.place.distance_m(self.place))

    def _on_floor(self, target: Target | None, avoid: Sequence[Target], t_s: float, dt_s: float) -> Player:
        lifted = 0
        if target is not None:
            aim = self._aims[target.place, target.due_s]
            goal = target.place.moved(*aim.miss)
            # the right foot lands on it
            across = Point(
                HALF_STEP_M * math.sin(self._heading_rad), -HALF_STEP_M * math.cos(self._heading_rad)
            )
            goal = goal.moved(-across.x_m, -across.y_m)
            if self._walk(goal, avoid, dt_s, hurry=target.due_s is not None):
                lifted = int(self._stride_s / STRIDE_S) % 2 + 1
            if target.due_s is not None and t_s < target.due_s + aim.late_s:
                lifted = 2
        return self._player(lifted)

    def _in_chair(self, target: Target | None, avoid: Sequence[Target], t_s: float, dt_s: float) -> Player:
        """Roll until the target is at hand and hold a hand out over it; roll onto it where there is time."""
        hand = self.place
        if target is not None:
            aim = self._aims[target.place, target.due_s]
            goal = target.place.moved(*aim.miss)
            due = target.due_s is None or t_s >= target.due_s + aim.late_s
            if self.place.distance_m(goal) > ARM_M or target.due_s is None:
                self._walk(goal, avoid, CHAIR_SHARE * dt_s, hurry=target.due_s is not None)
            if due and self.place.distance_m(goal) <= ARM_M:
                hand = goal
        joints = [JointPlace(*self.place, 1.0, 0.9)] * JOINT_COUNT
        joints[Joint.LEFT_INDEX] = JointPlace(*self.place, 0.6, 0.9)
        joints[Joint.RIGHT_INDEX] = JointPlace(*hand, 0.5, 0.9)
        foot = Foot(self.place, self._heading_rad, True, 0.9)
        return Player(
            self.id,
            self.place,
            foot,
            foot,
            tuple(joints),
            (0.0, 0.0),
            0,
            plays="seated",
            heading_rad=self._heading_rad,
        )

    def _walk(self, goal: Point, avoid: Sequence[Target], dt_s: float, *, hurry: bool) -> bool:
        """A step towards the goal, around what is to be avoided; whether there was one to take."""
        away_m = self.place.distance_m(goal)
        if away_m < 0.01:
            return False
        way_rad = math.atan2(goal.y_m - self.place.y_m, goal.x_m - self.place.x_m)
        if away_m > 2 * HALF_STEP_M:  # the last step is not turned for
            self._heading_rad = way_rad
        step_m = min(away_m, self._skill.speed_m_s * (HURRY if hurry else 1.0) * dt_s)
        for turn_rad in (0.0, 0.8, -0.8, 1.6, -1.6):
            angle_rad = way_rad + turn_rad
            place = self.place.moved(step_m * math.cos(angle_rad), step_m * math.sin(angle_rad))
            if all(place.distance_m(other.place) > other.radius_m + 0.15 for other in avoid):
                break
        self.place = place
        self._stride_s += dt_s
        return True

    def _player(self, lifted: int) -> Player:
        sin, cos = math.sin(self._heading_rad), math.cos(self._heading_rad)
        left = Foot(
            self.place.moved(-HALF_STEP_M * sin, HALF_STEP_M * cos), self._heading_rad, lifted != 1, 0.9
        )
        right = Foot(
            self.place.moved(HALF_STEP_M * sin, -HALF_STEP_M * cos), self._heading_rad, lifted != 2, 0.9
        )
        joints = (JointPlace(self.place.x_m, self.place.y_m, 1.0, 0.9),) * JOINT_COUNT
        return Player(self.id, self.place, left, right, joints, (0.0, 0.0), 0, heading_rad=self._heading_rad)

    def _beside(self, right_m: float) -> Point:
        sin, cos = math.sin(self._heading_rad), math.cos(self._heading_rad)
        return self.place.moved(right_m * sin, -right_m * cos)

    def _at_wall(self, target: Target | None, pose: Target | None, t_s: float, dt_s: float) -> Player:
        if target is not None:
            aim = self._aims[target.place, target.due_s]
            if target.due_s is None or t_s >= target.due_s + aim.late_s:
                self._reach(target.place.moved(*aim.miss), target.side, dt_s)
        elif pose is not None and t_s - self._aims[pose.place, pose.due_s].seen_s >= self._skill.reaction_s:
            self._strike(pose, dt_s)
        else:
            self._hands = [self._resting_hand(side) for side in (-1, 1)]
        return self._player_at_wall()

    def _reach(self, goal: Point, side: PlayingSide, dt_s: float) -> None:
        nearest = min((0, 1), key=lambda index: self._hands[index].distance_m(goal))
        index = {"left": 0, "right": 1}.get(side, nearest)
        hand = self._hands[index]
        away_m = max(hand.distance_m(goal), 1e-9)
        if self._seated:
            shoulder_m = _TRUNK[Joint.LEFT_SHOULDER][1] * STATURE_M - SEAT_LOWER_M
            goal = Point(goal.x_m, min(max(goal.y_m, shoulder_m - ARM_M), shoulder_m + ARM_M))
        share = min(1.0, ARM_SPEED_M_S * self._skill.speed_m_s * dt_s / away_m)
        self._hands[index] = hand.moved((goal.x_m - hand.x_m) * share, (goal.y_m - hand.y_m) * share)
        self.place = self.place.moved((goal.x_m - self.place.x_m) * min(1.0, dt_s), 0.0)

    def _strike(self, pose: Target, dt_s: float) -> None:
        miss = self._aims[pose.place, pose.due_s].miss
        off_deg = self._skill.pose_sd_deg * (1 if miss.x_m >= 0 else -1)
        for number, (limb, wanted_deg) in enumerate((pose.pose_deg or {}).items()):
            goal_deg = wanted_deg + off_deg * (1 if number % 2 else -1)
            turn_deg = math.remainder(goal_deg - self._limbs[limb], 360.0)
            self._limbs[limb] += turn_deg * min(1.0, 3 * self._skill.speed_m_s * dt_s)

    def _resting_hand(self, side: int) -> Point:
        return self.place.moved(0.22 * side, 0.45 * STATURE_M - self.place.y_m)

    def _player_at_wall(self) -> Player:
        places = self._body()
        for joints, hand in zip(
            ((Joint.LEFT_INDEX, Joint.LEFT_WRIST), (Joint.RIGHT_INDEX, Joint.RIGHT_WRIST)),
            self._hands,
            strict=True,
        ):
            places[joints[0]] = hand
            places.setdefault(joints[1], hand)
        body = tuple(
            JointPlace(*places.get(joint, self.place), 0.1 if joint in places else 0.4, 0.9)
            for joint in Joint
        )
        foot = Foot(self.place, math.pi / 2, True, 0.9)
        plays: Plays = "seated" if self._seated else "standing"
        return Player(self.id, self.place, foot, foot, body, (0.0, 0.0), 0, plays=plays)

    def _body(self) -> dict[Joint, Point]:
        """The joints in the wall's plane, the limbs as they point now."""
        base = Point(self.place.x_m, -SEAT_LOWER_M if self._seated else 0.0)
        places = {joint: base.moved(x * STATURE_M, y * STATURE_M) for joint, (x, y) in _TRUNK.items()}
        for limb, (inner, outer) in LIMBS.items():
            length_m = STATURE_M * _LIMB_LENGTH[limb.partition("_")[2]]
            angle_rad = math.radians(self._limbs[limb])
            places[outer] = places[inner].moved(
                length_m * math.cos(angle_rad), length_m * math.sin(angle_rad)
            )
        return places


def robots(
    surface: Surface,
    skills: Sequence[str],
    *,
    seed: int,
    of: Mapping[str, Skill] = SKILLS,
    seated: bool = False,
) -> list[Robot]:
    """A group of players side by side, one for each skill named; ids count from 1."""
    room_m = surface.width_m / (len(skills) + 1)
    y_m = surface.height_m / 2 if surface.kind == "floor" else 0.6
    return [
        Robot(
            index + 1,
            Point(room_m * (index + 1), y_m),
            surface,
            of[skill],
            Rng(seed * 1000 + index),
            seated=seated,
        )
        for index, skill in enumerate(skills)
    ]
