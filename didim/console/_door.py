"""The door: who comes in with a PIN, a cookie or a token, and for how long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from didim.console._actor import Actor
from didim.console._patience import Patience
from didim.console._problems import Conflict, Invalid, NotSignedIn, TooSoon
from didim.console._secrets import (
    HASHER,
    LEAST,
    check_secret,
    csrf_of,
    hashed_key,
    hashed_secret,
    new_code,
    new_key,
    same,
    secret_fits,
)
from didim.records import Book, NoSuchEntry, Token, TokenKind, User

Clock = Callable[[], datetime]
"""The time, in UTC."""

IDLE_ENDS = timedelta(hours=2)
"""A session that nobody used for so long is over: a lesson with its break fits in."""
SESSION_ENDS = timedelta(hours=12)
"""However much it is used: a working day."""
REMEMBERED_FOR = timedelta(seconds=5)
"""What another process changed in the book is known within this time."""
SEEN_EVERY = timedelta(minutes=1)
KNOWN_MOST = 1000
NAME_MOST = 40
LONGEST_WAIT_S = {"address": 900.0, "name": 60.0}
"""An address that guesses waits up to a quarter of an hour; a name a minute, or a stranger could lock it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session that has just begun: `key` goes into the cookie and nowhere else."""

    key: str
    actor: Actor
    ends: datetime

    @property
    def csrf(self) -> str:
        return csrf_of(self.key)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the book said of a key, and when."""

    token: Token
    user: User | None
    read_at: datetime


class Door:
    """Lets people and clients in, and knows who of them is still there.

    Safe to call from several threads. `code` is the one-time word of the first set-up: it is printed where
    didim was started, and is good for as long as there is no user.
    """

    def __init__(self, book: Book, clock: Clock, hasher: PasswordHasher = HASHER) -> None:
        self._book, self._clock, self._hasher = book, clock, hasher
        self._entering, self._looking = threading.Lock(), threading.Lock()
        self._patience = {kind: Patience(longest_s) for kind, longest_s in LONGEST_WAIT_S.items()}
        self._nobody = hashed_secret(new_key(), hasher)
        self._known: dict[str, _Known] = {}
        self.code = new_code()

    @property
    def needs_set_up(self) -> bool:
        """Whether nobody can sign in yet, so that the first admin has to be made."""
        return not self._book.users.all()

    def set_up(self, code: str, name: str, secret: str, address: str) -> Entry:
        """Make the first admin, who proves to stand at the rig by the code on its screen.

        Raises:
            Conflict: there are users already.
            TooSoon, NotSignedIn: the code is wrong.
            Invalid: the name or the secret cannot be used.
        """
        with self._entering:
            if not self.needs_set_up:
                raise Conflict("already_set_up")
            self._refuse_hurry(address, "")
            if not same(code.strip().replace(" ", "-"), self.code):
                self._patience["address"].wrong(address, self._now_s())
                raise NotSignedIn("wrong_code")
            check_name(name)
            check_secret(secret, name, "admin")
            user = self._book.users.add(name, "admin", hashed_secret(secret, self._hasher))
            self._book.audit.note("console.set_up", user_id=user.id)
            return self._begin(user)

    def sign_in(self, name: str, secret: str, address: str, *, new: str | None = None) -> Entry:
        """Begin a session, with a new secret from now on where `new` is one.

        Raises:
            TooSoon: too many wrong tries from this address or for this name; this one did not count.
            NotSignedIn: name or secret are wrong; which of them is not told. Or the secret is right and
                too short for the role that its owner has got since: `new` has to be given.
            Invalid: the new one cannot be used.
        """
        with self._entering:  # one at a time: a hash takes 64 MiB, and a game plays beside it
            folded = name.strip().casefold()
            self._refuse_hurry(address, folded)
            user = self._named(folded)
            kept = self._book.users.secret_hash(user.id) if user else self._nobody
            if not secret_fits(kept, secret, self._hasher) or user is None:
                self._patience["address"].wrong(address, self._now_s())
                self._patience["name"].wrong(folded, self._now_s())
                raise NotSignedIn("wrong_secret")
            self._patience["address"].right(address)
            self._patience["name"].right(folded)
            if new is not None:
                check_secret(new, user.name, user.role)
                if new == secret:
                    raise Invalid("secret_same")
                self._book.tokens.revoke_all_of(user.id)
                self._book.audit.note("user.secret_changed", user_id=user.id, subject_id=user.id)
                self.forget()
            elif len(secret) < LEAST[user.role]:
                raise NotSignedIn("secret_outgrown", least=LEAST[user.role])
            if new is not None or self._hasher.check_needs_rehash(kept):
                self._book.users.set_secret(user.id, hashed_secret(new or secret, self._hasher))
            return self._begin(user)

    def prove(self, user: User, secret: str) -> None:
        """Have somebody who is signed in show that they know their PIN or password.

        Raises:
            TooSoon, NotSignedIn: as in `sign_in`: a tablet left alone is no place to guess either.
        """
        with self._entering:
            folded = user.name.casefold()
            self._refuse_hurry("", folded)
            if not secret_fits(self._book.users.secret_hash(user.id), secret, self._hasher):
                self._patience["name"].wrong(folded, self._now_s())
                raise NotSignedIn("wrong_secret")
            self._patience["name"].right(folded)

    def sign_out(self, key: str) -> None:
        """End the session of a cookie; one that is over already is no error."""
        token = self._book.tokens.of_hash(hashed_key(key))
        if token is not None and token.kind == "login":
            self._book.tokens.revoke(token.id)
        self.forget()

    def actor_of_cookie(self, key: str, *, used: bool = True) -> Actor:
        """Who the cookie belongs to. `used` renews the idle time: a person did something.

        Raises:
            NotSignedIn: there is no such session, or it is over.
        """
        return self._actor(hashed_key(key), "login", used=used)

    def actor_of_token(self, token: str) -> Actor:
        """Which client the token belongs to.

        Raises:
            NotSignedIn: there is no such token, or its time is over.
        """
        return self._actor(hashed_key(token), "client", used=True)

    def confirm(self, actor: Actor) -> None:
        """Check that the actor's session or token still holds, and that their role is still theirs.

        Raises:
            NotSignedIn: it ended, the user is gone, or has another role now.
        """
        if actor.key is None:
            return
        kind: TokenKind = "client" if actor.user_id is None else "login"
        if self._actor(actor.key, kind, used=False).role != actor.role:
            raise NotSignedIn("session_ended")

    def forget(self) -> None:
        """Look at the book anew before the next answer: something in it was changed."""
        with self._looking:
            self._known.clear()

    def _refuse_hurry(self, address: str, name: str) -> None:
        now_s = self._now_s()
        waits = self._patience["address"].wait_s(address, now_s), self._patience["name"].wait_s(name, now_s)
        if max(waits) > 0:
            raise TooSoon(max(waits))

    def _named(self, folded: str) -> User | None:
        users = [user for user in self._book.users.all() if user.name.casefold() == folded and user.enabled]
        return users[0] if users else None

    def _begin(self, user: User) -> Entry:
        key, ends = new_key(), self._clock() + SESSION_ENDS
        self._book.tokens.drop_expired()
        self._book.tokens.add("login", user.role, hashed_key(key), user_id=user.id, expires_at=ends)
        return Entry(key, _actor_of_user(user, hashed_key(key)), ends)

    def _actor(self, hashed: str, kind: TokenKind, *, used: bool) -> Actor:
        gone = "not_signed_in" if kind == "login" else "token_unknown"
        with self._looking:
            known, now = self._read(hashed), self._clock()
            if known is None or known.token.kind != kind or (kind == "login" and known.user is None):
                raise NotSignedIn(gone)
            token = known.token
            seen = token.used_at or token.created_at
            if token.expires_at is not None and token.expires_at <= now:
                raise NotSignedIn("session_ended" if kind == "login" else gone)
            if kind == "login" and now - seen > IDLE_ENDS:
                raise NotSignedIn("session_ended")
            if used and (now - seen > SEEN_EVERY or token.used_at is None):
                self._book.tokens.used(token.id)
                del self._known[hashed]
        if known.user is None:
            return Actor(token.role, token.name, key=hashed)
        return _actor_of_user(known.user, hashed)

    def _read(self, hashed: str) -> _Known | None:
        now = self._clock()
        known = self._known.get(hashed)
        if known is not None and timedelta() <= now - known.read_at < REMEMBERED_FOR:
            return known
        self._known.pop(hashed, None)
        token = self._book.tokens.of_hash(hashed)
        if token is None:
            return None
        if len(self._known) >= KNOWN_MOST:
            self._known.clear()
        known = self._known[hashed] = _Known(token, self._user(token.user_id), now)
        return known

    def _user(self, user_id: int | None) -> User | None:
        try:
            user = self._book.users.get(user_id) if user_id is not None else None
        except NoSuchEntry:
            return None
        return user if user is not None and user.enabled else None

    def _now_s(self) -> float:
        return self._clock().timestamp()


def _actor_of_user(user: User, hashed: str) -> Actor:
    return Actor(user.role, user.name, user.id, hashed, user.language, user.theme)


def check_name(name: str) -> None:
    """Raises Invalid where nobody could be called so."""
    if not 1 <= len(name) <= NAME_MOST or name != name.strip() or not name.isprintable():
        raise Invalid("user_name", most=NAME_MOST)
