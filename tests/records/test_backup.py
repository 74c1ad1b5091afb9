"""Backups that can be put back, and what happens when they cannot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from didim.records import (
    Book,
    DiskFull,
    Marks,
    RecordsError,
    RoundBegan,
    RoundEnded,
    SessionBegan,
    open_book,
    restore,
)
from tests.records.conftest import START, Hands


def filled(book: Book, clock: Hands) -> int:
    player = book.players.add()
    number = book.rounds.begin(RoundBegan("a", "lily_pads", "floor", "6-9", clock()))
    book.rounds.end(number, RoundEnded(clock(), "finished", (Marks(1, player.id, 7),)))
    return player.id


def test_a_backup_is_put_back_whole(url: str, tmp_path: Path, clock: Hands) -> None:
    with open_book(url, now=clock) as book:
        player = filled(book, clock)
        path = book.backup(tmp_path / "kept")
        clock.turn(minutes=5)
        book.players.add()
        book.rounds.begin(RoundBegan("b", "lily_pads", "floor", "6-9", clock()))
        book.rounds.mark_interrupted()
    checked = restore(url, path, now=clock)
    assert (checked.rows["players"], checked.rows["rounds"]) == (1, 1)
    with open_book(url, now=clock) as book:
        assert [result.marks.points for result in book.rounds.of_player(player)] == [7]
    assert [each.name for each in tmp_path.glob(".*")] == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_who_was_erased_does_not_come_back(url: str, tmp_path: Path, clock: Hands) -> None:
    with open_book(url, now=clock) as book:
        player = filled(book, clock)
        path = book.backup(tmp_path)
        clock.turn(minutes=5)
        book.erase_player(player)
    restore(url, path, now=clock)
    with open_book(url, now=clock) as book:
        assert book.players.all() == []
        assert book.rounds.count() == 1
    restore(url, path, now=clock)
    with open_book(url, now=clock) as book:
        assert book.players.all() == []


def test_what_is_too_old_does_not_come_back(sqlite_book: Book, tmp_path: Path, clock: Hands) -> None:
    filled(sqlite_book, clock)
    path = sqlite_book.backup(tmp_path)
    sqlite_book.close()
    clock.turn(days=181)
    checked = restore(f"sqlite:///{tmp_path}/records.sqlite", path, now=clock)
    assert (checked.rows["players"], checked.rows["rounds"]) == (0, 0)


def test_a_damaged_backup_changes_nothing(sqlite_book: Book, tmp_path: Path, clock: Hands) -> None:
    player = filled(sqlite_book, clock)
    path = sqlite_book.backup(tmp_path)
    whole = path.read_bytes()
    url = f"sqlite:///{tmp_path}/records.sqlite"
    for bad in (
        b"",
        b"nonsense" * 1000,
        whole[: len(whole) // 2],
        whole[:5000] + bytes(9000) + whole[14000:],
    ):
        path.write_bytes(bad)
        with pytest.raises(RecordsError):
            restore(url, path, now=clock)
    with pytest.raises(RecordsError, match="no such file"):
        restore(url, tmp_path / "none.sqlite", now=clock)
    assert sqlite_book.rounds.of_player(player)[0].marks.points == 7


def test_damaged_records_are_found_and_mended(tmp_path: Path, clock: Hands) -> None:
    file = tmp_path / "records.sqlite"
    url = f"sqlite:///{file}"
    with open_book(url, now=clock) as book:
        player = filled(book, clock)
        assert book.check().rows["marks"] == 1
        path = book.backup(tmp_path / "kept")
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(RecordsError, match="restore"), open_book(url, now=clock) as book:
        book.check()
    file.write_bytes(b"no database at all" * 1000)
    with pytest.raises(RecordsError, match="restore"):
        open_book(url, now=clock)
    restore(url, path, now=clock)
    with open_book(url, now=clock) as book:
        assert book.rounds.of_player(player)[0].marks.points == 7


def test_no_backup_is_put_back_under_a_running_round(sqlite_book: Book, tmp_path: Path, clock: Hands) -> None:
    filled(sqlite_book, clock)
    path = sqlite_book.backup(tmp_path)
    sqlite_book.rounds.begin(RoundBegan("b", "lily_pads", "floor", "6-9", clock()))
    with pytest.raises(RecordsError, match="stop the console"):
        restore(f"sqlite:///{tmp_path}/records.sqlite", path, now=clock)


def test_every_night_one_more_and_the_oldest_go(sqlite_book: Book, tmp_path: Path, clock: Hands) -> None:
    folder = tmp_path / "nightly"
    sqlite_book.settings.set("backups_kept", 3)
    written = []
    for _ in range(5):
        written.append(sqlite_book.nightly(folder))
        clock.turn(days=1)
    assert sorted(folder.iterdir()) == written[-3:]


def test_no_backup_outlives_the_retention(sqlite_book: Book, tmp_path: Path, clock: Hands) -> None:
    sqlite_book.settings.set("backups_kept", 3000)
    first = sqlite_book.nightly(tmp_path / "nightly")
    clock.turn(days=179)
    second = sqlite_book.nightly(tmp_path / "nightly")
    assert first.exists()
    clock.turn(days=2)
    sqlite_book.nightly(tmp_path / "nightly")
    assert not first.exists()
    assert second.exists()


def test_a_full_disk_loses_nothing(tmp_path: Path, clock: Hands) -> None:
    """SQLite's own bound on the file stands in for the disk's: the same error, at the same places."""
    url = f"sqlite:///{tmp_path}/records.sqlite"
    with open_book(url, now=clock) as book:
        player = filled(book, clock)
        with book._store.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        written = [1]

        def fill() -> None:
            with book._store.engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")
            for index in range(5000):
                number = book.rounds.begin(RoundBegan(f"r{index}", "lily_pads", "floor", "6-9", clock()))
                ended = RoundEnded(clock() + timedelta(minutes=1), "finished", (Marks(1, player, 1),))
                book.rounds.end(number, ended)
                written.append(number)

        with pytest.raises(DiskFull, match="what was written is safe"):
            fill()
        assert len(written) > 2
    with open_book(url, now=clock) as book:
        results = book.rounds.of_player(player)
        assert {result.round.id for result in results if result.round.state == "finished"} == set(written)
        assert book.check().rows["marks"] == len(written)


def test_no_session_begins_on_a_disk_that_is_nearly_full(sqlite_book: Book) -> None:
    sqlite_book._store.least_free_bytes = 2**62
    with pytest.raises(DiskFull, match="didim records prune"):
        sqlite_book.sessions.begin(SessionBegan("s", "Friday", START))
    assert sqlite_book.sessions.all() == []
