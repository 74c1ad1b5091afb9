"""The newest people that vision told of."""

from __future__ import annotations

import time

from didim.people import Event, Player
from didim.run.channel import Channel
from didim.run.messages import Codec, People
from didim.run.told import Unheard

STALE_PEOPLE_S = 1.5
"""The round pauses when nothing was heard from vision for so long."""

_PEOPLE = Codec(People)


class NewestPeople:
    """The newest people on the channel, unpacked once."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._sequence = 0
        self._people = People(-1, 0, 0, ())
        self._unheard = Unheard()

    @property
    def heard(self) -> bool:
        """Whether vision has said anything yet."""
        return self._sequence > 0

    @property
    def count(self) -> int:
        """How many pictures vision has told of."""
        return self._sequence

    @property
    def age_ms(self) -> float:
        """Since the newest picture was understood."""
        return (time.monotonic_ns() - self._people.ready_ns) / 1e6 if self._sequence else 0.0

    @property
    def stale(self) -> bool:
        """Whether vision has fallen silent: it starts anew, or its camera is gone."""
        return time.monotonic_ns() - self._people.ready_ns > STALE_PEOPLE_S * 1e9

    def now(self) -> tuple[tuple[Player, ...], int]:
        """Who is on the surface, and when the picture that tells was captured, ns."""
        newest = self._channel.newest(after=self._sequence)
        if newest is not None:
            self._sequence, packed = newest
            self._people = _PEOPLE.unpack(packed)
        return self._people.players, self._people.captured_ns

    def events(self) -> tuple[Event, ...]:
        """What the newest message tells and none before it did; times on the clock of the pictures."""
        return self._unheard.of(self._people.events)
