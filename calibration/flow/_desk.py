"""What a session does with devices, so that a recording can stand in for them."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from calibration.devices import Bytes, Eye, Light, WatchedEye, is_adjustable
from calibration.flow._light import NOTHING_KNOWN, find_light
from calibration.flow._spots import outline
from calibration.flow._steps import Step
from calibration.patterns import level
from calibration.projector import Delay, Taker, measure_delay, set_exposure


class Desk(Protocol):
    """Projector and camera as a session uses them."""

    @property
    def camera_px(self) -> tuple[int, int]:
        """(width, height) of the camera's picture."""
        ...

    @property
    def projector_px(self) -> tuple[int, int]:
        """(width, height) of the display found."""
        ...

    def begin(self, step: Step) -> None:
        """A step is begun, perhaps once more."""
        ...

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[int, Delay]:
        """Find display, delay and settings; raises what `find_light` and `set_exposure` raise."""
        ...

    @property
    def last(self) -> Bytes | None:
        """The camera's last picture, (h, w, 3) uint8."""
        ...

    def look(self) -> Bytes:
        """The camera's picture now, (h, w, 3) uint8, whatever is shown."""
        ...

    def outline(self, number: int) -> None:
        """Outline the place of the sheet that is counted from 1."""
        ...

    def sheet_pictures(self, grey: int) -> list[Bytes]:
        """Two pictures, (h, w, 3) uint8, of the sheet in plain light."""
        ...

    def taker(self) -> Taker:
        """What takes patterns."""
        ...


class LiveDesk:
    """Devices at work.

    Args:
        light, eye: the displays and the camera, on one clock.
    """

    def __init__(self, light: Light, eye: Eye) -> None:
        self._light, self._eye = light, WatchedEye(eye)
        self._display, self._delay = 0, NOTHING_KNOWN

    @property
    def camera_px(self) -> tuple[int, int]:
        return self._eye.size_px

    @property
    def projector_px(self) -> tuple[int, int]:
        return self._light.sizes_px[self._display]

    def begin(self, step: Step) -> None:
        """Nothing is kept."""

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[int, Delay]:
        self._display, self._delay = find_light(self._light, self._eye, rng, display)
        if is_adjustable(self._eye):
            set_exposure(self._light, self._eye, self._delay, display=self._display)
        self._delay = measure_delay(self._light, self._eye, rng, display=self._display)
        return self._display, self._delay

    @property
    def last(self) -> Bytes | None:
        return self._eye.last

    def look(self) -> Bytes:
        return self._eye.next().bgr

    def outline(self, number: int) -> None:
        self._light.show(outline(number, self.projector_px), self._display)

    def sheet_pictures(self, grey: int) -> list[Bytes]:
        shown_ns = self._light.show(level(self.projector_px, grey), self._display)
        settled_ns = shown_ns + self._delay.delay_ns + 2 * self._eye.period_ns
        return [self._eye.next(settled_ns).bgr, self._eye.next().bgr]

    def taker(self) -> Taker:
        return Taker(self._light, self._eye, self._delay, self._display)
