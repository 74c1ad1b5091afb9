"""Where the vision process gets people from: a camera and an engine, or a simulated crowd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.pose import Skeleton, open_engine
from didim.rig import Camera, Rig
from didim.run.channel import Channel
from didim.run.jobs import CameraSource, CrowdSource
from didim.run.timing import Timings


@dataclass(frozen=True, slots=True)
class Sighting:
    """Who was seen in one picture; a simulated one has no pixels."""

    picture_seq: int
    captured_ns: int
    skeletons: tuple[Skeleton, ...]
    bgr: NDArray[np.uint8] | None = None


class Source(Protocol):
    """Gives sightings one after the other.

    Attributes:
        notes: what is not as it was asked for, for whom it concerns.
    """

    notes: tuple[str, ...]

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
            from didim.run.simulated import SimulatedPeople

            return SimulatedPeople(source, rig.surfaces[camera.surface], camera, scene)


class SeenPeople:
    """People in the pictures of a real camera."""

    def __init__(self, source: CameraSource, timings: Timings) -> None:
        from didim.capture import open_camera

        self._engine = open_engine(source.engine)
        self._camera = open_camera(**source.settings)
        self.notes: tuple[str, ...] = getattr(self._camera, "notes", ())
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
