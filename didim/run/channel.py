"""A one-writer, many-reader channel of the latest messages in shared memory.

Nothing is ever waited for: the writer overwrites the oldest slot, a reader copies the newest. Each slot
carries its message's sequence number, cleared while it is written, so that a reader never takes a torn one.
The memory belongs to the running processes and is never written to disk.
"""

from __future__ import annotations

import os
import secrets
import struct
import time
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

from didim.run.processes import ChannelSpec

PREFIX = "didim-"
LEFT_ALONE_S = 60.0
SHARED_MEMORY = Path("/dev/shm")
"""Where Linux shows shared memory; elsewhere the system frees it with its last user."""

_HEAD = struct.Struct("q")
_SLOT = struct.Struct("qq")  # sequence number (0: being written), length in bytes


def sweep() -> int:
    """Free the shared memory of runs whose supervisor is gone and could not free it; how many pieces.

    Whoever it has left behind may still write down what is in there: that is given a minute.
    """
    freed = 0
    for piece in SHARED_MEMORY.glob(f"{PREFIX}*"):
        owner = piece.name.removeprefix(PREFIX).partition("-")[0]
        gone = owner.isdigit() and not Path(f"/proc/{owner}").exists()
        if gone and time.time() - piece.stat().st_mtime > LEFT_ALONE_S:
            piece.unlink(missing_ok=True)
            freed += 1
    return freed


class Channel:
    """The shared memory of one `ChannelSpec`; create it once, attach to it elsewhere by its name."""

    def __init__(self, spec: ChannelSpec, *, attach_to: str | None = None) -> None:
        self.spec = spec
        self._stride = _SLOT.size + spec.message_bytes
        self._created = attach_to is None
        size = _HEAD.size + spec.keep * self._stride
        name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}" if self._created else attach_to
        self._shared = SharedMemory(name, create=self._created, size=size if self._created else 0)
        assert self._shared.buf is not None
        self._bytes = self._shared.buf

    @property
    def name(self) -> str:
        """What another process passes as `attach_to`."""
        return self._shared.name

    def publish(self, *parts: bytes | memoryview) -> int:
        """Write one message, given in parts, and return its sequence number (1, 2, 3, …).

        Raises:
            ValueError: the message is longer than the channel's `message_bytes`.
        """
        length = sum(len(part) for part in parts)
        if length > self.spec.message_bytes:
            raise ValueError(
                f"channel {self.spec.name!r} takes messages of {self.spec.message_bytes} bytes, got {length}"
            )
        sequence = self._head() + 1
        start = self._start(sequence)
        _SLOT.pack_into(self._bytes, start, 0, 0)
        at = start + _SLOT.size
        for part in parts:
            self._bytes[at : at + len(part)] = part
            at += len(part)
        _SLOT.pack_into(self._bytes, start, sequence, length)
        _HEAD.pack_into(self._bytes, 0, sequence)
        return sequence

    def newest(self, *, after: int = 0) -> tuple[int, bytes] | None:
        """The newest message and its sequence number, or None if there is none after number `after`."""
        while (head := self._head()) > after:
            message = self._read(head)
            if message is not None:
                return head, message
        return None

    def since(self, after: int) -> list[tuple[int, bytes]]:
        """Every message after number `after` that is still kept, oldest first."""
        head = self._head()
        first = max(after + 1, head - self.spec.keep + 1)
        read = ((sequence, self._read(sequence)) for sequence in range(first, head + 1))
        return [(sequence, message) for sequence, message in read if message is not None]

    def close(self) -> None:
        """Let go of the memory; who created the channel also frees it."""
        self._bytes.release()
        self._shared.close()
        if self._created:
            self._shared.unlink()

    def _head(self) -> int:
        return int(_HEAD.unpack_from(self._bytes, 0)[0])

    def _start(self, sequence: int) -> int:
        return _HEAD.size + sequence % self.spec.keep * self._stride

    def _read(self, sequence: int) -> bytes | None:
        start = self._start(sequence)
        found, length = _SLOT.unpack_from(self._bytes, start)
        if found != sequence:
            return None
        message = bytes(self._bytes[start + _SLOT.size : start + _SLOT.size + length])
        return message if _SLOT.unpack_from(self._bytes, start)[0] == sequence else None
