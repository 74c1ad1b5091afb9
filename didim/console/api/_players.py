"""`/players`, `/groups`: who has a record, under which emblem, and who agreed to what."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from didim.console.api._asking import Serving, Who
from didim.console.api._body import LARGEST, Body, Id, Number, Words
from didim.records import AgeBand, Consent, Emblem, EmblemColor, Group, Player, Purpose, Sex, Sign

router = APIRouter(tags=["players"])

Year = Annotated[int, Field(ge=1900, le=2200)]


class EmblemBody(Body):
    """A sign in a color, as the floor draws it."""

    sign: Sign
    color: EmblemColor

    def emblem(self) -> Emblem:
        return Emblem(self.sign, self.color)


class NewPlayerBody(Body):
    """A new player; without an emblem they get one that is free."""

    emblem: EmblemBody | None = None
    group_id: Number | None = None
    birth_year: Year | None = None


class PlayerBody(Body):
    emblem: EmblemBody
    birth_year: Year | None = None


class NameBody(Body):
    """A real name; null takes it away."""

    name: Words | None


class BodyBody(Body):
    """Sex and body mass, kg, for calories; null takes them away."""

    sex: Sex | None = None
    mass_kg: Annotated[float, Field(ge=5, le=250)] | None = None


class ConsentBody(Body):
    """Who agreed, as the guardian or, from 16 years on, for themselves."""

    purpose: Purpose
    who: Words
    relation: Literal["guardian", "self"] = "guardian"


class GroupBody(Body):
    name: Words
    age: AgeBand


@router.get("/players")
def players(
    service: Serving, actor: Who, group_id: Annotated[int | None, Query(ge=1, le=LARGEST)] = None
) -> list[Player]:
    """Everybody, or one group."""
    return service.players.listed(actor, group_id)


@router.post("/players", status_code=201)
def add_player(service: Serving, actor: Who, body: NewPlayerBody) -> Player:
    """Begin a record."""
    emblem = body.emblem.emblem() if body.emblem else None
    return service.players.add(actor, emblem=emblem, group_id=body.group_id, birth_year=body.birth_year)


@router.get("/players/{player_id}")
def player(service: Serving, actor: Who, player_id: Id) -> Player:
    """One player."""
    return service.players.one(actor, player_id)


@router.put("/players/{player_id}", status_code=204)
def change_player(service: Serving, actor: Who, player_id: Id, body: PlayerBody) -> None:
    """Give another emblem or birth year."""
    service.players.change(actor, player_id, emblem=body.emblem.emblem(), birth_year=body.birth_year)


@router.delete("/players/{player_id}", status_code=204)
def erase_player(service: Serving, actor: Who, player_id: Id) -> None:
    """Delete all there is of a player, for good."""
    service.players.erase(actor, player_id)


@router.put("/players/{player_id}/name", status_code=204)
def set_name(service: Serving, actor: Who, player_id: Id, body: NameBody) -> None:
    """Keep a real name; the site has to want names, and a consent has to be recorded."""
    service.players.set_name(actor, player_id, body.name)


@router.put("/players/{player_id}/body", status_code=204)
def set_body(service: Serving, actor: Who, player_id: Id, body: BodyBody) -> None:
    """Keep sex and body mass; a consent has to be recorded."""
    service.players.set_body(actor, player_id, sex=body.sex, mass_kg=body.mass_kg)


@router.get("/players/{player_id}/consents")
def consents(service: Serving, actor: Who, player_id: Id) -> list[Consent]:
    """All that was agreed to, withdrawn ones too."""
    return service.players.consents(actor, player_id)


@router.post("/players/{player_id}/consents", status_code=201)
def add_consent(service: Serving, actor: Who, player_id: Id, body: ConsentBody) -> Consent:
    """Record that somebody agreed now."""
    return service.players.consent(actor, player_id, body.purpose, who=body.who, relation=body.relation)


@router.delete("/players/{player_id}/consents/{purpose}", status_code=204)
def withdraw_consent(service: Serving, actor: Who, player_id: Id, purpose: Purpose) -> None:
    """Consent ends; what was kept for it goes at once."""
    service.players.withdraw(actor, player_id, purpose)


@router.get("/players/{player_id}/groups")
def groups_of(service: Serving, actor: Who, player_id: Id) -> list[int]:
    """The numbers of the groups that a player is in."""
    return service.players.groups_of(actor, player_id)


@router.get("/groups")
def groups(service: Serving, actor: Who) -> list[Group]:
    """All groups by name."""
    return service.players.groups(actor)


@router.post("/groups", status_code=201)
def add_group(service: Serving, actor: Who, body: GroupBody) -> Group:
    """Add a class or team."""
    return service.players.add_group(actor, body.name, body.age)


@router.put("/groups/{group_id}", status_code=204)
def change_group(service: Serving, actor: Who, group_id: Id, body: GroupBody) -> None:
    """Rename a group or set its age."""
    service.players.change_group(actor, group_id, body.name, body.age)


@router.delete("/groups/{group_id}", status_code=204)
def remove_group(service: Serving, actor: Who, group_id: Id) -> None:
    """Take a group away; its players and their records stay."""
    service.players.remove_group(actor, group_id)


@router.put("/groups/{group_id}/players/{player_id}", status_code=204)
def join(service: Serving, actor: Who, group_id: Id, player_id: Id) -> None:
    """Put a player in a group."""
    service.players.join(actor, player_id, group_id)


@router.delete("/groups/{group_id}/players/{player_id}", status_code=204)
def leave(service: Serving, actor: Who, group_id: Id, player_id: Id) -> None:
    """Take a player out of a group."""
    service.players.leave(actor, player_id, group_id)
