"""What simulated people want: to wander about, or to step on what a game shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from didim.geometry import FloatArray, Point, Surface
from didim.sim._feet import Side
from didim.sim._performance import Performance
from didim.sim._walker import Free

_SAME_TARGET_M = 0.12
_ARRIVED_M = 0.12
_PATIENCE = 3
_AWAY_S = 4.0


class Mover(Protocol):
    """A motion that a mind leads, on feet or on wheels: each call adds at least one piece to its plan.

    Attributes:
        room_m: radius that others stay out of; `girth`: radius of what can be bumped into, by stature.
        margin_m: how far the middle of the person stays from the rim of the floor.
        way: the points that the middle passes on the piece planned last.
    """

    girth: float
    room_m: float
    margin_m: float
    way: tuple[Point, ...]

    @property
    def motion(self) -> Performance:
        """What is planned."""
        ...

    @property
    def center(self) -> Point:
        """Where the person is at the end of the plan."""
        ...

    @property
    def squared_up(self) -> bool:
        """Ready for a move on the spot."""
        ...

    def pause(self, duration_s: float) -> None:
        """Come to rest, or, once that is done, stay."""
        ...

    def rest(self, duration_s: float) -> None:
        """Stay as one is."""
        ...

    def halt(self, free: Free) -> None:
        """Stop as fast as can be."""
        ...

    def toward(self, goal: Point, speed_m_s: float, free: Free, *, short_m: float = 0.0) -> bool:
        """Go towards a goal; whether that helped."""
        ...

    def cover(self, target: Point, free: Free) -> bool:
        """Come to rest right on a target, if it is near enough; whether it is."""
        ...

    def touch(self, side: Side, place_m: FloatArray) -> None:
        """Reach for a place, (3,) metres, with one hand and rest it there; from being squared up."""
        ...

    def rejoice(self, rng: np.random.Generator) -> None:
        """Be glad, on the spot."""
        ...

    def play(self, rng: np.random.Generator, free: Free) -> None:
        """A move on the spot, by chance."""
        ...

    def fall(self, rng: np.random.Generator, free: Free) -> None:
        """Fall over and get up again, for those who can; from being squared up."""
        ...


class Mind(Protocol):
    """Decides for one person; told what is to be seen at a fixed rate, asked whenever the plan runs out."""

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        """Take note of the targets that are lit at `t_s`."""
        ...

    def act(self, mover: Mover, free: Free) -> None:
        """Add at least one piece to the mover's plan."""
        ...


class Wanderer:
    """Walks from place to place, now and then stops for a move; takes no notice of a game.

    Args:
        liveliness: how likely a stop is a move, and how often the person stops dead, 0 to 1.
        stumbles: how likely a stop is a fall, 0 to 1.
    """

    def __init__(
        self, surface: Surface, seed: int, *, liveliness: float = 0.3, stumbles: float = 0.0
    ) -> None:
        self._surface = surface
        self._liveliness = liveliness
        self._stumbles = stumbles
        self._rng = np.random.default_rng([seed, 3])
        self._goal = _somewhere(surface, self._rng)
        self._blocked = 0
        self._pauses = False

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        pass

    def act(self, mover: Mover, free: Free) -> None:
        if self._pauses:
            self._pause(mover, free)
        elif self._blocked > 2 or mover.center.distance_m(self._goal) < _ARRIVED_M:
            self._goal, self._blocked = _somewhere(self._surface, self._rng), 0
            self._pauses = bool(self._rng.random() < 0.6)
            mover.pause(0.2)
        elif self._rng.random() < 0.04 * self._liveliness:
            mover.halt(free)
        elif mover.toward(self._goal, mover.motion.body.walk_speed_m_s, free):
            self._blocked = 0
        else:
            self._blocked += 1

    def _pause(self, mover: Mover, free: Free) -> None:
        if not mover.squared_up:
            mover.pause(0.2)
            return
        self._pauses = False
        if self._rng.random() < self._stumbles:
            mover.fall(self._rng, free)
        elif self._rng.random() < self._liveliness:
            mover.play(self._rng, free)
        else:
            mover.pause(float(self._rng.uniform(0.3, 1.2)))


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

    def act(self, mover: Mover, free: Free) -> None:
        if self._rests:
            self._rest(mover)
            return
        goal = self._choose(mover)
        speed_m_s = mover.motion.body.walk_speed_m_s * (0.85 + 0.5 * self.skill)
        if goal is None:
            if not self._left_until or not mover.toward(self._retreat, speed_m_s, free):
                mover.pause(0.15)
            return
        aimed = goal.moved(*self._aim_m)
        if mover.cover(aimed, free):
            self._done.append(goal)
            self._goal, self._rests = None, True
            self._glad = bool(self._rng.random() < self.joy)
        elif mover.toward(aimed, speed_m_s, free, short_m=0.4 * mover.motion.body.leg_m):
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

    def _rest(self, mover: Mover) -> None:
        """Stay on the target for a moment, or bring the feet together and jump for joy."""
        if self._glad and not mover.squared_up:
            mover.pause(0.1)
            return
        self._rests = False
        if self._glad:
            mover.rejoice(self._rng)
        else:
            mover.rest(float(self._rng.uniform(0.15, 0.45)))

    def _choose(self, mover: Mover) -> Point | None:
        """The target already chosen while it is there, else the nearest that is neither done nor left."""
        if self._goal is not None:
            still = [target for target in self._targets if target.distance_m(self._goal) < _SAME_TARGET_M]
            if still:
                self._goal = still[0]
                return self._goal
        passed = [*self._done, *(point for _, point in self._left_until)]
        open_ = [target for target in self._targets if not _near(target, passed)]
        self._goal = min(open_, key=mover.center.distance_m, default=None)
        self._blocked = 0
        spread_m = 0.01 + 0.11 * (1.0 - self.skill)
        self._aim_m = (float(self._rng.normal(0, spread_m)), float(self._rng.normal(0, spread_m)))
        return self._goal


def _near(point: Point, others: Sequence[Point]) -> bool:
    return any(point.distance_m(other) < _SAME_TARGET_M for other in others)


def _somewhere(surface: Surface, rng: np.random.Generator) -> Point:
    margin_m = min(0.4, 0.3 * min(surface.width_m, surface.height_m))
    return Point(
        float(rng.uniform(margin_m, surface.width_m - margin_m)),
        float(rng.uniform(margin_m, surface.height_m - margin_m)),
    )
