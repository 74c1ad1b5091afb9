"""The shelf of sessions: what was planned, how far it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, select, update

from didim.records._problem import DiskFull, NoSuchEntry
from didim.records._round import Session, SessionBegan
from didim.records._schema import sessions
from didim.records._store import Store


class Sessions:
    """Sessions are begun only while there is room on the disk to keep what they bring."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check_room(self) -> None:
        """Raises DiskFull where too little is left on the disk for another session."""
        free_bytes = self._store.free_bytes()
        if free_bytes is not None and free_bytes < self._store.least_free_bytes:
            raise DiskFull(
                f"only {free_bytes / 2**20:.0f} MiB are left on the disk that holds the records, a session "
                f"needs {self._store.least_free_bytes / 2**20:.0f}; what was written is safe. Make room, or "
                "shorten the retention and run: didim records prune"
            )

    def begin(self, began: SessionBegan) -> int:
        """Write that a session began; its number, the same for the same key.

        Raises:
            DiskFull: too little is left on the disk.
        """
        self.check_room()
        with self._store.writing() as connection:
            known = connection.execute(select(sessions.c.id).where(sessions.c.key == began.key)).scalar()
            if known is not None:
                return int(known)
            row = {**asdict(began), "state": "running", "progressed_at": began.began_at}
            added = connection.execute(insert(sessions).values(**row))
            assert added.inserted_primary_key is not None
            return int(added.inserted_primary_key[0])

    def checkpoint(self, session_id: int, state: Mapping[str, Any], at: datetime) -> None:
        """Write how far it has come; raises NoSuchEntry."""
        self._update(session_id, checkpoint=dict(state), progressed_at=at)

    def end(self, session_id: int, state: Literal["finished", "stopped"], at: datetime) -> None:
        """Write that it is over; raises NoSuchEntry."""
        self._update(session_id, state=state, progressed_at=at, ended_at=at)

    def mark_interrupted(self) -> list[int]:
        """Say of every session that still runs that it was cut off; for a writer's start."""
        running = sessions.c.state == "running"
        with self._store.writing() as connection:
            cut = list(connection.execute(select(sessions.c.id).where(running)).scalars())
            connection.execute(
                update(sessions).where(running).values(state="interrupted", ended_at=sessions.c.progressed_at)
            )
        return cut

    def get(self, session_id: int) -> Session:
        """One session; raises NoSuchEntry."""
        with self._store.reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.id == session_id)).first()
        if row is None:
            raise NoSuchEntry(f"there is no session {session_id}; it was pruned, or never was")
        return Session(**row._mapping)

    def all(self, *, since: datetime | None = None, limit: int = 200) -> list[Session]:
        """The newest first."""
        query = select(sessions).order_by(sessions.c.began_at.desc(), sessions.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(sessions.c.began_at >= since)
        with self._store.reading() as connection:
            return [Session(**row._mapping) for row in connection.execute(query)]

    def _update(self, session_id: int, **values: Any) -> None:
        with self._store.writing() as connection:
            done = connection.execute(update(sessions).where(sessions.c.id == session_id).values(**values))
        if done.rowcount == 0:
            raise NoSuchEntry(f"there is no session {session_id}; it was pruned, or never was")
