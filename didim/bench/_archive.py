"""A site's records after years: so many results, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table, insert

from didim.records import EMBLEMS, open_book
from didim.records._schema import groups, marks, memberships, players, rounds
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
            _fill(connection, marks, _marks(count, np.random.default_rng(seed)))
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


def _marks(count: int, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        first = CLASS_OF * (_class_of(number) - 1) + 1
        turn = number // (PLAYERS // CLASS_OF) * A_ROUND_OF
        shares, counts = rng.random((A_ROUND_OF, 8)).tolist(), rng.integers(0, 60, (A_ROUND_OF, 4)).tolist()
        for seat in range(A_ROUND_OF):
            player = first + (turn + seat) % CLASS_OF
            yield {
                "round_id": number,
                "seat": seat + 1,
                "player_id": player,
                **_measures(shares[seat], counts[seat]),
            }


def _measures(shares: list[float], counts: list[int]) -> dict[str, Any]:
    light_s, moderate_s, vigorous_s = (30 * share for share in shares[:3])
    return {
        "points": 10 * counts[0],
        "hits": counts[1],
        "misses": counts[2],
        "present_s": 90.0,
        "tracked_share": 0.7 + 0.3 * shares[3],
        "measured_s": 85.0,
        "active_s": light_s + moderate_s + vigorous_s,
        "light_s": light_s,
        "moderate_s": moderate_s,
        "vigorous_s": vigorous_s,
        "met_minutes": 3 + 4 * shares[4],
        "steps": 2 * counts[3],
        "jumps": counts[0] // 10,
        "distance_m": 60 * shares[5],
        "jump_height_m": 0.1 + 0.1 * shares[6],
        "jump_height_sd_m": 0.03,
        "reactions": 12,
        "reaction_s": 0.3 + 0.3 * shares[7],
        "reaction_sd_s": 0.012,
        "response_s": 0.8 + 0.5 * shares[7],
    }
