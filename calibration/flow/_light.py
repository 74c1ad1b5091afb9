"""The first light: which displays each camera sees, at which of its settings, and after what delay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.devices import AdjustableEye, Eye, Light, Setting, is_adjustable
from calibration.patterns import LevelsPattern, level
from calibration.projector import Delay, Taker, measure_delay, set_exposure
from calibration.projector.failures import TooBright, WrongDisplay

PROBE_FLASHES = 16
PROBES = ((16.7, 1.0), (16.7, 4.0), (16.7, 16.0), (4.2, 1.0), (1.0, 1.0))
"""Exposure, ms, and gain that are tried while nothing is seen: usual, darker places, brighter ones."""
BURNT = 245
LIT_LEAST = 0.03
"""Of a camera's picture: a monitor's glow on the wall is less."""


@dataclass(frozen=True, slots=True)
class Link:
    """A camera that sees the light of a display, and after what delay.

    Attributes:
        lit_share: of the camera's picture.
        automatic: what the camera goes on changing by itself, because it cannot be locked.
    """

    camera: int
    display: int
    delay: Delay
    lit_share: float = 1.0
    automatic: tuple[Setting, ...] = ()


def find_links(
    light: Light, eyes: Sequence[Eye], rng: np.random.Generator, display: int | None = None
) -> tuple[Link, ...]:
    """Every display that a camera sees, for every camera; each camera is set to suit what it sees.

    Args:
        display: try this one alone.

    Raises:
        WrongDisplay: a camera sees none of them. TooBright: it sees nothing but glare, or the room outshines
            the light. TooDark: the light is too weak.
    """
    displays = range(len(light.sizes_px)) if display is None else (display,)
    if any(not 0 <= each < len(light.sizes_px) for each in displays):
        raise WrongDisplay(f"there is no display {display}; this computer has {len(light.sizes_px)}, from 0")
    for each in displays:
        light.show(level(light.sizes_px[each], 0), each)
    return tuple(
        link
        for camera, eye in enumerate(eyes)
        for link in _links_of(light, camera, eye, rng, _seen_by(light, eye, rng, displays, display))
    )


def _seen_by(
    light: Light, eye: Eye, rng: np.random.Generator, displays: Sequence[int], only: int | None
) -> dict[int, Delay]:
    """Displays whose flashes the camera sees, with a rough delay; probes settings until there are any."""
    usual = 0.0
    for settings in PROBES if is_adjustable(eye) else (None,):
        if settings is not None and is_adjustable(eye):
            eye.adjust("exposure_ms", settings[0])
            eye.adjust("gain", settings[1])
        seen = {}
        for each in displays:
            try:
                seen[each] = measure_delay(light, eye, rng, display=each, flashes=PROBE_FLASHES)
            except WrongDisplay:
                continue
            finally:
                light.show(level(light.sizes_px[each], 0), each)
        if seen:
            return seen
        usual = usual or float(np.median(eye.next().bgr))
    if usual >= BURNT:
        raise TooBright(
            f"the camera sees nothing of the projector in so bright a room ({usual:.0f} of 255 at its usual "
            "exposure). Dim the lamps, close the curtains, or keep the sun off the surface."
        )
    raise WrongDisplay(
        f"{'none of the displays' if only is None else f'display {only}'} lights what the camera sees. "
        "Switch the projector on, let the computer extend (not mirror) its desktop to it, take the lens cap "
        "off, and point the camera at its light."
    )


def _links_of(
    light: Light, camera: int, eye: Eye, rng: np.random.Generator, seen: dict[int, Delay]
) -> list[Link]:
    """Set the camera by the display that lights most of its picture; measure the delay of each."""
    shares = dict.fromkeys(seen, 1.0)
    if len(seen) > 1:
        shares = {display: _lit_share(light, eye, delay, display) for display, delay in seen.items()}
    strongest = max(seen, key=lambda display: shares[display])
    if is_adjustable(eye):
        set_exposure(light, eye, seen[strongest], display=strongest)
    automatic = eye.lock() if isinstance(eye, AdjustableEye) else ()
    links = []
    for display in (each for each in seen if each == strongest or shares[each] >= LIT_LEAST):
        light.show(level(light.sizes_px[strongest], 0), strongest)
        delay = measure_delay(light, eye, rng, display=display)
        links.append(Link(camera, display, delay, shares[display], automatic))
        light.show(level(light.sizes_px[display], 0), display)
    return links


def _lit_share(light: Light, eye: Eye, delay: Delay, display: int) -> float:
    plain = LevelsPattern(light.sizes_px[display])
    seen = plain.read(Taker(light, eye, delay, display).take(plain.frames).pictures)
    light.show(level(light.sizes_px[display], 0), display)
    return float(seen.lit.mean())
