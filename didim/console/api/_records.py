"""`/records`: what was played, and what each player did."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from didim.console.api._asking import Serving, Who
from didim.console.api._body import LARGEST, Id, Limit, Since, Until
from didim.records import Marks, Player, Result, Round, Session

router = APIRouter(tags=["records"])

Of = Annotated[int | None, Query(ge=1, le=LARGEST)]


class RoundTold(BaseModel):
    """A round with everyone's measures, by seat; guests have none."""

    round: Round
    marks: list[Marks]


class Leader(BaseModel):
    """A player and what they stand at: percent of the time in effort, or of change."""

    player: Player
    value: float


@router.get("/records/players/{player_id}")
def results(
    service: Serving, actor: Who, player_id: Id, since: Since = None, until: Until = None
) -> list[Result]:
    """A player's results, the oldest first. A measure that is null was not measured."""
    return service.records.of_player(actor, player_id, since=since, until=until)


@router.get("/records/groups/{group_id}")
def group_results(
    service: Serving, actor: Who, group_id: Id, since: Since = None, until: Until = None
) -> list[Result]:
    """The results of who is in a group now, the oldest first."""
    return service.records.of_group(actor, group_id, since=since, until=until)


@router.get("/records/sessions")
def played_sessions(service: Serving, actor: Who, since: Since = None, limit: Limit = 200) -> list[Session]:
    """The sessions that were played, the newest first."""
    return service.records.sessions(actor, since=since, limit=limit)


@router.get("/records/rounds")
def rounds(
    service: Serving,
    actor: Who,
    since: Since = None,
    session_id: Of = None,
    group_id: Of = None,
    limit: Limit = 200,
) -> list[Round]:
    """The rounds that were played, the newest first."""
    return service.records.rounds(actor, since=since, session_id=session_id, group_id=group_id, limit=limit)


@router.get("/records/rounds/{round_id}")
def round_(service: Serving, actor: Who, round_id: Id) -> RoundTold:
    """One round with everyone's measures."""
    found, marks = service.records.round(actor, round_id)
    return RoundTold(round=found, marks=marks)


@router.get("/records/groups/{group_id}/leaderboard")
def leaderboard(
    service: Serving, actor: Who, group_id: Id, by: Literal["effort", "progress"] = "effort"
) -> list[Leader]:
    """Who leads a group, where the site wants that told."""
    found = service.records.leaderboard(actor, group_id, by)
    return [Leader(player=player, value=value) for player, value in found]
