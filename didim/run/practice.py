"""Rings to reach for, where there is no game: what a venue with a wall shows until one is made for it."""

from __future__ import annotations

from dataclasses import dataclass

from didim.play import PLAYER_COLORS, Canvas, Color, Cue, Point, Rng, Surface, Target, Tick

NAME = "practice"
RINGS = 3
RADIUS_M = 0.14
EVERY_S = 1.6
"""A ring is replaced that often, in turn."""
RIM_M = 0.3
HIGHEST_M = 1.1
"""Rings on a wall stay where children reach them."""


@dataclass(frozen=True, slots=True)
class _Ring:
    center: Point
    since_s: float
    color: Color


class Practice:
    """Three rings, each in a third of the surface; the oldest goes and another comes. Nobody scores."""

    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface, self._rng = surface, rng
        self._t_s = 0.0
        self._rings = [self._fresh(-index * EVERY_S, index) for index in range(RINGS)]

    def update(self, tick: Tick) -> list[Cue]:
        self._t_s = tick.t_s
        lasts_s = RINGS * EVERY_S
        self._rings = [
            ring if tick.t_s - ring.since_s < lasts_s else self._fresh(tick.t_s, index)
            for index, ring in enumerate(self._rings)
        ]
        return []

    def targets(self) -> list[Target]:
        return [Target(ring.center, RADIUS_M, kind="reach") for ring in self._rings]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("space")
        for ring in self._rings:
            left = 1.0 - (self._t_s - ring.since_s) / (RINGS * EVERY_S)
            canvas.disc(ring.center, 0.6 * RADIUS_M, ring.color, opacity=0.5)
            canvas.ring(ring.center, RADIUS_M, ring.color, progress=max(left, 0.0))

    def _fresh(self, since_s: float, third: int) -> _Ring:
        width_m, height_m = self._surface.width_m, self._surface.height_m
        top_m = height_m - RIM_M
        if self._surface.kind == "wall":
            top_m = min(top_m, HIGHEST_M)
        along_m = (width_m - 2.0 * RIM_M) / RINGS
        x_m = RIM_M + along_m * (third + self._rng.uniform(0.1, 0.9))
        return _Ring(Point(x_m, self._rng.uniform(RIM_M, top_m)), since_s, PLAYER_COLORS[third].color)
