"""The room from a free camera: drawn in full while it rests, coarsely while it moves."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

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
_COARSE = 3.0
"""While the camera moves, its picture has so many times fewer columns."""


class FreeView:
    """A picture at any time: coarse while the camera moves, in full some moments after it came to rest.

    Two renderers take turns: one is drawn with, while a thread of its own brings the other to where the
    camera rests. Until they are there the room is drawn in lines. A context manager: it ends the thread.

    Attributes:
        orbit: where the camera is; move it by setting another.
    """

    def __init__(self, venue: Venue) -> None:
        self.orbit = Orbit.about(venue)
        self._venue = venue
        self._drawer = ThreadPoolExecutor(1, thread_name_prefix="free view")
        self._opening = self._drawer.submit(self._open, self.orbit)
        self._drawn: Orbit | None = None
        self._quick_at: Orbit | None = None
        self._drawing: Future[Orbit] | None = None
        self._before: Orbit | None = None

    @property
    def is_sketch(self) -> bool:
        """Whether there is no full picture from here yet."""
        return self._drawn is not self.orbit

    def picture(self, poses: Sequence[PersonPose], led: int, light: Light, t_s: float) -> NDArray[np.uint8]:
        """What the camera sees, with a mark over the person `led`: (h, w, 3) uint8 RGB."""
        if self._drawing is not None and self._drawing.done():
            self._drawn, self._drawing = self._drawing.result(), None
        rests, self._before = self._before is self.orbit, self.orbit
        camera = self.orbit.camera(self._venue.camera[0])
        if not self._opening.done():
            rgb = sketch(self._venue, camera, [person.joints_m for person in poses])
        elif self.is_sketch:
            if rests and self._drawing is None:
                self._drawing = self._drawer.submit(self._draw, self.orbit)
            rgb = self._coarse(camera, poses, light, t_s)
        else:
            _, full = self._opening.result()
            rgb = full.picture(0, poses, light, t_s)[..., ::-1]
        return _marked(np.ascontiguousarray(rgb), camera, poses[led].joints_m)

    def _coarse(
        self, camera: VenueCamera, poses: Sequence[PersonPose], light: Light, t_s: float
    ) -> NDArray[np.uint8]:
        quick, _ = self._opening.result()
        if self._quick_at is not self.orbit:
            quick.turn(0, _coarser(camera), samples=1)
            self._quick_at = self.orbit
        rgb = quick.picture(0, poses, light, t_s)[..., ::-1]
        return np.asarray(cv2.resize(rgb, camera.size_px, interpolation=cv2.INTER_LINEAR), np.uint8)

    def _open(self, orbit: Orbit) -> tuple[VenueRenderer, VenueRenderer]:
        """The renderer of moving pictures and that of resting ones."""
        camera = _coarser(orbit.camera(self._venue.camera[0]))
        venue = msgspec.structs.replace(self._venue, camera=(camera,))
        return VenueRenderer(venue), VenueRenderer(venue)

    def _draw(self, orbit: Orbit) -> Orbit:
        _, full = self._opening.result()
        full.turn(0, orbit.camera(self._venue.camera[0]))
        full.light(0, [], [None] * len(self._venue.projector), 0.0)
        return orbit

    def __enter__(self) -> FreeView:
        return self

    def __exit__(self, *_: object) -> None:
        self._drawer.shutdown(cancel_futures=True)


def _coarser(camera: VenueCamera) -> VenueCamera:
    width, height = camera.size_px
    return msgspec.structs.replace(camera, size_px=(round(width / _COARSE), round(height / _COARSE)))


def _marked(rgb: NDArray[np.uint8], camera: VenueCamera, joints_m: FloatArray) -> NDArray[np.uint8]:
    """Draw a small arrow over a head."""
    over = joints_m[[Joint.NOSE]] + (0.0, 0.0, _OVER_HEAD_M)
    at = camera_in_room(camera).project(over)[0]
    if np.isfinite(at).all():
        x, y = np.clip(at, -1e4, 1e4).round().astype(int).tolist()
        cv2.drawMarker(rgb, (x, y), _MARK, cv2.MARKER_TRIANGLE_DOWN, _MARK_PX, 2, cv2.LINE_AA)
    return rgb
