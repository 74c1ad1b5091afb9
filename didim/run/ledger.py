"""What the stage has the scribe write down, and what the scribe says back.

Every entry tells the whole of its round so far: whichever gets lost, the next one makes up for it, and one
that is heard twice is written once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from didim.records import Marks, RoundBegan
from didim.run.channel import Channel
from didim.run.commands import Start

WRITTEN_EVERY_S = 0.5
"""How often the measures of a running round go to the scribe: all that a crash can lose."""

TOLD_AGAIN_S = 1.0
SCRIBE_SILENT_S = 5.0


class RoundEntry(msgspec.Struct, frozen=True, tag="round"):
    """A round as it stands.

    Attributes:
        at: the moment up to which `marks` count.
        marks: everyone's measures so far, by seat.
        damped: how many times the flash guard has softened its light.
    """

    began: RoundBegan
    at: datetime
    state: Literal["running", "finished", "stopped"]
    marks: tuple[Marks, ...] = ()
    damped: int = 0


class SessionEntry(msgspec.Struct, frozen=True, tag="session"):
    """How far a session has come: its part, counted from 1."""

    session_id: int
    at: datetime
    state: Literal["running", "finished", "stopped"]
    part: int = 0


Trouble: TypeAlias = Literal["", "disk_full", "records_failed"]

Entry: TypeAlias = RoundEntry | SessionEntry


class Kept(msgspec.Struct, frozen=True, tag="kept"):
    """The result of the round of that key is on the disk."""

    key: str


class Condition(msgspec.Struct, frozen=True, tag="condition"):
    """How writing goes, once a second.

    Attributes:
        at_ns: when this was said, on the monotonic clock.
        problem: what keeps results from being written; "" for nothing.
        text: the same for a person, with what to do.
        site: the place's name in the settings; "" where it has none.
    """

    at_ns: int
    problem: Trouble = ""
    text: str = ""
    site: str = ""


class Due(msgspec.Struct, frozen=True, tag="due"):
    """A saved plan's time has come."""

    start: Start


Answer: TypeAlias = Kept | Condition | Due

_ENCODER = msgspec.msgpack.Encoder()
_ENTRIES: msgspec.msgpack.Decoder[Entry] = msgspec.msgpack.Decoder(Entry)
_ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def pack(message: Entry | Answer) -> bytes:
    """As a channel carries it."""
    return _ENCODER.encode(message)


def unpack_entry(packed: bytes) -> Entry:
    """What the stage said; raises msgspec.ValidationError."""
    return _ENTRIES.decode(packed)


def unpack_answer(packed: bytes) -> Answer:
    """What the scribe said; raises msgspec.ValidationError."""
    return _ANSWERS.decode(packed)


class Outbox:
    """The stage's end of the ledger: what is not kept yet is told again until it is.

    Attributes:
        condition: what the scribe said of itself last.
    """

    def __init__(self, ledger: Channel, answers: Channel, now_s: float) -> None:
        self._ledger, self._answers = ledger, answers
        self._heard = 0 if (newest := answers.newest()) is None else newest[0]
        self._unkept: dict[str, tuple[float, RoundEntry]] = {}
        self._heard_s = now_s
        self.condition = Condition(0)

    def put(self, entry: Entry, now_s: float) -> None:
        """Tell an entry; a round's last one stays until it is kept."""
        if isinstance(entry, RoundEntry) and entry.state != "running":
            self._unkept[entry.began.key] = now_s, entry
        self._ledger.publish(pack(entry))

    def read(self, now_s: float) -> list[Kept | Due]:
        """What the scribe has said since the call before; tell again what it has not kept."""
        heard: list[Kept | Due] = []
        for sequence, packed in self._answers.since(self._heard):
            self._heard, self._heard_s = sequence, now_s
            answer = unpack_answer(packed)
            if isinstance(answer, Condition):
                self.condition = answer
                continue
            if isinstance(answer, Kept):
                self._unkept.pop(answer.key, None)
            heard.append(answer)
        for key, (told_s, entry) in self._unkept.items():
            if now_s - told_s >= TOLD_AGAIN_S:
                self._unkept[key] = now_s, entry
                self._ledger.publish(pack(entry))
        return heard

    @property
    def unkept(self) -> tuple[str, ...]:
        """The keys of rounds that are over and not kept yet."""
        return tuple(self._unkept)

    def silent(self, now_s: float) -> bool:
        """Whether nothing was heard of the scribe for a while."""
        return now_s - self._heard_s > SCRIBE_SILENT_S
