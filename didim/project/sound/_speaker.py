"""Plays what a game asks for: effects from where they happen, a tune, speech over both."""

from __future__ import annotations

import math
from concurrent.futures import Executor, Future

import numpy as np

from didim.project._sdl import pygame
from didim.project.sound._effects import effect
from didim.project.sound._prompts import Language, Prompt, Prompts
from didim.project.sound._speech import Speech
from didim.project.sound._tones import RATE_HZ, Wave
from didim.project.sound._tunes import tune
from didim.quiet import quiet

BUFFER = 512  # samples: 11 ms
CHANNELS = 24
TUNE_GAIN, SPEECH_GAIN = 0.45, 1.0
DUCKED = 0.25
FADE_MS = 600
WIDTH = 0.8  # of the way to one side that a sound at the rim goes


class Speaker:
    """The sound of one surface. Without a sound device it is silent and says why.

    Call `refresh` once a frame: tunes and speech come when they are made, and a tune is lower while
    somebody speaks.

    Attributes:
        silent_because: why nothing is heard; None where something is.

    Args:
        width_m: of the surface; x = 0 is heard at the left.
        speech: turns messages into sounds; closed with the speaker.
        worker: makes tunes beside the game; a tune that comes late begins where it would be by then.
    """

    def __init__(self, width_m: float, speech: Speech, worker: Executor) -> None:
        self.silent_because: str | None = None
        self._width_m = width_m
        self._speech = speech
        self._worker = worker
        self._coming: tuple[float, Future[Wave]] | None = None
        self._prompts = Prompts()
        self._volume = 1.0
        try:
            with quiet():  # ALSA tells the world when there is no card
                pygame.mixer.init(RATE_HZ, -16, 2, BUFFER)
        except pygame.error as error:
            self.silent_because = f"no sound device: {error}"
            return
        pygame.mixer.set_num_channels(CHANNELS)
        pygame.mixer.set_reserved(2)
        self._tune, self._voice = pygame.mixer.Channel(0), pygame.mixer.Channel(1)
        self._sounds: dict[tuple[str, float], pygame.mixer.Sound] = {}

    def speak_with(self, speech: Speech) -> None:
        """From now on messages are spoken by another `speech`; the one before is closed."""
        self._prompts.clear()
        self._speech.close()
        self._speech = speech

    def set_volume(self, volume: float) -> None:
        """The master volume, 0 to 1; see `Loudness.at`."""
        self._volume = volume

    def play(self, name: str, x_m: float | None = None, semitones: float = 0.0) -> None:
        """Play a sound of the kit, heard from `x_m`; from the middle where that is None.

        Raises:
            KeyError: there is no such sound.
        """
        if self.silent_because is not None:
            return
        key = (name, semitones)
        if key not in self._sounds:
            self._sounds[key] = _sound(effect(name, semitones))
        self._sounds[key].set_volume(self._volume)  # before it plays: a channel starts at full volume
        channel = self._sounds[key].play()
        if channel is not None:
            channel.set_volume(*panned(x_m, self._width_m))

    def music(self, name: str | None, bpm: float, t_s: float) -> None:
        """Play a tune of the kit round and round, its first beat at `t_s`; fade out with None."""
        if self.silent_because is not None:
            return
        self._tune.fadeout(FADE_MS)
        self._coming = None if name is None else (t_s, self._worker.submit(tune, name, bpm))

    def say(self, language: Language, message: str, text: str, t_s: float) -> None:
        """Speak a message asked for at `t_s`, after those before it; see `Prompts`."""
        if self.silent_because is None:
            self._prompts.add(Prompt(language, message, text, t_s))

    def refresh(self, t_s: float) -> None:
        """Begin what is ready at `t_s`; keep the tune low below speech."""
        if self.silent_because is not None:
            return
        if self._coming is not None and self._coming[1].done():
            began_s, made = self._coming
            late = round((t_s - began_s) * RATE_HZ)
            self._tune.play(_sound(np.roll(made.result(), -late)), loops=-1)
            self._coming = None
        self._speak(t_s)
        self._voice.set_volume(SPEECH_GAIN * self._volume)
        self._tune.set_volume(TUNE_GAIN * self._volume * (DUCKED if self._voice.get_busy() else 1.0))

    def _speak(self, t_s: float) -> None:
        self._speech.go_on()
        prompt = self._prompts.due(t_s, speaking=self._voice.get_busy())
        if prompt is None:
            return
        sound = self._speech.sound(prompt.language, prompt.message, prompt.text)
        if sound is not None:
            self._voice.play(sound)
        if sound is not None or not self._speech.pending(prompt.language, prompt.text):
            self._prompts.done()

    def silence(self) -> None:
        """Stop everything at once."""
        self._prompts.clear()
        self._coming = None
        if self.silent_because is None:
            pygame.mixer.stop()

    def close(self) -> None:
        self.silence()
        self._speech.close()
        if self.silent_because is None:
            pygame.mixer.quit()


def panned(x_m: float | None, width_m: float) -> tuple[float, float]:
    """Volume at the left and the right for a place, of equal power everywhere; 1 and 1 without one."""
    if x_m is None:
        return 1.0, 1.0
    side = WIDTH * (2 * min(1.0, max(0.0, x_m / width_m)) - 1)
    angle_rad = math.pi / 4 * (1 + side)
    return math.cos(angle_rad), math.sin(angle_rad)


def _sound(wave: Wave) -> pygame.mixer.Sound:
    samples = np.asarray(wave * 32767, np.int16)
    return pygame.mixer.Sound(buffer=np.repeat(samples[:, None], 2, axis=1).tobytes())
