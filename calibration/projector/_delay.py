"""The delay from frame to picture, read from light that is switched at random.

A fixed period would lock to the camera's: the lengths are random, and so the error falls below a picture's
length. The method and its error, 1.5 ms median at 30 pictures a second, are in docs/calibration.md.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from calibration.devices import Eye, Light
from calibration.patterns import level, random_flashes
from calibration.projector._taking import Delay, grey
from calibration.projector.failures import WrongDisplay
from didim.geometry import FloatArray

SMALL_PX = (48, 27)
LAG_STEP_NS = 1_000_000
LAG_MOST_NS = 450_000_000
SURE_LEAST = 0.6
LIVELY_SHARE = 0.2
PARTS = 4


def measure_delay(
    light: Light, eye: Eye, rng: np.random.Generator, *, display: int = 0, flashes: int = 40
) -> Delay:
    """Switch the whole display on and off and see when the camera does; about four seconds.

    Raises:
        WrongDisplay: nothing that the camera sees follows the display.
        CameraError: the camera gives no pictures.
    """
    size_px = light.sizes_px[display]
    frames = (level(size_px, 0), level(size_px, 255))
    plan = random_flashes(rng, flashes)
    due_ns = light.show(frames[0], display) + 2 * eye.period_ns
    switched_ns, seen_ns, seen = [], [], []
    for on, length_ns in zip(plan.on, plan.lengths_ns, strict=True):
        switched_ns.append(light.show(frames[int(on)], display, after_ns=due_ns))
        due_ns = switched_ns[-1] + int(length_ns)
        while True:
            picture = eye.next()
            seen_ns.append(picture.captured_ns)
            seen.append(cv2.resize(grey(picture.bgr), SMALL_PX, interpolation=cv2.INTER_AREA).ravel())
            if picture.captured_ns + eye.period_ns > due_ns:
                break
    brightness = _lively(np.array(seen, np.float64))
    told = np.array(switched_ns), plan.on, np.array(seen_ns), brightness
    delay = replace(find_delay(*told), sd_ns=_sd_ns(*told))
    if delay.sure < SURE_LEAST:
        raise WrongDisplay(
            f"display {display} was switched on and off and the camera saw nothing of it. Choose the "
            "projector's display, take the lens cap off, and point the camera at its light."
        )
    return delay


def find_delay(switched_ns: np.ndarray, on: np.ndarray, seen_ns: np.ndarray, brightness: FloatArray) -> Delay:
    """The lag at which what was shown explains best what was seen."""
    lags = np.arange(0, LAG_MOST_NS, LAG_STEP_NS)
    seen = brightness - brightness.mean()
    scores = np.array([_agreement(switched_ns + lag, on, seen_ns, seen) for lag in lags])
    peak = int(scores.argmax())
    near = np.arange(max(0, peak - 25), min(len(lags), peak + 26))
    high = np.maximum(scores[near] - 0.85 * scores[peak], 0)
    return Delay(round(float((lags[near] * high).sum() / max(high.sum(), 1e-12))), float(scores[peak]))


def _sd_ns(switched_ns: np.ndarray, on: np.ndarray, seen_ns: np.ndarray, brightness: FloatArray) -> float:
    """The error of a delay from how much it differs between the quarters of the pictures: the standard error
    of their mean, with the step of the lags."""
    quarters = np.array_split(np.arange(len(seen_ns)), PARTS)
    each_ns = [find_delay(switched_ns, on, seen_ns[part], brightness[part]).delay_ns for part in quarters]
    return float(np.hypot(np.std(each_ns, ddof=1) / np.sqrt(PARTS), LAG_STEP_NS / np.sqrt(12)))


def _agreement(at_ns: np.ndarray, on: np.ndarray, seen_ns: np.ndarray, seen: FloatArray) -> float:
    index = np.searchsorted(at_ns, seen_ns, side="right") - 1
    shown = np.where(index >= 0, on[np.maximum(index, 0)], False).astype(np.float64)
    shown -= shown.mean()
    size = np.sqrt((shown * shown).sum() * (seen * seen).sum())
    return float((shown * seen).sum() / size) if size > 1e-9 else 0.0


def _lively(seen: FloatArray) -> FloatArray:
    """The mean of the blocks that change most, (n,)."""
    spread = seen.std(axis=0)
    lively = spread >= np.quantile(spread, 1 - LIVELY_SHARE)
    return np.asarray(seen[:, lively].mean(axis=1))
