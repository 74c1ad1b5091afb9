"""Files that pages link to: reports, tables, all that is kept of a player, the calibration sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path as FilePath
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from didim.console._actor import Actor
from didim.console._records import Paper
from didim.console.service import Service
from didim.console.web._problem import language_of
from didim.console.web._who import page_actor
from didim.words import Language

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def paper_response(paper: Paper) -> Response:
    """A file as a browser keeps it."""
    attached = {"Content-Disposition": f'attachment; filename="{paper.name}"'}
    return Response(paper.content, media_type=paper.kind, headers=attached)


def downloads(service: Service) -> APIRouter:
    """`/download/…`, for who is signed in; `?language=` is of reports, else what the browser prefers."""
    router = APIRouter(prefix="/download")

    @router.get("/player/{player_id}.pdf")
    def player_report(request: Request, player_id: Number, language: Language | None = None) -> Response:
        spoken = language or language_of(request.headers)
        return paper_response(service.records.player_report(_who(request), player_id, spoken))

    @router.get("/group/{group_id}.pdf")
    def group_report(request: Request, group_id: Number, language: Language | None = None) -> Response:
        spoken = language or language_of(request.headers)
        return paper_response(service.records.group_report(_who(request), group_id, spoken))

    @router.get("/player/{player_id}.csv")
    def player_table(request: Request, player_id: Number) -> Response:
        return paper_response(service.records.player_table(_who(request), player_id))

    @router.get("/group/{group_id}.csv")
    def group_table(request: Request, group_id: Number) -> Response:
        return paper_response(service.records.group_table(_who(request), group_id))

    @router.get("/player/{player_id}")
    def everything_of(request: Request, player_id: Number) -> Response:
        return paper_response(service.records.everything_of(_who(request), player_id))

    @router.get("/sheet-{paper}.pdf")
    def sheet(request: Request, paper: Literal["a3", "a4"]) -> Response:
        surveyor = service.rig.surveyor(_who(request))
        with tempfile.TemporaryDirectory() as folder:
            file = FilePath(folder) / "sheet.pdf"
            surveyor.print_sheet(paper, file)
            content = file.read_bytes()
        return paper_response(Paper(f"didim-sheet-{paper}.pdf", "application/pdf", content))

    def _who(request: Request) -> Actor:
        return page_actor(service.door, request)

    return router
