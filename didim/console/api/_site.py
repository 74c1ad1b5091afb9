"""`/health`, `/settings`, `/audit`, `/backups`: the rig and its site."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from didim.console._settings import SETTINGS
from didim.console.api._asking import Serving, Who
from didim.console.api._body import Body, Limit
from didim.records import AuditEntry

router = APIRouter(tags=["site"])

HEALTH: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}}}
}


class ValueBody(Body):
    """A setting's new value, of the kind that it has."""

    value: bool | int | str | list[str]


class Backup(BaseModel):
    """The file of a backup that was written and read back."""

    file: str


@router.get("/health", response_class=Response, responses=HEALTH)
def health(service: Serving, actor: Who) -> Response:
    """How the running rig is."""
    return Response(msgspec.json.encode(service.rig.health(actor)), media_type="application/json")


@router.get("/settings")
def settings(service: Serving, actor: Who) -> dict[str, bool | int | str | list[str]]:
    """Every setting of the site."""
    return dict(service.settings.all(actor))


@router.put("/settings/{name}", status_code=204)
def set_setting(
    service: Serving,
    actor: Who,
    name: Annotated[str, Path(max_length=40, description=", ".join(SETTINGS))],
    body: ValueBody,
) -> None:
    """Change a setting."""
    service.settings.set(actor, name, body.value)


@router.get("/audit")
def audit(service: Serving, actor: Who, limit: Limit = 500) -> list[AuditEntry]:
    """What was done, the newest first: numbers, no names."""
    return service.settings.audit(actor, limit)


@router.post("/backups", status_code=201)
def back_up(service: Serving, actor: Who) -> Backup:
    """Write a backup now and check that it can be read back."""
    return Backup(file=service.settings.back_up(actor))
