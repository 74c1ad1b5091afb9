"""Simulated players as a source of people: the demo's stand-in for a camera and an engine."""

from __future__ import annotations

import time

import numpy as np

from didim.geometry import PinholeCamera, Point, Surface
from didim.rig import Camera
from didim.run.channel import Channel
from didim.run.jobs import CrowdSource
from didim.run.messages import Codec, Scene
from didim.run.sources import Sighting
from didim.run.timing import Pacer
from didim.sim import Crowd, children, skeletons

TARGET_WORDS = ("ring",)
"""What simulated players want to step on: a ring says so in every game."""

_SCENE = Codec(Scene)


class SimulatedPeople:
    """Players who are only joints: they see the game through the scene channel and play it."""

    notes: tuple[str, ...] = ()

    def __init__(self, source: CrowdSource, surface: Surface, camera: Camera, scene: Channel) -> None:
        assert isinstance(camera.view, PinholeCamera)
        self._view = camera.view
        self._crowd = Crowd(surface, children(source.people, surface, source.seed), source.seed)
        self._rng = np.random.default_rng([source.seed, 1])
        self._noise_px = source.noise_px
        self._scene = scene
        self._pacer = Pacer(source.picture_hz)
        self._began_ns = time.monotonic_ns()
        self._pictures = 0

    def next(self, *, timeout_s: float) -> Sighting | None:
        self._pacer.wait()
        captured_ns = time.monotonic_ns()
        poses = self._crowd.advance((captured_ns - self._began_ns) * 1e-9, self._targets())
        seen = skeletons(poses, self._view, self._rng, noise_px=self._noise_px)
        self._pictures += 1
        return Sighting(self._pictures - 1, captured_ns, seen)

    def close(self) -> None:
        pass

    def _targets(self) -> list[Point]:
        newest = self._scene.newest()
        if newest is None:
            return []
        shapes = _SCENE.unpack(newest[1]).shapes
        return [shape.center for shape in shapes if shape.word in TARGET_WORDS]
