"""The console's web application: pages, API and live state in one process, behind shield and gate."""

from __future__ import annotations

from collections.abc import Callable, Collection

from fastapi import FastAPI
from starlette.types import ASGIApp

from didim.console.api import PREFIX, build_api
from didim.console.service import Service
from didim.console.web import Gate, Shield, entrance, tell_problems
from didim.console.web._downloads import downloads

Mount = Callable[[FastAPI, Service], None]
"""Puts the pages under an application; they find whoever looks at them by `page_actor`."""


def build(
    service: Service,
    *,
    names: Callable[[], Collection[str]] = tuple,
    tls: bool = False,
    pages: Mount | None = None,
) -> ASGIApp:
    """The whole application.

    Args:
        names: gives the names under which the console may be opened beside the rig's addresses.
        tls: whether it is served over TLS.
        pages: puts the pages under it; without them there is the API alone.
    """
    app = FastAPI(title="didim", openapi_url=None, docs_url=None, redoc_url=None)
    tell_problems(app)
    app.include_router(entrance(service.door))
    app.include_router(downloads(service))
    app.mount(PREFIX, build_api(service))
    if pages is not None:
        pages(app, service)
    return Shield(Gate(app, service.door), names, tls=tls)
