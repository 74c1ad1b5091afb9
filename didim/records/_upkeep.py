"""What leaves the records: one player at once, and everything that has been kept long enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from didim.records._clock import Clock
from didim.records._problem import NoSuchEntry
from didim.records._schema import audit, erasures, players, rounds, sessions, tokens
from didim.records._scrub import scrub
from didim.records._site import DEFAULTS, Settings
from didim.records._store import Store


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many entries of each kind had been kept long enough and are gone."""

    rounds: int = 0
    players: int = 0
    sessions: int = 0
    audit: int = 0
    tokens: int = 0

    @property
    def total(self) -> int:
        return self.rounds + self.players + self.sessions + self.audit + self.tokens


class Erased(NamedTuple):
    """Somebody who is not to come back with a backup: number and begin of the record, milliseconds."""

    player_id: int
    created_at: Any


def erase(store: Store, now: Clock, player_id: int) -> None:
    """Delete a player with results, consents and memberships, and their traces in the file.

    Raises:
        NoSuchEntry: no such player.
    """
    with store.writing() as connection:
        created_at = connection.execute(
            select(players.c.created_at).where(players.c.id == player_id)
        ).scalar()
        if created_at is None:
            raise NoSuchEntry(f"there is no player {player_id}; it was erased, or never was")
        connection.execute(
            insert(erasures).values(player_id=player_id, created_at=created_at, erased_at=now())
        )
        connection.execute(delete(players).where(players.c.id == player_id))
    scrub(store)


def prune(store: Store, now: Clock) -> Pruned:
    """Delete what is older than the site's settings say, and its traces in the file.

    Results go by when their round began; players by when they last played; sessions, the audit log and
    expired logins by their own age.
    """
    kept = Settings(store, now).all()
    at = now()
    cut = at - timedelta(days=days(kept, "retention_days"))
    audit_cut = at - timedelta(days=days(kept, "audit_days"))
    with store.writing() as connection:
        gone = Pruned(
            rounds=_drop(connection, rounds, (rounds.c.began_at < cut) & (rounds.c.state != "running")),
            players=_drop(
                connection, players, func.coalesce(players.c.played_at, players.c.created_at) < cut
            ),
            sessions=_drop(
                connection, sessions, (sessions.c.began_at < cut) & (sessions.c.state != "running")
            ),
            audit=_drop(connection, audit, audit.c.at < audit_cut),
            tokens=_drop(connection, tokens, tokens.c.expires_at < at),
        )
        _drop(connection, erasures, erasures.c.erased_at < audit_cut)
    if gone.total:
        scrub(store)
    return gone


def erased(connection: Connection) -> set[Erased]:
    """Everybody who was erased and may still be in a backup."""
    return {Erased(*row) for row in connection.execute(select(erasures.c.player_id, erasures.c.created_at))}


def erase_again(connection: Connection, everybody: Iterable[Erased], now: Clock) -> int:
    """Erase those of them who came back; how many."""
    known, count = erased(connection), 0
    for each in everybody:
        row = each._asdict()
        if each not in known:
            connection.execute(insert(erasures).values(**row, erased_at=now()))
        same = (players.c.id == each.player_id) & (players.c.created_at == each.created_at)
        count += connection.execute(delete(players).where(same)).rowcount
    return count


def _drop(connection: Connection, table: Table, where: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(where)).rowcount


def days(kept: dict[str, Any], name: str) -> float:
    """The site's number, or the default where it makes no sense: data is not kept for ever."""
    value = kept[name]
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 3650
    return float(value if fits else DEFAULTS[name])
