"""Spoken prompts: a recorded file if there is one, else a synthetic voice if one is installed, else none."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from didim.project._sdl import pygame
from didim.project.sound._prompts import Language

PROGRAM = "espeak-ng"
SUFFIXES = (".ogg", ".wav", ".mp3")
WORDS_A_MINUTE = {"ko": 150, "en": 145}


def voice_found() -> str | None:
    """The synthetic voice of this computer, or None."""
    return shutil.which(PROGRAM)


class Speech:
    """Turns messages into sounds; a synthetic one is made beside the game and comes a moment later.

    Use it as long as sounds are wanted, then call `close`.

    Args:
        recorded: the folder with `<language>/<message>.ogg`, or None.
    """

    def __init__(self, recorded: Path | None) -> None:
        self._recorded = recorded
        self._voice = voice_found()
        self._folder = tempfile.TemporaryDirectory(prefix="didim-speech-")
        self._made: dict[tuple[Language, str], Path] = {}
        self._making: dict[tuple[Language, str], subprocess.Popen[bytes]] = {}
        self._ahead: deque[tuple[Language, str]] = deque()
        self._broken: set[Path] = set()

    def prepare(self, language: Language, texts: Mapping[str, str]) -> None:
        """Make the voices of messages that have no recording before they are asked for; see `go_on`."""
        if self._voice is not None:
            self._ahead.extend(
                (language, text) for key, text in texts.items() if not self._files(language, key)
            )

    def go_on(self) -> None:
        """Begin the next of what is prepared, one at a time; call it once a frame."""
        if self._ahead and not any(process.poll() is None for process in self._making.values()):
            language, text = self._ahead.popleft()
            if (language, text) not in self._made:
                self._start(language, text)

    def sound(self, language: Language, message: str, text: str) -> pygame.mixer.Sound | None:
        """The sound of a message, or None where it is not there yet or never will be: see `pending`.

        A recording that cannot be played counts as none.
        """
        for path in self._files(language, message):
            recorded = self._loaded(path)
            if recorded is not None:
                return recorded
        key = (language, text)
        if key not in self._made:
            self._start(language, text)
            return None
        if self.pending(language, text) or self._making[key].returncode != 0:
            return None
        return self._loaded(self._made[key])

    def pending(self, language: Language, text: str) -> bool:
        """Whether the voice still works on it."""
        process = self._making.get((language, text))
        return process is not None and process.poll() is None

    def close(self) -> None:
        for process in self._making.values():
            if process.poll() is None:
                process.kill()
            process.wait()
        self._folder.cleanup()

    def _files(self, language: Language, message: str) -> list[Path]:
        if self._recorded is None:
            return []
        files = [self._recorded / language / f"{message}{suffix}" for suffix in SUFFIXES]
        return [file for file in files if file not in self._broken and file.is_file()]

    def _loaded(self, path: Path) -> pygame.mixer.Sound | None:
        try:
            return pygame.mixer.Sound(path)
        except (pygame.error, OSError):
            self._broken.add(path)
            return None

    def _start(self, language: Language, text: str) -> None:
        if self._voice is None:
            return
        key = (language, text)
        self._made[key] = Path(self._folder.name) / f"{len(self._made)}.wav"
        speed = str(WORDS_A_MINUTE[language])
        self._making[key] = subprocess.Popen(
            [self._voice, "-v", language, "-s", speed, "-w", str(self._made[key]), "--", text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
