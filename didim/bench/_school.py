"""A made-up school with as many results as asked for: players by number and emblem alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table, insert

from didim.records import EMBLEMS, Book
from didim.records._schema import groups, marks, memberships, players, rounds

CLASSES, CLASS_SIZE, AT_ONCE = 20, 30, 6
ROUND_S, DAYS = 90.0, 180
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
GAMES = ("lily_pads", "hopscotch", "star_catch", "shuttle_run", "color_islands", "mole_stomp")
BATCH = 5000


def fill(book: Book, results: int, *, seed: int = 0) -> None:
    """Put `results` results into a new book: 20 classes of 30, six at once, over half a year."""
    rng = np.random.default_rng(seed)
    count = -(-results // AT_ONCE)
    with book._store.writing() as connection:
        _enrol(connection)
        for first in range(0, count, BATCH):
            numbers = np.arange(first, min(first + BATCH, count))
            _insert(connection, rounds, _rounds(rng, numbers, count))
            _insert(connection, marks, _marks(rng, numbers))


def _enrol(connection: Connection) -> None:
    """The classes and who is in them."""
    pupils = range(CLASSES * CLASS_SIZE)
    names = [{"id": n + 1, "name": f"{1 + n // 4}-{1 + n % 4}", "age": "6-9"} for n in range(CLASSES)]
    connection.execute(insert(groups), names)
    everybody = [
        {
            "id": n + 1,
            "sign": EMBLEMS[n % CLASS_SIZE].sign,
            "color": EMBLEMS[n % CLASS_SIZE].color,
            "created_at": NOW - timedelta(days=DAYS),
            "birth_year": 2017 + n // CLASS_SIZE % 3,
        }
        for n in pupils
    ]
    connection.execute(insert(players), everybody)
    joined = [{"group_id": 1 + n // CLASS_SIZE, "player_id": n + 1} for n in pupils]
    connection.execute(insert(memberships), joined)


def _insert(connection: Connection, table: Table, columns: dict[str, Any]) -> None:
    """Many rows at once, past what SQLAlchemy does for each."""
    lists = [column.tolist() if isinstance(column, np.ndarray) else column for column in columns.values()]
    mark = ":{}" if connection.dialect.name == "sqlite" else "%({})s"
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(mark.format(name) for name in columns)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})', rows)


def _rounds(rng: np.random.Generator, numbers: Any, count: int) -> dict[str, Any]:
    end_ms = round(NOW.timestamp() * 1000)
    began_ms = np.round(end_ms - DAYS * 86_400_000 * (1 - (numbers + 0.5) / count)).astype(np.int64)
    over_ms, same = began_ms + round(ROUND_S * 1000), len(numbers)
    return {
        "id": numbers + 1,
        "key": [f"made-{n}" for n in numbers],
        "game": [GAMES[n] for n in rng.integers(len(GAMES), size=same)],
        "surface": ["floor"] * same,
        "age": ["6-9"] * same,
        "state": ["finished"] * same,
        "began_at": began_ms,
        "progressed_at": over_ms,
        "ended_at": over_ms,
        "seed": numbers,
        "settings": ['{"age": "6-9", "level": 2, "round_s": 90}'] * same,
        "group_id": 1 + numbers % CLASSES,
        "guests": np.zeros(same, int),
    }


def _marks(rng: np.random.Generator, numbers: Any) -> dict[str, Any]:
    """What everybody did; one in twenty was hardly seen and has no measures."""
    number = np.repeat(numbers, AT_ONCE)
    seat = np.tile(np.arange(AT_ONCE), len(numbers))
    table = number // CLASSES % (CLASS_SIZE // AT_ONCE)
    many = len(number)
    tracked = np.where(rng.random(many) < 0.05, rng.uniform(0.3, 0.59, many), rng.uniform(0.9, 1.0, many))
    measured_s = tracked * ROUND_S
    light, moderate, vigorous, _ = rng.dirichlet((3.0, 3.5, 1.2, 2.0), many).T * measured_s
    hits = rng.poisson(14, many)
    columns = {
        "round_id": number + 1,
        "seat": seat + 1,
        "player_id": number % CLASSES * CLASS_SIZE + table * AT_ONCE + seat + 1,
        "points": 10 * hits,
        "hits": hits,
        "misses": rng.poisson(4, many),
        "present_s": np.full(many, ROUND_S),
        "tracked_share": tracked,
    }
    measures = {
        "measured_s": measured_s,
        "active_s": light + moderate + vigorous,
        "light_s": light,
        "moderate_s": moderate,
        "vigorous_s": vigorous,
        "met_minutes": (2.5 * light + 4.8 * moderate + 6.6 * vigorous) / 60,
        "steps": rng.poisson(1.4 * measured_s),
        "jumps": rng.poisson(5, many),
        "distance_m": rng.normal(0.55 * measured_s, 6),
        "jump_height_m": rng.uniform(0.06, 0.2, many),
        "jump_height_sd_m": np.full(many, 0.03),
        "reactions": hits,
        "reaction_s": rng.normal(0.46, 0.05, many),
        "reaction_sd_s": np.full(many, 0.008),
        "response_s": rng.normal(1.2, 0.2, many),
    }
    unseen = (tracked < 0.6).nonzero()[0].tolist()
    return columns | {name: _blanked(column, unseen) for name, column in measures.items()}


def _blanked(column: Any, where: list[int]) -> list[Any]:
    values: list[Any] = column.tolist()
    for index in where:
        values[index] = None
    return values
