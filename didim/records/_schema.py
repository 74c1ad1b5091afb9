"""The tables. A change here needs a revision under migrations/versions; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, kept as whole milliseconds since 1970 UTC: the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def _key(name: str = "id") -> Column[int]:
    """A number that is never given twice, on SQLite because of `sqlite_autoincrement`."""
    return Column(name, Integer, primary_key=True)


def _of(table: str, *, on_delete: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete=on_delete)


groups = Table(
    "groups",
    METADATA,
    _key(),
    Column("name", String(80), nullable=False, unique=True),
    Column("age", String(8), nullable=False),
    sqlite_autoincrement=True,
)

players = Table(
    "players",
    METADATA,
    _key(),
    Column("sign", String(12), nullable=False),
    Column("color", String(12), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("name", String(80)),
    Column("birth_year", Integer),
    Column("sex", String(8)),
    Column("mass_kg", Float),
    Column("played_at", Instant),
    sqlite_autoincrement=True,
)

memberships = Table(
    "memberships",
    METADATA,
    Column("group_id", _of("groups", on_delete="CASCADE"), primary_key=True),
    Column("player_id", _of("players", on_delete="CASCADE"), primary_key=True, index=True),
)

consents = Table(
    "consents",
    METADATA,
    _key(),
    Column("player_id", _of("players", on_delete="CASCADE"), nullable=False, index=True),
    Column("who", String(80), nullable=False),
    Column("relation", String(10), nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)

erasures = Table(
    "erasures",
    METADATA,
    Column("player_id", Integer, primary_key=True, autoincrement=False),
    Column("created_at", Instant, primary_key=True),
    Column("erased_at", Instant, nullable=False),
)
"""Who was erased, by number and by when the record began: a backup that is put back may still hold them."""

sessions = Table(
    "sessions",
    METADATA,
    _key(),
    Column("key", String(64), nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("began_at", Instant, nullable=False, index=True),
    Column("progressed_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("plan", JSON),
    Column("checkpoint", JSON),
    Column("group_id", _of("groups", on_delete="SET NULL"), index=True),
    sqlite_autoincrement=True,
)

rounds = Table(
    "rounds",
    METADATA,
    _key(),
    Column("key", String(64), nullable=False, unique=True),
    Column("game", String(40), nullable=False),
    Column("surface", String(40), nullable=False),
    Column("age", String(8), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("began_at", Instant, nullable=False, index=True),
    Column("progressed_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("seed", BigInteger, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("session_id", _of("sessions", on_delete="SET NULL"), index=True),
    Column("group_id", _of("groups", on_delete="SET NULL"), index=True),
    Column("guests", Integer, nullable=False),
    Column("damped", Integer),
    sqlite_autoincrement=True,
)

marks = Table(
    "marks",
    METADATA,
    Column("round_id", _of("rounds", on_delete="CASCADE"), primary_key=True),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("player_id", _of("players", on_delete="CASCADE"), nullable=False),
    Column("points", Integer),
    Column("hits", Integer),
    Column("misses", Integer),
    Column("present_s", Float, nullable=False),
    Column("tracked_share", Float),
    Column("measured_s", Float),
    Column("active_s", Float),
    Column("light_s", Float),
    Column("moderate_s", Float),
    Column("vigorous_s", Float),
    Column("met_minutes", Float),
    Column("steps", Integer),
    Column("jumps", Integer),
    Column("distance_m", Float),
    Column("jump_height_m", Float),
    Column("jump_height_sd_m", Float),
    Column("reactions", Integer),
    Column("reaction_s", Float),
    Column("reaction_sd_s", Float),
    Column("response_s", Float),
    Index("ix_marks_player_id_round_id", "player_id", "round_id"),
)

users = Table(
    "users",
    METADATA,
    _key(),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("secret_hash", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    Column("language", String(2)),
    Column("theme", String(8)),
    sqlite_autoincrement=True,
)

tokens = Table(
    "tokens",
    METADATA,
    _key(),
    Column("kind", String(8), nullable=False),
    Column("name", String(80), nullable=False),
    Column("role", String(12), nullable=False),
    Column("secret_hash", String(200), nullable=False, unique=True),
    Column("user_id", _of("users", on_delete="CASCADE"), index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    METADATA,
    _key(),
    Column("at", Instant, nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("user_id", Integer),
    Column("subject_id", Integer),
    Column("count", Integer, nullable=False),
    sqlite_autoincrement=True,
)

favourites = Table(
    "favourites",
    METADATA,
    Column("user_id", _of("users", on_delete="CASCADE"), primary_key=True),
    Column("game", String(40), primary_key=True),
)

plans = Table(
    "plans",
    METADATA,
    _key(),
    Column("name", String(120), nullable=False),
    Column("document", JSON, nullable=False),
    Column("schedule", JSON),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("name"),
    sqlite_autoincrement=True,
)

settings = Table(
    "settings",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
