"""The records of a large school: how long a page and a report take with a million results."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from didim.bench._report import Figure
from didim.bench._school import CLASS_SIZE, CLASSES, DAYS, NOW, fill
from didim.records import Book, Marks, RoundBegan, RoundEnded, open_book
from didim.records.report import write_report
from didim.records.summary import totals, weeks

RESULTS = 1_000_000
PLAYERS_ASKED, ROUNDS_ENDED = 9, 15
PAGE_MS, REPORT_S = 300.0, 3.0


def measure_records(results: int = RESULTS) -> dict[str, Figure]:
    """CPU times, medians, on a SQLite file that is made for it and thrown away."""
    with (
        TemporaryDirectory(prefix="didim-bench-") as folder,
        open_book(f"sqlite:///{Path(folder) / 'records.sqlite'}", now=lambda: NOW) as book,
    ):
        fill(book, results)
        return {"results": Figure(results, "", "higher", note="in the records"), **_figures(book)}


def _figures(book: Book) -> dict[str, Figure]:
    asked = [1 + n * CLASS_SIZE * CLASSES // PLAYERS_ASKED for n in range(PLAYERS_ASKED)]
    page_s = median(_cpu_s(partial(_page, book, number)) for number in asked)
    each = len(book.rounds.of_player(asked[0]))
    child_s = median(_cpu_s(partial(_report, book, player_id=number)) for number in asked[:3])
    class_s = median(_cpu_s(partial(_report, book, group_id=number)) for number in (1, 7, 13))
    return {
        "player_page_ms": Figure(
            1000 * page_s, "ms", "lower", PAGE_MS, note=f"{each} results of a player, totals and weeks"
        ),
        "player_report_s": Figure(child_s, "s", "lower", REPORT_S, note="PDF, all results of half a year"),
        "class_report_s": Figure(class_s, "s", "lower", REPORT_S, note="PDF, 30 players, half a year"),
        "round_end_ms": Figure(
            1000 * _end_s(book), "ms", "lower", note="a result of six on the disk; wall time, with its fsync"
        ),
    }


def _page(book: Book, player_id: int) -> None:
    player, results = book.players.get(player_id), book.rounds.of_player(player_id)
    totals(results, player)
    weeks(results, player)


def _report(book: Book, *, player_id: int | None = None, group_id: int | None = None) -> None:
    write_report(book, "ko", until=NOW, days=DAYS, player_id=player_id, group_id=group_id)


def _end_s(book: Book) -> float:
    ended = RoundEnded(NOW, "finished", tuple(Marks(seat, seat, points=1) for seat in range(1, 7)))
    spans = []
    for n in range(ROUNDS_ENDED):
        number = book.rounds.begin(RoundBegan(f"bench-{n}", "lily_pads", "floor", "6-9", NOW))
        began_s = time.perf_counter()
        book.rounds.end(number, ended)
        spans.append(time.perf_counter() - began_s)
    return median(spans)


def _cpu_s(work: Callable[[], object]) -> float:
    began_s = time.process_time()
    work()
    return time.process_time() - began_s
