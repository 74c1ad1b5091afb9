"""A person who is led from outside: walks where it is told, stops dead, jumps."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from didim.geometry import Point, Surface
from didim.sim._minds import Mind, Mover
from didim.sim._walker import Free

_AHEAD_M = 1.0
_AT_RIM_M = 0.15
_STAND_S = 0.05


class Steered:
    """Does as somebody's keys say while `taken`, and else what its own mind wants.

    What is planned already is finished first: a step, or a jump.

    Attributes:
        taken: the keys lead.
        own: who decides otherwise.

    Args:
        deed: what is done on the spot instead of a jump.
    """

    def __init__(
        self, surface: Surface, own: Mind, seed: int, deed: Callable[[Mover], None] | None = None
    ) -> None:
        self._deed = deed
        self.taken = False
        self.own = own
        self._surface = surface
        self._rng = np.random.default_rng([seed, 8])
        self._way: tuple[float, float] | None = None
        self._jumps = False
        self._stands = False

    def steer(self, way: tuple[float, float] | None) -> None:
        """Walk along `way`, in the surface's frame and of any length, until told else; None stops dead."""
        length = math.hypot(*way) if way else 0.0
        self._way = (way[0] / length, way[1] / length) if way and length > 0.0 else None

    def jump(self) -> None:
        """Jump once, or do the deed, as soon as both feet are together."""
        self._jumps = True

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        self.own.watch(t_s, targets)

    def act(self, mover: Mover, free: Free) -> None:
        if not self.taken:
            self._stands = False
            self.own.act(mover, free)
        elif self._jumps:
            self._jump(mover)
        elif self._way and mover.center.distance_m(goal := self._goal(mover, *self._way)) > _AT_RIM_M:
            self._stands = False
            mover.toward(goal, mover.motion.body.walk_speed_m_s, free)
        elif self._stands:
            mover.rest(_STAND_S)
        else:
            self._stands = True
            mover.halt(free)

    def _jump(self, mover: Mover) -> None:
        if not mover.squared_up:
            mover.pause(_STAND_S)
            return
        self._jumps, self._stands = False, True
        if self._deed is None:
            mover.rejoice(self._rng)
        else:
            self._deed(mover)

    def _goal(self, mover: Mover, x: float, y: float) -> Point:
        """A step ahead, on the floor: who walks against its rim stops there, or goes along it."""
        margin_m = mover.margin_m
        return Point(
            min(max(mover.center.x_m + _AHEAD_M * x, margin_m), self._surface.width_m - margin_m),
            min(max(mover.center.y_m + _AHEAD_M * y, margin_m), self._surface.height_m - margin_m),
        )
