"""The first light: which display the camera sees, and at which of its settings."""

from __future__ import annotations

import numpy as np

from calibration.devices import Eye, Light, is_adjustable
from calibration.projector import Delay, measure_delay
from calibration.projector.failures import TooBright, WrongDisplay

NOTHING_KNOWN = Delay(250_000_000, 0.0)
PROBE_FLASHES = 16
PROBES = ((16.7, 1.0), (16.7, 4.0), (16.7, 16.0), (4.2, 1.0), (1.0, 1.0))
"""Exposure, ms, and gain that are tried while nothing is seen: usual, darker places, brighter ones."""
BURNT = 245


def find_light(
    light: Light, eye: Eye, rng: np.random.Generator, display: int | None = None
) -> tuple[int, Delay]:
    """The first display whose flashes the camera sees, and its delay.

    Args:
        display: try this one alone.

    Raises:
        WrongDisplay: the camera sees none of them. TooBright: it sees nothing but glare.
    """
    displays = range(len(light.sizes_px)) if display is None else (display,)
    if any(not 0 <= each < len(light.sizes_px) for each in displays):
        raise WrongDisplay(f"there is no display {display}; this computer has {len(light.sizes_px)}, from 0")
    usual = 0.0
    for settings in PROBES if is_adjustable(eye) else (None,):
        if settings is not None and is_adjustable(eye):
            eye.adjust("exposure_ms", settings[0])
            eye.adjust("gain", settings[1])
        for each in displays:
            try:
                return each, measure_delay(light, eye, rng, display=each, flashes=PROBE_FLASHES)
            except WrongDisplay:
                continue
        usual = usual or float(np.median(eye.next().bgr))
    if usual >= BURNT:
        raise TooBright(
            f"the camera sees nothing of the projector in so bright a room ({usual:.0f} of 255 at its usual "
            "exposure). Dim the lamps, close the curtains, or keep the sun off the surface."
        )
    raise WrongDisplay(
        f"{'none of the displays' if display is None else f'display {display}'} lights what the camera sees. "
        "Switch the projector on, let the computer extend (not mirror) its desktop to it, take the lens cap "
        "off, and point the camera at its light."
    )
