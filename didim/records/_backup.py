"""Backups: made while everything runs, tried before they count, and put back whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from didim.records._problem import DiskFull, RecordsError
from didim.records._store import BUSY_MS, Store

STEM = "records-"
SUFFIXES = {".sqlite", ".dump"}
_TIME = "%Y%m%d-%H%M%S"


def backup(store: Store, folder: Path, at: datetime) -> Path:
    """Copy the records as they are now into a new file of `folder`, and check that it can be read back.

    Raises:
        DiskFull: it does not fit; nothing half-written stays. RecordsError: it cannot be made.
    """
    suffix = ".dump" if store.path is None else ".sqlite"
    target = folder / f"{STEM}{at.astimezone(UTC):{_TIME}}{suffix}"
    with _written(target) as part:
        if store.path is None:
            _dump(store.url, part)
        else:
            _copy(store.path, part)
            verify(part)
    return target


def backups(folder: Path) -> list[Path]:
    """Those in a folder, the oldest first."""
    found = folder.glob(f"{STEM}*") if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix in SUFFIXES)


def drop_old(folder: Path, keep: int, before: datetime) -> list[Path]:
    """Delete all but the newest `keep`, and those made before a moment; which."""
    every = backups(folder)
    too_old = f"{STEM}{before.astimezone(UTC):{_TIME}}"
    old = [path for n, path in enumerate(every) if n < len(every) - max(keep, 1) or path.stem < too_old]
    for path in old:
        path.unlink()
    return old


def verify(path: Path) -> None:
    """Read every page of a SQLite file.

    Raises:
        RecordsError: it is damaged, or no such file.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            damage = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
            known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'rounds'").fetchone()
    except sqlite3.Error as error:
        raise RecordsError(f"{path} is no readable records file: {error}") from None
    if damage != ["ok"] or orphans:
        raise RecordsError(f"{path} is damaged: {damage[0]}; take another backup")
    if not known[0]:
        raise RecordsError(f"{path} is a database, but holds no records")


def put_back(store: Store, path: Path, prepare: Callable[[str], None]) -> None:
    """Replace the records by a backup's.

    Args:
        prepare: is given the URL of the backup's copy before it takes effect: to bring it up to date. On
            PostgreSQL it is given the database's own, right after.

    Raises:
        RecordsError: the file is damaged or cannot be used; then nothing has changed.
    """
    if not path.is_file():
        raise RecordsError(f"{path}: no such file; `didim records backup` says where it writes")
    if store.path is None:
        _undump(store.url, path)
        prepare(store.url.render_as_string(hide_password=False))
        return
    verify(path)
    part = store.path.with_name(f".{store.path.name}.restore")
    try:
        _copy(path, part)
        prepare(f"sqlite:///{part}")
        verify(part)
        try:
            _copy(part, store.path, journal="WAL")
        except RecordsError:
            _replace(part, store.path)  # what is there is too damaged to be written to
    finally:
        for extra in ("", "-wal", "-shm"):
            part.with_name(part.name + extra).unlink(missing_ok=True)


@contextmanager
def _written(target: Path) -> Iterator[Path]:
    """A file beside the target that becomes it at the end, or goes away on an error."""
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"{target} does not fit on its disk; make room there") from None
        raise RecordsError(f"{target} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path, journal: str = "DELETE") -> None:
    """SQLite's own online backup: one state of everything, whoever writes meanwhile."""
    try:
        with closing(sqlite3.connect(source)) as of, closing(sqlite3.connect(target)) as to:
            to.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            of.backup(to)
            to.execute(f"PRAGMA journal_mode={journal}")
    except sqlite3.Error as error:
        if "full" in str(error):
            raise DiskFull(f"{target} does not fit on its disk; make room there") from None
        raise RecordsError(f"{source} cannot be copied to {target}: {error}") from None


def _replace(part: Path, target: Path) -> None:
    for extra in ("-wal", "-shm"):
        target.with_name(target.name + extra).unlink(missing_ok=True)
    shutil.copyfile(part, target)


def _dump(url: URL, part: Path) -> None:
    _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={part}", "--dbname={}")
    _run("pg_restore", url, "--list", str(part))


def _undump(url: URL, path: Path) -> None:
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", url, *options, "--dbname={}", str(path))


def _run(program: str, url: URL, *arguments: str) -> None:
    """One of PostgreSQL's tools on the database; the password goes by the environment."""
    if shutil.which(program) is None:
        raise RecordsError(f"backups of PostgreSQL need {program}; install PostgreSQL's client package")
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment: dict[str, Any] = {**os.environ}
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(
        [program, *(argument.replace("{}", plain) for argument in arguments)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        if "No space left" in done.stderr:
            raise DiskFull("the backup does not fit on its disk; make room there")
        raise RecordsError(f"{program} failed: {said[0]}")
