"""Pages are for who has signed in; everybody else is led to the door."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import URL
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from didim.console._door import Door
from didim.console._problems import NotSignedIn
from didim.console.web._who import page_actor

SIGN_IN, NEW_SECRET, SET_UP, SIGN_OUT = "/sign-in", "/new-secret", "/set-up", "/sign-out"
OPEN = (SIGN_IN, NEW_SECRET, SET_UP, SIGN_OUT, "/favicon.ico")
OPEN_BELOW = ("/api/", "/_nicegui/", "/_nicegui_ws/", "/assets/", "/look/")
"""The API asks who it is by itself; the rest are the scripts and looks of pages, and a page's socket, which
only who was given the page can open."""


class Gate:
    """Leads whoever has no session to where they can begin one."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        where = None if scope["type"] == "lifespan" else self._led_to(scope)
        if where is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await RedirectResponse(where, 303)(scope, receive, send)

    def _led_to(self, scope: Scope) -> str | None:
        path = scope["path"]
        if path in OPEN or path.startswith(OPEN_BELOW):
            return None
        try:
            page_actor(self._door, HTTPConnection(scope))
        except NotSignedIn:
            if self._door.needs_set_up:
                return SET_UP
            asked = URL(scope=scope)
            wanted = asked.path + (f"?{asked.query}" if asked.query else "")
            return f"{SIGN_IN}?next={quote(wanted, safe='/')}"
        return None
