"""How hard it is for each player: from the setting, and by how they fare."""

from __future__ import annotations

from dataclasses import dataclass

from didim.play._game import Settings, Try

SUCCESS = 0.78
FIRST_STEP, STEP, SHORTER = 0.15, 0.05, 0.7
LEVELS = 4.0
EASIEST, HARDEST = -3.0, 6.0
"""Where a time that goes on beyond is longer or shorter than anybody needs."""


@dataclass(slots=True)
class _Staircase:
    """One player's difficulty, the step up that comes next, and whether the last try was a success."""

    at: float
    step: float = FIRST_STEP
    last: bool | None = None


class Challenge:
    """A difficulty for each player, 0 (easiest) to 1, that keeps them succeeding 7 to 8.5 times in ten.

    A weighted up-down staircase: a success makes it a little harder, a failure easier by so much more
    that they balance at `SUCCESS` (C. Kaernbach, Perception & Psychophysics 49, 1991). It begins with wide
    steps, and each turn makes them narrower (M. Taylor, C. Creelman, J. Acoust. Soc. Am. 41, 1967). Who
    succeeds with the hardest all the same, or fails with the easiest, goes on beyond: see `beyond`. Where
    the setting "adaptive" is off it stays where "level" puts it.

    Args:
        easiest, hardest: where nothing of the game's changes any more, so that nobody is ever far past it:
            0 and 1 where all lies between.
    """

    def __init__(self, settings: Settings, *, easiest: float = EASIEST, hardest: float = HARDEST) -> None:
        self._easiest, self._hardest = easiest, hardest
        self._start: float = (settings["level"] - 1) / LEVELS
        self._adaptive: bool = settings["adaptive"]
        self._of: dict[int, _Staircase] = {}

    def tell(self, player_id: int, *, success: bool) -> Try:
        """Take note of how a player's try went; the cue that tells it to the records."""
        if self._adaptive:
            stair = self._of.setdefault(player_id, _Staircase(self._start))
            if stair.last is not None and success != stair.last:
                stair.step = max(STEP, SHORTER * stair.step)
            move = stair.step if success else -stair.step * SUCCESS / (1 - SUCCESS)
            stair.at, stair.last = min(self._hardest, max(self._easiest, stair.at + move)), success
        return Try(player_id, success)

    def __getitem__(self, player_id: int) -> float:
        return min(1.0, max(0.0, self._at(player_id)))

    def between(self, player_id: int, easy: float, hard: float) -> float:
        """A value for this player between the easiest and the hardest one."""
        return easy + (hard - easy) * self[player_id]

    def beyond(self, player_id: int, easy: float, hard: float) -> float:
        """The same for what knows no hardest, such as a time: past either end it goes on in their ratio.

        `easy` and `hard` are greater than 0.
        """
        past = self._at(player_id) - self[player_id]
        return self.between(player_id, easy, hard) * float((hard / easy) ** past)

    def _at(self, player_id: int) -> float:
        return self._of[player_id].at if player_id in self._of else self._start

    @property
    def start(self) -> float:
        """Where everybody begins, 0 to 1: the setting "level"."""
        return self._start
