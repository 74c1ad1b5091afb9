"""Who sends a request: by their cookie, by a client's token, or from the rig itself."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from didim.console._actor import Actor, rig_actor
from didim.console._door import SESSION_ENDS, Door, Entry
from didim.console._problems import NotSignedIn, Refused
from didim.console._secrets import csrf_of, same
from didim.console.web._origin import never_left_the_rig
from didim.console.web._shield import SAFE_METHODS

CSRF_HEADER = "X-CSRF-Token"


def cookie_name(*, tls: bool) -> str:
    """The cookie that holds a session's key; over TLS its prefix ties it to this very host."""
    return "__Host-didim" if tls else "didim"


def session_key(connection: HTTPConnection) -> str:
    """What the session's cookie holds; "" without one."""
    secure = connection.url.scheme in ("https", "wss")
    return connection.cookies.get(cookie_name(tls=secure), "")


def page_actor(door: Door, connection: HTTPConnection, *, used: bool = True) -> Actor:
    """Who looks at a page: pages ask anew whenever somebody does something, with the page's own request.

    Raises:
        NotSignedIn: nobody, or their session is over.
    """
    return door.actor_of_cookie(session_key(connection), used=used)


def client_actor(door: Door, connection: HTTPConnection) -> Actor:
    """Who uses the HTTP API: by token, by cookie (with the session's CSRF token where something changes), or
    an instructor for programs on the rig itself.

    Raises:
        NotSignedIn: neither of them.
        Refused: the cookie came without its CSRF token.
    """
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme:
        return door.actor_of_token(token.strip() if scheme.lower() == "bearer" else "")
    key = session_key(connection)
    if key:
        changes = connection.scope.get("method", "GET") not in SAFE_METHODS
        actor = door.actor_of_cookie(key, used=changes)
        if changes and not same(connection.headers.get(CSRF_HEADER, ""), csrf_of(key)):
            raise Refused("csrf")
        return actor
    if never_left_the_rig(connection.scope, Headers(scope=connection.scope)):
        return rig_actor()
    raise NotSignedIn("not_signed_in")


def give_cookie(response: Response, entry: Entry, *, tls: bool) -> None:
    """Hand a new session's key to the browser, out of reach of its scripts."""
    response.set_cookie(
        cookie_name(tls=tls),
        entry.key,
        path="/",
        httponly=True,
        samesite="lax",
        secure=tls,
        max_age=int(SESSION_ENDS.total_seconds()),
    )


def take_cookie(response: Response, *, tls: bool) -> None:
    """Have the browser forget its session."""
    response.delete_cookie(cookie_name(tls=tls), path="/", httponly=True, samesite="lax", secure=tls)
