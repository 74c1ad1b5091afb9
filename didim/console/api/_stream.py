"""`/live/stream`: the live state over a WebSocket, to everybody who looks on, as often as it changes.

The newest state wins: a tablet on a slow network skips some and never falls behind. Each state is read and
packed once, however many look on.
"""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress

import msgspec
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from didim.console._actor import Actor, rig_actor
from didim.console._problems import NotSignedIn, Refused
from didim.console.service import Service
from didim.console.web import client_actor

router = APIRouter()

LOOK_EVERY_S = 0.02
"""A state is on its way within this time of being told."""
CONFIRM_EVERY_S = 2.0
"""Whoever is signed out meanwhile sees no more after this time."""
AGAIN_EVERY_S = 1.0
"""What has not changed is told again, so that a tablet knows that it is still heard."""
GONE = 4401
"""The close code for who is not, or no longer, signed in; 1008 where they may not look on."""


class LiveStream:
    """Reads the live state while somebody looks on, and wakes whoever waits for it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._watchers = 0
        self._reader: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._number = 0
        self._text = ""
        self._squeezed = b""

    async def next(self, after: int) -> tuple[int, str, bytes]:
        """The newest state and its number, once there is one after number `after`: as text, and deflated."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._number > after)
            return self._number, self._text, self._squeezed

    def __enter__(self) -> LiveStream:
        self._watchers += 1
        if self._reader is None:
            self._changed = asyncio.Condition()  # belongs to the loop that runs now
            self._reader = asyncio.create_task(self._read())
        return self

    def __exit__(self, *_: object) -> None:
        self._watchers -= 1
        if self._watchers == 0 and self._reader is not None:
            self._reader.cancel()
            self._reader = None

    async def _read(self) -> None:
        told, quiet_s = -1, 0.0
        while True:
            state = self._service.floor.live(rig_actor())
            if state.number != told or quiet_s >= AGAIN_EVERY_S:
                told, quiet_s = state.number, 0.0
                packed = msgspec.json.encode(state)
                async with self._changed:
                    self._number += 1
                    self._text, self._squeezed = packed.decode(), zlib.compress(packed, 1)
                    self._changed.notify_all()
            await asyncio.sleep(LOOK_EVERY_S)
            quiet_s += LOOK_EVERY_S


@router.websocket("/live/stream")
async def stream(socket: WebSocket, squeezed: bool = False) -> None:
    """The live state as JSON text, or with `?squeezed=true` as binary zlib streams, for thin networks."""
    service: Service = socket.app.state.service
    try:
        actor = await run_in_threadpool(client_actor, service.door, socket)
        await run_in_threadpool(service.floor.live, actor)
    except (NotSignedIn, Refused) as problem:
        await socket.accept()
        await socket.close(GONE if isinstance(problem, NotSignedIn) else 1008, str(problem))
        return
    await socket.accept()
    with suppress(WebSocketDisconnect), socket.app.state.live_stream as live:
        listening = asyncio.create_task(_ended(socket))
        try:
            await _tell(socket, live, service, actor, listening, squeezed=squeezed)
        finally:
            listening.cancel()


async def _tell(
    socket: WebSocket,
    live: LiveStream,
    service: Service,
    actor: Actor,
    listening: asyncio.Task[None],
    *,
    squeezed: bool,
) -> None:
    loop = asyncio.get_running_loop()
    number, confirm_at_s = 0, loop.time() + CONFIRM_EVERY_S
    while not listening.done():
        number, text, packed = await live.next(number)
        if loop.time() >= confirm_at_s:
            confirm_at_s += CONFIRM_EVERY_S
            try:
                await run_in_threadpool(service.door.confirm, actor)
            except NotSignedIn as problem:
                await socket.close(GONE, str(problem))
                return
        await (socket.send_bytes(packed) if squeezed else socket.send_text(text))


async def _ended(socket: WebSocket) -> None:
    """Until the client goes; what it says meanwhile is nothing to us."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
