"""The shelf of users and tokens. Secrets come as hashes; who may do what is decided by the service layer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from didim.records._clock import Clock
from didim.records._problem import NoSuchEntry, RecordsError
from didim.records._schema import favourites, tokens, users
from didim.records._store import Store
from didim.records._user import Role, Theme, Token, TokenKind, User
from didim.words import Language


class Users:
    """Who may use the console, and the games each likes."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def all(self) -> list[User]:
        """Everybody by name."""
        with self._store.reading() as connection:
            return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]

    def named(self, name: str) -> User | None:
        """The user of that name."""
        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).first()
        return None if row is None else _user(row)

    def get(self, user_id: int) -> User:
        """One user; raises NoSuchEntry."""
        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.id == user_id)).first()
        if row is None:
            raise NoSuchEntry(f"there is no user {user_id}; it was taken away, or never was")
        return _user(row)

    def add(self, name: str, role: Role, secret_hash: str) -> User:
        """Let somebody in; raises RecordsError where the name is taken."""
        if self.named(name) is not None:
            raise RecordsError(f"there is a user {name!r} already; choose another name")
        fields: dict[str, Any] = {"name": name, "role": role, "created_at": self._now()}
        row = {**fields, "secret_hash": secret_hash, "enabled": True, "failures": 0}
        with self._store.writing() as connection:
            added = connection.execute(insert(users).values(**row))
            assert added.inserted_primary_key is not None
            return User(id=int(added.inserted_primary_key[0]), **fields)

    def secret_hash(self, user_id: int) -> str:
        """What the PIN or password is checked against; raises NoSuchEntry."""
        with self._store.reading() as connection:
            found = connection.execute(select(users.c.secret_hash).where(users.c.id == user_id)).scalar()
        if found is None:
            raise NoSuchEntry(f"there is no user {user_id}; it was taken away, or never was")
        return str(found)

    def set_secret(self, user_id: int, secret_hash: str) -> None:
        """Another PIN or password; raises NoSuchEntry."""
        self._update(user_id, secret_hash=secret_hash)

    def set_role(self, user_id: int, role: Role, *, enabled: bool = True) -> None:
        """Another role, or none at all; raises NoSuchEntry."""
        self._update(user_id, role=role, enabled=enabled)

    def set_look(self, user_id: int, *, language: Language | None, theme: Theme | None) -> None:
        """What a user reads and sees; raises NoSuchEntry."""
        self._update(user_id, language=language, theme=theme)

    def set_failures(self, user_id: int, failures: int, locked_until: datetime | None) -> None:
        """Wrong tries in a row, and until when none is taken; raises NoSuchEntry."""
        self._update(user_id, failures=failures, locked_until=locked_until)

    def remove(self, user_id: int) -> None:
        """Take a user away, with logins and favourites."""
        with self._store.writing() as connection:
            connection.execute(delete(users).where(users.c.id == user_id))

    def favourites(self, user_id: int) -> list[str]:
        """The games that a user likes, by slug."""
        query = select(favourites.c.game).where(favourites.c.user_id == user_id).order_by(favourites.c.game)
        with self._store.reading() as connection:
            return list(connection.execute(query).scalars())

    def set_favourite(self, user_id: int, game: str, liked: bool) -> None:
        """Put a game among a user's favourites, or take it out."""
        where = (favourites.c.user_id == user_id) & (favourites.c.game == game)
        with self._store.writing() as connection:
            connection.execute(delete(favourites).where(where))
            if liked:
                connection.execute(insert(favourites).values(user_id=user_id, game=game))

    def _update(self, user_id: int, **values: Any) -> None:
        with self._store.writing() as connection:
            done = connection.execute(update(users).where(users.c.id == user_id).values(**values))
        if done.rowcount == 0:
            raise NoSuchEntry(f"there is no user {user_id}; it was taken away, or never was")


class Tokens:
    """Secrets that stand for a role: logins of browsers, and clients of the API."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def add(
        self,
        kind: TokenKind,
        role: Role,
        secret_hash: str,
        *,
        name: str = "",
        user_id: int | None = None,
        expires_at: datetime | None = None,
    ) -> Token:
        """Keep a token by the hash of its secret."""
        fields: dict[str, Any] = {
            "kind": kind,
            "name": name,
            "role": role,
            "user_id": user_id,
            "created_at": self._now(),
            "expires_at": expires_at,
        }
        with self._store.writing() as connection:
            added = connection.execute(insert(tokens).values(secret_hash=secret_hash, **fields))
            assert added.inserted_primary_key is not None
            return Token(id=int(added.inserted_primary_key[0]), used_at=None, **fields)

    def of_hash(self, secret_hash: str) -> Token | None:
        """The token of that secret, unless it has expired."""
        with self._store.reading() as connection:
            row = connection.execute(select(tokens).where(tokens.c.secret_hash == secret_hash)).first()
        if row is None or (row.expires_at is not None and row.expires_at <= self._now()):
            return None
        return _token(row)

    def all(self, kind: TokenKind = "client") -> list[Token]:
        """Every token of a kind, the oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(select(tokens).where(tokens.c.kind == kind).order_by(tokens.c.id))
            return [_token(row) for row in rows]

    def used(self, token_id: int, *, expires_at: datetime | None = None) -> None:
        """Note that it was used now; with `expires_at` it is good until then."""
        values: dict[str, Any] = {"used_at": self._now()}
        if expires_at is not None:
            values["expires_at"] = expires_at
        with self._store.writing() as connection:
            connection.execute(update(tokens).where(tokens.c.id == token_id).values(**values))

    def revoke(self, token_id: int) -> None:
        """It is good no longer."""
        with self._store.writing() as connection:
            connection.execute(delete(tokens).where(tokens.c.id == token_id))

    def revoke_all_of(self, user_id: int) -> None:
        """None of a user's is good any longer: for a new PIN, or somebody who leaves."""
        with self._store.writing() as connection:
            connection.execute(delete(tokens).where(tokens.c.user_id == user_id))

    def drop_expired(self) -> int:
        """Forget those that have expired; how many."""
        with self._store.writing() as connection:
            return connection.execute(delete(tokens).where(tokens.c.expires_at <= self._now())).rowcount


def _user(row: Row[Any]) -> User:
    return User(**{name: row._mapping[name] for name in User.__slots__})


def _token(row: Row[Any]) -> Token:
    return Token(**{name: row._mapping[name] for name in Token.__slots__})
