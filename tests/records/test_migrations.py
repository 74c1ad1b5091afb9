"""Every released schema comes forward, on both databases, with what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from didim.records import RecordsError, open_book
from didim.records._migrate import HEAD, configuration
from didim.records._schema import METADATA
from didim.records._store import Store

RELEASED = Path(__file__).parent / "released"
"""A database of each released schema with a row in every table, as SQL for each kind of database."""

REVISIONS = sorted({path.name.split(".")[0] for path in RELEASED.glob("*.sql")})


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def load(connection: Connection, revision: str) -> None:
    script = RELEASED / f"{revision}.{connection.dialect.name}.sql"
    for statement in script.read_text("utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def test_the_newest_script_is_the_head() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert scripts.get_heads() == [HEAD]
    assert sorted(each.revision for each in scripts.walk_revisions()) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_released_schema_comes_forward(store: Store, url: str, revision: str) -> None:
    with store.writing() as connection:
        load(connection, revision)
    with open_book(url) as book:
        rows = book.check().rows
        assert all(count == 1 for name, count in rows.items()), rows
        (player,) = book.players.all()
        assert (player.called("en"), player.created_at) == ("Ada", datetime(2026, 3, 2, 9, tzinfo=UTC))
        (result,) = book.rounds.of_player(player.id)
        assert (result.marks.points, result.marks.distance_m) == (7, 31.25)
        assert result.round.settings == {"level": 2}
        assert book.settings.get("retention_days") == 90
        assert book.players.add().id > player.id


def test_what_the_scripts_make_is_what_the_code_expects(store: Store, url: str) -> None:
    with open_book(url):
        pass
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_newer_schema_is_refused(store: Store, url: str) -> None:
    with open_book(url):
        pass
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match="newer didim"):
        open_book(url)


def test_a_database_of_something_else_is_refused(store: Store, url: str) -> None:
    with store.writing() as connection:
        connection.execute(text("CREATE TABLE recipes (id INTEGER)"))
    with pytest.raises(RecordsError, match="something else"):
        open_book(url)


def test_several_programs_open_a_new_book_at_once(url: str) -> None:
    def opened(_: int) -> int:
        with open_book(url) as book:
            return len(book.players.all())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, range(4))) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no url", "no database URL"),
        ("mysql://host/name", "sqlite or postgresql"),
        ("sqlite://", "need a file"),
        ("sqlite:////proc/nowhere/records.sqlite", "another folder"),
        ("postgresql://didim@/none?host=/nowhere", "cannot be used"),
    ],
)
def test_a_url_that_cannot_be_used_says_why(url: str, words: str) -> None:
    with pytest.raises(RecordsError, match=words):
        open_book(url)
