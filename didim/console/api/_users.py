"""`/sign-in`, `/users`, `/tokens`: who may come in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from didim.console._door import Entry
from didim.console._users import NewToken
from didim.console.api._asking import Serving, Who
from didim.console.api._body import Body, Id
from didim.console.web._origin import address_of
from didim.console.web._who import give_cookie, session_key, take_cookie
from didim.records import Role, Theme
from didim.words import Language

router = APIRouter(tags=["users"])
door_router = APIRouter(tags=["sign-in"])

Name = Annotated[str, Field(max_length=200)]
Secret = Annotated[str, Field(max_length=1000)]


class SignInBody(Body):
    """`new` takes the place of `secret`: for whose role asks for a longer one than they have."""

    name: Name
    secret: Secret
    new: Secret | None = None


class Session(BaseModel):
    """A session that began; the cookie holds its key. `csrf` goes into X-CSRF-Token of every change."""

    name: str
    role: Role
    csrf: str
    ends: datetime


class UserTold(BaseModel):
    """Somebody who may sign in."""

    id: int
    name: str
    role: Role


class TokenTold(BaseModel):
    """A client's token, without the token; times in UTC."""

    id: int
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


class UserBody(Body):
    name: Name
    role: Role
    secret: Secret


class RoleBody(Body):
    role: Role


class SecretBody(Body):
    secret: Secret


class OwnSecretBody(Body):
    old: Secret
    new: Secret


class TokenBody(Body):
    """A client's token; `days` is how long it is good, null until it is removed."""

    name: Name
    role: Role
    days: Annotated[int, Field(ge=1, le=3650)] | None = None


class LookBody(Body):
    language: Language | None = None
    theme: Theme | None = None


class Me(BaseModel):
    """Who asks, as the console knows them; `language` and `theme` null: as the tablet is set."""

    name: str
    role: Role
    kind: Literal["user", "token", "rig"]
    language: Language | None = None
    theme: Theme | None = None


@door_router.post("/sign-in")
def sign_in(service: Serving, request: Request, response: Response, body: SignInBody) -> Session:
    """Begin a session with a PIN or password; its key comes as a cookie."""
    entry = service.door.sign_in(body.name, body.secret, address_of(request.scope), new=body.new)
    give_cookie(response, entry, tls=request.url.scheme == "https")
    return _session(entry)


@router.post("/sign-out", status_code=204)
def sign_out(service: Serving, actor: Who, request: Request, response: Response) -> None:
    """End the session of the cookie."""
    service.door.sign_out(session_key(request))
    take_cookie(response, tls=request.url.scheme == "https")


@router.get("/me")
def me(actor: Who) -> Me:
    """Who asks."""
    kind: Literal["user", "token", "rig"]
    kind = "user" if actor.user_id else "token" if actor.key else "rig"
    return Me(name=actor.name, role=actor.role, kind=kind, language=actor.language, theme=actor.theme)


@router.put("/me/secret", status_code=204)
def set_own_secret(service: Serving, actor: Who, body: OwnSecretBody) -> None:
    """Change one's own PIN or password; all one's sessions end."""
    service.users.set_own_secret(actor, body.old, body.new)


@router.put("/me/look", status_code=204)
def set_look(service: Serving, actor: Who, body: LookBody) -> None:
    """Choose what one reads and sees on every tablet; what is null stays as it is."""
    service.users.set_look(actor, language=body.language, theme=body.theme)


@router.get("/users")
def users(service: Serving, actor: Who) -> list[UserTold]:
    """Everybody who may sign in."""
    return [UserTold.model_validate(user, from_attributes=True) for user in service.users.listed(actor)]


@router.post("/users", status_code=201)
def add_user(service: Serving, actor: Who, body: UserBody) -> UserTold:
    """Add a user with a first PIN or password."""
    user = service.users.add(actor, body.name, body.role, body.secret)
    return UserTold.model_validate(user, from_attributes=True)


@router.put("/users/{user_id}/role", status_code=204)
def set_role(service: Serving, actor: Who, user_id: Id, body: RoleBody) -> None:
    """Give a user another role."""
    service.users.set_role(actor, user_id, body.role)


@router.put("/users/{user_id}/secret", status_code=204)
def set_secret(service: Serving, actor: Who, user_id: Id, body: SecretBody) -> None:
    """Give a user another PIN or password; their sessions end."""
    service.users.set_secret(actor, user_id, body.secret)


@router.delete("/users/{user_id}", status_code=204)
def remove_user(service: Serving, actor: Who, user_id: Id) -> None:
    """Remove a user and end their sessions."""
    service.users.remove(actor, user_id)


@router.get("/tokens")
def tokens(service: Serving, actor: Who) -> list[TokenTold]:
    """The clients that have a token."""
    return [TokenTold.model_validate(token, from_attributes=True) for token in service.users.tokens(actor)]


@router.post("/tokens", status_code=201)
def add_token(service: Serving, actor: Who, body: TokenBody) -> NewToken:
    """Make a token for a client; it is told this once."""
    return service.users.add_token(actor, body.name, body.role, body.days)


@router.delete("/tokens/{token_id}", status_code=204)
def remove_token(service: Serving, actor: Who, token_id: Id) -> None:
    """Take a client's token away."""
    service.users.remove_token(actor, token_id)


def _session(entry: Entry) -> Session:
    return Session(name=entry.actor.name, role=entry.actor.role, csrf=entry.csrf, ends=entry.ends)
