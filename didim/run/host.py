"""The stage process of a console: it hosts whatever the console asks for, and goes on without one."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime

import msgspec

from didim.content import content_roots
from didim.play import Cue, PackError, discover
from didim.records.measures import Delay
from didim.run import commands, live, standing
from didim.run.account import delay_of
from didim.run.commands import Start, Watching
from didim.run.desk import WATCHED_FOR_S
from didim.run.engagement import Engagement
from didim.run.hearing import Hearing
from didim.run.jobs import HostJob, HostSummary
from didim.run.ledger import Due, Entry, Outbox
from didim.run.light import open_light
from didim.run.link import Link, Warned
from didim.run.live import LIVE_HZ, Notice, Silence, Surroundings
from didim.run.messages import Codec, Scene
from didim.run.newest import NewestPeople
from didim.run.outside import Outside, Place
from didim.run.playing import Playing
from didim.run.processes import COMMANDS, KEPT, LEDGER, LIGHT, LIVE, PEOPLE, SCENE, STANDING
from didim.run.robots import Asked
from didim.run.telling import Teller
from didim.run.timing import Pacer, Timings

FAREWELL_S = 2.0

_SCENE = Codec(Scene)


def main(link: Link, job: HostJob) -> HostSummary:
    """Run until told to stop or the window is closed."""
    # Where the processor draws, Mesa would take every core and leave none to vision.
    os.environ.setdefault("LP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))
    with ExitStack() as stack:
        return Host(link, job, stack).run()


class Host:
    """An engagement between its channels, the light and the speaker; what it opens, `stack` closes."""

    def __init__(self, link: Link, job: HostJob, stack: ExitStack) -> None:
        self._link, self._job = link, job
        projector = job.rig.projector(job.projector)
        surface = job.rig.surfaces[projector.surface]
        broken: dict[str, PackError] = {}
        games = discover(content_roots("games"), broken=broken)
        for problem in broken.values():
            link.report(Warned(str(problem)))
        cameras = [camera for camera in job.rig.cameras if camera.surface == projector.surface]
        delay = delay_of(cameras[0], projector) if cameras else Delay()
        place = Place(job.title or job.rig.name, projector.surface, surface, games, delay)
        now_s = time.monotonic()
        self._outbox = Outbox(link.attach(LEDGER), link.attach(KEPT), now_s)
        outside = Outside(self._write_down, lambda: datetime.now().astimezone(), lambda: uuid.uuid4().hex)
        self._engagement = Engagement(place, outside, job.languages)
        self._light = stack.enter_context(closing(open_light(job, surface)))
        act = self._engagement.act
        self._hearing = (
            stack.enter_context(Hearing(surface, act.words, act.folder, job.rig.loudness, calm=act.calm))
            if job.window in ("window", "fullscreen")  # where nobody looks, nobody listens
            else None
        )
        silent: Silence = (
            "no_window" if self._hearing is None else "no_device" if self._hearing.silent_because else ""
        )
        around = Surroundings(surface.kind, surface.width_m, surface.height_m)
        self._teller = Teller(job.rig.name, around, silent)
        self._timings = Timings()
        self._people = NewestPeople(link.attach(PEOPLE))
        self._commands, self._live = link.attach(COMMANDS), link.attach(LIVE)
        self._heard = 0 if (newest := self._commands.newest()) is None else newest[0]
        self._scene, self._beam = link.attach(SCENE), link.attach(LIGHT)
        self._began_s = now_s
        self._frames, self._watched_until_s, self._told_s = 0, 0.0, -1.0
        self._spoken = act
        self._standing = link.attach(STANDING)
        self._stood = self._engagement.standing
        if (newest := self._standing.newest()) is not None:  # of a stage that crashed
            self._go_on_from(standing.unpack(newest[1]))

    def run(self) -> HostSummary:
        pacer = Pacer(self._light.frame_hz)
        while not (self._link.stopped() or self._light.closing):
            pacer.wait()
            self.frame()
            if self._frames == 1:
                self._link.started()
        self._engagement.stop()
        self._keep_standing()
        self._wait_for_scribe()
        return HostSummary(time.monotonic() - self._began_s, self._frames, self._timings.spreads())

    def _wait_for_scribe(self) -> None:
        """What the last round came to is kept before the stage goes, if anybody is there to keep it."""
        until_s = time.monotonic() + FAREWELL_S
        while self._outbox.unkept and time.monotonic() < until_s:
            self._outbox.read(time.monotonic())
            time.sleep(0.02)

    def frame(self) -> None:
        """Take what was said, go on to now, show it; then, ten times a second, tell of it."""
        began_ns = time.perf_counter_ns()
        t_s = time.monotonic() - self._began_s
        self._listen(t_s)
        self._go_on(t_s)
        self._keep_standing()
        took_ms = (time.perf_counter_ns() - began_ns) / 1e6 - self._light.waited_ms
        self._teller.add_frame(took_ms)
        self._timings.add("frame", took_ms)
        self._light.govern(took_ms)
        self._frames += 1
        self._tell(t_s)

    def _go_on_from(self, left: standing.Standing) -> None:
        """A stage that crashes again before its first frame has to be counted, too."""
        self._standing.publish(standing.pack(msgspec.structs.replace(left, breaks=left.breaks + 1)))
        self._engagement.go_on(left)

    def _keep_standing(self) -> None:
        """Leave what a stage in this one's place would need, whenever it is another."""
        stands = self._engagement.standing
        if stands != self._stood:
            self._stood = stands
            self._standing.publish(standing.pack(stands))

    def _write_down(self, entry: Entry) -> None:
        self._outbox.put(entry, time.monotonic())

    def _listen(self, t_s: float) -> None:
        """Take what console and scribe have said since the last frame."""
        for number, packed in self._commands.since(self._heard):
            self._heard = number
            command = commands.unpack(packed)
            if isinstance(command, Watching):
                self._watched_until_s = t_s + WATCHED_FOR_S
            self._engagement.take(command, number)
        for answer in self._outbox.read(time.monotonic()):
            if isinstance(answer, Due):
                self._begin_if_free(answer.start)
            else:
                self._engagement.kept(answer.key)
        self._engagement.condition = self._outbox.condition
        self._engagement.called(self._outbox.condition.site)

    def _begin_if_free(self, start: Start) -> None:
        """A plan whose time has come does not end what somebody has begun."""
        if self._engagement.phase == "idle":
            self._engagement.take(start, self._engagement.heard)
        else:
            text = f"{start.title or 'a saved plan'} was to begin now; something else runs"
            self._engagement.notice("refused", text)

    def _go_on(self, t_s: float) -> None:
        engagement, people = self._engagement, self._people
        players, _ = people.now()
        events = [replace(event, t_s=event.t_s - self._began_s) for event in people.events()]
        with self._timings.of("update"):
            cues = engagement.advance(
                t_s, players, events, silent=people.heard and people.stale, dark=bool(self._light.dark)
            )
        with self._timings.of("draw"):
            if engagement.safe:
                self._light.whiten()
            else:
                self._light.show(engagement.draw, cues, t_s)
        if self._light.flashing:
            self._tell_of_flashing(self._light.flashing)
        if self._hearing is not None:
            self._sound(self._hearing, cues, t_s)
        if self._job.to_robots:
            self._scene.publish(Asked(engagement.act_s, tuple(engagement.targets())).pack())
        if self._job.to_venue:
            places = tuple(target.place for target in engagement.targets() if target.kind == "reach")
            self._scene.publish(_SCENE.pack(Scene(t_s, places)))
            for picture in self._light.pictures(self._frames, time.monotonic_ns()):
                self._beam.publish(*picture.pack())

    def _tell_of_flashing(self, kinds: tuple[str, ...]) -> None:
        """Once for each game and kind: whoever runs the session should know, and who made the game."""
        act = self._engagement.act
        if isinstance(act, Playing):
            act.damp(self._engagement.act_s)
        game = act.game if isinstance(act, Playing) else act.phase
        for kind in kinds:
            text = f"{game} would have flashed too much ({kind}); the flash guard softened its light"
            if all(text != known.text for known in self._engagement.notices):
                self._engagement.notice("light_damped", text)

    def _sound(self, hearing: Hearing, cues: list[Cue], t_s: float) -> None:
        act = self._engagement.act
        if act is not self._spoken:
            self._spoken = act
            hearing.turn_to(act.words, act.folder, calm=act.calm)
        if self._engagement.safe:
            hearing.silence()
            return
        hearing.set_level(self._engagement.volume)
        hearing.take(cues, t_s)

    def _tell(self, t_s: float) -> None:
        """Ten times a second, after the frame is out."""
        if t_s - self._told_s < 1 / LIVE_HZ - 0.005:
            return
        self._told_s = t_s
        with self._timings.of("live"):
            message = self._teller.live(
                self._engagement,
                t_s,
                time.monotonic_ns(),
                self._people.now()[0],
                pictures=self._people.count,
                age_ms=self._people.age_ms,
                shapes=t_s < self._watched_until_s,
                quality=self._light.quality,
                notices=self._own_notices(),
            )
            self._live.publish(live.pack(message))

    def _own_notices(self) -> list[Notice]:
        """What is wrong at this moment."""
        notices, condition = [], self._outbox.condition
        if self._outbox.silent(time.monotonic()):
            text = "nobody writes results down at the moment; they are told again until they are kept"
            notices.append(Notice("no_scribe", text))
        elif condition.problem:
            notices.append(Notice(condition.problem, condition.text))
        if self._people.heard and self._people.stale:
            notices.append(
                Notice("camera_silent", "no picture comes from the camera; see the installer page")
            )
        if self._light.dark:
            notices.append(Notice("projector_lost", self._light.dark))
        return notices
