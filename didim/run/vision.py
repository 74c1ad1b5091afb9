"""The vision process: camera to players on the surface, as fast as pictures come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from didim.capture import CameraError, CameraFrame
from didim.people import Player
from didim.rig import Rig
from didim.run.channel import Channel
from didim.run.link import Link, Warned
from didim.run.messages import Codec, People, pack_picture
from didim.run.processes import FRAMES, PEOPLE, SCENE
from didim.run.sources import CameraSource, CrowdSource, Sighting, open_source
from didim.run.timing import Spread, Timings
from didim.track import FloorTracker

PICTURE_TIMEOUT_S = 2.0
SHOWN_MOST_PX = 720


@dataclass(frozen=True, slots=True)
class VisionJob:
    """What the vision process is to do.

    Attributes:
        source: where people come from: a camera and an engine, or a simulated crowd.
        show_pictures: also hand the pictures on, for a window that shows them; they stay in memory.
    """

    rig: Rig
    camera: str | None
    source: CameraSource | CrowdSource
    show_pictures: bool = False


@dataclass(frozen=True, slots=True)
class VisionSummary:
    """What the vision process saw."""

    pictures_in: int
    pictures_with_person: int
    pictures_missed: int
    players_seen: int
    steps: int
    ms: dict[str, Spread]


@dataclass(slots=True)
class _Tally:
    """Counts over the whole run."""

    pictures_in: int = 0
    with_person: int = 0
    last_seq: int = -1
    steps: dict[int, int] = field(default_factory=dict)

    def add(self, sighting: Sighting, players: tuple[Player, ...]) -> None:
        self.pictures_in += 1
        self.with_person += bool(players)
        self.last_seq = sighting.picture_seq
        for player in players:
            self.steps[player.id] = max(player.steps, self.steps.get(player.id, 0))


def main(link: Link, job: VisionJob) -> VisionSummary:
    """Run until told to stop or the source ends."""
    timings, tally = Timings(), _Tally()
    channels = {spec.name: link.attach(spec) for spec in (FRAMES, PEOPLE, SCENE)}
    camera = job.rig.camera(job.camera)
    surface = job.rig.surfaces[camera.surface]
    projector_s = max((p.latency_s for p in job.rig.projectors if p.surface == camera.surface), default=0.0)
    tracker = FloorTracker(camera.view, surface, latency_s=camera.latency_s + projector_s)
    source = open_source(job.source, job.rig, camera, channels[SCENE.name], timings)
    try:
        link.started()
        while not link.stopped():
            try:
                sighting = source.next(timeout_s=PICTURE_TIMEOUT_S)
            except CameraError as error:
                link.report(Warned(str(error)))
                _publish(channels[PEOPLE.name], None, ())
                continue
            if sighting is None:
                break
            with timings.of("track"):
                players = tracker.follow(sighting.skeletons, sighting.captured_ns)
            _publish(channels[PEOPLE.name], sighting, players)
            timings.add("picture_to_people", (time.monotonic_ns() - sighting.captured_ns) / 1e6)
            if job.show_pictures and sighting.bgr is not None:
                _show(channels[FRAMES.name], sighting)
            tally.add(sighting, players)
    finally:
        source.close()
    return VisionSummary(
        pictures_in=tally.pictures_in,
        pictures_with_person=tally.with_person,
        pictures_missed=tally.last_seq + 1 - tally.pictures_in,
        players_seen=len(tally.steps),
        steps=sum(tally.steps.values()),
        ms=timings.spreads(),
    )


_PEOPLE = Codec(People)


def _publish(people: Channel, sighting: Sighting | None, players: tuple[Player, ...]) -> None:
    now_ns = time.monotonic_ns()
    seq, captured_ns = (sighting.picture_seq, sighting.captured_ns) if sighting else (-1, now_ns)
    people.publish(_PEOPLE.pack(People(seq, captured_ns, now_ns, players)))


def _show(frames: Channel, sighting: Sighting) -> None:
    import cv2  # the simulated crowd never gets here and spares the memory

    picture: Any = sighting.bgr
    height, width = picture.shape[:2]
    scale = SHOWN_MOST_PX / max(height, width)
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    frames.publish(*pack_picture(CameraFrame(sighting.picture_seq, sighting.captured_ns, picture)))
