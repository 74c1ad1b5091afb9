"""How hard it is for each player: from the setting, and by how they fare."""

from __future__ import annotations

from didim.play._game import Settings, Try

SUCCESS = 0.78
STEP_UP = 0.05
LEVELS = 4.0


class Challenge:
    """A difficulty for each player, 0 (easiest) to 1, that keeps them succeeding 7 to 8.5 times in ten.

    A weighted up-down staircase: a success makes it a little harder, a failure easier by so much more
    that they balance at `SUCCESS` (C. Kaernbach, Perception & Psychophysics 49, 1991). Where the setting
    "adaptive" is off it stays where "level" puts it.
    """

    def __init__(self, settings: Settings) -> None:
        self._start: float = (settings["level"] - 1) / LEVELS
        self._adaptive: bool = settings["adaptive"]
        self._of: dict[int, float] = {}

    def tell(self, player_id: int, *, success: bool) -> Try:
        """Take note of how a player's try went; the cue that tells it to the records."""
        if self._adaptive:
            step = STEP_UP if success else -STEP_UP * SUCCESS / (1 - SUCCESS)
            self._of[player_id] = min(1.0, max(0.0, self[player_id] + step))
        return Try(player_id, success)

    def __getitem__(self, player_id: int) -> float:
        return self._of.get(player_id, self._start)

    def between(self, player_id: int, easy: float, hard: float) -> float:
        """A value for this player between the easiest and the hardest one."""
        return easy + (hard - easy) * self[player_id]

    @property
    def start(self) -> float:
        """Where everybody begins, 0 to 1: the setting "level"."""
        return self._start
