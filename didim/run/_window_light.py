"""Light in a window, full screen on a projector or, for a virtual venue, without a screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack

from didim.geometry import Surface
from didim.play import Cue
from didim.project import Stage, Window
from didim.run._shining import shining
from didim.run.jobs import HostJob
from didim.run.light import Draw, bursts
from didim.run.messages import Picture


class WindowLight:
    """A window and the stage in it; a `Light`."""

    def __init__(self, job: HostJob, surface: Surface, stack: ExitStack) -> None:
        fullscreen = job.window == "fullscreen"
        lit = shining(job.rig, job.projector, to_venue=job.to_venue, fullscreen=fullscreen)
        projector, *more = lit
        self._window = stack.enter_context(
            Window(
                projector.size_px,
                offscreen=job.window == "offscreen",
                fullscreen=fullscreen,
                display=projector.display,
                spans=[each.display for each in lit],
                clock_ns=time.perf_counter_ns,
            )
        )
        spared_hz = job.spared_hz if self._window.is_software else None
        self.frame_hz = spared_hz or job.frame_hz
        self._devices = [job.rig.projectors.index(each) for each in lit]
        self._stage = stack.enter_context(
            Stage(
                self._window,
                surface,
                projector,
                job.canvas_scale,
                more=more,
                budget_ms=1000 / self._window.rate_hz(self.frame_hz),
                parts=self._window.parts_of([each.display for each in lit]),
            )
        )
        self._opened = ExitStack()

    def keep(self, stack: ExitStack) -> None:
        """Take over what was opened; `close` closes it."""
        self._opened = stack

    @property
    def closing(self) -> bool:
        return self._window.closing()

    def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        for burst in bursts(cues):
            self._stage.burst(burst.at, burst.color, burst.count, t_s, kind=burst.kind)
        draw(self._stage.canvas(t_s), t_s)
        self._stage.present()

    @property
    def flashing(self) -> tuple[str, ...]:
        return tuple(sorted({each.kind for each in self._stage.flashing}))

    def whiten(self) -> None:
        self._stage.present_white()

    def pictures(self, number: int, at_ns: int) -> list[Picture]:
        frames = [self._stage.read_frame(), *self._stage.read_more()]
        return [
            Picture(number, at_ns, frame, device) for device, frame in zip(self._devices, frames, strict=True)
        ]

    @property
    def quality(self) -> str:
        return str(self._stage.quality)

    @property
    def waited_ms(self) -> float:
        return self._stage.waited_ms

    def govern(self, frame_ms: float) -> None:
        self._stage.govern(frame_ms)

    def close(self) -> None:
        self._opened.close()
