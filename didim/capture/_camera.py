"""The camera contract and the table of drivers."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from didim.problem import Problem


class CameraError(Problem):
    """The camera cannot deliver frames; the message says which one, what happened and what to try."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class CameraFrame:
    """One picture.

    Attributes:
        seq: counts from 0 per opened camera; a gap means pictures that nobody read in time.
        captured_ns: `time.monotonic_ns()` when the driver received it.
        bgr: (height, width, 3) uint8, read-only.
    """

    seq: int
    captured_ns: int
    bgr: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.bgr.ndim != 3 or self.bgr.shape[2] != 3 or self.bgr.dtype != np.uint8:
            raise ValueError(
                f"a frame is (height, width, 3) uint8, got shape {self.bgr.shape} of {self.bgr.dtype}"
            )
        self.bgr.flags.writeable = False


class Camera(Protocol):
    """A camera is open from construction until `close`; use it under `contextlib.closing`."""

    def read(self, *, timeout_s: float) -> CameraFrame | None:
        """Return the newest frame not yet returned, waiting up to `timeout_s`.

        Returns None when the source has come to its end (a file that does not loop).

        Raises:
            CameraError: no frame came in time, or the device is gone.
        """
        ...

    def close(self) -> None: ...


DRIVERS = {
    "webcam": "didim.capture.webcam:Webcam",
    "file": "didim.capture.file:FileCamera",
    "pictures": "didim.capture.pictures:PictureFolder",
    "stream": "didim.capture.stream:StreamCamera",
    "venue": "didim.sim.driver:DarkVenueCamera",
}


def driver(kind: str) -> Callable[..., Camera]:
    """The class of a driver, by its name in the table; raises CameraError where there is none."""
    if kind not in DRIVERS:
        raise CameraError(f"camera kind {kind!r} is not one of {', '.join(sorted(DRIVERS))}")
    module, _, name = DRIVERS[kind].partition(":")
    opened_by: Callable[..., Camera] = getattr(importlib.import_module(module), name)
    return opened_by


def open_camera(kind: str, **settings: Any) -> Camera:
    """Open a camera by its driver's name; each driver's class documents its settings.

    Raises:
        CameraError: no such driver, a setting it does not know, or the device does not answer.
    """
    opened_by = driver(kind)
    takes = inspect.signature(opened_by)
    try:
        takes.bind(**settings)
    except TypeError as error:
        known = ", ".join(takes.parameters)
        raise CameraError(
            f"camera source of kind {kind!r}: {error}; it takes {known} (docs/rig.md)"
        ) from None
    return opened_by(**settings)
