"""The vision process: camera to players on the surface, as fast as pictures come."""

from __future__ import annotations

import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from didim.capture import CameraError
from didim.people import Player
from didim.rig import why_unfollowed
from didim.run.jobs import VisionJob, VisionSummary
from didim.run.link import Link, Warned
from didim.run.messages import Codec, People, Picture, Status
from didim.run.processes import FRAMES, LIGHT, PEOPLE, SCENE, STATUS
from didim.run.sources import Sighting, open_source
from didim.run.timing import Timings
from didim.run.told import Recent
from didim.track import FloorTracker

PICTURE_TIMEOUT_S = 2.0
PICTURES_A_STATUS = 5
"""How many pictures pass between two looks at how seeing goes."""


@dataclass(slots=True)
class _Tally:
    """Counts over the whole run; first and last are when a picture was understood."""

    pictures_in: int = 0
    first_s: float = 0.0
    last_s: float = 0.0
    with_person: int = 0
    last_seq: int = -1
    steps: dict[int, int] = field(default_factory=dict)

    def add(self, sighting: Sighting, players: tuple[Player, ...]) -> None:
        self.last_s = time.monotonic()
        self.first_s = self.first_s or self.last_s
        self.pictures_in += 1
        self.with_person += bool(players)
        self.last_seq = sighting.frame.seq
        for player in players:
            self.steps[player.id] = max(player.steps, self.steps.get(player.id, 0))

    @property
    def pictures_hz(self) -> float:
        """How many a second, from the first on: a start that takes a while is no slowness."""
        return (self.pictures_in - 1) / (self.last_s - self.first_s) if self.pictures_in > 1 else 0.0

    def summary(self, timings: Timings, verdict: dict[str, Any] | None) -> VisionSummary:
        return VisionSummary(
            pictures_in=self.pictures_in,
            pictures_with_person=self.with_person,
            pictures_missed=self.last_seq + 1 - self.pictures_in,
            players_seen=len(self.steps),
            steps=sum(self.steps.values()),
            ms=timings.spreads(),
            verdict=verdict,
            pictures_hz=self.pictures_hz,
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
        self._surface = job.rig.surfaces[self._camera.surface]
        self._area = job.rig.area(self._camera.surface)
        self._people, self._frames, self._status = (link.attach(c) for c in (PEOPLE, FRAMES, STATUS))
        self._timings, self._tally = Timings(), _Tally()
        from_stage = link.attach(SCENE), link.attach(LIGHT)
        self._source = open_source(job.source, job.rig, self._camera, *from_stage, self._timings)
        self._tracker: FloorTracker | None = None
        self._told = 0
        self._recent = Recent()

    def run(self) -> VisionSummary:
        self._link.started()
        self._tell_notes()
        if why := why_unfollowed(self._camera.view, self._surface):
            self._link.report(Warned(why))
        with closing(self._source), ThreadPoolExecutor(1, "eyes") as eyes:
            looking = self._look(eyes)
            while not self._link.stopped():
                try:
                    sighting = looking.result()
                except CameraError as error:
                    self._link.report(Warned(str(error)))
                    self._publish(None, ())
                    looking = self._look(eyes)
                    continue
                if sighting is None:
                    break
                looking = self._look(eyes)
                self._follow(sighting)
                self._tell_notes()
        return self._tally.summary(self._timings, self._source.verdict())

    def _look(self, eyes: Executor) -> Future[Sighting | None]:
        """Find people in the next picture, while those of the one before are followed."""
        return eyes.submit(self._source.next, timeout_s=PICTURE_TIMEOUT_S)

    def _tell_notes(self) -> None:
        """Tell what is not as it was asked for, as soon as it shows."""
        notes = self._source.notes
        for note in notes[self._told :]:
            self._link.report(Warned(note))
        self._told = max(self._told, len(notes))

    def _follow(self, sighting: Sighting) -> None:
        tracker = self._tracker = self._tracker or self._tracker_for(sighting)
        captured_ns = sighting.frame.captured_ns
        with self._timings.of("track"):
            players = self._players(tracker, sighting)
        self._publish(sighting, players)
        self._timings.add("picture_to_people", (time.monotonic_ns() - captured_ns) / 1e6)
        self._source.believed(sighting, players, tracker.events if tracker else ())
        self._tally.add(sighting, players)
        if self._job.show:
            self._show(sighting, players)

    def _players(self, tracker: FloorTracker | None, sighting: Sighting) -> tuple[Player, ...]:
        if tracker is None:
            return ()
        followed = tracker.follow(sighting.skeletons, sighting.frame.captured_ns, sighting.frame.bgr)
        if self._surface.kind == "wall":
            return followed
        # who sits where nobody plays is followed, so that they keep their id, and plays no part
        return tuple(each for each in followed if not self._area.keeps_off(each.feet.x_m, each.feet.y_m))

    def _tracker_for(self, first: Sighting) -> FloorTracker | None:
        """The tracker waits for the first picture: its size need not be the calibration's."""
        rig, camera = self._job.rig, self._camera
        if why_unfollowed(camera.view, self._surface):
            return None
        to_light_s = [each.latency_s for each in rig.projectors if each.surface == camera.surface]
        latency_s = camera.latency_s + max(to_light_s, default=0.0)
        view = camera.view_at(first.size_px)
        return FloorTracker(
            view,
            self._surface,
            latency_s=latency_s,
            camera_latency_s=camera.latency_s,
            plays=camera.plays,
        )

    def _publish(self, sighting: Sighting | None, players: tuple[Player, ...]) -> None:
        now_ns = time.monotonic_ns()
        seq, captured_ns = (sighting.frame.seq, sighting.frame.captured_ns) if sighting else (-1, now_ns)
        fresh = self._tracker.events if self._tracker and sighting else ()
        events = self._recent.add(fresh, captured_ns * 1e-9)
        self._people.publish(_PEOPLE.pack(People(seq, captured_ns, now_ns, players, events)))

    def _show(self, sighting: Sighting, players: tuple[Player, ...]) -> None:
        """Hand on the picture with its skeletons, the plan under it, and how seeing goes."""
        from didim.run.overlay import camera_and_plan

        frame = sighting.frame
        column = camera_and_plan(frame.bgr, sighting.skeletons, players, self._surface)
        self._frames.publish(*Picture(frame.seq, frame.captured_ns, column).pack())
        if self._tally.pictures_in % PICTURES_A_STATUS != 1:
            return
        figures = self._timings.medians("venue", "pose", "track", "picture_to_people")
        figures["players"] = len(players)
        figures["pictures_hz"] = self._tally.pictures_hz
        figures |= _told(self._source.verdict())
        self._status.publish(_STATUS.pack(Status(figures)))


def _told(verdict: dict[str, Any] | None) -> dict[str, float]:
    """What the panel says of belief against truth."""
    if verdict is None:
        return {}
    figures = {"found_percent": 100.0 * verdict["found"]}
    if verdict["foot_error_cm"]:
        figures["foot_error_cm"] = verdict["foot_error_cm"][0]
    if verdict["contact_delay_ms"]:
        figures["contact_delay_ms"] = verdict["contact_delay_ms"][0]
        figures["felt_percent"] = 100.0 * verdict["landings_felt"] / max(1, verdict["landings"])
    return figures


_PEOPLE = Codec(People)
_STATUS = Codec(Status)
