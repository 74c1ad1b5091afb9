"""Tunes that go round without a seam, made of a few notes and a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from didim.project.sound._effects import BELL, WOOD
from didim.project.sound._tones import Wave, fading, glide, laid, noise, note_hz, tone

Part = tuple[float, NDArray[np.float64]]
BEATS = 32  # eight bars of four
PEAK = 0.5
PENTATONIC = (0, 2, 4, 7, 9)
CHORDS = ((0, 4, 7), (-3, 0, 4), (5, 9, 12), (7, 11, 14))  # I vi IV V, two bars each
PAD = ((1.0, 1.0), (2.0, 0.35), (3.0, 0.18), (4.0, 0.06))
SOFT = ((1.0, 1.0), (2.0, 0.25), (3.0, 0.10))


def _chord(beat: int) -> tuple[int, int, int]:
    return CHORDS[beat * len(CHORDS) // BEATS]


def _pads(beat_s: float, root: int, gain: float) -> list[Part]:
    parts = []
    for beat in range(0, BEATS, 8):
        long_s = 8 * beat_s + 0.6
        swell = np.sin(np.pi * np.linspace(0, 1, round(long_s * 48_000))) ** 0.5
        for note in _chord(beat):
            wave = tone(note_hz(root + note), long_s, PAD) + tone(1.003 * note_hz(root + note), long_s, PAD)
            parts.append((beat * beat_s, gain * wave[: len(swell)] * swell[: len(wave)]))
    return parts


def _melody(
    beat_s: float, root: int, seed: int, *, step: float, share: float, gain: float, bell: bool
) -> list[Part]:
    """A walk on the pentatonic scale; it rests now and then and meets the chord on each bar."""
    rng, degree, parts = np.random.default_rng(seed), 5, []
    for index in range(round(BEATS / step)):
        beat = index * step
        degree = int(np.clip(degree + rng.integers(-2, 3), 0, 9))
        if rng.random() > share and beat % 4:
            continue
        octave, place = divmod(degree, len(PENTATONIC))
        note = root + 12 * octave + (PENTATONIC[place] if beat % 4 else _chord(int(beat))[degree % 3] % 12)
        sound = tone(note_hz(note), 0.9, BELL[:3] if bell else WOOD)
        parts.append((beat * beat_s, gain * sound * fading(0.9, attack_s=0.006, half_s=0.12)))
    return parts


def _bass(beat_s: float, root: int, every: float, gain: float) -> list[Part]:
    parts = []
    for index in range(round(BEATS / every)):
        beat = index * every
        note = root - 24 + _chord(int(beat))[0] + (7 if index % 4 == 3 else 0)
        long_s = 0.9 * every * beat_s
        parts.append(
            (
                beat * beat_s,
                gain * tone(note_hz(note), long_s, SOFT) * fading(long_s, attack_s=0.01, half_s=0.25),
            )
        )
    return parts


def _drums(
    beat_s: float, *, kick: tuple[float, ...], snare: tuple[float, ...], hat: float, gain: float
) -> list[Part]:
    boom = glide(130, 44, 0.24) * fading(0.24, attack_s=0.002, half_s=0.05)
    clap = noise(0.16, 21, low_hz=900, high_hz=6000) * fading(0.16, attack_s=0.002, half_s=0.03)
    tss = noise(0.05, 22, low_hz=6500, high_hz=14000) * fading(0.05, attack_s=0.001, half_s=0.012)
    parts: list[Part] = []
    for bar in range(0, BEATS, 4):
        parts += [((bar + beat) * beat_s, gain * boom) for beat in kick]
        parts += [((bar + beat) * beat_s, 0.5 * gain * clap) for beat in snare]
        parts += [
            ((bar + hat * index) * beat_s, (0.10 + 0.10 * (index % 2)) * gain * tss)
            for index in range(round(4 / hat))
        ]
    return parts


def _calm(beat_s: float) -> list[Part]:
    return [
        *_pads(beat_s, 60, 0.05),
        *_melody(beat_s, 60, 4, step=1.0, share=0.55, gain=0.35, bell=False),
        *_bass(beat_s, 60, 4.0, 0.25),
    ]


def _march(beat_s: float) -> list[Part]:
    return [
        *_drums(beat_s, kick=(0, 2), snare=(1, 3), hat=0.5, gain=0.6),
        *_bass(beat_s, 62, 1.0, 0.30),
        *_melody(beat_s, 62, 9, step=0.5, share=0.6, gain=0.32, bell=False),
    ]


def _dance(beat_s: float) -> list[Part]:
    return [
        *_drums(beat_s, kick=(0, 1, 2, 3), snare=(1, 3), hat=0.5, gain=0.9),
        *_bass(beat_s, 57, 0.5, 0.28),
        *_pads(beat_s, 57, 0.03),
        *_melody(beat_s, 57, 17, step=0.5, share=0.5, gain=0.22, bell=True),
    ]


def _space(beat_s: float) -> list[Part]:
    return [
        *_pads(beat_s, 53, 0.07),
        *_melody(beat_s, 65, 23, step=0.5, share=0.7, gain=0.14, bell=True),
        *_bass(beat_s, 53, 8.0, 0.22),
    ]


@dataclass(frozen=True, slots=True)
class _Recipe:
    """A tune in numbers: what differs between most of them.

    Attributes:
        root: the key, as a MIDI note; seed: of the melody.
        step, share: beats between its notes, and how many of them sound.
        bass: beats between its notes; kick, snare: beats of a bar, none without drums.
    """

    root: int
    seed: int
    step: float
    share: float
    bell: bool
    pads: float = 0.0
    bass: float = 2.0
    kick: tuple[float, ...] = ()
    snare: tuple[float, ...] = ()
    hat: float = 1.0

    def __call__(self, beat_s: float) -> list[Part]:
        gain = 0.2 if self.bell else 0.32
        melody = _melody(
            beat_s, self.root, self.seed, step=self.step, share=self.share, gain=gain, bell=self.bell
        )
        parts = [*melody, *_bass(beat_s, self.root, self.bass, 0.26)]
        if self.pads:
            parts += _pads(beat_s, self.root, self.pads)
        if self.kick:
            parts += _drums(beat_s, kick=self.kick, snare=self.snare, hat=self.hat, gain=0.5)
        return parts


TUNES: dict[str, Callable[[float], list[Part]]] = {
    "calm": _calm,
    "dance": _dance,
    "march": _march,
    "space": _space,
    "chalk": _Recipe(67, 31, 1.0, 0.8, bell=False, kick=(0, 2.5), snare=(2,), hat=2.0),
    "fair": _Recipe(64, 35, 0.5, 0.75, bell=True, bass=1.0, kick=(0, 2), snare=(1, 3)),
    "garden": _Recipe(65, 41, 0.5, 0.5, bell=False, bass=1.0, kick=(0, 1.5, 2), snare=(3,)),
    "island": _Recipe(62, 43, 0.5, 0.6, bell=False, bass=1.5, kick=(0, 1.5, 3), snare=(2,), hat=0.5),
    "lava": _Recipe(50, 47, 1.0, 0.7, bell=False, pads=0.05, bass=0.5, kick=(0, 0.5), snare=()),
    "paint": _Recipe(69, 53, 1.5, 0.9, bell=True, bass=1.0, kick=(0, 3), snare=(1.5,), hat=0.5),
    "pose": _Recipe(60, 59, 2.0, 0.9, bell=True, pads=0.05, bass=4.0, kick=(0,), snare=(2,)),
    "riddle": _Recipe(57, 61, 0.5, 0.45, bell=True, pads=0.04, bass=4.0),
}
"""Each tune of `didim.play.Music` by name; takes the length of a beat in seconds."""


@cache
def tune(name: str, bpm: float) -> Wave:
    """Eight bars that go round, the first beat on the first sample; (n,) float32 at 48 kHz.

    Raises:
        KeyError: there is no such tune.
        ValueError: `bpm` is not between 40 and 220.
    """
    if not 40 <= bpm <= 220:
        raise ValueError(f"a tune has 40 to 220 beats a minute, got {bpm:g}")
    beat_s = 60 / bpm
    whole = laid(TUNES[name](beat_s), BEATS * beat_s, around=True)
    return np.asarray(whole * (PEAK / max(float(np.abs(whole).max()), 1e-9)), np.float32)
