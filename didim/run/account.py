"""The account of one round: who did how much, by seat, as it goes to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from didim.people import Event, Player
from didim.play import Seats
from didim.records import Marks, RoundBegan
from didim.run.commands import Seated
from didim.run.ledger import RoundEntry
from didim.run.measuring import SeatMeasures


class RoundAccount:
    """Adds up a round while it is played.

    Args:
        began: what the round is.
        known: who has a seat, by its number; everybody else is a guest, whose marks name no player.
    """

    def __init__(self, began: RoundBegan, known: Mapping[int, Seated]) -> None:
        self.began = began
        self._known = known
        self._measures: dict[int, SeatMeasures] = {}
        self._points: dict[int, int] = {}

    def take(
        self,
        t_s: float,
        players: Sequence[Player],
        events: Sequence[Event],
        seats: Seats,
        points: Mapping[int, int],
    ) -> None:
        """Count what was seen up to `t_s`; every time is the round's own, of the time that it ran."""
        self._points = dict(points)
        seen = {seats[player.id].number: player for player in players if player.id in seats}
        for number in seen:
            if number not in self._measures:
                self._measures[number] = SeatMeasures(self._known.get(number), t_s)
        for number, measures in self._measures.items():
            player = seen.get(number)
            own = [event for event in events if player is not None and event.player_id == player.id]
            measures.add(t_s, player, own)

    def entry(self, at: datetime, state: Literal["running", "finished", "stopped"] = "running") -> RoundEntry:
        """The round as it stands at this moment of the day."""
        return RoundEntry(self.began, at, state, self.marks())

    def marks(self) -> tuple[Marks, ...]:
        """Everyone's measures so far, by seat."""
        return tuple(
            replace(
                measures.marks(number),
                player_id=self._known[number].player_id if number in self._known else None,
                points=self._points.get(number, 0),
            )
            for number, measures in sorted(self._measures.items())
        )
