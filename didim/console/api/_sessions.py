"""`/sessions`: plans that are made and saved, and begun; `/sessions/current` is what runs."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from didim.console.api._asking import Serving, Who
from didim.console.api._body import LARGEST, Body, Id, Number
from didim.console.api._floor import SeatBody, seated
from didim.play import PlanGoal, plan_text
from didim.records import AgeBand, SavedPlan
from didim.run.schedule import Weekday

router = APIRouter(tags=["sessions"])

PlanName = Annotated[str, Field(min_length=1, max_length=120)]


class ScheduleBody(Body):
    """When a plan runs by itself: on these days, at this time by the clock on the wall."""

    days: Annotated[list[Weekday], Field(max_length=7)]
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class SessionBody(Body):
    """What is wanted; the same wish and seed give the same plan."""

    name: PlanName
    age_band: AgeBand
    headcount: Annotated[int, Field(ge=1, le=60)]
    minutes: Annotated[int, Field(ge=3, le=180)]
    goal: PlanGoal
    surface: Literal["floor", "wall"] = "floor"
    seed: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    schedule: ScheduleBody | None = None


class FileBody(Body):
    """A plan as a file holds it; `GET /sessions/{id}/file` gives one."""

    name: PlanName
    file: Annotated[str, Field(max_length=500_000)]


class RunBody(Body):
    """Who takes part; `seats` null: as the last check-in found."""

    group_id: Number | None = None
    seats: Annotated[list[SeatBody], Field(max_length=64)] | None = None


class Begun(BaseModel):
    """A session that has begun; `session_id` is its number in the records."""

    session_id: int


@router.get("/sessions")
def sessions(service: Serving, actor: Who) -> list[SavedPlan]:
    """Every saved plan, by name."""
    return service.plans.listed(actor)


@router.post("/sessions", status_code=201)
def create_session(service: Serving, actor: Who, body: SessionBody) -> SavedPlan:
    """Make a plan that fits and save it; one of the same name is replaced."""
    made = service.plans.made(
        actor,
        age_band=body.age_band,
        headcount=body.headcount,
        minutes=body.minutes,
        goal=body.goal,
        surface=body.surface,
        seed=body.seed,
    )
    schedule = body.schedule.model_dump() if body.schedule else None
    return service.plans.save(actor, body.name, made.titled(body.name), schedule=schedule)


@router.post("/sessions/from-file", status_code=201)
def session_from_file(service: Serving, actor: Who, body: FileBody) -> SavedPlan:
    """Save a plan that came as a file."""
    return service.plans.save(actor, body.name, service.plans.from_text(actor, body.file))


@router.get("/sessions/{plan_id}")
def session(service: Serving, actor: Who, plan_id: Id) -> SavedPlan:
    """One saved plan."""
    return service.plans.one(actor, plan_id)


@router.get(
    "/sessions/{plan_id}/file",
    response_class=Response,
    responses={200: {"content": {"application/toml": {"schema": {"type": "string"}}}}},
)
def session_file(service: Serving, actor: Who, plan_id: Id) -> Response:
    """One saved plan as a file, to pass on."""
    text = plan_text(service.plans.read(actor, plan_id))
    attached = {"Content-Disposition": f'attachment; filename="plan-{plan_id}.toml"'}
    return Response(text, media_type="application/toml", headers=attached)


@router.delete("/sessions/{plan_id}", status_code=204)
def remove_session(service: Serving, actor: Who, plan_id: Id) -> None:
    """Delete a saved plan."""
    service.plans.remove(actor, plan_id)


@router.post("/sessions/{plan_id}/run", status_code=202)
def run_session(service: Serving, actor: Who, plan_id: Id, body: RunBody) -> Begun:
    """Begin a saved plan; what runs now is stopped first."""
    plan = service.plans.read(actor, plan_id)
    number = service.plans.start(actor, plan, seats=seated(body.seats), group_id=body.group_id)
    return Begun(session_id=number)
