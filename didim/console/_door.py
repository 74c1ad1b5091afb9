"""The door: who comes in with a PIN, a cookie or a token, and for how long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from didim.console._actor import Actor
from didim.console._keyring import Keyring, Session, Token, User
from didim.console._patience import Patience
from didim.console._problems import Conflict, Invalid, NotSignedIn, TooSoon
from didim.console._secrets import (
    HASHER,
    TOKEN_PREFIX,
    check_secret,
    csrf_of,
    hashed_key,
    hashed_secret,
    new_code,
    new_key,
    same,
    secret_fits,
)

Clock = Callable[[], datetime]
"""The time, in UTC."""

IDLE_ENDS = timedelta(hours=2)
"""A session that nobody used for so long is over: a lesson with its break fits in."""
SESSION_ENDS = timedelta(hours=12)
"""However much it is used: a working day."""
REMEMBERED_FOR = timedelta(seconds=5)
"""What another process changed in the keyring is known within this time."""
SEEN_EVERY = timedelta(minutes=1)
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


class Door:
    """Lets people and clients in, and knows who of them is still there.

    Safe to call from several threads. `code` is the one-time word of the first set-up: it is printed where
    didim was started, and is good for as long as there is no user.
    """

    def __init__(self, keyring: Keyring, clock: Clock, hasher: PasswordHasher = HASHER) -> None:
        self._keyring, self._clock, self._hasher = keyring, clock, hasher
        self._lock = threading.Lock()
        self._patience = {kind: Patience(longest_s) for kind, longest_s in LONGEST_WAIT_S.items()}
        self._nobody = hashed_secret(new_key(), hasher)
        self._read_at: datetime | None = None
        self._users: dict[int, User] = {}
        self._sessions: dict[str, Session] = {}
        self._tokens: dict[str, Token] = {}
        self.code = new_code()

    @property
    def needs_set_up(self) -> bool:
        """Whether nobody can sign in yet, so that the first admin has to be made."""
        return not self._keyring.users()

    def set_up(self, code: str, name: str, secret: str, address: str) -> Entry:
        """Make the first admin, who proves to stand at the rig by the code on its screen.

        Raises:
            Conflict: there are users already.
            TooSoon, NotSignedIn: the code is wrong.
            Invalid: the name or the secret cannot be used.
        """
        with self._lock:
            if not self.needs_set_up:
                raise Conflict("already_set_up")
            self._refuse_hurry(address, "")
            if not same(code.strip().replace(" ", "-"), self.code):
                self._patience["address"].wrong(address, self._now_s())
                raise NotSignedIn("wrong_code")
            check_name(name)
            check_secret(secret, name, "admin")
            user = self._keyring.add_user(name, "admin", hashed_secret(secret, self._hasher))
            return self._begin(user)

    def sign_in(self, name: str, secret: str, address: str) -> Entry:
        """Begin a session.

        Raises:
            TooSoon: too many wrong tries from this address or for this name; this one did not count.
            NotSignedIn: name or secret are wrong; which of them is not told.
        """
        with self._lock:  # one at a time: a hash takes 64 MiB, and a game plays beside it
            folded = name.strip().casefold()
            self._refuse_hurry(address, folded)
            user = next((each for each in self._keyring.users() if each.name.casefold() == folded), None)
            kept = user.secret if user else self._nobody
            if not secret_fits(kept, secret[:4096], self._hasher) or user is None:
                self._patience["address"].wrong(address, self._now_s())
                self._patience["name"].wrong(folded, self._now_s())
                raise NotSignedIn("wrong_secret")
            self._patience["address"].right(address)
            self._patience["name"].right(folded)
            if self._hasher.check_needs_rehash(user.secret):
                user = replace(user, secret=hashed_secret(secret, self._hasher))
                self._keyring.change_user(user)
            return self._begin(user)

    def sign_out(self, key: str) -> None:
        """End the session of a cookie; one that is over already is no error."""
        with self._lock:
            self._keyring.drop_session(hashed_key(key))
            self._sessions.pop(hashed_key(key), None)

    def actor_of_cookie(self, key: str, *, used: bool = True) -> Actor:
        """Who the cookie belongs to. `used` renews the idle time: a person did something.

        Raises:
            NotSignedIn: there is no such session, or it is over.
        """
        with self._lock:
            return self._actor(self._living(hashed_key(key), used=used))

    def actor_of_token(self, token: str) -> Actor:
        """Which client the token belongs to.

        Raises:
            NotSignedIn: there is no such token, or its time is over.
        """
        with self._lock:
            self._refresh()
            kept = self._tokens.get(hashed_key(token)) if token.startswith(TOKEN_PREFIX) else None
            if kept is None or (kept.ends is not None and kept.ends <= self._clock()):
                raise NotSignedIn("token_unknown")
            return Actor(f"token {kept.id}", kept.role, kept.name)

    def confirm(self, actor: Actor) -> None:
        """Check that the actor's session still lives and that their role is still theirs.

        Raises:
            NotSignedIn: it ended, the user is gone, or has another role now.
        """
        if actor.session is None:
            return
        with self._lock:
            if self._actor(self._living(actor.session, used=False)).role != actor.role:
                raise NotSignedIn("session_ended")

    def forget(self) -> None:
        """Look at the keyring anew before the next answer: something in it was changed."""
        with self._lock:
            self._read_at = None

    def _refuse_hurry(self, address: str, name: str) -> None:
        now_s = self._now_s()
        waits = self._patience["address"].wait_s(address, now_s), self._patience["name"].wait_s(name, now_s)
        if max(waits) > 0:
            raise TooSoon(max(waits))

    def _begin(self, user: User) -> Entry:
        key, now = new_key(), self._clock()
        session = Session(hashed_key(key), user.id, now, now)
        self._keyring.keep_session(session)
        self._read_at = None
        return Entry(key, _actor_of(user, session), now + SESSION_ENDS)

    def _living(self, hashed: str, *, used: bool) -> Session:
        self._refresh()
        session, now = self._sessions.get(hashed), self._clock()
        if session is None or session.user_id not in self._users:
            raise NotSignedIn("not_signed_in")
        if now - session.since > SESSION_ENDS or now - session.seen > IDLE_ENDS:
            self._keyring.drop_session(hashed)
            del self._sessions[hashed]
            raise NotSignedIn("session_ended")
        if used and now - session.seen > SEEN_EVERY:
            session = self._sessions[hashed] = replace(session, seen=now)
            self._keyring.keep_session(session)
        return session

    def _actor(self, session: Session) -> Actor:
        return _actor_of(self._users[session.user_id], session)

    def _refresh(self) -> None:
        now = self._clock()
        if self._read_at is not None and timedelta() <= now - self._read_at < REMEMBERED_FOR:
            return
        self._users = {user.id: user for user in self._keyring.users()}
        self._sessions = {session.key: session for session in self._keyring.sessions()}
        self._tokens = {token.key: token for token in self._keyring.tokens()}
        self._read_at = now

    def _now_s(self) -> float:
        return self._clock().timestamp()


def _actor_of(user: User, session: Session) -> Actor:
    return Actor(f"user {user.id}", user.role, user.name, user.id, session.key)


def check_name(name: str) -> None:
    """Raises Invalid where nobody could be called so."""
    if not 1 <= len(name) <= NAME_MOST or name != name.strip() or not name.isprintable():
        raise Invalid("user_name", most=NAME_MOST)
