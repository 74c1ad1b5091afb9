"""The measures of one seat in one round, from who is seen there and what they do."""

from __future__ import annotations

from collections.abc import Sequence

from didim.geometry import Point
from didim.people import Event, Player
from didim.records import Marks
from didim.run.commands import Seated

SEEN_SCORE = 0.5
"""Feet that are surer than this are seen well."""

STRIDE_M = 0.1
"""A way counts in pieces of this length: less is the trembling of a foot that stands."""


class SeatMeasures:
    """Counts presence, steps, jumps and the way of whoever has the seat.

    Args:
        who: sits there, where that is known.
        t_s: when they came.
    """

    def __init__(self, who: Seated | None, t_s: float) -> None:
        self._began_s = self._at_s = t_s
        self._seen_s = self._way_m = 0.0
        self._steps = self._jumps = 0
        self._place: Point | None = None

    def add(self, t_s: float, player: Player | None, events: Sequence[Event]) -> None:
        """Count up to `t_s`; `player` is None while nobody is seen there."""
        dt_s, self._at_s = t_s - self._at_s, t_s
        self._steps += sum(event.kind == "down" for event in events)
        self._jumps += sum(event.kind in ("jump", "hop") for event in events)
        if player is None:
            self._place = None
            return
        if min(player.left.score, player.right.score) >= SEEN_SCORE:
            self._seen_s += dt_s
        moved_m = 0.0 if self._place is None else self._place.distance_m(player.feet)
        if self._place is None or moved_m >= STRIDE_M:
            self._way_m += moved_m
            self._place = player.feet

    def marks(self, seat: int) -> Marks:
        present_s = self._at_s - self._began_s
        return Marks(
            seat,
            present_s=round(present_s, 3),
            tracked_share=round(self._seen_s / present_s, 4) if present_s > 0 else None,
            steps=self._steps,
            jumps=self._jumps,
            distance_m=round(self._way_m, 3),
        )
