"""The book: everything that is kept, by shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import func, select, text

from didim.records import _backup, _upkeep
from didim.records._clock import Clock, utc_now
from didim.records._migrate import bring_up_to_date, revision_of
from didim.records._players import Players
from didim.records._problem import RecordsError
from didim.records._rounds import Rounds
from didim.records._schema import METADATA
from didim.records._sessions import Sessions
from didim.records._site import Audit, Plans, Settings
from didim.records._store import Store
from didim.records._upkeep import Pruned
from didim.records._users import Tokens, Users


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found in good order: the schema's revision, and the rows of each table."""

    revision: str
    rows: Mapping[str, int]


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
        self._store, self._now = Store(url), now
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

    def erase_player(self, player_id: int) -> None:
        """Delete all there is of a player, for good; raises NoSuchEntry."""
        _upkeep.erase(self._store, self._now, player_id)

    def prune(self) -> Pruned:
        """Delete, for good, what is older than the site keeps things."""
        return _upkeep.prune(self._store, self._now)

    def backup(self, folder: Path) -> Path:
        """Write a backup that has been read back; raises DiskFull, RecordsError."""
        return _backup.backup(self._store, folder, self._now())

    def nightly(self, folder: Path) -> Path:
        """What is due every night: prune, back up, drop backups beyond `backups_kept` or the retention."""
        self.prune()
        written = self.backup(folder)
        kept = self.settings.all()
        cut = self._now() - timedelta(days=_upkeep.days(kept, "retention_days"))
        _backup.drop_old(folder, round(_upkeep.days(kept, "backups_kept")), cut)
        return written

    def check(self) -> Checked:
        """Read everything.

        Raises:
            RecordsError: it is damaged; the message says what to do.
        """
        with self._store.reading() as connection:
            if self._store.path is not None:
                damage = connection.execute(text("PRAGMA integrity_check")).scalars().all()
                orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
                if damage != ["ok"] or orphans:
                    raise RecordsError(
                        f"{self._store.path} is damaged: {damage[0]}; put back the newest backup: "
                        "didim records restore"
                    )
            rows = {
                table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in METADATA.sorted_tables
            }
            return Checked(str(revision_of(connection)), rows)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def restore(url: str, path: Path, *, now: Clock = utc_now) -> Checked:
    """Put a backup back in place of the records, brought up to this version's schema.

    Whoever was erased since it was made stays erased, and what has been kept long enough goes.

    Raises:
        RecordsError: the backup cannot be used, or a round is running; then nothing has changed.
    """
    store = Store(url)
    try:
        gone = _erased_since(store)

        def prepare(copy: str) -> None:
            with Book(copy, now=now) as book:
                with book._store.writing() as connection:
                    _upkeep.erase_again(connection, gone, now)
                book.rounds.mark_interrupted()
                book.sessions.mark_interrupted()
                book.prune()

        _backup.put_back(store, path, prepare)
    finally:
        store.close()
    with Book(url, now=now) as book:
        return book.check()


def _erased_since(store: Store) -> set[_upkeep.Erased]:
    """Who was erased, as the records that are replaced say; nobody where those cannot be read."""
    try:
        with store.reading() as connection:
            if revision_of(connection) is None:
                return set()
            running = connection.execute(text("SELECT count(*) FROM rounds WHERE state = 'running'")).scalar()
            gone = _upkeep.erased(connection)
    except RecordsError:
        return set()
    if running:
        raise RecordsError("a round is running: stop the console before a backup is put back")
    return gone
