"""Somebody who plays a game on a wall: walks up to what is lit and lays a hand on it."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from didim.geometry import FloatArray, Point, RigidPose, Surface
from didim.sim._feet import Side
from didim.sim._minds import Mover
from didim.sim._walker import Free

_SAME_TARGET_M, _THERE_M = 0.12, 0.12
_STAND_OFF = 0.30
_ON_WHEELS_STAND_OFF = 0.50
"""How far from the wall one stops, in shares of stature; a chair has feet ahead."""
_REACH, _SHOULDERS = 0.42, 0.81
_SQUARE_RAD = 0.3
_BEFORE_PLANE_M = 0.015
"""The index joint stays that far before the wall: its fingertip is on it."""
_PATIENCE = 40
"""So many steps on the way, four times fewer where there is no way, and the target is left to others."""


class WallPlayer:
    """Goes to the nearest target in reach and touches it, one hand at a time.

    Args:
        ground: the floor before the wall, its y towards it.
        ground_from_wall: targets are given on the wall.
        skill: 0 to 1, how exactly the hand is aimed (8 cm down to 1 cm) and how briskly the person goes.
        reaction_s: how long after it appeared a target is acted on.
    """

    def __init__(
        self,
        ground: Surface,
        ground_from_wall: RigidPose,
        seed: int,
        *,
        skill: float = 0.7,
        reaction_s: float = 0.35,
    ) -> None:
        if not 0.0 <= skill <= 1.0:
            raise ValueError(f"skill must lie between 0 and 1, got {skill}")
        self.skill = skill
        self.reaction_s = reaction_s
        self._ground, self._ground_from_wall = ground, ground_from_wall
        self._rng = np.random.default_rng([seed, 14])
        self._seen: deque[tuple[float, tuple[Point, ...]]] = deque()
        self._targets: tuple[Point, ...] = ()
        self._done: list[Point] = []
        self._goal: Point | None = None
        self._tried = 0

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        latest = self._seen[-1][1] if self._seen else self._targets
        if tuple(targets) != latest:
            self._seen.append((t_s, tuple(targets)))
        while self._seen and self._seen[0][0] <= t_s - self.reaction_s:
            self._targets = self._seen.popleft()[1]
        self._done = [done for done in self._done if _near(done, self._targets)]

    def act(self, mover: Mover, free: Free) -> None:
        goal = self._choose(mover)
        if goal is None:
            mover.pause(0.2)
            return
        place_m = self._place_m(goal)
        if self._brought_before(mover, place_m, free):
            self._done.append(goal)
            self._goal = None
            spread_m = 0.01 + 0.07 * (1.0 - self.skill)
            across_m, up_m = self._rng.normal(0.0, spread_m, 2).tolist()
            mover.touch(_hand(mover, place_m), place_m + np.array([across_m, 0.0, up_m]))
            return
        if self._tried > _PATIENCE:
            self._done.append(goal)
            self._goal = None

    def touch_nearest(self, mover: Mover) -> None:
        """Touch what is lit nearest, or the wall straight ahead, from where one stands."""
        shoulders_m = _SHOULDERS * mover.motion.body.height_m
        ahead_m = np.array([mover.center.x_m, self._ground.height_m - _BEFORE_PLANE_M, shoulders_m])
        lit = [self._place_m(target) for target in self._targets]
        near = [place_m for place_m in lit if np.linalg.norm(place_m - ahead_m) < 0.6]
        place_m = min(near, key=lambda place_m: float(np.linalg.norm(place_m - ahead_m)), default=ahead_m)
        mover.touch(_hand(mover, place_m), place_m)

    def _place_m(self, target: Point) -> FloatArray:
        """Where the hand goes, (3,) metres over the ground."""
        wall_m = np.array([[target.x_m, target.y_m, _BEFORE_PLANE_M]])
        return np.asarray(self._ground_from_wall.apply(wall_m)[0])

    def _off_m(self, mover: Mover) -> float:
        share = _ON_WHEELS_STAND_OFF if mover.room_m > 0.3 else _STAND_OFF
        return max(share * mover.motion.body.height_m, mover.margin_m + 0.02)

    def _in_reach(self, mover: Mover, target: Point) -> bool:
        """Whether somebody before it could lay a hand on it."""
        height_m, off_m = mover.motion.body.height_m, self._off_m(mover)
        over_m = float(self._place_m(target)[2]) - _SHOULDERS * height_m
        return math.hypot(over_m, off_m) < _REACH * height_m

    def _brought_before(self, mover: Mover, place_m: FloatArray, free: Free) -> bool:
        """One step or turn more towards standing square before a place; whether nothing is left to do."""
        body, wall_m = mover.motion.body, self._ground.height_m
        aside_m = 0.12 * body.height_m * (-1.0 if _hand(mover, place_m) is Side.RIGHT else 1.0)
        across_m = min(
            max(float(place_m[0]) + aside_m, mover.margin_m), self._ground.width_m - mover.margin_m
        )
        before = Point(across_m, wall_m - self._off_m(mover))
        speed_m_s = body.walk_speed_m_s * (0.85 + 0.4 * self.skill)
        if mover.center.distance_m(before) > _THERE_M:
            self._tried += 1 if mover.toward(before, speed_m_s, free) else _PATIENCE // 4
            return False
        if abs(_askew_rad(mover)) > _SQUARE_RAD:
            self._tried += 1
            mover.toward(Point(mover.center.x_m, wall_m + 1.0), speed_m_s, free, short_m=3.0)
            return False
        if not mover.squared_up:
            mover.pause(0.1)
            return False
        return True

    def _choose(self, mover: Mover) -> Point | None:
        """The target already chosen while it is lit, else the nearest that is in reach and not done."""
        if self._goal is not None:
            still = [target for target in self._targets if target.distance_m(self._goal) < _SAME_TARGET_M]
            if still:
                self._goal = still[0]
                return self._goal
        open_ = [
            target
            for target in self._targets
            if not _near(target, self._done) and self._in_reach(mover, target)
        ]
        self._goal = min(open_, key=lambda target: self._way_m(mover, target), default=None)
        self._tried = 0
        return self._goal

    def _way_m(self, mover: Mover, target: Point) -> float:
        return abs(float(self._place_m(target)[0]) - mover.center.x_m)


def _askew_rad(mover: Mover) -> float:
    """How far the hips are turned away from the wall at the end of the plan."""
    ahead = mover.motion.trunk(mover.motion.planned_until_s).pelvis[:, 0]
    return math.remainder(math.atan2(ahead[1], ahead[0]) - 0.5 * math.pi, math.tau)


def _hand(mover: Mover, place_m: FloatArray) -> Side:
    """The hand that is nearer, of somebody who faces the wall."""
    return Side.RIGHT if place_m[0] >= mover.center.x_m else Side.LEFT


def _near(point: Point, others: Sequence[Point]) -> bool:
    return any(point.distance_m(other) < _SAME_TARGET_M for other in others)
