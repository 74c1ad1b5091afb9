"""What is handed out: reports, tables, and all that is kept of one player and of nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from didim.console import Actor, NotFound
from didim.records import Marks, RoundBegan, RoundEnded
from tests.console.clients import browser, client, program
from tests.console.desks import Bench


@pytest.fixture
def bench() -> Bench:
    """A group of two who have played a round each."""
    bench = Bench()
    teacher = bench.somebody("instructor")
    group = bench.service.players.add_group(teacher, "Tigers", "6-9")
    for _ in range(2):
        player = bench.service.players.add(teacher, group_id=group.id, birth_year=2018)
        at = bench.clock() - timedelta(days=3)
        began = RoundBegan(f"key {player.id}", "lily_pads", "floor", "6-9", at)
        number = bench.book.rounds.begin(began)
        marks = Marks(
            1, player.id, points=10 * player.id, present_s=90.0, tracked_share=0.9, steps=100 + player.id
        )
        bench.book.rounds.end(number, RoundEnded(at + timedelta(minutes=2), "finished", (marks,)))
    return bench


@pytest.mark.parametrize("kind", ["exports/players/1", "exports/groups/1"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_reports_come_as_pdf_in_both_languages(bench: Bench, kind: str, language: str) -> None:
    answer = program(bench, "instructor").get(f"/api/v1/{kind}.pdf", params={"language": language})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_tables_hold_a_line_for_each_result(bench: Bench) -> None:
    opened = program(bench, "instructor")
    own = opened.get("/api/v1/exports/players/1.csv").text
    whole = opened.get("/api/v1/exports/groups/1.csv").text
    assert [text.count("lily_pads") for text in (own, whole)] == [1, 2]


def test_all_that_is_kept_of_a_player_is_handed_out_and_noted(bench: Bench) -> None:
    answer = program(bench, "instructor").get("/api/v1/exports/players/2.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        document = json.loads(archive.read("player.json"))
        assert "102" in archive.read("results.csv").decode("utf-8-sig")
    assert document["player"]["id"] == 2
    assert document["player"]["birth_year"] == 2018
    assert document["groups"] == ["Tigers"]
    assert [result["marks"]["points"] for result in document["results"]] == [20]
    assert (bench.log[0].action, bench.log[0].subject_id) == ("player.exported", 2)


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("player/1.pdf?language=en", b"%PDF-"),
        ("group/1.pdf", b"%PDF-"),
        ("player/1.csv", b"\xef\xbb\xbfplayer,"),
        ("group/1.csv", b"\xef\xbb\xbfplayer,"),
        ("player/1", b"PK"),
        ("sheet-a4.pdf", b"%PDF-"),
    ],
)
def test_pages_link_to_the_same_as_downloads(bench: Bench, path: str, begins: bytes) -> None:
    assert client(bench).get(f"/download/{path}").status_code == 303
    answer = browser(bench).get(f"/download/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_who_may_not_gets_no_paper(bench: Bench) -> None:
    for path in ("players/1.pdf", "players/1.csv", "players/1.zip", "groups/1.pdf", "groups/1.csv"):
        assert program(bench, "installer").get(f"/api/v1/exports/{path}").status_code == 403


def test_there_is_no_paper_of_nobody(bench: Bench) -> None:
    teacher: Actor = bench.somebody("admin")
    records = bench.service.records
    for paper in (records.player_table, records.everything_of, records.group_table):
        with pytest.raises(NotFound):
            paper(teacher, 4711)
    for report in (records.player_report, records.group_report):
        with pytest.raises(NotFound):
            report(teacher, 4711, "ko")
