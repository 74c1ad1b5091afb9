"""What is heard of a game: its cues on their way to the speaker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from didim.geometry import Surface
from didim.play import Cue, Music, Say, Sound, Words
from didim.project.sound import Speaker, Speech
from didim.rig import Loudness

SPEECH_FOLDER = "speech"
CALM_VOLUME = 0.6  # of the usual


class Hearing:
    """Plays cues for those on one surface; speaks the language of its near edge. Close it when done.

    Args:
        words, folder: what is spoken, and where recorded prompts lie, if there are any.
        calm: everything is quieter.
    """

    def __init__(
        self,
        surface: Surface,
        words: Words,
        folder: Path | None,
        loudness: Loudness,
        *,
        calm: bool = False,
    ) -> None:
        self._messages, self._calm = words.near, calm
        self._loudness, self._level = loudness, 1.0
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="tunes")
        self._speaker = Speaker(surface.width_m, self._speech(folder), self._worker)

    @property
    def silent_because(self) -> str | None:
        """Why nothing is heard; None where something is."""
        return self._speaker.silent_because

    def take(self, cues: Sequence[Cue], t_s: float) -> None:
        """Play the cues of a frame at `t_s`."""
        for cue in cues:
            if isinstance(cue, Sound):
                self._speaker.play(cue.name, cue.at.x_m if cue.at else None, cue.semitones)
            elif isinstance(cue, Music):
                self._speaker.music(cue.name, cue.bpm, t_s)
            elif isinstance(cue, Say):
                self._speaker.say(self._messages.language, cue.message, self._messages(cue.message), t_s)
        now = time.localtime()
        volume = self._level * self._loudness.at(60 * now.tm_hour + now.tm_min)
        self._speaker.set_volume(volume * (CALM_VOLUME if self._calm else 1.0))
        self._speaker.refresh(t_s)

    def turn_to(self, words: Words, folder: Path | None, *, calm: bool = False) -> None:
        """From now on speak other messages."""
        self._messages, self._calm = words.near, calm
        self._speaker.speak_with(self._speech(folder))

    def _speech(self, folder: Path | None) -> Speech:
        speech = Speech(folder)
        speech.prepare(self._messages.language, self._messages.plain)
        return speech

    def set_level(self, level: float) -> None:
        """As a share of what the rig allows at this hour, 0 to 1."""
        self._level = level

    def silence(self) -> None:
        """Stop everything at once."""
        self._speaker.silence()

    def close(self) -> None:
        self._speaker.close()
        self._worker.shutdown(cancel_futures=True)

    def __enter__(self) -> Hearing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
