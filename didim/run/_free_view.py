"""The room from a free camera: drawn in full while it rests, in lines while it moves."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.people import Joint
from didim.run._orbit import Orbit
from didim.run._sketch import sketch
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.venue import Venue, VenueCamera, camera_in_room
from didim.sim.world import Light

_OVER_HEAD_M = 0.35
_MARK, _MARK_PX = (255, 214, 64), 14


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A renderer for one place of the camera."""

    orbit: Orbit
    renderer: VenueRenderer


class FreeView:
    """A picture at any time; a place's still takes seconds and is drawn on a thread of its own.

    A context manager: it ends the thread.

    Attributes:
        orbit: where the camera is; move it by setting another.
    """

    def __init__(self, venue: Venue) -> None:
        self.orbit = Orbit.about(venue)
        self._venue = venue
        self._drawer = ThreadPoolExecutor(1, thread_name_prefix="free view")
        self._drawn: _Drawn | None = None
        self._drawing: Future[_Drawn] | None = None
        self._before: Orbit | None = None

    @property
    def is_sketch(self) -> bool:
        """Whether there is no full picture from here yet."""
        return self._drawn is None or self._drawn.orbit is not self.orbit

    def picture(self, poses: Sequence[PersonPose], led: int, light: Light, t_s: float) -> NDArray[np.uint8]:
        """What the camera sees, with a mark over the person `led`: (h, w, 3) uint8 RGB."""
        if self._drawing is not None and self._drawing.done():
            self._drawn, self._drawing = self._drawing.result(), None
        rests, self._before = self._before is self.orbit, self.orbit
        camera = self.orbit.camera(self._venue.camera[0])
        if self._drawn is not None and not self.is_sketch:
            bgr = self._drawn.renderer.picture(0, poses, light, t_s)
            return _marked(np.ascontiguousarray(bgr[..., ::-1]), camera, poses[led].joints_m)
        if rests and self._drawing is None:
            self._drawing = self._drawer.submit(self._draw, self.orbit, tuple(poses))
        rgb = sketch(self._venue, camera, [person.joints_m for person in poses])
        return _marked(rgb, camera, poses[led].joints_m)

    def _draw(self, orbit: Orbit, poses: Sequence[PersonPose]) -> _Drawn:
        camera = orbit.camera(self._venue.camera[0])
        renderer = VenueRenderer(msgspec.structs.replace(self._venue, camera=(camera,)))
        renderer.light(0, poses, [None] * len(self._venue.projector), 0.0)
        return _Drawn(orbit, renderer)

    def __enter__(self) -> FreeView:
        return self

    def __exit__(self, *_: object) -> None:
        self._drawer.shutdown(cancel_futures=True)


def _marked(rgb: NDArray[np.uint8], camera: VenueCamera, joints_m: FloatArray) -> NDArray[np.uint8]:
    """Draw a small arrow over a head."""
    over = joints_m[[Joint.NOSE]] + (0.0, 0.0, _OVER_HEAD_M)
    at = camera_in_room(camera).project(over)[0]
    if np.isfinite(at).all():
        x, y = np.clip(at, -1e4, 1e4).round().astype(int).tolist()
        cv2.drawMarker(rgb, (x, y), _MARK, cv2.MARKER_TRIANGLE_DOWN, _MARK_PX, 2, cv2.LINE_AA)
    return rgb
