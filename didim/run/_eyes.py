"""The product's eyes in a venue, on a thread of their own: the room lives on while they look."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from didim.capture import CameraFrame
from didim.people import Player
from didim.run.overlay import overlay
from didim.run.sources import Finder
from didim.run.timing import Timings
from didim.run.track import TrackedPicture
from didim.sim.render import PersonPose
from didim.sim.world import Light, World
from didim.track import FloorTracker


class Eyes:
    """A venue's first camera, the pose engine and the tracker; they take the next picture when done.

    A context manager: it ends the thread and closes the engine.

    Attributes:
        players: who is known to be on the surface.
        shown: (h, w, 3) uint8 RGB, the newest picture with skeletons and plan; None before the first.
    """

    def __init__(self, world: World) -> None:
        rig, camera = world.rig, world.rig.cameras[0]
        self.players: tuple[Player, ...] = ()
        self.shown: NDArray[np.uint8] | None = None
        self._renderer = world.renderer
        self._surface = rig.surfaces[camera.surface]
        self._latency_s = camera.latency_s
        to_light_s = [projector.latency_s for projector in rig.projectors]
        self._tracker = FloorTracker(camera.view, self._surface, latency_s=camera.latency_s + max(to_light_s))
        self._finder = Finder("auto", rig, camera, Timings())
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="eyes")
        self._looking: Future[TrackedPicture] | None = None
        self._taken = 0

    def look(self, poses: Sequence[PersonPose], light: Light, t_s: float) -> None:
        """Take note of what was seen; look again, at people as they are now, if that is done."""
        if self._looking is not None:
            if not self._looking.done():
                return
            seen = self._looking.result()
            self.players = seen.players
            self.shown = overlay(seen, self._surface)[..., ::-1]
        self._looking = self._thread.submit(self._see, tuple(poses), tuple(light), t_s, self._taken)
        self._taken += 1

    def _see(self, poses: Sequence[PersonPose], light: Light, t_s: float, seq: int) -> TrackedPicture:
        bgr = self._renderer.picture(0, poses, light, t_s)
        frame = CameraFrame(seq, round((t_s + self._latency_s) * 1e9), bgr)
        skeletons = self._finder.find(frame).skeletons
        players = self._tracker.follow(skeletons, frame.captured_ns, bgr)
        return TrackedPicture(frame, t_s, skeletons, players)

    def __enter__(self) -> Eyes:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._finder.close()
