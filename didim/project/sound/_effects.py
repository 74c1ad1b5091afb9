"""The short sounds of the kit, each a recipe of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from didim.project.sound._tones import (
    Wave,
    fading,
    finished,
    glide,
    laid,
    noise,
    note_hz,
    seconds,
    tone,
)

BELL = ((1.0, 1.0), (2.0, 0.45), (2.76, 0.38), (5.40, 0.22), (8.93, 0.10))
WOOD = ((1.0, 1.0), (3.93, 0.30), (9.2, 0.10))
BRASS = tuple((float(k), 1.0 / k) for k in range(1, 9))


def _plop() -> NDArray[np.float64]:
    drop = glide(900, 240, 0.16) * fading(0.16, half_s=0.035)
    return laid([(0, drop), (0.07, 0.5 * glide(420, 1150, 0.10) * fading(0.10, half_s=0.03))], 0.24)


def _chime() -> NDArray[np.float64]:
    strikes = [(0.0, note_hz(81)), (0.09, note_hz(88))]
    return laid([(at_s, tone(hz, 1.3, BELL) * fading(1.3, half_s=0.17)) for at_s, hz in strikes], 1.4)


def _splash() -> NDArray[np.float64]:
    spray = noise(0.7, 3, low_hz=700, high_hz=6500) * fading(0.7, attack_s=0.012, half_s=0.09)
    drops = [
        (0.16 + 0.07 * i, 0.18 * glide(700 + 130 * i, 1500 + 90 * i, 0.05) * fading(0.05)) for i in range(5)
    ]
    return laid([(0, spray), *drops], 0.7)


def _fanfare() -> NDArray[np.float64]:
    melody = [
        (0.0, 67, 0.16),
        (0.16, 72, 0.16),
        (0.32, 76, 0.16),
        (0.48, 79, 0.36),
        (0.86, 76, 0.14),
        (1.0, 84, 0.9),
    ]
    parts = []
    for at_s, note, long_s in melody:
        for voice in (0, -12, 4 if at_s >= 1.0 else 0):
            swell = fading(long_s + 0.2, attack_s=0.02, half_s=0.30)
            parts.append((at_s, tone(note_hz(note + voice), long_s + 0.2, BRASS) * swell))
    return laid(parts, 2.2)


def _tick() -> NDArray[np.float64]:
    return tone(1250, 0.07, WOOD) * fading(0.07, attack_s=0.001, half_s=0.012)


def _go() -> NDArray[np.float64]:
    parts = [
        (0.09 * i, tone(note_hz(n), 0.5, BELL[:3]) * fading(0.5, half_s=0.1))
        for i, n in enumerate((72, 79, 84))
    ]
    return laid(parts, 0.75)


def _oops() -> NDArray[np.float64]:
    soft = ((1.0, 1.0), (2.0, 0.2), (3.0, 0.06))
    steps = [(0.0, 64), (0.14, 60)]
    return laid(
        [
            (at_s, tone(note_hz(n), 0.28, soft) * fading(0.28, attack_s=0.02, half_s=0.08))
            for at_s, n in steps
        ],
        0.45,
    )


def _pop() -> NDArray[np.float64]:
    burst = noise(0.05, 5, low_hz=400, high_hz=9000) * fading(0.05, attack_s=0.001, half_s=0.008)
    return laid(
        [(0, burst), (0, 0.8 * glide(620, 130, 0.12) * fading(0.12, attack_s=0.001, half_s=0.025))], 0.14
    )


def _thump() -> NDArray[np.float64]:
    body = glide(150, 46, 0.32) * fading(0.32, attack_s=0.002, half_s=0.07)
    return laid([(0, body), (0, 0.25 * noise(0.03, 7, low_hz=300, high_hz=3000) * fading(0.03))], 0.34)


def _whoosh() -> NDArray[np.float64]:
    low = noise(0.6, 11, low_hz=250, high_hz=900)
    high = noise(0.6, 12, low_hz=900, high_hz=4200)
    share = seconds(0.6) / 0.6
    return np.asarray((low * (1 - share) + high * share) * np.sin(np.pi * share) ** 2)


def _star() -> NDArray[np.float64]:
    scale = (84, 86, 88, 91, 93, 96)
    return laid(
        [
            (0.055 * i, tone(note_hz(n), 0.6, BELL[:4]) * fading(0.6, half_s=0.09))
            for i, n in enumerate(scale)
        ],
        0.95,
    )


def _join() -> NDArray[np.float64]:
    return tone(note_hz(67), 0.5, WOOD) * fading(0.5, attack_s=0.002, half_s=0.07)


def _beep() -> NDArray[np.float64]:
    return tone(880, 0.18, ((1.0, 1.0), (2.0, 0.12))) * np.minimum(
        1.0, fading(0.18, attack_s=0.008, half_s=9.0)
    )


EFFECTS: dict[str, Callable[[], NDArray[np.float64]]] = {
    "beep": _beep,
    "chime": _chime,
    "fanfare": _fanfare,
    "go": _go,
    "join": _join,
    "oops": _oops,
    "plop": _plop,
    "pop": _pop,
    "splash": _splash,
    "star": _star,
    "thump": _thump,
    "tick": _tick,
    "whoosh": _whoosh,
}
"""Each sound of `didim.play.Sound` by name."""


@cache
def effect(name: str, semitones: float = 0.0) -> Wave:
    """A sound of the kit, played so much higher; (n,) float32 at 48 kHz.

    Raises:
        KeyError: there is no such sound.
    """
    wave = EFFECTS[name]()
    if semitones:
        ratio = 2 ** (semitones / 12)
        at = np.arange(0, len(wave) - 1, ratio)
        wave = np.interp(at, np.arange(len(wave)), wave)
    return finished(wave)
