"""What is kept of those who may come in: users, their sessions, and the tokens of clients."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from didim.console._actor import Role


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works with the console; `secret` is the argon2id hash of their PIN or password."""

    id: int
    name: str
    role: Role
    secret: str


@dataclass(frozen=True, slots=True)
class Session:
    """A user signed in on one device; `key` is the hash of what its cookie holds. Times are in UTC."""

    key: str
    user_id: int
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A client that may use the HTTP API; `key` is the hash of its token. Times are in UTC."""

    id: int
    name: str
    role: Role
    key: str
    made: datetime
    ends: datetime | None = None


class Keyring(Protocol):
    """Where users, sessions and tokens are kept.

    Names of users are unique, whatever the case. Changing or removing what is not there does nothing.
    """

    def users(self) -> tuple[User, ...]: ...

    def add_user(self, name: str, role: Role, secret: str) -> User: ...

    def change_user(self, user: User) -> None: ...

    def remove_user(self, user_id: int) -> None:
        """Remove a user and their sessions."""

    def sessions(self) -> tuple[Session, ...]: ...

    def keep_session(self, session: Session) -> None:
        """Add a session, or renew the one of its key."""

    def drop_session(self, key: str) -> None: ...

    def tokens(self) -> tuple[Token, ...]: ...

    def add_token(self, name: str, role: Role, key: str, made: datetime, ends: datetime | None) -> Token: ...

    def drop_token(self, token_id: int) -> None: ...


class MemoryKeyring:
    """A keyring that forgets all at its end: for tests, and for a console that keeps no records."""

    def __init__(self) -> None:
        self._users: dict[int, User] = {}
        self._sessions: dict[str, Session] = {}
        self._tokens: dict[int, Token] = {}
        self._made = 0

    def users(self) -> tuple[User, ...]:
        return tuple(self._users.values())

    def add_user(self, name: str, role: Role, secret: str) -> User:
        user = User(self._next(), name, role, secret)
        self._users[user.id] = user
        return user

    def change_user(self, user: User) -> None:
        if user.id in self._users:
            self._users[user.id] = replace(user)

    def remove_user(self, user_id: int) -> None:
        self._users.pop(user_id, None)
        self._sessions = {key: each for key, each in self._sessions.items() if each.user_id != user_id}

    def sessions(self) -> tuple[Session, ...]:
        return tuple(self._sessions.values())

    def keep_session(self, session: Session) -> None:
        self._sessions[session.key] = session

    def drop_session(self, key: str) -> None:
        self._sessions.pop(key, None)

    def tokens(self) -> tuple[Token, ...]:
        return tuple(self._tokens.values())

    def add_token(self, name: str, role: Role, key: str, made: datetime, ends: datetime | None) -> Token:
        token = Token(self._next(), name, role, key, made, ends)
        self._tokens[token.id] = token
        return token

    def drop_token(self, token_id: int) -> None:
        self._tokens.pop(token_id, None)

    def _next(self) -> int:
        self._made += 1
        return self._made
