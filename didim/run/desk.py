"""Where a console stands: it says commands to a stage and sees how everything goes."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from didim.run import commands, live
from didim.run.channel import Channel
from didim.run.commands import Command, Watching
from didim.run.live import Live

WATCHING_EVERY_S = 1.0
WATCHED_FOR_S = 3.0


class Desk(Protocol):
    """What the service layer gets of the running rig. Any thread may call it; nothing waits."""

    def send(self, command: Command) -> int:
        """Say a command; its number, which `Live.heard` reaches once it was taken, within a frame or two."""
        ...

    def live(self) -> Live:
        """How everything stands; `Live()` until the stage has spoken. Who asks is one who looks on."""
        ...


class MemoryDesk:
    """A desk without a rig, for tests: it keeps what was said and shows what it is given.

    Attributes:
        sent: every command so far.
        now: what `live` returns; set it.
    """

    def __init__(self, now: Live | None = None) -> None:
        self.sent: list[Command] = []
        self.now = now or Live()

    def send(self, command: Command) -> int:
        self.sent.append(command)
        return len(self.sent)

    def live(self) -> Live:
        return self.now


class ChannelDesk:
    """The desk of a running rig, over the channels `COMMANDS` and `LIVE`."""

    def __init__(self, to_stage: Channel, from_stage: Channel) -> None:
        self._commands, self._live = to_stage, from_stage
        self._lock = threading.Lock()
        self._sequence = 0
        self._newest = Live()
        self._told_s = -WATCHING_EVERY_S

    def send(self, command: Command) -> int:
        """As `Desk.send`.

        Raises:
            ValueError: it is larger than the channel takes; a plan of a few hundred parts fits.
        """
        with self._lock:
            return self._commands.publish(commands.pack(command))

    def live(self) -> Live:
        with self._lock:
            now_s = time.monotonic()
            if now_s - self._told_s >= WATCHING_EVERY_S:
                self._told_s = now_s
                self._commands.publish(commands.pack(Watching()))
            newest = self._live.newest(after=self._sequence)
            if newest is not None:
                self._sequence, packed = newest
                self._newest = live.unpack(packed)
            return self._newest
