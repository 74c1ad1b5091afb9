"""Books on both databases; PostgreSQL is a real one, started from the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from didim.records import Book, open_book

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Hands:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def clock() -> Hands:
    return Hands()


def _binary(name: str) -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    onpath = shutil.which(name)
    return found[-1] if found else Path(onpath) if onpath else None


def _as_nobody_special(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: the user that its commands run as instead."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "postgres")
    return "postgres"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes new empty databases on a server of its own; skips where PostgreSQL is not installed."""
    initdb, server, createdb = _binary("initdb"), _binary("pg_ctl"), _binary("createdb")
    if initdb is None or server is None or createdb is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="didim-pg-"))
    user = _as_nobody_special(folder)
    data = folder / "data"

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, timeout=120, cwd="/", user=user)

    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        run(createdb, "-h", folder, "-U", "didim", f"test{count}")
        return f"postgresql://didim@/test{count}?host={folder}"

    try:
        run(initdb, "-D", data, "-U", "didim", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=40"
        run(server, "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield fresh
        finally:
            run(server, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that does not exist yet, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.sqlite"
    fresh: str = request.getfixturevalue("postgresql")()
    return fresh


@pytest.fixture
def book(url: str, clock: Hands) -> Iterator[Book]:
    with open_book(url, now=clock) as opened:
        yield opened


@pytest.fixture
def sqlite_book(tmp_path: Path, clock: Hands) -> Iterator[Book]:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite", now=clock) as opened:
        yield opened
