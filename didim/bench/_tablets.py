"""Tablets that look on: real WebSocket clients in a process of their own, reading every state."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from didim.run.live import Live

LARGEST_BYTES = 2 * 2**20


async def _watch(
    url: str, seconds: float, ready: Path, waiting: list[asyncio.Event]
) -> list[tuple[int, int, int]]:
    """When each state was told and when it was read, ns on the monotonic clock; and its bytes."""
    decoder = msgspec.json.Decoder(Live)
    seen: list[tuple[int, int, int]] = []
    async with connect(url, compression=None, max_size=LARGEST_BYTES, open_timeout=60) as socket:
        own = asyncio.Event()
        waiting.append(own)
        await _take(socket, decoder, seen)
        own.set()
        for each in waiting:
            await each.wait()
        ready.touch()
        seen.clear()
        over_s = time.monotonic() + seconds
        while time.monotonic() < over_s:
            await _take(socket, decoder, seen)
    return seen


async def _take(
    socket: ClientConnection, decoder: msgspec.json.Decoder[Live], seen: list[tuple[int, int, int]]
) -> None:
    message = await socket.recv()
    state = decoder.decode(message)
    seen.append((state.at_ns, time.monotonic_ns(), len(message)))


async def _all(url: str, count: int, seconds: float, ready: Path) -> list[list[tuple[int, int, int]]]:
    waiting: list[asyncio.Event] = []
    return list(await asyncio.gather(*(_watch(url, seconds, ready, waiting) for _ in range(count))))


def main() -> None:
    """URL COUNT SECONDS READY: print what each of so many tablets saw, as JSON.

    The seconds count from when all of them watch; then the file READY appears.
    """
    url, count, seconds, ready = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
    json.dump(asyncio.run(_all(url, count, seconds, ready)), sys.stdout)


if __name__ == "__main__":
    main()
