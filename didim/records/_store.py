"""One database: how it is opened, and what is said when it fails."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from didim.records._problem import DiskFull, RecordsError

BUSY_MS = 15_000
"""How long one process waits for another's writing to end."""

LEAST_FREE_BYTES = 64 * 2**20
"""With less left on the disk no session is begun, so that what runs can still be written."""

_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MS}",
)


class Store:
    """Opens transactions on one database, SQLite or PostgreSQL.

    Attributes:
        path: SQLite's file; None for PostgreSQL.
        least_free_bytes: with less left on the disk no session is begun.

    Raises:
        RecordsError: the URL is none, or names a database that cannot be used.
    """

    def __init__(self, url: str) -> None:
        self.url = _checked(url)
        self.path = _sqlite_file(self.url)
        self.engine = _sqlite(self.url, self.path) if self.path else _postgresql(self.url)
        self.least_free_bytes = LEAST_FREE_BYTES

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything and writes nothing."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when it is left without an error, and else never happened."""
        with (
            self._told(),
            self.engine.connect().execution_options(didim_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def alone(self, *statements: str) -> None:
        """Run statements that may stand in no transaction."""
        with self._told(), self.engine.connect() as connection:
            apart = connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in statements:
                apart.execute(text(statement))

    def free_bytes(self) -> int | None:
        """What is left on the disk; None where it is another computer's."""
        return shutil.disk_usage(self.path.parent).free if self.path else None

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn a database's error into a problem with a way out."""
        try:
            yield
        except DBAPIError as error:
            raise self._problem(error) from error

    def _problem(self, error: DBAPIError) -> Exception:
        said, where = str(error.orig), self.path or self.url.render_as_string(hide_password=True)
        full = "database or disk is full" in said or getattr(error.orig, "sqlstate", None) == "53100"
        if full:
            return DiskFull(
                f"the disk that holds the records is full ({where}); what was written is safe. "
                "Make room, or shorten the retention and run: didim records prune"
            )
        if not isinstance(error.orig, sqlite3.DatabaseError | OSError) and not isinstance(
            error, OperationalError
        ):
            return error
        if "locked" in said or "busy" in said:
            return RecordsError(f"another program has kept {where} locked for {BUSY_MS // 1000} s; close it")
        if "malformed" in said or "not a database" in said:
            return RecordsError(
                f"{where} is damaged ({said}); put back the newest backup: didim records restore"
            )
        if isinstance(error, OperationalError):
            return RecordsError(f"the records at {where} cannot be used: {said}")
        return error


_read_json = lru_cache(1024)(json.loads)


def _from_json(text: str) -> Any:
    """What a JSON column holds. A game's settings are the same in thousands of rounds: they are read once."""
    if len(text) > 1000:
        return json.loads(text)
    found = _read_json(text)
    return dict(found) if isinstance(found, dict) else found


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise RecordsError(
            f"{url!r} is no database URL; expected sqlite:////folder/records.sqlite "
            "or postgresql://user@host/name"
        ) from None
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise RecordsError(f"records lie in sqlite or postgresql, got {parsed.drivername!r}")
    return parsed


def _sqlite_file(url: URL) -> Path | None:
    if not url.drivername.startswith("sqlite"):
        return None
    if url.database in (None, "", ":memory:"):
        raise RecordsError("records need a file: sqlite:////folder/records.sqlite")
    return Path(str(url.database)).absolute()


def _sqlite(url: URL, path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here and not by SQLite, so that nobody else on this machine may read it.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise RecordsError(f"{path} cannot be opened: {error.strerror}; choose another folder") from None
    engine = create_engine(
        url.set(database=str(path)), connect_args={"timeout": BUSY_MS / 1000}, json_deserializer=_from_json
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, never by the driver
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place in the queue at once; begun as a reader it could fail half-way.
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("didim_writes") else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url,
            pool_pre_ping=True,
            # Whatever the server's default: what was said to be kept is on its disk.
            connect_args={"options": "-c synchronous_commit=on"},
        )
    except (ImportError, NoSuchModuleError):
        raise RecordsError('PostgreSQL needs its driver; run: pip install "didim[postgresql]"') from None
