"""A virtual venue as a source of people: its camera is drawn, all that follows is the product's own."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from didim.capture import CameraFrame
from didim.geometry import Point
from didim.people import Event, Player
from didim.rig import Camera, Rig
from didim.run.channel import Channel
from didim.run.jobs import VenueSource
from didim.run.messages import Codec, Picture, Scene
from didim.run.sources import Finder, Sighting
from didim.run.timing import Timings
from didim.sim.driver import VenueCamera
from didim.sim.people import people_of
from didim.sim.referee import Referee
from didim.sim.venue import Venue, open_venue
from didim.sim.world import Light, World

LOOKS_HZ = 8.0
"""Drawing the room takes its share: more pictures are worth more than looks for who is new."""
_SCENE = Codec(Scene)


def with_light_px(venue: Venue, size_px: tuple[int, int] | None) -> Venue:
    """The venue with a first projector of so many pixels, (width, height); none changes nothing."""
    if size_px is None:
        return venue
    first, *others = venue.projector
    first = msgspec.structs.replace(first, size_px=size_px)
    return msgspec.structs.replace(venue, projector=(first, *others))


class VenuePeople:
    """People in a venue who see the game and play it, seen by the venue's camera in real time.

    The next picture is drawn on a thread of its own while people are found in the one before.
    """

    def __init__(
        self,
        source: VenueSource,
        rig: Rig,
        camera: Camera,
        scene: Channel,
        light: Channel,
        timings: Timings,
    ) -> None:
        venue = with_light_px(open_venue(source.venue), source.light_px)
        self._world = World(venue, people_of(venue, source.seed), source.seed)
        self._scene, self._timings = scene, timings
        self._beam = _Beam(light, [projector.latency_ms / 1000.0 for projector in venue.projector])
        index = [each.name for each in venue.camera].index(camera.name)
        self._camera = VenueCamera(
            self._world, self._beam.at, camera_index=index, targets=self._targets, sleep=self._sleep
        )
        self._camera_latency_s = venue.camera[index].latency_ms / 1000.0
        self._slept_s = 0.0
        self._room = ThreadPoolExecutor(1, "room")
        self._taking: Future[CameraFrame] | None = None
        self._finder = Finder(source.engine, rig, camera, timings, looks_hz=LOOKS_HZ)
        self._horizon_s = venue.projector[0].latency_ms / 1000.0
        self._referee = Referee()
        self._beliefs: deque[tuple[float, tuple[Player, ...], list[Event]]] = deque()

    def next(self, *, timeout_s: float) -> Sighting | None:
        taking = self._taking or self._room.submit(self._take, timeout_s)
        frame = taking.result()
        self._taking = self._room.submit(self._take, timeout_s)
        return self._finder.find(frame)

    @property
    def notes(self) -> tuple[str, ...]:
        return self._finder.notes

    def believed(self, sighting: Sighting, players: tuple[Player, ...], events: tuple[Event, ...]) -> None:
        """Keep a belief until the world has reached the moment that it speaks of."""
        lands_s = self._camera.world_s(sighting.frame.captured_ns) + self._horizon_s
        told = [replace(event, t_s=self._camera.world_s(round(event.t_s * 1e9))) for event in events]
        self._beliefs.append((lands_s, players, told))

    def verdict(self) -> dict[str, Any] | None:
        return asdict(self._referee.verdict())

    def close(self) -> None:
        self._room.shutdown(cancel_futures=True)
        self._finder.close()

    def _take(self, timeout_s: float) -> CameraFrame:
        """Draw the next picture; beliefs are judged here, where nobody moves the world meanwhile."""
        began_s, self._slept_s = time.perf_counter(), 0.0
        frame = self._camera.read(timeout_s=timeout_s)
        assert frame is not None  # a venue has no end
        self._timings.add("venue", (time.perf_counter() - began_s - self._slept_s) * 1e3)
        self._judge(self._camera.world_s(frame.captured_ns) - self._camera_latency_s)
        return frame

    def _sleep(self, seconds: float) -> None:
        time.sleep(seconds)
        self._slept_s += seconds

    def _judge(self, reached_s: float) -> None:
        while self._beliefs and self._beliefs[0][0] <= reached_s:
            lands_s, players, told = self._beliefs.popleft()
            self._referee.judge(lands_s, self._world.truth(lands_s), players, told)

    def _targets(self) -> Sequence[Point]:
        newest = self._scene.newest()
        if newest is None:
            return ()
        return _SCENE.unpack(newest[1]).targets


class _Beam:
    """What each projector shows: the newest frame that its latency has let out."""

    def __init__(self, channel: Channel, latencies_s: Sequence[float]) -> None:
        self._channel = channel
        self._latencies_ns = [round(latency_s * 1e9) for latency_s in latencies_s]
        self._sequence = 0
        self._coming: list[deque[Picture]] = [deque() for _ in latencies_s]
        self._shown: list[NDArray[np.uint8] | None] = [None for _ in latencies_s]

    def at(self, now_ns: int) -> Light:
        for sequence, packed in self._channel.since(self._sequence):
            self._sequence = sequence
            picture = Picture.unpack(packed)
            self._coming[picture.device].append(picture)
        for index, (coming, latency_ns) in enumerate(zip(self._coming, self._latencies_ns, strict=True)):
            while coming and coming[0].at_ns + latency_ns <= now_ns:
                self._shown[index] = coming.popleft().pixels
        return list(self._shown)
