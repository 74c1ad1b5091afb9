"""Cameras and displays lent to who measures the rig: meanwhile nobody sees through them or draws on them.

The console asks again and again for as long as it wants them (`Borrower`); the supervisor ends vision and
stage, says so, and starts them again once nobody asks (`Lender`). A console that dies has given back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from didim.run.channel import Channel
from didim.run.messages import Codec

FORGOTTEN_S = 5.0
"""Who has not asked for so long does not want them any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """Of who asks: that the devices are wanted. Of who lends: that they are free to use."""

    so: bool
    at_ns: int

    def holds(self, now_ns: int) -> bool:
        return self.so and now_ns - self.at_ns < FORGOTTEN_S * 1e9


class Devices(Protocol):
    """What the service layer gets of this; any thread may call it, nothing waits."""

    def want(self) -> bool:
        """Ask for all cameras and displays, again every second or so; whether they are free by now."""
        ...

    def lent(self) -> bool:
        """Whether they are free for who asked, and were a moment ago."""
        ...

    def give_back(self) -> None:
        """Let the rig have them again."""
        ...


class Borrower:
    """The console's end of the channels `WANTED` and `LENT`."""

    def __init__(self, wanted: Channel, lent: Channel) -> None:
        self._wanted, self._lent = wanted, lent

    def want(self) -> bool:
        """As `Devices.want`."""
        self._wanted.publish(_SAID.pack(Said(True, time.monotonic_ns())))
        return self.lent()

    def lent(self) -> bool:
        """As `Devices.lent`."""
        return _newest_holds(self._lent, time.monotonic_ns())

    def give_back(self) -> None:
        """As `Devices.give_back`."""
        self._wanted.publish(_SAID.pack(Said(False, time.monotonic_ns())))


class Holders(Protocol):
    """The processes that hold devices, as the supervisor has them."""

    def lend(self, names: tuple[str, ...]) -> bool:
        """Have these processes end, without an end to the run; whether they are gone. May be said again."""
        ...

    def take_back(self, jobs: dict[str, Any]) -> None:
        """Start the processes that were ended for somebody else, with these jobs in place of theirs."""
        ...


class Lender:
    """The supervisor's end.

    Args:
        names: of the processes that hold devices.
        jobs: what they are to do when they start again, by name: the rig file may have changed.
    """

    def __init__(
        self,
        holders: Holders,
        wanted: Channel,
        lent: Channel,
        names: tuple[str, ...],
        jobs: Callable[[], dict[str, Any]],
    ) -> None:
        self._holders, self._wanted, self._lent = holders, wanted, lent
        self._names, self._jobs = names, jobs
        self._lending = False

    def look(self) -> None:
        """Do what is wanted now; to be called a few times a second."""
        now_ns = time.monotonic_ns()
        wanted = _newest_holds(self._wanted, now_ns)
        if wanted:
            free = self._holders.lend(self._names)
            self._lent.publish(_SAID.pack(Said(free, now_ns)))
        elif self._lending:
            self._lent.publish(_SAID.pack(Said(False, now_ns)))
            self._holders.take_back(self._jobs())
        self._lending = wanted


def _newest_holds(channel: Channel, now_ns: int) -> bool:
    newest = channel.newest()
    return newest is not None and _SAID.unpack(newest[1]).holds(now_ns)


_SAID = Codec(Said)
