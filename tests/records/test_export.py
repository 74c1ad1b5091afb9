"""What is handed out of a player is all there is, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from didim.records import Book, Marks, RoundBegan, RoundEnded
from didim.records.export import CSV_COLUMNS, player_json, player_zip, results_csv
from tests.records.conftest import START
from tests.records.made import UNMEASURED, WHOLE, result, somebody


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_everything_of_a_player_is_in_the_json(sqlite_book: Book) -> None:
    book = sqlite_book
    book.settings.set("real_names", True)
    group = book.players.add_group("햇살반", "6-9")
    player = book.players.add(group_id=group.id, birth_year=2018)
    other = book.players.add(group_id=group.id)
    book.players.consent(player.id, "name", who="her father")
    book.players.set_name(player.id, "하나")
    number = book.rounds.begin(RoundBegan("a", "lily_pads", "floor", "6-9", START))
    both = (Marks(1, player.id, **WHOLE), Marks(2, other.id, 99))
    book.rounds.end(number, RoundEnded(START, "finished", both))
    document = json.loads(player_json(book, player.id))
    assert document["player"]["name"] == "하나"
    assert document["groups"] == ["햇살반"]
    assert document["consents"][0]["who"] == "her father"
    assert [each["marks"]["player_id"] for each in document["results"]] == [player.id]
    assert document["results"][0]["round"]["began_at"] == START.isoformat()
    with zipfile.ZipFile(io.BytesIO(player_zip(book, player.id))) as archive:
        assert sorted(archive.namelist()) == ["player.json", "results.csv"]
        (row,) = table(archive.read("results.csv"))
    assert (row["steps"], row["distance_m"], row["player"]) == ("150", "55.0", "하나")
    assert (row["hits"], row["misses"], row["accuracy"]) == ("12", "3", "0.8")


def test_an_empty_cell_says_not_measured() -> None:
    (row,) = table(results_csv([(somebody(), result(**UNMEASURED))]))
    assert list(row) == CSV_COLUMNS
    assert (row["steps"], row["active_s"], row["present_s"]) == ("", "", "100.0")


def test_no_name_runs_as_a_formula() -> None:
    (row,) = table(results_csv([(somebody(name='=HYPERLINK("x")'), result())]))
    assert row["player"] == '\'=HYPERLINK("x")'
