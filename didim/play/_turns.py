"""Sharing out a few places among more players: who has waited longest is next."""

from __future__ import annotations

from collections.abc import Iterable


class Turns:
    """Gives each of `count` places to one player at a time.

    A player keeps a place until their turn ends or they leave; with nobody waiting they go on.
    """

    def __init__(self, count: int) -> None:
        self._at: list[int | None] = [None] * count
        self._waiting: list[int] = []

    def update(self, player_ids: Iterable[int]) -> None:
        """Take note of who is there; free places go to those who wait, newcomers line up."""
        here = list(player_ids)
        self._at = [who if who in here else None for who in self._at]
        self._waiting = [who for who in self._waiting if who in here]
        self._waiting += [who for who in here if who not in self._waiting and who not in self._at]
        for index, who in enumerate(self._at):
            if who is None and self._waiting:
                self._at[index] = self._waiting.pop(0)

    def end(self, player_id: int) -> None:
        """A player's turn is over: whoever has waited longest takes their place, and they line up."""
        index = self.place_of(player_id)
        if index is not None and self._waiting:
            self._waiting.append(player_id)
            self._at[index] = self._waiting.pop(0)

    def place_of(self, player_id: int) -> int | None:
        """Which place is theirs now, None for who waits."""
        return self._at.index(player_id) if player_id in self._at else None

    def at(self, index: int) -> int | None:
        """Whose a place is now."""
        return self._at[index]

    @property
    def waiting(self) -> tuple[int, ...]:
        """Those who wait, the next one first."""
        return tuple(self._waiting)
