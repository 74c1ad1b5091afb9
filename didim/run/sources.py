"""Where the vision process gets people from: a camera, real or a venue's, and a pose engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from didim.capture import CameraFrame, open_camera
from didim.people import Event, Player
from didim.pose import PoseEngine, Skeleton, floor_tiles, ground_of, open_engine
from didim.rig import Camera, Rig
from didim.run.channel import Channel
from didim.run.jobs import CameraSource, VenueSource
from didim.run.timing import Timings


@dataclass(frozen=True, slots=True)
class Sighting:
    """One picture and who was found in it."""

    frame: CameraFrame
    skeletons: tuple[Skeleton, ...]

    @property
    def size_px(self) -> tuple[int, int]:
        height, width = self.frame.bgr.shape[:2]
        return width, height


class Source(Protocol):
    """Gives sightings one after the other.

    Attributes:
        notes: what is not as it was asked for, for whom it concerns; it may grow with each sighting.
    """

    @property
    def notes(self) -> tuple[str, ...]: ...

    def next(self, *, timeout_s: float) -> Sighting | None:
        """Wait for the next sighting; None at the end. Raises CameraError when no picture comes."""
        ...

    def believed(self, sighting: Sighting, players: tuple[Player, ...], events: tuple[Event, ...]) -> None:
        """Hear what the tracker made of a sighting."""
        ...

    def verdict(self) -> dict[str, Any] | None:
        """Belief against truth so far, where the truth is known."""
        ...

    def close(self) -> None: ...


def open_source(
    source: CameraSource | VenueSource,
    rig: Rig,
    camera: Camera,
    scene: Channel,
    light: Channel,
    timings: Timings,
) -> Source:
    """Open what `source` describes; raises CameraError, PoseError or VenueError as its parts do."""
    match source:
        case CameraSource():
            return SeenPeople(source, rig, camera, timings)
        case VenueSource():
            from didim.run.venue import VenuePeople  # what draws a venue is large, and a rig needs none

            return VenuePeople(source, rig, camera, scene, light, timings)


class Finder:
    """The engine, opened for the size of the pictures that come; the calibrated floor says where to look.

    Args:
        looks_hz: as for `open_engine`.
    """

    def __init__(
        self, engine: str, rig: Rig, camera: Camera, timings: Timings, looks_hz: float = 30.0
    ) -> None:
        self._name, self._rig, self._camera, self._looks_hz = engine, rig, camera, looks_hz
        self._timings = timings
        self._engine: PoseEngine | None = None

    def find(self, frame: CameraFrame) -> Sighting:
        if self._engine is None:
            height, width = frame.bgr.shape[:2]
            view = self._camera.view_at((width, height))
            surface = self._rig.surfaces[self._camera.surface]
            tiles = floor_tiles(view, surface, (width, height))
            ground = ground_of(view, surface)
            self._engine = open_engine(self._name, tiles=tiles, ground=ground, looks_hz=self._looks_hz)
        with self._timings.of("pose"):
            return Sighting(frame, self._engine.find(frame.bgr, frame.captured_ns))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the engine does otherwise than it was asked; it may grow with each picture."""
        return () if self._engine is None else self._engine.notes

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()


class SeenPeople:
    """People in the pictures of a real camera, or of a recording."""

    def __init__(self, source: CameraSource, rig: Rig, camera: Camera, timings: Timings) -> None:
        self._camera = open_camera(**source.settings)
        self._finder = Finder(source.engine, rig, camera, timings)
        self._camera_notes: tuple[str, ...] = getattr(self._camera, "notes", ())

    @property
    def notes(self) -> tuple[str, ...]:
        return self._camera_notes + self._finder.notes

    def next(self, *, timeout_s: float) -> Sighting | None:
        frame = self._camera.read(timeout_s=timeout_s)
        return None if frame is None else self._finder.find(frame)

    def believed(self, sighting: Sighting, players: tuple[Player, ...], events: tuple[Event, ...]) -> None:
        """Nobody knows better."""

    def verdict(self) -> dict[str, Any] | None:
        return None

    def close(self) -> None:
        self._camera.close()
        self._finder.close()
