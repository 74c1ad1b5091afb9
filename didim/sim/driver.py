"""A venue's camera as a capture driver: in real time, dropping pictures as a real camera does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from didim.capture import CameraFrame
from didim.geometry import Point
from didim.sim.people import people_of
from didim.sim.venue import open_venue
from didim.sim.world import Light, World

Clock = Callable[[], int]


def _nobody_looks() -> Sequence[Point]:
    return ()


class VenueCamera:
    """A camera in a world that runs on the clock; time starts with the first `read`.

    A picture is drawn when it is asked for, so a slow reader gets the newest and a gap in `seq`.

    Args:
        light: what each projector shows at a time on the clock, ns.
        targets: what the game shows to step on, for people who play it.
        clock: nanoseconds, monotonic; sleep: seconds.
    """

    def __init__(
        self,
        world: World,
        light: Callable[[int], Light],
        *,
        camera_index: int = 0,
        targets: Callable[[], Sequence[Point]] = _nobody_looks,
        clock: Clock = time.monotonic_ns,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._world = world
        self._light, self._targets = light, targets
        self._index = camera_index
        self._clock, self._sleep = clock, sleep
        camera = world.venue.camera[camera_index]
        self._period_ns = round(1e9 / camera.fps)
        self._latency_ns = round(camera.latency_ms * 1e6)
        self._began_ns: int | None = None
        self._seq = -1

    def read(self, *, timeout_s: float) -> CameraFrame | None:
        """Return the newest picture whose latency has passed; see `didim.capture.Camera`."""
        if self._began_ns is None:
            self._began_ns = self._clock()
        in_hand_ns = self._began_ns + (self._seq + 1) * self._period_ns + self._latency_ns
        self._sleep(max(0.0, (in_hand_ns - self._clock()) / 1e9))
        self._seq = (self._clock() - self._latency_ns - self._began_ns) // self._period_ns
        opened_ns = self._began_ns + self._seq * self._period_ns
        t_s = self.world_s(opened_ns)
        self._world.advance(t_s, self._targets())
        bgr = self._world.picture(self._index, t_s, self._light(opened_ns))
        return CameraFrame(self._seq, opened_ns + self._latency_ns, bgr)

    def world_s(self, at_ns: int) -> float:
        """The world's time at a moment of the clock, seconds."""
        return (at_ns - (self._began_ns or at_ns)) / 1e9

    def close(self) -> None:
        """Nothing is held."""


class DarkVenueCamera(VenueCamera):
    """The `venue` driver of the table: a venue's camera while its projectors show nothing.

    Args:
        venue: its name, or a file.
        camera: which of its cameras, counted from 0.

    Raises:
        VenueError: there is no such venue.
    """

    def __init__(self, venue: str = "small-hall", *, seed: int = 0, camera: int = 0) -> None:
        description = open_venue(venue)
        dark: Light = [None] * len(description.projector)
        world = World(description, people_of(description, seed), seed)
        super().__init__(world, lambda at_ns: dark, camera_index=camera)
