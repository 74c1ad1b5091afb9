"""Users, their roles and PINs, and the tokens of clients: for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher

from didim.console._actor import Actor
from didim.console._door import Clock, Door, check_name
from didim.console._permissions import Area, guarded
from didim.console._problems import Conflict, NotFound
from didim.console._secrets import (
    HASHER,
    TOKEN_PREFIX,
    check_secret,
    hashed_key,
    hashed_secret,
    new_key,
)
from didim.records import Book, NoSuchEntry, Role, Theme, Token, User
from didim.words import Language


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that has just been made: `token` is shown this once and kept nowhere."""

    id: int
    token: str


@guarded("users")
class Users(Area):
    """Who may come in. What changes here is written to the audit log by number."""

    def __init__(self, door: Door, book: Book, clock: Clock, hasher: PasswordHasher = HASHER) -> None:
        super().__init__(door)
        self._book, self._clock, self._hasher = book, clock, hasher

    def listed(self, actor: Actor) -> list[User]:
        """Everybody who may sign in."""
        return self._book.users.all()

    def add(self, actor: Actor, name: str, role: Role, secret: str) -> User:
        """Add a user with a first PIN or password.

        Raises:
            Invalid: the name or the secret cannot be used.
            Conflict: there is a user of that name.
        """
        check_name(name)
        check_secret(secret, name, role)
        if name.casefold() in {user.name.casefold() for user in self._book.users.all()}:
            raise Conflict("user_name_taken", name=name)
        user = self._book.users.add(name, role, hashed_secret(secret, self._hasher))
        self._changed(actor, "user.added", user.id)
        return user

    def set_role(self, actor: Actor, user_id: int, role: Role) -> None:
        """Give a user another role; whoever is signed in signs in anew.

        Raises:
            NotFound, Conflict: there is no such user, or they are the last admin.
        """
        user = self._user(user_id)
        if role != "admin":
            self._keep_an_admin(user)
        self._book.users.set_role(user_id, role)
        self._book.tokens.revoke_all_of(user_id)
        self._changed(actor, "user.role_changed", user_id)

    def set_secret(self, actor: Actor, user_id: int, secret: str) -> None:
        """Give a user another PIN or password; their sessions end.

        Raises:
            NotFound, Invalid: there is no such user, or the secret cannot be used.
        """
        self._set_secret(actor, self._user(user_id), secret)

    def set_own_secret(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own PIN or password; all one's sessions end.

        Raises:
            NotFound: no person acts. NotSignedIn, TooSoon: the old one is wrong, or was too often.
            Invalid: the new one cannot be used.
        """
        user = self._user(actor.user_id or 0)
        self._door.prove(user, old)
        self._set_secret(actor, user, new)

    def set_look(self, actor: Actor, *, language: Language | None = None, theme: Theme | None = None) -> None:
        """Choose what one reads and sees oneself, on whichever tablet; what is None stays as it is.

        Raises:
            NotFound: no person acts.
        """
        user = self._user(actor.user_id or 0)
        self._book.users.set_look(user.id, language=language or user.language, theme=theme or user.theme)
        self._door.forget()

    def remove(self, actor: Actor, user_id: int) -> None:
        """Remove a user and end their sessions.

        Raises:
            NotFound, Conflict: there is no such user, or they are the last admin.
        """
        self._keep_an_admin(self._user(user_id))
        self._book.users.remove(user_id)
        self._changed(actor, "user.removed", user_id)

    def tokens(self, actor: Actor) -> list[Token]:
        """The clients that have a token."""
        return self._book.tokens.all("client")

    def add_token(self, actor: Actor, name: str, role: Role, days: int | None = None) -> NewToken:
        """Make a token for a client, good for so many days or until it is removed.

        Raises:
            Invalid: the name cannot be used.
        """
        check_name(name)
        token = TOKEN_PREFIX + new_key()
        ends = self._clock() + timedelta(days=days) if days is not None else None
        kept = self._book.tokens.add("client", role, hashed_key(token), name=name, expires_at=ends)
        self._changed(actor, "token.added", kept.id)
        return NewToken(kept.id, token)

    def remove_token(self, actor: Actor, token_id: int) -> None:
        """Take a client's token away; raises NotFound."""
        if token_id not in {token.id for token in self._book.tokens.all("client")}:
            raise NotFound("no_token")
        self._book.tokens.revoke(token_id)
        self._changed(actor, "token.removed", token_id)

    def _set_secret(self, actor: Actor, user: User, secret: str) -> None:
        check_secret(secret, user.name, user.role)
        self._book.users.set_secret(user.id, hashed_secret(secret, self._hasher))
        self._book.tokens.revoke_all_of(user.id)
        self._changed(actor, "user.secret_changed", user.id)

    def _user(self, user_id: int) -> User:
        try:
            return self._book.users.get(user_id)
        except NoSuchEntry:
            raise NotFound("no_user") from None

    def _keep_an_admin(self, user: User) -> None:
        admins = [each for each in self._book.users.all() if each.role == "admin" and each.enabled]
        if admins == [user]:
            raise Conflict("last_admin")

    def _changed(self, actor: Actor, what: str, whom: int) -> None:
        self._door.forget()
        self._book.audit.note(what, user_id=actor.user_id, subject_id=whom)
