"""Bringing a database forward to the schema of this version."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from didim.records._problem import RecordsError
from didim.records._store import Store

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest revision; a test compares it with the scripts. Alembic is loaded for older databases alone."""

_POSTGRES_LOCK = 4_846_141
"""Any number: two processes that open a new database at once take turns by it."""


def bring_up_to_date(store: Store) -> None:
    """Run the revisions that are missing, in one transaction.

    Raises:
        RecordsError: the database was made by a newer didim, or holds something else.
    """
    with store.reading() as connection:
        if revision_of(connection) == HEAD:
            return
    with store.writing() as connection:
        if store.path is None:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})"))
        found = revision_of(connection)
        if found != HEAD:
            _upgrade(connection, found)


def revision_of(connection: Connection) -> str | None:
    """The revision that the database says it has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def configuration() -> Config:
    """Alembic's configuration for the revisions inside the package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("didim.records") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise RecordsError(
            f"these records were written by a newer didim (schema {found}, this one knows {HEAD}); "
            "update didim"
        )
    if found is None and inspect(connection).get_table_names():
        raise RecordsError("this database holds tables of something else; give the records one of their own")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
