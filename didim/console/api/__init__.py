"""The HTTP API, version 1: the service layer as JSON. Paths, bodies and answers describe themselves at
`/api/v1/openapi.json`; problems are application/problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from didim.console.api import _floor, _games, _papers, _players, _records, _sessions, _site, _stream, _users
from didim.console.api._asking import SIGNED_IN, Who
from didim.console.api._describe import PROBLEMS, described
from didim.console.service import Service
from didim.console.web import ProblemResponse, tell_problems

PREFIX = "/api/v1"

DESCRIPTION = """Everything that the console's pages do, for other programs.

Send `Authorization: Bearer TOKEN`; an admin makes tokens. Programs on the rig itself need none for what an
instructor may do. Problems come in Korean where `Accept-Language` prefers it."""


def build_api(service: Service) -> FastAPI:
    """The API as an application of its own, to be mounted at `PREFIX`."""
    api = FastAPI(
        title="didim",
        version="1",
        description=DESCRIPTION,
        servers=[{"url": PREFIX}],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    api.state.service = service
    api.state.live_stream = _stream.LiveStream(service)
    tell_problems(api)
    api.include_router(_users.door_router, responses=PROBLEMS)
    for part in (_floor, _sessions, _games, _players, _records, _papers, _site, _users):
        api.include_router(part.router, responses=PROBLEMS, dependencies=SIGNED_IN)
    api.include_router(_stream.router)

    @api.get("/openapi.json", include_in_schema=False)
    def openapi(actor: Who) -> dict[str, Any]:
        return described(api)

    @api.exception_handler(Exception)
    def fault(*_: object) -> ProblemResponse:
        return ProblemResponse(500, "A fault of didim; the console's own output says more.")

    api.openapi = lambda: described(api)  # type: ignore[method-assign]
    return api
