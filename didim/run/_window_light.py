"""Light in a window, full screen on a projector or, for a virtual venue, without a screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack

from didim.geometry import Surface
from didim.play import Cue
from didim.project import Rect, Stage, Window
from didim.rig import darkened
from didim.run._shining import shining
from didim.run.jobs import HostJob, StageJob
from didim.run.light import Draw, bursts
from didim.run.messages import Picture


class WindowLight:
    """A window and the stage in it; a `Light`.

    Attributes:
        window, stage: where is drawn, and what draws; who gives the light a `part` ends each frame.

    Args:
        size_px: of the window; None: the projector's.
        part: where in it the light is shown; None: everywhere.

    Raises:
        ProjectError: there is no OpenGL 3.3, or no such display.
    """

    def __init__(
        self,
        job: HostJob | StageJob,
        surface: Surface,
        size_px: tuple[int, int] | None = None,
        part: Rect | None = None,
    ) -> None:
        self.dark = ""
        fullscreen = job.window == "fullscreen"
        lit = shining(job.rig, job.projector, to_venue=job.to_venue, fullscreen=fullscreen)
        area = job.rig.area(lit[0].surface)
        projector, *more = (darkened(each, area) for each in lit)
        shown = [each.display for each in lit]
        self._devices = [job.rig.projectors.index(each) for each in lit]
        with ExitStack() as stack:
            self.window = stack.enter_context(
                Window(
                    size_px or projector.size_px,
                    offscreen=job.window == "offscreen",
                    fullscreen=fullscreen,
                    display=projector.display,
                    spans=shown,
                    clock_ns=time.perf_counter_ns,
                )
            )
            spared_hz = job.spared_hz if self.window.is_software else None
            self.frame_hz = spared_hz or job.frame_hz
            self.stage = stack.enter_context(
                Stage(
                    self.window,
                    surface,
                    projector,
                    job.canvas_scale,
                    part,
                    more=more,
                    budget_ms=1000 / self.window.rate_hz(self.frame_hz),
                    parts=self.window.parts_of(shown),
                )
            )
            self._opened = stack.pop_all()

    @property
    def closing(self) -> bool:
        return self.window.closing()

    def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        for burst in bursts(cues):
            self.stage.burst(burst.at, burst.color, burst.count, t_s, kind=burst.kind)
        draw(self.stage.canvas(t_s), t_s)
        self.stage.present()

    @property
    def flashing(self) -> tuple[str, ...]:
        return tuple(sorted({each.kind for each in self.stage.flashing}))

    def whiten(self) -> None:
        self.stage.present_white()

    def pictures(self, number: int, at_ns: int) -> list[Picture]:
        frames = [self.stage.read_frame(), *self.stage.read_more()]
        return [
            Picture(number, at_ns, frame, device) for device, frame in zip(self._devices, frames, strict=True)
        ]

    @property
    def quality(self) -> str:
        return str(self.stage.quality)

    @property
    def waited_ms(self) -> float:
        return self.stage.waited_ms

    def govern(self, frame_ms: float) -> None:
        self.stage.govern(frame_ms)

    def close(self) -> None:
        self._opened.close()
