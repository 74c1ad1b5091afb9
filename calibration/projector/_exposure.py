"""Camera settings that suit the projector's light, locked."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calibration.devices import AdjustableEye, Light, Setting
from calibration.patterns import contrast, level
from calibration.patterns._phase import CAMERA_GAMMA
from calibration.projector._taking import Delay, Taker
from calibration.projector.failures import TooBright, TooDark

WHITE_GOAL = 195.0
"""Grey value that bright lit places are brought to; a fifth, as under a stripe of sun, may be brighter."""
NEAR_GOAL = 25.0
WHITE_END = 250.0
SWING_LEAST = 4.0
LIT_LEAST = 0.002
REFRESH_MS = 1000.0 / 60.0
"""Colour wheels turn with the refresh: exposures of whole refreshes, or simple parts, see all colours."""
TRIES = 6
BALANCE_ROUNDS = 3
TINT_LEAST = 0.02
"""Red over blue within 2 % is grey."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the camera was set to.

    Attributes:
        settings: name to value, as the camera took it.
        white, black: grey values of the brightest lit places when the projector shows white and black.
    """

    settings: dict[Setting, float]
    white: float
    black: float


def set_exposure(light: Light, eye: AdjustableEye, delay: Delay, *, display: int = 0) -> Exposure:
    """Find exposure and gain at which the projector's white is bright and not burnt out; then white balance.

    Raises:
        TooDark: the light stays too weak at the longest exposure and the highest gain.
        TooBright: the room burns the picture out at the shortest exposure.
    """
    settings: dict[Setting, float] = {}
    taker = Taker(light, eye, delay, display)
    wanted = 1.0
    total = _total(eye, settings)
    white = black = swing = 0.0
    for _ in range(TRIES):
        black, white, swing = _look(taker)
        if abs(white - WHITE_GOAL) < NEAR_GOAL:
            break
        wanted = (WHITE_GOAL / max(white, 4.0)) ** CAMERA_GAMMA if white < WHITE_END else 0.35
        before = total
        total = _set_total(eye, settings, total * wanted)
        if abs(total / before - 1) < 0.03:
            break
    if white >= WHITE_END and black > 0.8 * WHITE_END:
        raise TooBright(
            f"the camera's picture is burnt out ({black:.0f} of 255 without the projector's light) at its "
            "shortest exposure. Dim the lamps, close the curtains, or keep the sun off the surface."
        )
    if swing < SWING_LEAST:
        _refuse_weak(black, swing)
    _balance(light, eye, delay, display, settings)
    return Exposure(settings, white, black)


def _refuse_weak(black: float, swing: float) -> None:
    if black > 100:
        raise TooBright(
            f"the room outshines the projector: its white adds {swing:.0f} of 255 grey values to the room's "
            f"{black:.0f}. Dim the lamps or close the curtains."
        )
    raise TooDark(
        f"the projector's white adds only {max(swing, 0.0):.1f} of 255 grey values at the camera's longest "
        "exposure. Set the projector to its bright mode, clean its lens, or hang the camera nearer."
    )


def _look(taker: Taker) -> tuple[float, float, float]:
    """Grey values of black and white where the projector's light is strongest, and the step between them."""
    size_px = taker.size_px
    black, white = taker.take([level(size_px, 0), level(size_px, 255)]).pictures
    seen = contrast(black, white, 3.0)
    # a handful of lit pixels is noise
    where = seen.lit if seen.lit.mean() > LIT_LEAST else np.ones(black.shape, bool)
    return (
        float(np.percentile(black[where], 80)),
        float(np.percentile(white[where], 80)),
        float(np.median((white - black)[where])),
    )


def _total(eye: AdjustableEye, settings: dict[Setting, float]) -> float:
    """Exposure times gain to begin with: one refresh at the least gain."""
    exposures, gains = eye.limits("exposure_ms"), eye.limits("gain")
    if exposures is not None:
        settings["exposure_ms"] = eye.adjust("exposure_ms", REFRESH_MS)
    if gains is not None:
        settings["gain"] = eye.adjust("gain", gains[0])
    return settings.get("exposure_ms", 1.0) * settings.get("gain", 1.0)


def _set_total(eye: AdjustableEye, settings: dict[Setting, float], total: float) -> float:
    """Share a brightness out: whole refreshes of exposure first, then gain."""
    exposures, gains = eye.limits("exposure_ms"), eye.limits("gain")
    low_gain = gains[0] if gains else 1.0
    if exposures is not None:
        longest = min(exposures[1], eye.period_ns / 1e6)
        whole = max(1, int(longest / REFRESH_MS + 0.02))
        steps = [REFRESH_MS * k for k in (*(1 / n for n in (16, 8, 4, 2)), *range(1, whole + 1))]
        fitting = [ms for ms in steps if ms * low_gain <= total * 1.05 and ms >= exposures[0]]
        wanted_ms = fitting[-1] if fitting else max(exposures[0], total / low_gain)
        settings["exposure_ms"] = eye.adjust("exposure_ms", wanted_ms)
    exposure = settings.get("exposure_ms", 1.0)
    if gains is not None:
        settings["gain"] = eye.adjust("gain", total / exposure)
    return exposure * settings.get("gain", 1.0)


def _balance(
    light: Light, eye: AdjustableEye, delay: Delay, display: int, settings: dict[Setting, float]
) -> None:
    """Lock the white balance where the projector's white looks grey."""
    limits = eye.limits("white_balance_k")
    if limits is None:
        return
    shown_ns = light.show(level(light.sizes_px[display], 255), display)
    eye.next(shown_ns + delay.delay_ns + eye.period_ns)

    def tint(kelvin: float) -> float:
        """How red white looks, above 0, or how blue."""
        eye.adjust("white_balance_k", kelvin)
        for _ in range(3):  # cameras take a few pictures to follow
            bgr = eye.next().bgr
        blue, _, red = (float(bgr[..., k].mean()) for k in range(3))
        return math.log(max(red, 1.0) / max(blue, 1.0))

    settings["white_balance_k"] = eye.adjust("white_balance_k", _neutral_k(tint, *limits))


def _neutral_k(tint: Callable[[float], float], low_k: float, high_k: float) -> float:
    """The colour temperature at which white looks neither red nor blue, by regula falsi.

    In reciprocal degrees, where the same step looks the same; one of the limits where it lies beyond.
    """
    (low, at_low), (high, at_high) = ((1e6 / k, tint(k)) for k in (low_k, high_k))
    if at_low * at_high >= 0:
        return low_k if abs(at_low) < abs(at_high) else high_k
    found = low
    for _ in range(BALANCE_ROUNDS):
        found = low + (high - low) * at_low / (at_low - at_high)
        here = tint(1e6 / found)
        if here * at_low > 0:
            low, at_low = found, here
        else:
            high, at_high = found, here
        if abs(here) < TINT_LEAST:
            break
    return 1e6 / found
