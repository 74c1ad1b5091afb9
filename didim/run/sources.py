"""Where the vision process gets people from: a camera and an engine, or a simulated crowd."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from didim.geometry import PinholeCamera, Point, Surface
from didim.pose import Skeleton, open_engine
from didim.rig import Camera, Rig
from didim.run.channel import Channel
from didim.run.messages import Codec, Scene
from didim.run.timing import Pacer, Timings
from didim.sim import Crowd, children, skeletons

TARGET_WORDS = ("lily", "star")
"""What simulated players want to step on."""

_SCENE = Codec(Scene)


@dataclass(frozen=True, slots=True)
class CameraSource:
    """A camera, by its driver's settings, and the engine that finds people in its pictures."""

    settings: dict[str, Any]
    engine: str


@dataclass(frozen=True, slots=True)
class CrowdSource:
    """Simulated players who see the game and play it; same seed, same people."""

    people: int
    seed: int
    picture_hz: float = 30.0
    noise_px: float = 1.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """Who was seen in one picture; a simulated one has no pixels."""

    picture_seq: int
    captured_ns: int
    skeletons: tuple[Skeleton, ...]
    bgr: NDArray[np.uint8] | None = None


class Source(Protocol):
    """Gives sightings one after the other."""

    def next(self, *, timeout_s: float) -> Sighting | None:
        """Wait for the next sighting; None at the end. Raises CameraError when no picture comes."""
        ...

    def close(self) -> None: ...


def open_source(
    source: CameraSource | CrowdSource, rig: Rig, camera: Camera, scene: Channel, timings: Timings
) -> Source:
    """Open what `source` describes; raises CameraError or PoseError as its parts do."""
    match source:
        case CameraSource():
            return SeenPeople(source, timings)
        case CrowdSource():
            return SimulatedPeople(source, rig.surfaces[camera.surface], camera, scene)


class SeenPeople:
    """People in the pictures of a real camera."""

    def __init__(self, source: CameraSource, timings: Timings) -> None:
        from didim.capture import open_camera

        self._engine = open_engine(source.engine)
        self._camera = open_camera(**source.settings)
        self._timings = timings

    def next(self, *, timeout_s: float) -> Sighting | None:
        frame = self._camera.read(timeout_s=timeout_s)
        if frame is None:
            return None
        with self._timings.of("pose"):
            skeletons = self._engine.find(frame.bgr, frame.captured_ns)
        return Sighting(frame.seq, frame.captured_ns, skeletons, frame.bgr)

    def close(self) -> None:
        self._camera.close()
        self._engine.close()


class SimulatedPeople:
    """Players who are only joints: they see the game through the scene channel and play it."""

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
