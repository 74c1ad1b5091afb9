"""What a session does with devices, so that a recording can stand in for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from calibration.devices import Bytes, Eye, Light, WatchedEye
from calibration.flow._light import Link, find_links
from calibration.flow._spots import outline
from calibration.flow._steps import Step
from calibration.patterns import level
from calibration.projector import UNKNOWN_DELAY, Taker


class Desk(Protocol):
    """Projectors and cameras as a session uses them; cameras are counted from 0, displays as the rig does."""

    @property
    def cameras_px(self) -> tuple[tuple[int, int], ...]:
        """(width, height) of each camera's picture."""
        ...

    @property
    def displays_px(self) -> Mapping[int, tuple[int, int]]:
        """(width, height) of each display."""
        ...

    def begin(self, step: Step) -> None:
        """A step is begun, perhaps once more."""
        ...

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        """Find out which camera sees which display, and set the cameras; raises what `find_links` raises."""
        ...

    def last(self, camera: int) -> Bytes | None:
        """A camera's last picture, (h, w, 3) uint8."""
        ...

    def look(self, camera: int) -> Bytes:
        """A camera's picture now, (h, w, 3) uint8, whatever is shown."""
        ...

    def outline(self, step: Step) -> None:
        """Outline the step's place of the sheet; other displays are dark."""
        ...

    def sheet_pictures(self, grey: int) -> list[list[Bytes]]:
        """For each camera two pictures, (h, w, 3) uint8, of the sheet in plain light."""
        ...

    def taker(self, camera: int, display: int) -> Taker:
        """What takes patterns of one display with one camera; other displays are dark."""
        ...


class LiveDesk:
    """Devices at work.

    Args:
        light, eyes: the displays and the cameras, on one clock.
    """

    def __init__(self, light: Light, *eyes: Eye) -> None:
        self._light, self._eyes = light, tuple(WatchedEye(eye) for eye in eyes)
        self._links: tuple[Link, ...] = ()

    @property
    def cameras_px(self) -> tuple[tuple[int, int], ...]:
        return tuple(eye.size_px for eye in self._eyes)

    @property
    def displays_px(self) -> Mapping[int, tuple[int, int]]:
        return dict(enumerate(self._light.sizes_px))

    def begin(self, step: Step) -> None:
        """Nothing is kept."""

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        self._light.hold(range(len(self._light.sizes_px)) if display is None else [display])
        self._links = find_links(self._light, self._eyes, rng, display)
        self._light.hold({link.display for link in self._links})
        return self._links

    def last(self, camera: int) -> Bytes | None:
        return self._eyes[camera].last

    def look(self, camera: int) -> Bytes:
        return self._eyes[camera].next().bgr

    def outline(self, step: Step) -> None:
        self._darken(step.display)
        frame = outline(step.spot, self.displays_px[step.display], step.nearer)
        self._light.show(frame, step.display)

    def sheet_pictures(self, grey: int) -> list[list[Bytes]]:
        shown_ns = [
            self._light.show(level(self.displays_px[display], grey), display)
            for display in sorted({link.display for link in self._links})
        ]
        delay_ns = max((link.delay.delay_ns for link in self._links), default=UNKNOWN_DELAY.delay_ns)
        return [
            [eye.next(shown_ns[-1] + delay_ns + 2 * eye.period_ns).bgr, eye.next().bgr] for eye in self._eyes
        ]

    def taker(self, camera: int, display: int) -> Taker:
        self._darken(display)
        known = {(link.camera, link.display): link.delay for link in self._links}
        return Taker(self._light, self._eyes[camera], known[camera, display], display)

    def _darken(self, but: int) -> None:
        for display in sorted({link.display for link in self._links} - {but}):
            self._light.show(level(self.displays_px[display], 0), display)
