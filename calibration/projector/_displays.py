"""Which display is which projector, found by looking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.devices import Eye, Light
from calibration.patterns import LevelsPattern, level
from calibration.projector._taking import Delay, Taker
from calibration.projector.failures import WrongDisplay

LIT_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class DisplaySeen:
    """A display that lights what the camera sees.

    Attributes:
        display: its number; lit_share: of the camera's picture; middle_px: of its light in the picture.
    """

    display: int
    lit_share: float
    middle_px: tuple[float, float]


def find_projectors(light: Light, eye: Eye, delay: Delay) -> tuple[DisplaySeen, ...]:
    """Switch each display to white in turn and see which of them light the surface, from left to right.

    Raises:
        WrongDisplay: none does.
    """
    displays = range(len(light.sizes_px))
    for display in displays:
        light.show(level(light.sizes_px[display], 0), display)
    found = []
    for display in displays:
        size_px = light.sizes_px[display]
        plain = LevelsPattern(size_px)
        seen = plain.read(Taker(light, eye, delay, display).take(plain.frames).pictures)
        if seen.lit.mean() >= LIT_LEAST:
            rows, columns = np.nonzero(seen.lit)
            middle = (float(columns.mean()), float(rows.mean()))
            found.append(DisplaySeen(display, float(seen.lit.mean()), middle))
    if not found:
        raise WrongDisplay(
            f"none of the {len(displays)} displays lights what the camera sees. Switch the projector on, let "
            "the computer extend (not mirror) its desktop to it, and point the camera at its light."
        )
    return tuple(sorted(found, key=lambda each: each.middle_px[0]))
