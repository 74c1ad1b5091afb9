"""What outlives a stage that crashed: what it was asked for and how far it had come.

The stage says it whenever it changes; the memory of the channel belongs to the supervisor, so that a stage
that is started anew finds it there.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from didim.play import Language
from didim.run.commands import Seated, Start

BREAKS_MOST = 2
"""A session goes on after so many crashes; after more the surface rests: whatever plays there is broken."""

HowFar: TypeAlias = Literal["", "playing", "played"]
"""Of a part's round: nothing is in the records yet, it is being played, its result is told."""


class Standing(msgspec.Struct, frozen=True):
    """How a stage stands.

    Attributes:
        start, part: what runs, and which part of it, counted from 0; None where nothing does.
        how_far: with the round of that part.
        breaks: how often the stage crashed in it.
        who: those with a record who have a seat.
        volume, languages, safe, paused: as in `Engagement`.
    """

    start: Start | None = None
    part: int = 0
    how_far: HowFar = ""
    breaks: int = 0
    who: tuple[Seated, ...] = ()
    volume: float = 1.0
    languages: tuple[Language, Language] = ("ko", "en")
    safe: bool = False
    paused: bool = False


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Standing)


def pack(standing: Standing) -> bytes:
    """As the channel carries it."""
    return _ENCODER.encode(standing)


def unpack(packed: bytes) -> Standing:
    """The same again; raises msgspec.ValidationError."""
    return _DECODER.decode(packed)
