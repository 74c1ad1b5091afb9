"""What waits to be spoken: a few prompts in order, none so late that it would mislead."""

from __future__ import annotations

from collections import deque
from typing import Literal, NamedTuple

Language = Literal["ko", "en"]
MOST = 3
STALE_S = 3.0


class Prompt(NamedTuple):
    """A message, its text, and when it was asked for, in seconds."""

    language: Language
    message: str
    text: str
    asked_s: float


class Prompts:
    """Of prompts one after another each is spoken when the one before is over.

    Of more than three the oldest go, and so do those that have waited for more than 3 s. The newest always
    has its turn: where it has waited that long, it cuts in.
    """

    def __init__(self) -> None:
        self._waiting: deque[Prompt] = deque(maxlen=MOST)

    def add(self, prompt: Prompt) -> None:
        """Ask for one more; a message that waits already isn't said twice."""
        waiting = [each for each in self._waiting if each.message != prompt.message]
        self._waiting = deque([*waiting, prompt], MOST)

    def due(self, t_s: float, *, speaking: bool) -> Prompt | None:
        """The prompt to begin at `t_s`, or None; it stays the one until `done`."""
        while len(self._waiting) > 1 and t_s - self._waiting[0].asked_s > STALE_S:
            self._waiting.popleft()
        if not self._waiting or (speaking and t_s - self._waiting[0].asked_s <= STALE_S):
            return None
        return self._waiting[0]

    def done(self) -> None:
        """The one that was due has begun, or never will."""
        self._waiting.popleft()

    def clear(self) -> None:
        """Nothing more is to be said."""
        self._waiting.clear()
