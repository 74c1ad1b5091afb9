"""What simulated people want: to wander about, or to step on what a game shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from didim.geometry import Point, Surface
from didim.sim import _moves as moves
from didim.sim._feet import Side
from didim.sim._walker import Free, Walker

_SAME_TARGET_M = 0.12
_ARRIVED_M = 0.12
_PATIENCE = 3
_AWAY_S = 4.0


class Mind(Protocol):
    """Decides for one person; told what is to be seen at a fixed rate, asked whenever the plan runs out."""

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        """Take note of the targets that are lit at `t_s`."""
        ...

    def act(self, walker: Walker, free: Free) -> None:
        """Add at least one piece to the walker's plan."""
        ...


class Wanderer:
    """Walks from place to place, now and then stops for a move; takes no notice of a game."""

    def __init__(self, surface: Surface, seed: int, *, liveliness: float = 0.3) -> None:
        self._surface = surface
        self._liveliness = liveliness
        self._rng = np.random.default_rng([seed, 3])
        self._goal = _somewhere(surface, self._rng)
        self._blocked = 0
        self._pauses = False

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        pass

    def act(self, walker: Walker, free: Free) -> None:
        if self._pauses:
            self._pause(walker)
        elif self._blocked > 2 or walker.center.distance_m(self._goal) < _ARRIVED_M:
            self._goal, self._blocked = _somewhere(self._surface, self._rng), 0
            self._pauses = bool(self._rng.random() < 0.6)
            walker.pause(0.2)
        elif walker.toward(self._goal, walker.motion.body.walk_speed_m_s, free):
            self._blocked = 0
        else:
            self._blocked += 1

    def _pause(self, walker: Walker) -> None:
        if not walker.squared_up:
            walker.pause(0.2)
            return
        self._pauses = False
        if self._rng.random() < self._liveliness:
            play_move(walker, self._rng)
        else:
            walker.pause(float(self._rng.uniform(0.3, 1.2)))


class PadSeeker:
    """Goes to the nearest target and steps on it.

    Attributes:
        skill: 0 to 1, how exactly the foot is aimed (12 cm down to 1 cm) and how briskly the person goes.
        reaction_s: how long after it appeared a target is acted on.
        joy: how likely a jump follows a hit, 0 to 1.
    """

    def __init__(
        self, surface: Surface, seed: int, *, skill: float = 0.7, reaction_s: float = 0.35, joy: float = 0.15
    ) -> None:
        if not 0.0 <= skill <= 1.0:
            raise ValueError(f"skill must lie between 0 and 1, got {skill}")
        self.skill = skill
        self.reaction_s = reaction_s
        self.joy = joy
        self._surface = surface
        self._rng = np.random.default_rng([seed, 4])
        self._seen: deque[tuple[float, tuple[Point, ...]]] = deque()
        self._targets: tuple[Point, ...] = ()
        self._done: list[Point] = []
        self._left_until: list[tuple[float, Point]] = []
        self._goal: Point | None = None
        self._aim_m = (0.0, 0.0)
        self._retreat = _somewhere(surface, self._rng)
        self._rests = False
        self._glad = False
        self._blocked = 0
        self._now_s = 0.0

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        self._now_s = t_s
        latest = self._seen[-1][1] if self._seen else self._targets
        if tuple(targets) != latest:
            self._seen.append((t_s, tuple(targets)))
        while self._seen and self._seen[0][0] <= t_s - self.reaction_s:
            self._targets = self._seen.popleft()[1]
        self._done = [done for done in self._done if _near(done, self._targets)]
        self._left_until = [left for left in self._left_until if left[0] > t_s]

    def act(self, walker: Walker, free: Free) -> None:
        if self._rests:
            self._rest(walker)
            return
        goal = self._choose(walker)
        speed_m_s = walker.motion.body.walk_speed_m_s * (0.85 + 0.5 * self.skill)
        if goal is None:
            if not self._left_until or not walker.toward(self._retreat, speed_m_s, free):
                walker.pause(0.15)
            return
        aimed = goal.moved(*self._aim_m)
        if walker.foot_on(aimed, free):
            self._done.append(goal)
            self._goal, self._rests = None, True
            self._glad = bool(self._rng.random() < self.joy)
        elif walker.toward(aimed, speed_m_s, free, short_m=0.4 * walker.motion.body.leg_m):
            self._blocked = 0
        else:
            self._blocked += 1
            if self._blocked >= _PATIENCE:
                self._give_way(goal)

    def _give_way(self, goal: Point) -> None:
        """Leave a target to others for a while, and make room."""
        self._left_until.append((self._now_s + _AWAY_S, goal))
        self._goal, self._blocked = None, 0
        self._retreat = _somewhere(self._surface, self._rng)

    def _rest(self, walker: Walker) -> None:
        """Stay on the target for a moment, or bring the feet together and jump for joy."""
        if self._glad and not walker.squared_up:
            walker.pause(0.1)
            return
        self._rests = False
        if self._glad:
            moves.jump(walker.motion, float(self._rng.uniform(0.06, 0.15)))
        else:
            walker.motion.stand(float(self._rng.uniform(0.15, 0.45)))

    def _choose(self, walker: Walker) -> Point | None:
        """The target already chosen while it is there, else the nearest that is neither done nor left."""
        if self._goal is not None:
            still = [target for target in self._targets if target.distance_m(self._goal) < _SAME_TARGET_M]
            if still:
                self._goal = still[0]
                return self._goal
        passed = [*self._done, *(point for _, point in self._left_until)]
        open_ = [target for target in self._targets if not _near(target, passed)]
        self._goal = min(open_, key=walker.center.distance_m, default=None)
        self._blocked = 0
        spread_m = 0.01 + 0.11 * (1.0 - self.skill)
        self._aim_m = (float(self._rng.normal(0, spread_m)), float(self._rng.normal(0, spread_m)))
        return self._goal


def play_move(walker: Walker, rng: np.random.Generator) -> None:
    """One move on the spot, by chance."""
    motion = walker.motion
    side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
    choice = rng.integers(5)
    if choice == 0:
        moves.jump(motion, float(rng.uniform(0.08, 0.22)))
    elif choice == 1:
        moves.star_jump(motion)
    elif choice == 2:
        moves.hop(motion, side, count=int(rng.integers(1, 4)))
    elif choice == 3:
        moves.squat(motion, depth=float(rng.uniform(0.25, 0.45)))
    else:
        moves.wave(motion, side)
        motion.stand(2.0)


def _near(point: Point, others: Sequence[Point]) -> bool:
    return any(point.distance_m(other) < _SAME_TARGET_M for other in others)


def _somewhere(surface: Surface, rng: np.random.Generator) -> Point:
    margin_m = min(0.4, 0.3 * min(surface.width_m, surface.height_m))
    return Point(
        float(rng.uniform(margin_m, surface.width_m - margin_m)),
        float(rng.uniform(margin_m, surface.height_m - margin_m)),
    )
