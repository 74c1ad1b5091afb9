"""The vision process: camera to players on the surface, as fast as pictures come."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from didim.capture import CameraError, CameraFrame
from didim.people import Player
from didim.run.channel import Channel
from didim.run.jobs import VisionJob, VisionSummary
from didim.run.link import Link, Warned
from didim.run.messages import Codec, People, pack_picture
from didim.run.processes import FRAMES, PEOPLE, SCENE
from didim.run.sources import Sighting, open_source
from didim.run.timing import Timings
from didim.track import FloorTracker

PICTURE_TIMEOUT_S = 2.0
SHOWN_MOST_PX = 720


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

    def summary(self, timings: Timings) -> VisionSummary:
        return VisionSummary(
            pictures_in=self.pictures_in,
            pictures_with_person=self.with_person,
            pictures_missed=self.last_seq + 1 - self.pictures_in,
            players_seen=len(self.steps),
            steps=sum(self.steps.values()),
            ms=timings.spreads(),
        )


def main(link: Link, job: VisionJob) -> VisionSummary:
    """Run until told to stop or the source ends."""
    return _Vision(link, job).run()


class _Vision:
    """A source of people, the tracker on top of it, and the ends of the channels."""

    def __init__(self, link: Link, job: VisionJob) -> None:
        self._link = link
        self._job = job
        self._camera = job.rig.camera(job.camera)
        self._frames, self._people = link.attach(FRAMES), link.attach(PEOPLE)
        self._timings, self._tally = Timings(), _Tally()
        self._source = open_source(job.source, job.rig, self._camera, link.attach(SCENE), self._timings)
        self._tracker: FloorTracker | None = None

    def run(self) -> VisionSummary:
        self._link.started()
        for note in self._source.notes:
            self._link.report(Warned(note))
        with closing(self._source):
            while not self._link.stopped():
                try:
                    sighting = self._source.next(timeout_s=PICTURE_TIMEOUT_S)
                except CameraError as error:
                    self._link.report(Warned(str(error)))
                    self._publish(None, ())
                    continue
                if sighting is None:
                    break
                self._follow(sighting)
        return self._tally.summary(self._timings)

    def _follow(self, sighting: Sighting) -> None:
        tracker = self._tracker = self._tracker or self._tracker_for(sighting)
        with self._timings.of("track"):
            players = tracker.follow(sighting.skeletons, sighting.captured_ns)
        self._publish(sighting, players)
        self._timings.add("picture_to_people", (time.monotonic_ns() - sighting.captured_ns) / 1e6)
        if self._job.show_pictures and sighting.bgr is not None:
            _show(self._frames, sighting)
        self._tally.add(sighting, players)

    def _tracker_for(self, first: Sighting) -> FloorTracker:
        """The tracker waits for the first picture: its size need not be the calibration's."""
        rig, camera = self._job.rig, self._camera
        to_light_s = [each.latency_s for each in rig.projectors if each.surface == camera.surface]
        size_px = camera.size_px if first.bgr is None else (first.bgr.shape[1], first.bgr.shape[0])
        latency_s = camera.latency_s + max(to_light_s, default=0.0)
        return FloorTracker(camera.view_at(size_px), rig.surfaces[camera.surface], latency_s=latency_s)

    def _publish(self, sighting: Sighting | None, players: tuple[Player, ...]) -> None:
        now_ns = time.monotonic_ns()
        seq, captured_ns = (sighting.picture_seq, sighting.captured_ns) if sighting else (-1, now_ns)
        self._people.publish(_PEOPLE.pack(People(seq, captured_ns, now_ns, players)))


_PEOPLE = Codec(People)


def _show(frames: Channel, sighting: Sighting) -> None:
    import cv2  # the simulated crowd never gets here and spares the memory

    picture: Any = sighting.bgr
    height, width = picture.shape[:2]
    scale = SHOWN_MOST_PX / max(height, width)
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    frames.publish(*pack_picture(CameraFrame(sighting.picture_seq, sighting.captured_ns, picture)))
