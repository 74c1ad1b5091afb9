"""Events on a channel where the newest message wins: each is heard once, and none is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from didim.people import Event

KEPT_S = 1.0
MOST_KEPT = 200
"""So that a message stays within its bound, whatever twenty players do in a second."""


class Recent:
    """What was told within the last second, for every message to carry."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, Event]] = deque(maxlen=MOST_KEPT)

    def add(self, events: Sequence[Event], now_s: float) -> tuple[Event, ...]:
        """Take what was found out at `now_s`; return everything to carry then."""
        self._told.extend((now_s, event) for event in events)
        while self._told and self._told[0][0] < now_s - KEPT_S:
            self._told.popleft()
        return tuple(event for _, event in self._told)


class Unheard:
    """Picks out of each message the events that none before has carried."""

    def __init__(self) -> None:
        self._last = 0

    def of(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The new ones. Numbers that begin anew are those of a vision that was started anew."""
        if events and events[-1].number < self._last:
            self._last = 0
        fresh = tuple(event for event in events if event.number > self._last)
        self._last = max((event.number for event in events), default=self._last)
        return fresh
