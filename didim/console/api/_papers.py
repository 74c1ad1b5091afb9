"""`/exports`: reports as PDF, results as CSV, and all that is kept of a player."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from didim.console._records import REPORT_DAYS
from didim.console.api._asking import Serving, Who
from didim.console.api._body import Id
from didim.console.web._downloads import paper_response
from didim.console.web._problem import language_of
from didim.words import Language

router = APIRouter(tags=["exports"])

Days = Annotated[int, Query(ge=1, le=3650, description="How far back it tells.")]
Spoken = Annotated[Language | None, Query(description="Without it, what Accept-Language prefers.")]


def _file(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "contentMediaType": kind}}}}}


@router.get("/exports/players/{player_id}.pdf", response_class=Response, responses=_file("application/pdf"))
def player_report(
    service: Serving,
    actor: Who,
    request: Request,
    player_id: Id,
    language: Spoken = None,
    days: Days = REPORT_DAYS,
) -> Response:
    """A player's report."""
    spoken = language or language_of(request.headers)
    return paper_response(service.records.player_report(actor, player_id, spoken, days))


@router.get("/exports/groups/{group_id}.pdf", response_class=Response, responses=_file("application/pdf"))
def group_report(
    service: Serving,
    actor: Who,
    request: Request,
    group_id: Id,
    language: Spoken = None,
    days: Days = REPORT_DAYS,
) -> Response:
    """A class's report."""
    spoken = language or language_of(request.headers)
    return paper_response(service.records.group_report(actor, group_id, spoken, days))


@router.get("/exports/players/{player_id}.csv", response_class=Response, responses=_file("text/csv"))
def player_table(service: Serving, actor: Who, player_id: Id) -> Response:
    """All results of a player, a line each."""
    return paper_response(service.records.player_table(actor, player_id))


@router.get("/exports/groups/{group_id}.csv", response_class=Response, responses=_file("text/csv"))
def group_table(service: Serving, actor: Who, group_id: Id) -> Response:
    """All results of who is in a group, a line each."""
    return paper_response(service.records.group_table(actor, group_id))


@router.get("/exports/players/{player_id}.zip", response_class=Response, responses=_file("application/zip"))
def everything_of(service: Serving, actor: Who, player_id: Id) -> Response:
    """All that is kept of a player: JSON and CSV."""
    return paper_response(service.records.everything_of(actor, player_id))
