"""The material of every sound: tones, noise, and how they fade. Mono float32 at 48 kHz, -1 to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]
RATE_HZ = 48_000
A4_HZ, A4_NOTE = 440.0, 69
PEAK = 0.8


def seconds(duration_s: float) -> NDArray[np.float64]:
    """The time of each sample."""
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def note_hz(note: float) -> float:
    """Frequency of a MIDI note in equal temperament."""
    return float(A4_HZ * 2 ** ((note - A4_NOTE) / 12))


def fading(duration_s: float, *, attack_s: float = 0.004, half_s: float = 0.1) -> NDArray[np.float64]:
    """Rises within `attack_s`, then halves every `half_s`, and ends at nothing."""
    t_s = seconds(duration_s)
    rise = np.minimum(1.0, t_s / max(attack_s, 1e-6))
    last = np.minimum(1.0, (duration_s - t_s) / 0.01)
    return np.asarray(rise * last * 0.5 ** (np.maximum(0.0, t_s - attack_s) / half_s))


def tone(
    hz: float, duration_s: float, partials: Sequence[tuple[float, float]] = ((1.0, 1.0),)
) -> NDArray[np.float64]:
    """Sines at multiples of `hz`, each (multiple, strength); none above half the sample rate."""
    t_s = seconds(duration_s)
    heard = [(multiple, strength) for multiple, strength in partials if hz * multiple < 0.45 * RATE_HZ]
    return np.asarray(sum(strength * np.sin(2 * np.pi * hz * multiple * t_s) for multiple, strength in heard))


def glide(from_hz: float, to_hz: float, duration_s: float) -> NDArray[np.float64]:
    """A sine whose frequency falls or rises by equal ratios in equal times."""
    share = seconds(duration_s) / duration_s
    hz = from_hz * (to_hz / from_hz) ** share
    return np.sin(2 * np.pi * np.cumsum(hz) / RATE_HZ)


def noise(
    duration_s: float, seed: int, *, low_hz: float = 0.0, high_hz: float = RATE_HZ / 2
) -> NDArray[np.float64]:
    """White noise between two frequencies, the same for the same seed."""
    count = len(seconds(duration_s))
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    spectrum[(hz < low_hz) | (hz > high_hz)] = 0
    wave = np.fft.irfft(spectrum, count)
    return np.asarray(wave / max(float(np.abs(wave).max()), 1e-9))


def finished(wave: NDArray[np.float64], peak: float = PEAK) -> Wave:
    """As loud as `peak` at most, without a step at either end."""
    loudest = float(np.abs(wave).max(initial=1e-9))
    shaped = wave * (peak / loudest)
    ramp = min(len(shaped) // 2, 48)
    shaped[:ramp] *= np.linspace(0, 1, ramp)
    shaped[len(shaped) - ramp :] *= np.linspace(1, 0, ramp)
    return np.asarray(shaped, np.float32)


def laid(
    parts: Sequence[tuple[float, NDArray[np.float64]]], duration_s: float, *, around: bool = False
) -> NDArray[np.float64]:
    """Waves added up, each from its second on; what hangs over is cut, or goes on `around` at the start."""
    whole = np.zeros(len(seconds(duration_s)))
    for at_s, wave in parts:
        first = round(at_s * RATE_HZ) % len(whole) if around else round(at_s * RATE_HZ)
        room = wave[: len(whole) - first]
        whole[first : first + len(room)] += room
        rest = wave[len(room) :]
        if around and len(rest):
            whole[: min(len(rest), len(whole))] += rest[: len(whole)]
    return whole
