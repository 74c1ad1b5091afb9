"""The stage process: the game at its fixed tick, the drawing at display rate, the projector's light."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from didim.play import Cue, Round, Score
from didim.project import open_sink
from didim.run._window_light import WindowLight
from didim.run.game import game_of
from didim.run.hearing import SPEECH_FOLDER, Hearing
from didim.run.jobs import StageJob, StageSummary
from didim.run.link import Link
from didim.run.messages import Codec, CueSent, Scene
from didim.run.newest import NewestPeople
from didim.run.panel import SIZE_PX as PANEL_PX
from didim.run.panel import Panel
from didim.run.processes import CUES, FRAMES, LIGHT, PEOPLE, SCENE, STATUS
from didim.run.relit import Relit
from didim.run.timing import Pacer, Timings


def main(link: Link, job: StageJob) -> StageSummary:
    """Run until told to stop, the window is left, the time is up or the game ends."""
    # Where the processor draws, Mesa would take every core and leave none to vision.
    os.environ.setdefault("LP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))
    with ExitStack() as stack:
        return Show(link, job, stack).run()


class Show:
    """A round of a game on its stage, with its ends of the channels.

    Attributes:
        round: the round.
    """

    def __init__(self, link: Link, job: StageJob, stack: ExitStack) -> None:
        self._link = link
        self._job = job
        self._timings = Timings()
        self._surface = surface = job.rig.surfaces[job.rig.projector(job.projector).surface]
        pack, settings = game_of(job)
        self.round = Round.start(pack, surface, seed=job.seed, settings=settings)
        self._panel: Panel | None = None
        self._light = stack.enter_context(closing(Relit(self._open)))
        self._hearing: Hearing | None = None
        if job.window != "offscreen":  # where nobody looks, nobody listens
            spoken, loudness = pack.folder / SPEECH_FOLDER, job.rig.loudness
            hearing = Hearing(surface, settings.words, spoken, loudness, calm=settings["calm"])
            self._hearing = stack.enter_context(hearing)
        size_px = self._lit.window.size_px
        self._sink = stack.enter_context(open_sink(job.out, size_px)) if job.out else None
        self._people = NewestPeople(link.attach(PEOPLE))
        self._cues = link.attach(CUES)
        self._scene = link.attach(SCENE) if job.to_venue else None
        self._beam = link.attach(LIGHT) if job.to_venue else None
        self._frames_drawn = 0
        self._began_s = 0.0
        self._heard_s: float | None = None
        self._left_lobby_s: float | None = None

    def _open(self) -> WindowLight:
        """The light, with the panel beside it where one is asked for."""
        if not self._job.panel:
            self._lit = WindowLight(self._job, self._surface)
            return self._lit
        self._lit = WindowLight(self._job, self._surface, PANEL_PX, Panel.light_part)
        frames, status = self._link.attach(FRAMES), self._link.attach(STATUS)
        language: Literal["ko", "en"] = "en" if self._job.languages[-1] == "en" else "ko"
        self._panel = Panel(self._lit.window, self._surface, frames, status, language)
        return self._lit

    def run(self) -> StageSummary:
        pacer = Pacer(self._light.frame_hz)
        began_s = self._began_s = time.monotonic()
        t_s = 0.0
        while not self._over(t_s):
            pacer.wait()
            t_s = time.monotonic() - began_s
            self.frame(t_s)
            if self._frames_drawn == 1:
                self._link.started()
        played_s = t_s - (self._heard_s or 0.0)
        return StageSummary(
            played_s,
            self.round.finished,
            self._frames_drawn,
            self._timings.spreads(),
            self._light.quality,
            self._lit.stage.damped,
        )

    def frame(self, t_s: float) -> None:
        """Go on to `t_s` and show it."""
        self._draw(self._update(t_s), t_s)

    def _over(self, t_s: float) -> bool:
        """Time counts from the first word of vision, which may need a while to start, or from the round's."""
        limit_s, from_s = self._job.seconds, self._left_lobby_s if self._job.of_round else self._heard_s
        if limit_s is not None and from_s is not None and t_s - from_s >= limit_s:
            return True
        return self._link.stopped() or self.round.finished or self._light.closing

    def _update(self, t_s: float) -> Sequence[Cue]:
        """Go on to `t_s`; without people told or light to see by, the round stands still."""
        players, captured_ns = self._people.now()
        if self._heard_s is None:
            if not self._people.heard:
                return ()
            self._heard_s = t_s
        if self._people.stale or self._light.dark:
            self.round.pause(t_s - self._heard_s)
            self._hear((), t_s)
            return ()
        round_began_s = self._began_s + self._heard_s
        events = [replace(event, t_s=event.t_s - round_began_s) for event in self._people.events()]
        with self._timings.of("update"):
            cues = self.round.advance(t_s - self._heard_s, players, events)
        course = self.round.course
        if self._left_lobby_s is None and (course is None or course.phase != "lobby"):
            self._left_lobby_s = t_s
        self._hear(cues, t_s)
        for cue in cues:
            self._send(cue, captured_ns)
        return cues

    def _hear(self, cues: Sequence[Cue], t_s: float) -> None:
        if self._hearing is not None:
            self._hearing.take(cues, t_s)

    def _draw(self, cues: Sequence[Cue], t_s: float) -> None:
        began_ns = time.perf_counter_ns()
        with self._timings.of("draw"):
            self._light.show(lambda canvas, _: self.round.draw(canvas), cues, t_s)
        if self._scene and self._beam:
            targets = self.round.places_to_be()
            self._scene.publish(_SCENE.pack(Scene(t_s, targets)))
            for picture in self._light.pictures(self._frames_drawn, time.monotonic_ns()):
                self._beam.publish(*picture.pack())
        if self._panel:
            self._panel.draw(self._own_figures())
        if self._sink and self._heard_s is not None and not self._light.dark:
            with self._timings.of("write"):
                self._sink.write(self._shown(), t_s - self._heard_s)
        if self._panel:
            self._lit.window.flip()
        self._frames_drawn += 1
        self._light.govern((time.perf_counter_ns() - began_ns) / 1e6 - self._light.waited_ms)

    def _own_figures(self) -> dict[str, float]:
        figures = self._timings.medians("update", "draw") | {"score": sum(self.round.scores.values())}
        since_s = time.monotonic() - self._began_s
        figures["canvas_scale"] = self._lit.stage.quality.canvas_scale
        return figures | {"frames_hz": self._frames_drawn / max(since_s, 1e-3)}

    def _shown(self) -> NDArray[np.uint8]:
        return (self._lit.window if self._panel else self._lit.stage).read_frame()

    def _send(self, cue: Cue, captured_ns: int) -> None:
        scored = (cue.player_id, cue.points) if isinstance(cue, Score) else (0, 0)
        sent = CueSent(type(cue).__name__, self.round.t_s, captured_ns, time.monotonic_ns(), *scored)
        self._cues.publish(_CUE.pack(sent))


_CUE = Codec(CueSent)
_SCENE = Codec(Scene)
