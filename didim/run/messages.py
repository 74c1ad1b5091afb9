"""What the channels carry: small typed messages, packed with MessagePack, and pictures as they are."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point
from didim.people import Event, Player


@dataclass(frozen=True, slots=True)
class People:
    """Everyone on the surface, from one picture.

    Attributes:
        picture_seq, captured_ns: the picture they were seen in.
        ready_ns: when they were known.
        events: what was found out in the last second; a reader who missed a message misses none of them.
            Their `t_s` are on the clock of `captured_ns`.
    """

    picture_seq: int
    captured_ns: int
    ready_ns: int
    players: tuple[Player, ...]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the game draws players to now: for simulated people, who have no eyes."""

    t_s: float
    targets: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How seeing goes, by figure: milliseconds by stage, counts, and what a venue's truth says of it."""

    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class CueSent:
    """One cue, when it was given, and the picture that led to it."""

    kind: str
    t_s: float
    captured_ns: int
    sent_ns: int
    player_id: int = 0
    points: int = 0


_Message = TypeVar("_Message")


class Codec(Generic[_Message]):
    """Packs and unpacks one type of message."""

    def __init__(self, kind: type[_Message]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder: msgspec.msgpack.Decoder[_Message] = msgspec.msgpack.Decoder(kind)

    def pack(self, message: _Message) -> bytes:
        return self._encoder.encode(message)

    def unpack(self, packed: bytes) -> _Message:
        message: _Message = self._decoder.decode(packed)
        return message


CAMERA_PX, PLAN_PX = 549, 250
"""Widths of what the frames channel carries: the camera's picture, and under its left end the plan."""

_PICTURE = struct.Struct("qqiii")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a channel.

    Attributes:
        at_ns: when it was captured, or shown.
        pixels: (height, width, 3) uint8, read-only; the channel says whether BGR or RGB.
        device: which camera or projector of the rig it belongs to, counted from 0.
    """

    seq: int
    at_ns: int
    pixels: NDArray[np.uint8]
    device: int = 0

    def pack(self) -> tuple[bytes, memoryview]:
        """The parts of its message: sequence, time, height, width, device; then the pixels."""
        height, width = self.pixels.shape[:2]
        pixels = np.ascontiguousarray(self.pixels)
        return _PICTURE.pack(self.seq, self.at_ns, height, width, self.device), pixels.reshape(-1).data

    @classmethod
    def unpack(cls, packed: bytes) -> Picture:
        seq, at_ns, height, width, device = _PICTURE.unpack_from(packed)
        pixels = np.frombuffer(packed, np.uint8, offset=_PICTURE.size).reshape(height, width, 3)
        return cls(seq, at_ns, pixels, device)
