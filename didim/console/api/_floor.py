"""`/live` and `/sessions/current`: seeing what plays, and saying what is to happen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from didim.console.api._asking import Serving, Who
from didim.console.api._body import LARGEST, Body, Number
from didim.run.commands import Expected, Seated

router = APIRouter(tags=["now"])


class Accepted(BaseModel):
    """A command was handed to the stage.

    Attributes:
        number: the live state's `heard` reaches it once the command was taken.
    """

    number: int


class SeatBody(Body):
    """Who sits where in the rounds to come."""

    seat: Annotated[int, Field(ge=1, le=64)]
    player_id: Number
    age_years: Annotated[float, Field(ge=0, le=120)] | None = None
    group: Annotated[int, Field(ge=0, le=64)] = 0


class GameBody(Body):
    """One round of a game."""

    game: Annotated[str, Field(max_length=80)]
    settings: dict[str, bool | int | float | str] = Field(default_factory=dict)
    seats: Annotated[list[SeatBody], Field(max_length=64)] | None = None
    seed: Annotated[int, Field(ge=0, le=LARGEST)] = 0


class TrialBody(Body):
    """One round of a game, to try it."""

    game: Annotated[str, Field(max_length=80)]
    settings: dict[str, bool | int | float | str] = Field(default_factory=dict)


class ReplayBody(Body):
    """`play` false: leave the round that broke off at that."""

    play: bool = True


class ExpectedBody(Body):
    """One player who is to stand on an emblem."""

    player_id: Number
    emblem: Annotated[int, Field(ge=1, le=64)]
    age_years: Annotated[float, Field(ge=0, le=120)] | None = None


class CheckInBody(Body):
    """Everyone who is to stand on their emblem, and how long to wait for them."""

    expected: Annotated[list[ExpectedBody], Field(min_length=1, max_length=64)]
    seconds: Annotated[float, Field(ge=5, le=600)] = 60.0


class VolumeBody(Body):
    level: Annotated[float, Field(ge=0, le=1)]


class LanguageBody(Body):
    """The words at the near and at the far edge; the same twice is one language."""

    near: Literal["ko", "en"]
    far: Literal["ko", "en"]


def seated(seats: list[SeatBody] | None) -> tuple[Seated, ...] | None:
    """The same as the stage takes it."""
    return None if seats is None else tuple(Seated(**each.model_dump()) for each in seats)


LIVE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Live"}}}}
}


@router.get("/live", response_class=Response, responses=LIVE)
def live(service: Serving, actor: Who) -> Response:
    """How everything stands now; `/live/stream` says it ten times a second."""
    return Response(msgspec.json.encode(service.floor.live(actor)), media_type="application/json")


@router.post("/sessions/current", status_code=202)
def start(service: Serving, actor: Who, body: GameBody) -> Accepted:
    """Play one round of a game; what runs now is stopped first."""
    seats = seated(body.seats)
    return Accepted(
        number=service.floor.start_game(actor, body.game, body.settings, seats=seats, seed=body.seed)
    )


@router.post("/sessions/current/trial", status_code=202)
def try_game(service: Serving, actor: Who, body: TrialBody) -> Accepted:
    """Play one round of which nothing is written down; what runs now is stopped first."""
    return Accepted(number=service.floor.try_game(actor, body.game, body.settings))


@router.post("/sessions/current/pause", status_code=202)
def pause(service: Serving, actor: Who) -> Accepted:
    """Everything stands still."""
    return Accepted(number=service.floor.pause(actor))


@router.post("/sessions/current/resume", status_code=202)
def resume(service: Serving, actor: Who) -> Accepted:
    """Go on after a pause or after safe white."""
    return Accepted(number=service.floor.resume(actor))


@router.post("/sessions/current/skip", status_code=202)
def skip(service: Serving, actor: Who) -> Accepted:
    """End this part, keep what it came to, go on with the next."""
    return Accepted(number=service.floor.skip(actor))


@router.post("/sessions/current/replay", status_code=202)
def replay(service: Serving, actor: Who, body: ReplayBody) -> Accepted:
    """Play the round again that broke off when the stage crashed, or leave it at that."""
    return Accepted(number=service.floor.replay(actor, play=body.play))


@router.post("/sessions/current/stop", status_code=202)
def stop(service: Serving, actor: Who) -> Accepted:
    """End everything, keep what it came to."""
    return Accepted(number=service.floor.stop(actor))


@router.post("/sessions/current/safe", status_code=202)
def safe(service: Serving, actor: Who) -> Accepted:
    """White light and silence with the next frame."""
    return Accepted(number=service.floor.safe(actor))


@router.post("/sessions/current/check-in", status_code=202)
def check_in(service: Serving, actor: Who, body: CheckInBody) -> Accepted:
    """Light an emblem for everyone expected; who stands on theirs has that seat."""
    expected = tuple(Expected(**each.model_dump()) for each in body.expected)
    return Accepted(number=service.floor.check_in(actor, expected, body.seconds))


@router.put("/volume", status_code=202)
def volume(service: Serving, actor: Who, body: VolumeBody) -> Accepted:
    """How loud, 0 to 1, as a share of what the rig file allows at this hour."""
    return Accepted(number=service.floor.volume(actor, body.level))


@router.put("/language", status_code=202)
def language(service: Serving, actor: Who, body: LanguageBody) -> Accepted:
    """The words on the surface, from the next round on."""
    return Accepted(number=service.floor.language(actor, body.near, body.far))
