"""The book: everything that is kept, by shelf."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from didim.records._clock import Clock, utc_now
from didim.records._migrate import bring_up_to_date
from didim.records._players import Players
from didim.records._rounds import Rounds
from didim.records._sessions import Sessions
from didim.records._site import Audit, Plans, Settings
from didim.records._store import Store
from didim.records._users import Tokens, Users


class Book:
    """The records of a site. Frozen dataclasses go in and come out; every call is one transaction.

    Safe to use from several threads and, on one database, from several processes.

    Attributes:
        players: players, groups, consents. rounds, sessions: what was played. users, tokens: who may use
            the console. settings, plans, audit: the site's own.

    Raises:
        RecordsError: the database cannot be used; the message says what to do.
    """

    def __init__(self, url: str, *, now: Clock = utc_now) -> None:
        self._store = Store(url)
        try:
            bring_up_to_date(self._store)
        except BaseException:
            self._store.close()
            raise
        self.players = Players(self._store, now)
        self.rounds = Rounds(self._store, now)
        self.sessions = Sessions(self._store)
        self.users = Users(self._store, now)
        self.tokens = Tokens(self._store, now)
        self.settings = Settings(self._store, now)
        self.plans = Plans(self._store, now)
        self.audit = Audit(self._store, now)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
