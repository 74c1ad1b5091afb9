"""A made-up school with as many results as asked for: players by number and emblem alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import insert

from didim.records import EMBLEMS, Book, Marks
from didim.records._schema import groups, marks, memberships, players, rounds

CLASS_SIZE = 30
ROUND_S = 90.0
GAMES = ("lily_pads", "hopscotch", "star_catch", "shuttle_run", "color_islands", "mole_stomp")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAYS = 180
BATCH = 2000


def fill(book: Book, results: int, *, classes: int = 20, seed: int = 0) -> None:
    """Put `results` results into a new book: classes of 30, in rounds of six, over half a year."""
    rng = np.random.default_rng(seed)
    count = classes * CLASS_SIZE
    with book._store.writing() as connection:
        names = [{"id": n + 1, "name": f"{1 + n // 4}-{1 + n % 4}", "age": "6-9"} for n in range(classes)]
        connection.execute(insert(groups), names)
        everybody = [
            {
                "id": n + 1,
                "sign": EMBLEMS[n % CLASS_SIZE].sign,
                "color": EMBLEMS[n % CLASS_SIZE].color,
                "created_at": NOW - timedelta(days=DAYS),
                "birth_year": 2017 + n // CLASS_SIZE % 3,
            }
            for n in range(count)
        ]
        connection.execute(insert(players), everybody)
        joined = [{"group_id": 1 + n // CLASS_SIZE, "player_id": n + 1} for n in range(count)]
        connection.execute(insert(memberships), joined)
        at_once = 6
        made = _rounds(rng, -(-results // at_once), classes)
        while batch := [row for _, row in zip(range(BATCH), made, strict=False)]:
            connection.execute(insert(rounds), batch)
            rows = [row for each in batch for row in _marks(rng, each, at_once)]
            connection.execute(insert(marks), rows)


def _rounds(rng: np.random.Generator, count: int, classes: int) -> Iterator[dict[str, Any]]:
    settings = json.loads('{"age": "6-9", "level": 2, "round_s": 90}')
    for n in range(count):
        began_at = NOW - timedelta(days=DAYS * (1 - (n + 0.5) / count))
        yield {
            "id": n + 1,
            "key": f"made-{n}",
            "game": GAMES[int(rng.integers(len(GAMES)))],
            "surface": "floor",
            "age": "6-9",
            "state": "finished",
            "began_at": began_at,
            "progressed_at": began_at + timedelta(seconds=ROUND_S),
            "ended_at": began_at + timedelta(seconds=ROUND_S),
            "seed": n,
            "settings": settings,
            "group_id": 1 + n % classes,
            "guests": 0,
        }


def _marks(rng: np.random.Generator, one: dict[str, Any], at_once: int) -> Iterator[dict[str, Any]]:
    first = (int(one["group_id"]) - 1) * CLASS_SIZE + 1
    turn = int(one["id"]) // 20 % (CLASS_SIZE // at_once)
    for seat in range(1, at_once + 1):
        player_id = first + turn * at_once + seat - 1
        yield {"round_id": one["id"], **made_marks(rng, seat, player_id)}


def made_marks(rng: np.random.Generator, seat: int, player_id: int, *, graded: bool = True) -> dict[str, Any]:
    """What one player may have done in one round; now and then somebody is hardly seen."""
    tracked = float(rng.uniform(0.4, 1.0) if rng.random() < 0.05 else rng.uniform(0.9, 1.0))
    row: dict[str, Any] = dict.fromkeys(Marks.__slots__)
    hits = int(rng.poisson(14))
    row |= {"seat": seat, "player_id": player_id, "points": 10 * hits, "hits": hits, "present_s": ROUND_S}
    row |= {"misses": int(rng.poisson(4)), "tracked_share": tracked, "reactions": 0}
    if tracked < 0.6:
        return row
    measured_s = tracked * ROUND_S
    light, moderate, vigorous, _ = (measured_s * rng.dirichlet((3.0, 2.4 + player_id % 5, 1.2, 2.0))).tolist()
    if graded:
        row |= {"light_s": light, "moderate_s": moderate, "vigorous_s": vigorous}
        row |= {"met_minutes": (2.5 * light + 4.8 * moderate + 6.6 * vigorous) / 60}
    row |= {"measured_s": measured_s, "active_s": light + moderate + vigorous}
    row |= {"steps": int(rng.poisson(1.4 * measured_s)), "jumps": int(rng.poisson(5))}
    row |= {
        "distance_m": float(rng.normal(0.55 * measured_s, 6)),
        "jump_height_m": float(rng.uniform(0.06, 0.2)),
    }
    row |= {"jump_height_sd_m": 0.03, "reactions": hits, "reaction_s": float(rng.normal(0.46, 0.05))}
    row |= {"reaction_sd_s": 0.008, "response_s": float(rng.normal(1.2, 0.2))}
    return row
