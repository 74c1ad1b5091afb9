"""What every route of the API begins with: the service, and who asks it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import HTTPConnection

from didim.console._actor import Actor
from didim.console.service import Service
from didim.console.web import client_actor, cookie_name

_TOKEN = HTTPBearer(auto_error=False, description="A client's token, made by an admin.")
_COOKIE = APIKeyCookie(
    name=cookie_name(tls=False),
    auto_error=False,
    description="A signed-in person's session. What changes something also needs the X-CSRF-Token header.",
)


def _service(connection: HTTPConnection) -> Service:
    service: Service = connection.app.state.service
    return service


Serving = Annotated[Service, Depends(_service)]


def _actor(connection: HTTPConnection, service: Serving) -> Actor:
    return client_actor(service.door, connection)


Who = Annotated[Actor, Depends(_actor)]

SIGNED_IN = [Security(_TOKEN), Security(_COOKIE)]
"""Only says in the description how to come in; `Who` is what checks it."""
