"""What the console's benchmark counts, and the records that it opens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from didim.bench._archive import A_ROUND_OF, NOW, PLAYERS, write_archive
from didim.bench.console import _event_to_screen_ms
from didim.records import open_book
from didim.records.summary import totals

MS = 1_000_000


def test_a_delay_counts_from_what_happened_and_not_from_when_it_was_told() -> None:
    told_ms, late_ms = np.arange(0, 10_000, 100), 20
    seen = [(int(at * MS), int((at + late_ms) * MS), 9000) for at in told_ms]
    delays_ms = _event_to_screen_ms(seen)
    assert delays_ms.min() == pytest.approx(late_ms + 10)
    assert delays_ms.max() == pytest.approx(late_ms + 100)
    skipping = seen[::3]
    assert _event_to_screen_ms(skipping).max() == pytest.approx(late_ms + 300)


def test_the_archive_is_one_that_the_records_can_read(tmp_path: Path) -> None:
    results = 16_000
    with open_book(write_archive(tmp_path / "archive.sqlite", results), now=lambda: NOW) as book:
        counted = book.check().rows
        assert (counted["players"], counted["marks"], counted["rounds"]) == (
            PLAYERS,
            results,
            results // A_ROUND_OF,
        )
        own = book.rounds.of_player(7)
        assert len(own) == results // PLAYERS
        assert totals(own, book.players.get(7)).effort_share is not None
        assert book.prune().rounds == 0
