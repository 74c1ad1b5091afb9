"""The projector's gamma without knowing the camera's, and whether it shows its picture pixel by pixel.

A fine black-and-white checkerboard sends half the light, whatever the gamma. The grey that looks as bright
to the camera has therefore half the light: 0.5 = (grey / 255) ** gamma.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from calibration.patterns import Contrast, fine_checkers, in_light, level
from calibration.patterns._matches import Floats
from calibration.projector._taking import Taker

GREYS = (146, 162, 178, 194, 210)
GAMMA_RANGE = (1.4, 3.0)
USUAL_GAMMA = 2.2
GAMMA_LEAST = 1.55
FADE_PX = 1.2
BEAT_MOST = 0.16
"""Spread of the checkerboard's brightness over the surface, as a share: pixel by pixel it is even."""


@dataclass(frozen=True, slots=True)
class Response:
    """How the projector turns grey values into light.

    Attributes:
        gamma: light is grey to this power.
        beats: spread of the finest checkerboard's brightness over the surface, 0 when even.
    """

    gamma: float
    beats: float

    @property
    def scaled(self) -> bool:
        """Whether the projector seems to scale its picture (keystone, zoom, another resolution).

        Either its beats are seen, or they are too fine for the camera and the blurred checkerboard is dim,
        as if the gamma were one that no projector has.
        """
        return self.beats > BEAT_MOST or self.gamma < GAMMA_LEAST


def measure_response(taker: Taker, seen: Contrast) -> Response:
    """Show the finest checkerboard and a few greys."""
    frames = [fine_checkers(taker.size_px), *(level(taker.size_px, grey) for grey in GREYS)]
    checkers, *greys = taker.take(frames).pictures
    inner = cv2.erode(seen.lit.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    inner &= (seen.white < 250) & (seen.white - seen.black > 8)
    if inner.sum() < 1000:
        return Response(USUAL_GAMMA, 0.0)
    # in light, because the camera may tell the checkers apart and then averages their grey values
    black, white = in_light(seen.black), _steady(in_light(seen.white), seen)
    swing = np.maximum(white - black, 1e-3)
    share, *steps = (
        _softened((_steady(in_light(each), seen) - black) / swing, inner) for each in (checkers, *greys)
    )
    curve = np.array([np.median(step[inner]) for step in steps])
    half = float(np.interp(np.median(share[inner]), np.maximum.accumulate(curve), GREYS))
    gamma = float(np.clip(np.log(0.5) / np.log(half / 255), *GAMMA_RANGE))
    # a plain grey spreads as well: noise, floor and fall-off are no beats
    beats = _spread(share[inner]) ** 2 - _spread(steps[2][inner]) ** 2
    return Response(gamma, max(0.0, beats) ** 0.5)


def _steady(light: Floats, seen: Contrast) -> Floats:
    """A picture in light without what the room's lamps changed since the black one, as unlit places tell."""
    unlit = cv2.dilate(seen.lit.astype(np.uint8), np.ones((25, 25), np.uint8)) == 0
    black = in_light(seen.black)
    unlit &= black > 0.01
    if unlit.mean() < 0.02:
        return light
    changed = float(np.median(light[unlit] / black[unlit])) - 1
    return np.asarray(light - np.float32(changed) * black, np.float32)


def _softened(share: Floats, inner: np.ndarray) -> Floats:
    """Blurred within the lit part, so that the checkers themselves are gone and their beats remain."""
    weight = cv2.GaussianBlur(inner.astype(np.float32), (0, 0), FADE_PX)
    blurred = cv2.GaussianBlur(np.where(inner, share, 0).astype(np.float32), (0, 0), FADE_PX)
    return np.asarray(blurred / np.maximum(weight, 1e-3), np.float32)


def _spread(values: Floats) -> float:
    """Half the range of the middle nine tenths, as a share of the median."""
    low, middle, high = np.percentile(values, [5, 50, 95]).tolist()
    return float(0.5 * (high - low) / max(middle, 1e-3))
