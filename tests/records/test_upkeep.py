"""What is deleted is gone, from the tables and from the files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from didim.records import Book, Marks, NoSuchEntry, RoundBegan, RoundEnded, open_book
from tests.records.conftest import Hands

NAME, WHO = "Zzyzxquill Namewright", "Guardianwright Qqxyz"


def play(book: Book, key: str, player_id: int, clock: Hands, points: int = 1) -> int:
    number = book.rounds.begin(RoundBegan(key, "lily_pads", "floor", "6-9", clock()))
    ended = RoundEnded(clock() + timedelta(minutes=1), "finished", (Marks(1, player_id, points),))
    book.rounds.end(number, ended)
    return number


def known_player(book: Book) -> int:
    """Somebody whose name is in the records, and whom it took some rows to write between others."""
    book.settings.set("real_names", True)
    player = book.players.add(birth_year=2017)
    book.players.consent(player.id, "name", who=WHO)
    book.players.set_name(player.id, NAME)
    return player.id


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_erased_is_gone_from_every_table(book: Book, clock: Hands) -> None:
    group = book.players.add_group("A", "6-9")
    stays = book.players.add(group_id=group.id)
    goes = known_player(book)
    book.players.join(goes, group.id)
    shared = book.rounds.begin(RoundBegan("both", "lily_pads", "floor", "6-9", clock()))
    both = (Marks(1, stays.id, 1), Marks(2, goes, 2))
    book.rounds.end(shared, RoundEnded(clock(), "finished", both))
    book.erase_player(goes)
    with pytest.raises(NoSuchEntry):
        book.players.get(goes)
    with pytest.raises(NoSuchEntry):
        book.erase_player(goes)
    assert book.players.consents(goes) == []
    assert book.rounds.of_player(goes) == []
    assert [marks.player_id for marks in book.rounds.marks(shared)] == [stays.id]
    assert book.players.all(group_id=group.id) == [book.players.get(stays.id)]
    assert book.players.add().id > goes


def test_nothing_of_an_erased_player_is_left_in_the_files(tmp_path: Path, clock: Hands) -> None:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite", now=clock) as book:
        for index in range(300):
            book.players.add(birth_year=2010 + index % 9)
        goes = known_player(book)
        for index in range(300):
            play(book, f"{index}", goes, clock)
            book.players.set_name(goes, f"{NAME} {index}")
        assert NAME.encode() in bytes_of(tmp_path)
        assert WHO.encode() in bytes_of(tmp_path)
        book.erase_player(goes)
        assert NAME.encode() not in bytes_of(tmp_path)
        assert WHO.encode() not in bytes_of(tmp_path)
        assert len(book.players.all()) == 300


def test_while_a_round_runs_deleting_holds_nothing_up(tmp_path: Path, clock: Hands) -> None:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite", now=clock) as book:
        goes = known_player(book)
        book.rounds.begin(RoundBegan("running", "lily_pads", "floor", "6-9", clock()))
        book.erase_player(goes)
        assert NAME.encode() not in bytes_of(tmp_path)


def test_a_name_that_is_taken_back_leaves_the_files_with_the_night(tmp_path: Path, clock: Hands) -> None:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite", now=clock) as book:
        player = known_player(book)
        book.players.withdraw(player, "name")
        assert NAME.encode() not in bytes_of(tmp_path)


def test_what_was_kept_long_enough_goes(book: Book, clock: Hands) -> None:
    old, kept, unused = book.players.add(), book.players.add(), book.players.add()
    long_ago = play(book, "a", old.id, clock)
    both = book.rounds.begin(RoundBegan("b", "lily_pads", "floor", "6-9", clock()))
    book.rounds.end(both, RoundEnded(clock(), "finished", (Marks(1, kept.id, 1),)))
    book.audit.note("player.added", subject_id=old.id)
    clock.turn(days=100)
    recent = play(book, "c", kept.id, clock)
    clock.turn(days=79)
    assert book.prune().total == 0
    clock.turn(days=2)
    gone = book.prune()
    assert (gone.rounds, gone.players, gone.audit) == (2, 2, 0)
    assert [player.id for player in book.players.all()] == [kept.id]
    assert [result.round.id for result in book.rounds.of_player(kept.id)] == [recent]
    assert long_ago != recent
    assert unused.id not in [player.id for player in book.players.all()]
    clock.turn(days=1000)
    assert book.prune().audit == 1
    assert book.players.all() == []


@pytest.mark.parametrize("days", [0, -1, "for ever", None, True, 10**6])
def test_nothing_is_kept_for_ever(sqlite_book: Book, clock: Hands, days: object) -> None:
    sqlite_book.settings.set("retention_days", days)
    sqlite_book.players.add()
    clock.turn(days=181)
    assert sqlite_book.prune().players == 1


def test_pruned_names_are_gone_from_the_files(tmp_path: Path, clock: Hands) -> None:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite", now=clock) as book:
        player = known_player(book)
        for index in range(100):
            play(book, f"{index}", player, clock)
        clock.turn(days=181)
        assert book.prune().rounds == 100
        assert NAME.encode() not in bytes_of(tmp_path)
        assert WHO.encode() not in bytes_of(tmp_path)


def test_a_running_round_is_not_pruned(sqlite_book: Book, clock: Hands) -> None:
    number = sqlite_book.rounds.begin(RoundBegan("a", "lily_pads", "floor", "6-9", clock()))
    clock.turn(days=200)
    sqlite_book.prune()
    assert sqlite_book.rounds.get(number).state == "running"


def test_the_file_is_nobody_elses(tmp_path: Path) -> None:
    with open_book(f"sqlite:///{tmp_path}/deep/records.sqlite") as book:
        book.players.add()
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep").iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700


def test_sqlite_is_set_up_to_lose_nothing(sqlite_book: Book) -> None:
    with sqlite_book._store.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_erasure_is_not_by_a_number_that_comes_again(sqlite_book: Book) -> None:
    first = sqlite_book.players.add()
    sqlite_book.erase_player(first.id)
    assert sqlite_book.players.add().id != first.id
