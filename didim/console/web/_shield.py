"""The outermost layer: refuses what a browser was tricked into, and tells browsers to be careful."""

from __future__ import annotations

from collections.abc import Callable, Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from didim.console._problems import Invalid, Refused
from didim.console.web._origin import host_of, is_allowed_host, is_foreign
from didim.console.web._problem import ProblemResponse, language_of, response_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_MOST_BYTES = 2 * 2**20
"""A plan of hundreds of parts is a tenth of it."""

PAGES_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Vue compiles a page's templates in the browser, and NiceGUI starts it from an inline script
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
API_POLICY = "default-src 'none'; frame-ancestors 'none'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()",
}
HSTS = "max-age=31536000"


class Shield:
    """Checks host, origin and size of every request, and adds the headers to every answer.

    Args:
        names: gives the names under which the console may be opened beside its addresses.
        tls: whether it is spoken to over TLS.
    """

    def __init__(self, app: ASGIApp, names: Callable[[], Collection[str]], *, tls: bool) -> None:
        self.app, self._names, self._tls = app, names, tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        careful = self._careful(scope, send)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            await self.app(scope, _limited(receive), careful)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await refusal(scope, receive, careful)

    def _refusal(self, scope: Scope, headers: Headers) -> ProblemResponse | None:
        language = language_of(headers)
        host = headers.get("host", "")
        if not is_allowed_host(host, self._names):
            return response_of(Invalid("foreign_host", host=host_of(host)), language)
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if changes and is_foreign(headers):
            return response_of(Refused("foreign_origin"), language)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > BODY_MOST_BYTES:
            return ProblemResponse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {BODY_MOST_BYTES} bytes")
        return None

    def _careful(self, scope: Scope, send: Send) -> Send:
        is_api = scope["path"].startswith("/api/")

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Content-Security-Policy"] = API_POLICY if is_api else PAGES_POLICY
                headers.setdefault("Cache-Control", "no-store")
                if self._tls:
                    headers["Strict-Transport-Security"] = HSTS
            await send(message)

        return careful


def _limited(receive: Receive) -> Receive:
    """A body without a length ends where it is too long; what reads it then finds it cut off."""
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > BODY_MOST_BYTES:
                return {"type": "http.disconnect"}
        return message

    return limited
