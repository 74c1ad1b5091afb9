"""The stage process: the game at its fixed tick, the drawing at display rate, the projector's light."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.play import Burst, Cue, Round, Score
from didim.project import Stage, Window, open_sink
from didim.rig import darkened
from didim.run._shining import shining
from didim.run.game import game_of
from didim.run.hearing import SPEECH_FOLDER, Hearing
from didim.run.jobs import StageJob, StageSummary
from didim.run.link import Link
from didim.run.messages import Codec, CueSent, Picture, Scene
from didim.run.newest import NewestPeople
from didim.run.panel import SIZE_PX as PANEL_PX
from didim.run.panel import Panel
from didim.run.processes import CUES, FRAMES, LIGHT, PEOPLE, SCENE, STATUS
from didim.run.timing import Pacer, Timings


def main(link: Link, job: StageJob) -> StageSummary:
    """Run until told to stop, the window is left, the time is up or the game ends."""
    # Where the processor draws, Mesa would take every core and leave none to vision.
    os.environ.setdefault("LP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))
    with ExitStack() as stack:
        return _Show(link, job, stack).run()


class _Show:
    """A round of a game on its stage, with its ends of the channels."""

    def __init__(self, link: Link, job: StageJob, stack: ExitStack) -> None:
        self._link = link
        self._job = job
        self._timings = Timings()
        fullscreen = job.window == "fullscreen"
        lit = shining(job.rig, job.projector, to_venue=job.to_venue, fullscreen=fullscreen)
        projector, *more = lit
        surface = job.rig.surfaces[projector.surface]
        pack, settings = game_of(job)
        self._round = Round.start(pack, surface, seed=job.seed, settings=settings)
        size_px = PANEL_PX if job.panel else projector.size_px
        self._window = stack.enter_context(
            Window(
                size_px,
                offscreen=job.window == "offscreen",
                fullscreen=fullscreen,
                display=projector.display,
                spans=[each.display for each in lit],
                clock_ns=time.perf_counter_ns,
            )
        )
        part = Panel.light_part if job.panel else None
        self._devices = [job.rig.projectors.index(each) for each in lit]
        area = job.rig.area(projector.surface)
        self._stage = stack.enter_context(
            Stage(
                self._window,
                surface,
                darkened(projector, area),
                job.canvas_scale,
                part,
                more=[darkened(each, area) for each in more],
                budget_ms=1000 / self._window.rate_hz(self._frame_hz()),
                parts=self._window.parts_of([each.display for each in lit]),
            )
        )
        self._hearing: Hearing | None = None
        if job.window != "offscreen":  # where nobody looks, nobody listens
            spoken, loudness = pack.folder / SPEECH_FOLDER, job.rig.loudness
            hearing = Hearing(surface, settings.words, spoken, loudness, calm=settings["calm"])
            self._hearing = stack.enter_context(hearing)
        self._panel = self._panel_over(surface) if job.panel else None
        self._sink = stack.enter_context(open_sink(job.out, size_px)) if job.out else None
        self._people = NewestPeople(link.attach(PEOPLE))
        self._cues = link.attach(CUES)
        self._scene = link.attach(SCENE) if job.to_venue else None
        self._light = link.attach(LIGHT) if job.to_venue else None
        self._frames_drawn = 0
        self._began_s = 0.0
        self._heard_s: float | None = None

    def _panel_over(self, surface: Surface) -> Panel:
        frames, status = self._link.attach(FRAMES), self._link.attach(STATUS)
        language: Literal["ko", "en"] = "en" if self._job.languages[-1] == "en" else "ko"
        return Panel(self._window, surface, frames, status, language)

    def run(self) -> StageSummary:
        pacer = Pacer(self._frame_hz())
        began_s = self._began_s = time.monotonic()
        t_s = 0.0
        while not self._over(t_s):
            pacer.wait()
            t_s = time.monotonic() - began_s
            self._update(t_s)
            self._draw(t_s)
            if self._frames_drawn == 1:
                self._link.started()
        played_s = t_s - (self._heard_s or 0.0)
        return StageSummary(
            played_s,
            self._round.finished,
            self._frames_drawn,
            self._timings.spreads(),
            str(self._stage.quality),
            self._stage.damped,
        )

    def _frame_hz(self) -> float:
        spared_hz = self._job.spared_hz if self._window.is_software else None
        return spared_hz or self._job.frame_hz

    def _over(self, t_s: float) -> bool:
        """Time counts from the first word of vision, which may need a while to start."""
        limit_s = self._job.seconds
        if limit_s is not None and self._heard_s is not None and t_s - self._heard_s >= limit_s:
            return True
        return self._link.stopped() or self._round.finished or self._window.closing()

    def _update(self, t_s: float) -> None:
        players, captured_ns = self._people.now()
        if self._heard_s is None:
            if not self._people.heard:
                return
            self._heard_s = t_s
        if self._people.stale:
            self._round.pause(t_s - self._heard_s)
            self._hear((), t_s)
            return
        round_began_s = self._began_s + self._heard_s
        events = [replace(event, t_s=event.t_s - round_began_s) for event in self._people.events()]
        with self._timings.of("update"):
            cues = self._round.advance(t_s - self._heard_s, players, events)
        self._hear(cues, t_s)
        for cue in cues:
            self._send(cue, captured_ns)
            if isinstance(cue, Burst):
                self._stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)

    def _hear(self, cues: Sequence[Cue], t_s: float) -> None:
        if self._hearing is not None:
            self._hearing.take(cues, t_s)

    def _draw(self, t_s: float) -> None:
        began_ns = time.perf_counter_ns()
        with self._timings.of("draw"):
            canvas = self._stage.canvas(t_s)
            self._round.draw(canvas)
            self._stage.present()
        if self._scene and self._light:
            targets = self._round.places_to_be()
            self._scene.publish(_SCENE.pack(Scene(t_s, targets)))
            at_ns, frames = time.monotonic_ns(), [self._stage.read_frame(), *self._stage.read_more()]
            for device, frame in zip(self._devices, frames, strict=True):
                self._light.publish(*Picture(self._frames_drawn, at_ns, frame, device).pack())
        if self._panel:
            self._panel.draw(self._own_figures())
        if self._sink and self._heard_s is not None:
            with self._timings.of("write"):
                self._sink.write(self._shown(), t_s - self._heard_s)
        if self._panel:
            self._window.flip()
        self._frames_drawn += 1
        self._stage.govern((time.perf_counter_ns() - began_ns) / 1e6 - self._stage.waited_ms)

    def _own_figures(self) -> dict[str, float]:
        figures = self._timings.medians("update", "draw") | {"score": sum(self._round.scores.values())}
        since_s = time.monotonic() - self._began_s
        figures["canvas_scale"] = self._stage.quality.canvas_scale
        return figures | {"frames_hz": self._frames_drawn / max(since_s, 1e-3)}

    def _shown(self) -> NDArray[np.uint8]:
        return self._window.read_frame() if self._panel else self._stage.read_frame()

    def _send(self, cue: Cue, captured_ns: int) -> None:
        scored = (cue.player_id, cue.points) if isinstance(cue, Score) else (0, 0)
        sent = CueSent(type(cue).__name__, self._round.t_s, captured_ns, time.monotonic_ns(), *scored)
        self._cues.publish(_CUE.pack(sent))


_CUE = Codec(CueSent)
_SCENE = Codec(Scene)
