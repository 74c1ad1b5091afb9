"""A light that outlives its projector: dark while that is gone, lit again once it is back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from didim.play import Cue
from didim.project import DisplayLost, ProjectError
from didim.run.light import Draw, Light, NoLight
from didim.run.messages import Picture

AGAIN_S = 1.0
"""A projector that is gone is looked for so often."""


class Relit:
    """Opens a light anew when its display was lost; a `Light`.

    Args:
        open_one: opens the light; it is called again until it succeeds.

    Raises:
        ProjectError: the first one cannot be opened.
    """

    def __init__(self, open_one: Callable[[], Light]) -> None:
        self._open = open_one
        self._light = open_one()
        self.frame_hz = self._light.frame_hz
        self.dark = ""
        self._again_s = 0.0

    @property
    def closing(self) -> bool:
        return self._light.closing

    @property
    def quality(self) -> str:
        return self._light.quality

    @property
    def flashing(self) -> tuple[str, ...]:
        return self._light.flashing

    @property
    def waited_ms(self) -> float:
        return self._light.waited_ms

    def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        self._shine(lambda light: light.show(draw, cues, t_s))

    def whiten(self) -> None:
        self._shine(lambda light: light.whiten())

    def pictures(self, number: int, at_ns: int) -> list[Picture]:
        return self._light.pictures(number, at_ns)

    def govern(self, frame_ms: float) -> None:
        self._light.govern(frame_ms)

    def close(self) -> None:
        self._light.close()

    def _shine(self, shine: Callable[[Light], None]) -> None:
        if self.dark and time.monotonic() >= self._again_s:
            self._look_again()
        try:
            shine(self._light)
        except DisplayLost as lost:
            self._light.close()  # a window without its display would cover the operator's screen
            self._light = NoLight(self.frame_hz)
            self.dark, self._again_s = str(lost), time.monotonic() + AGAIN_S

    def _look_again(self) -> None:
        try:
            self._light = self._open()
        except ProjectError:
            self._again_s = time.monotonic() + AGAIN_S
        else:
            self.dark = ""
