"""What the channels carry: small typed messages, packed with MessagePack, and pictures as they are."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
import numpy as np

from didim.capture import CameraFrame
from didim.geometry import Point
from didim.people import Player


@dataclass(frozen=True, slots=True)
class People:
    """Everyone on the surface, from one picture.

    Attributes:
        picture_seq, captured_ns: the picture they were seen in.
        ready_ns: when they were known.
    """

    picture_seq: int
    captured_ns: int
    ready_ns: int
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing that the game shows, as a data point: what, where, how large."""

    word: str
    center: Point
    radius_m: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What the game shows now."""

    t_s: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class CueSent:
    """One cue, when it was given, and the picture that led to it."""

    kind: str
    t_s: float
    captured_ns: int
    sent_ns: int
    player_id: int = 0
    points: int = 0


_Message = TypeVar("_Message", People, Scene, CueSent)


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


_PICTURE = struct.Struct("qqii")


def pack_picture(frame: CameraFrame) -> tuple[bytes, memoryview]:
    """The parts of a picture's message: sequence, capture time, height, width; then the pixels."""
    height, width = frame.bgr.shape[:2]
    pixels = np.ascontiguousarray(frame.bgr)
    return _PICTURE.pack(frame.seq, frame.captured_ns, height, width), pixels.reshape(-1).data


def unpack_picture(packed: bytes) -> CameraFrame:
    seq, captured_ns, height, width = _PICTURE.unpack_from(packed)
    pixels = np.frombuffer(packed, np.uint8, offset=_PICTURE.size).reshape(height, width, 3)
    return CameraFrame(seq, captured_ns, pixels)
