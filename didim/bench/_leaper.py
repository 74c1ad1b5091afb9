"""Somebody who walks a few steps and then jumps, hops, squats or waves, over and over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from didim.geometry import Point, Surface
from didim.sim import Motion, Mover, Side, hop, jump, squat, wave

MOST_STEPS, ARRIVED_M, RIM_M = 4, 0.12, 0.5
PACES = (0.7, 1.0, 1.3)
HIGH_M, LOW_M = (0.12, 0.28), (0.06, 0.10)
MOVES = ("high", "low", "high", "hop", "high", "squat", "low", "wave")


class Leaper:
    """A mind of the venue's; the seed chooses places, paces and the order of the moves."""

    def __init__(self, surface: Surface, seed: int) -> None:
        self._surface, self._rng = surface, np.random.default_rng([seed, 5])
        self._goal, self._steps = self._somewhere(), MOST_STEPS
        self._moves: list[str] = []

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        """Nothing that is lit concerns them."""

    def act(self, mover: Mover, free: Callable[[Point, Point], bool]) -> None:
        """Go on to the goal, come to rest there, and make the next move."""
        if self._steps and mover.center.distance_m(self._goal) > ARRIVED_M:
            self._steps -= 1
            pace_m_s = mover.motion.body.walk_speed_m_s * float(self._rng.choice(PACES))
            mover.toward(self._goal, pace_m_s, free)
        elif not mover.squared_up:
            mover.pause(0.2)
        else:
            motion = mover.motion
            assert isinstance(motion, Motion)
            motion.stand(float(self._rng.uniform(0.1, 0.6)))
            self._move(motion)
            self._goal, self._steps = self._somewhere(), MOST_STEPS

    def _move(self, motion: Motion) -> None:
        self._moves = self._moves or [str(move) for move in self._rng.permutation(MOVES)]
        move, side = self._moves.pop(), Side.LEFT if self._rng.random() < 0.5 else Side.RIGHT
        if move == "hop":
            hop(motion, side, count=int(self._rng.integers(1, 4)))
        elif move == "squat":
            squat(motion, depth=float(self._rng.uniform(0.3, 0.45)))
        elif move == "wave":
            wave(motion, side, duration_s=1.0)
            motion.stand(1.0)
        else:
            jump(motion, float(self._rng.uniform(*(HIGH_M if move == "high" else LOW_M))))

    def _somewhere(self) -> Point:
        size_m = (self._surface.width_m, self._surface.height_m)
        return Point(*(float(self._rng.uniform(RIM_M, side_m - RIM_M)) for side_m in size_m))
