"""Leaving nothing in the files of what was deleted from the tables."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from didim.records._problem import DiskFull
from didim.records._schema import METADATA, rounds
from didim.records._store import Store


def scrub(store: Store) -> None:
    """Rewrite the files, so that nothing of what was deleted is left in them.

    While a round runs SQLite's file is not rewritten, which would hold up its results: what was deleted is
    overwritten with zeros all the same, and the next pruning rewrites.
    """
    if store.path is None:
        store.alone(*(f'VACUUM (FULL) "{table.name}"' for table in METADATA.sorted_tables))
        return
    with store.reading() as connection:
        playing = connection.execute(select(rounds.c.id).where(rounds.c.state == "running")).first()
    # A disk too full to rewrite the file still has the zeros.
    with suppress(DiskFull):
        store.alone(*([] if playing else ["VACUUM"]))
    store.alone("PRAGMA wal_checkpoint(TRUNCATE)")
