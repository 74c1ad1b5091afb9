"""Files to take along: reports, tables, all that is kept of a player, the sheet to print."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from didim.console._records import Paper
from didim.console.pages._visit import Site
from didim.words import Language


def download_routes(site: Site) -> APIRouter:
    """`GET /download/…`, for whoever has signed in and may; nothing of it stays with a browser or proxy."""
    router = APIRouter(prefix="/download")
    records = site.service.records

    @router.get("/player/{player_id}.pdf")
    def player_report(player_id: int, request: Request, language: Language = "ko") -> Response:
        return _handed(records.player_report(site.actor_of(request), player_id, language))

    @router.get("/player/{player_id}.csv")
    def player_table(player_id: int, request: Request) -> Response:
        return _handed(records.player_table(site.actor_of(request), player_id))

    @router.get("/player/{player_id}.zip")
    def everything_of(player_id: int, request: Request) -> Response:
        return _handed(records.everything_of(site.actor_of(request), player_id))

    @router.get("/group/{group_id}.pdf")
    def group_report(group_id: int, request: Request, language: Language = "ko") -> Response:
        return _handed(records.group_report(site.actor_of(request), group_id, language))

    @router.get("/group/{group_id}.csv")
    def group_table(group_id: int, request: Request) -> Response:
        return _handed(records.group_table(site.actor_of(request), group_id))

    @router.get("/sheet-{paper}.pdf")
    def sheet(paper: str, request: Request) -> Response:
        surveyor = site.service.rig.surveyor(site.actor_of(request))
        with tempfile.TemporaryDirectory(prefix="didim-") as folder:
            file = Path(folder) / "sheet.pdf"
            surveyor.print_sheet(paper, file)
            return _handed(Paper(f"didim-sheet-{paper}.pdf", "application/pdf", file.read_bytes()))

    return router


def _handed(paper: Paper) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{paper.name}"',
        "Cache-Control": "no-store",
    }
    return Response(paper.content, media_type=paper.kind, headers=headers)
