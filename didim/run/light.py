"""Where an engagement's light goes: a window on a projector, or nowhere where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from didim.geometry import Surface
from didim.play import Burst, Canvas, Cue
from didim.run.jobs import HostJob
from didim.run.messages import Picture

Draw = Callable[[Canvas, float], None]


class Light(Protocol):
    """Shows frames.

    Attributes:
        frame_hz: how often to draw.
        closing: somebody closed the window.
        quality: how finely is drawn now; "" where nothing is.
        dark: why nothing is shown: the projector is gone, and looked for; "" while it shines.
    """

    frame_hz: float
    dark: str

    @property
    def closing(self) -> bool: ...

    @property
    def quality(self) -> str: ...

    def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        """Draw a frame and show it."""
        ...

    def whiten(self) -> None:
        """Show white, at once."""
        ...

    def pictures(self, number: int, at_ns: int) -> list[Picture]:
        """What each projector shows now, for a venue."""
        ...

    @property
    def flashing(self) -> tuple[str, ...]:
        """What the flash guard held back in the last frame, by kind."""
        ...

    @property
    def waited_ms(self) -> float:
        """How long the last frame, drawn, waited for its display."""
        ...

    def govern(self, frame_ms: float) -> None:
        """The work of a frame took so long: draw the next ones finer or coarser if need be."""
        ...

    def close(self) -> None: ...


class NoLight:
    """No window, no projector: the game is played and counted all the same."""

    closing = False
    quality = dark = ""
    waited_ms = 0.0
    flashing: tuple[str, ...] = ()

    def __init__(self, frame_hz: float) -> None:
        self.frame_hz = frame_hz

    def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        """Nobody looks."""

    def whiten(self) -> None:
        """Nobody looks."""

    def pictures(self, number: int, at_ns: int) -> list[Picture]:
        return []

    def govern(self, frame_ms: float) -> None:
        """There is nothing to draw."""

    def close(self) -> None:
        """Nothing is open."""


def open_light(job: HostJob, surface: Surface) -> Light:
    """The light that `job` asks for.

    Raises:
        ProjectError: there is no OpenGL 3.3, or no such display.
    """
    if job.window == "none":
        return NoLight(job.frame_hz)
    from didim.run._window_light import WindowLight  # who shows nothing loads nothing of it
    from didim.run.relit import Relit

    return Relit(lambda: WindowLight(job, surface))


def bursts(cues: Sequence[Cue]) -> list[Burst]:
    """Those cues that are seen and not drawn by the game."""
    return [cue for cue in cues if isinstance(cue, Burst)]
