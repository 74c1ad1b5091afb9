"""Users, their roles and PINs, and the tokens of clients: for admins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from didim.console._actor import Actor, Role
from didim.console._door import Clock, Door, check_name
from didim.console._keyring import Keyring, User
from didim.console._permissions import Area, guarded
from didim.console._problems import Conflict, NotFound, NotSignedIn
from didim.console._secrets import (
    HASHER,
    TOKEN_PREFIX,
    check_secret,
    hashed_key,
    hashed_secret,
    new_key,
    secret_fits,
)

Audit = Callable[[str, str, str], None]
"""Takes who, what and about whom, as references without a name: ("user 1", "users.add", "user 4")."""


@dataclass(frozen=True, slots=True)
class UserSeen:
    """A user as an admin sees them: without the hash."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """A token as an admin sees it: without the hash; times in UTC."""

    id: int
    name: str
    role: Role
    made: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that has just been made: `token` is shown this once and kept nowhere."""

    id: int
    token: str


@guarded("users")
class Users(Area):
    """Who may come in."""

    def __init__(
        self, door: Door, keyring: Keyring, clock: Clock, audit: Audit, hasher: PasswordHasher = HASHER
    ) -> None:
        super().__init__(door)
        self._keyring, self._clock, self._audit, self._hasher = keyring, clock, audit, hasher

    def listed(self, actor: Actor) -> tuple[UserSeen, ...]:
        """Everybody who may sign in."""
        return tuple(UserSeen(user.id, user.name, user.role) for user in self._keyring.users())

    def add(self, actor: Actor, name: str, role: Role, secret: str) -> UserSeen:
        """Add a user with a first PIN or password.

        Raises:
            Invalid: the name or the secret cannot be used.
            Conflict: there is a user of that name.
        """
        check_name(name)
        check_secret(secret, name, role)
        if name.casefold() in {user.name.casefold() for user in self._keyring.users()}:
            raise Conflict("user_name_taken", name=name)
        user = self._keyring.add_user(name, role, hashed_secret(secret, self._hasher))
        self._changed(actor, "users.add", f"user {user.id}")
        return UserSeen(user.id, user.name, user.role)

    def set_role(self, actor: Actor, user_id: int, role: Role) -> None:
        """Give a user another role; whoever is signed in signs in anew.

        Raises:
            NotFound, Conflict: there is no such user, or they are the last admin.
        """
        user = self._user(user_id)
        if role != "admin":
            self._keep_an_admin(user)
        self._keyring.change_user(replace(user, role=role))
        self._changed(actor, "users.set_role", f"user {user_id}")

    def set_secret(self, actor: Actor, user_id: int, secret: str) -> None:
        """Give a user another PIN or password; their sessions end.

        Raises:
            NotFound, Invalid: there is no such user, or the secret cannot be used.
        """
        self._set_secret(actor, self._user(user_id), secret)

    def set_own_secret(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own PIN or password; all one's sessions end.

        Raises:
            NotFound, NotSignedIn, Invalid: no person acts, the old one is wrong, the new one cannot be used.
        """
        user = self._user(actor.user_id or 0)
        if not secret_fits(user.secret, old, self._hasher):
            raise NotSignedIn("wrong_secret")
        self._set_secret(actor, user, new)

    def remove(self, actor: Actor, user_id: int) -> None:
        """Remove a user and end their sessions.

        Raises:
            NotFound, Conflict: there is no such user, or they are the last admin.
        """
        self._keep_an_admin(self._user(user_id))
        self._keyring.remove_user(user_id)
        self._changed(actor, "users.remove", f"user {user_id}")

    def tokens(self, actor: Actor) -> tuple[TokenSeen, ...]:
        """The clients that have a token."""
        return tuple(
            TokenSeen(each.id, each.name, each.role, each.made, each.ends) for each in self._keyring.tokens()
        )

    def add_token(self, actor: Actor, name: str, role: Role, days: int | None = None) -> NewToken:
        """Make a token for a client, good for so many days or until it is removed.

        Raises:
            Invalid: the name cannot be used.
        """
        check_name(name)
        token, made = TOKEN_PREFIX + new_key(), self._clock()
        ends = made + timedelta(days=days) if days is not None else None
        kept = self._keyring.add_token(name, role, hashed_key(token), made, ends)
        self._changed(actor, "users.add_token", f"token {kept.id}")
        return NewToken(kept.id, token)

    def remove_token(self, actor: Actor, token_id: int) -> None:
        """Take a client's token away; raises NotFound."""
        if token_id not in {token.id for token in self._keyring.tokens()}:
            raise NotFound("no_token")
        self._keyring.drop_token(token_id)
        self._changed(actor, "users.remove_token", f"token {token_id}")

    def _set_secret(self, actor: Actor, user: User, secret: str) -> None:
        check_secret(secret, user.name, user.role)
        self._keyring.change_user(replace(user, secret=hashed_secret(secret, self._hasher)))
        for session in self._keyring.sessions():
            if session.user_id == user.id:
                self._keyring.drop_session(session.key)
        self._changed(actor, "users.set_secret", f"user {user.id}")

    def _user(self, user_id: int) -> User:
        for user in self._keyring.users():
            if user.id == user_id:
                return user
        raise NotFound("no_user")

    def _keep_an_admin(self, user: User) -> None:
        admins = [each for each in self._keyring.users() if each.role == "admin"]
        if admins == [user]:
            raise Conflict("last_admin")

    def _changed(self, actor: Actor, what: str, whom: str) -> None:
        self._door.forget()
        self._audit(actor.ref, what, whom)
