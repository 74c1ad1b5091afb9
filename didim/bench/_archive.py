"""A site's records after years: so many results, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, insert

from didim.records import EMBLEMS, open_book
from didim.records._schema import groups, memberships, players, rounds
from didim.records._store import Store

PLAYERS, CLASS_OF = 2000, 25
A_ROUND_OF = 8
GAMES = ("lily_pads", "balloon_pop", "star_catch", "shuttle_run", "mole_stomp", "hopscotch")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAYS = 180
AT_ONCE = 20_000


def write_archive(path: Path, results: int, seed: int = 0) -> str:
    """Write `results` results of rounds of eight over half a year into a new SQLite file; its URL.

    2000 players in classes of 25; each round is one class's. With a million results each player has 500.
    """
    url = f"sqlite:///{path}"
    open_book(url).close()
    store = Store(url)
    try:
        with store.writing() as connection:
            _fill(connection, groups, _groups())
            _fill(connection, players, _players())
            _fill(connection, memberships, _memberships())
            count = results // A_ROUND_OF
            _fill(connection, rounds, (_round(number, count) for number in range(1, count + 1)))
            _fill_marks(connection, count, np.random.default_rng(seed))
        store.alone("ANALYZE")
    finally:
        store.close()
    return url


def _fill(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(insert(table), some)


def _groups() -> Iterator[dict[str, Any]]:
    for number in range(1, PLAYERS // CLASS_OF + 1):
        yield {"id": number, "name": f"Class {number}", "age": "6-9"}


def _players() -> Iterator[dict[str, Any]]:
    for number in range(1, PLAYERS + 1):
        emblem = EMBLEMS[number % len(EMBLEMS)]
        looks = {"sign": emblem.sign, "color": emblem.color, "birth_year": 2018}
        yield {"id": number, "created_at": NOW - timedelta(days=DAYS), "played_at": NOW, **looks}


def _memberships() -> Iterator[dict[str, Any]]:
    for number in range(1, PLAYERS + 1):
        yield {"group_id": 1 + (number - 1) // CLASS_OF, "player_id": number}


def _round(number: int, count: int) -> dict[str, Any]:
    began_at = NOW - timedelta(days=DAYS) * (1 - number / count)
    ended_at = began_at + timedelta(minutes=2)
    return {
        "id": number,
        "key": f"{number:032x}",
        "game": GAMES[number % len(GAMES)],
        "surface": "floor",
        "age": "6-9",
        "state": "finished",
        "began_at": began_at,
        "progressed_at": ended_at,
        "ended_at": ended_at,
        "seed": number,
        "settings": {"round_s": 90.0},
        "group_id": _class_of(number),
        "guests": 0,
    }


def _class_of(round_number: int) -> int:
    return 1 + round_number % (PLAYERS // CLASS_OF)


def _fill_marks(connection: Connection, count: int, rng: np.random.Generator) -> None:
    """A million rows through the driver itself: by SQLAlchemy's objects they take a minute more."""
    for first in range(1, count + 1, AT_ONCE // A_ROUND_OF):
        columns = _marks(np.arange(first, min(first + AT_ONCE // A_ROUND_OF, count + 1)), rng)
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
        connection.exec_driver_sql(f"INSERT INTO marks ({names}) VALUES ({places})", rows)


def _marks(numbers: NDArray[np.int64], rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    """The measures of everybody in these rounds, by column."""
    classes = PLAYERS // CLASS_OF
    seats = np.tile(np.arange(A_ROUND_OF), len(numbers))
    number = np.repeat(numbers, A_ROUND_OF)
    turn = number // classes * A_ROUND_OF
    count = len(seats)
    effort_s, share, counted = (
        rng.random((3, count)) * 25,
        rng.random((4, count)),
        rng.integers(0, 60, (4, count)),
    )
    return {
        "round_id": number,
        "seat": seats + 1,
        "player_id": CLASS_OF * (number % classes) + 1 + (turn + seats) % CLASS_OF,
        "points": 10 * counted[0],
        "hits": counted[1],
        "misses": counted[2],
        "present_s": np.full(count, 90.0),
        "tracked_share": 0.7 + 0.3 * share[0],
        "measured_s": np.full(count, 85.0),
        "active_s": effort_s.sum(axis=0),
        "light_s": effort_s[0],
        "moderate_s": effort_s[1],
        "vigorous_s": effort_s[2],
        "met_minutes": 3 + 4 * share[1],
        "steps": 2 * counted[3],
        "jumps": counted[0] // 10,
        "distance_m": 60 * share[2],
        "jump_height_m": 0.1 + 0.1 * share[3],
        "jump_height_sd_m": np.full(count, 0.03),
        "reactions": np.full(count, 12),
        "reaction_s": 0.3 + 0.3 * share[0],
        "reaction_sd_s": np.full(count, 0.012),
        "response_s": 0.8 + 0.5 * share[0],
    }
