"""`didim records` as a person meets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from didim.records import Marks, RoundBegan, RoundEnded, open_book
from tests.cli.test_commands import didim


@pytest.fixture
def url(tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path}/records.sqlite"
    began = datetime.now(UTC)
    with open_book(found) as book:
        group = book.players.add_group("A", "6-9")
        player = book.players.add(group_id=group.id)
        number = book.rounds.begin(RoundBegan("a", "lily_pads", "floor", "6-9", began))
        book.rounds.end(number, RoundEnded(began, "finished", (Marks(1, player.id, 5, present_s=9.0),)))
    with open_book(found, now=lambda: began - timedelta(days=200)) as book:
        book.players.add()
    return found


def test_backup_check_restore(url: str, tmp_path: Path) -> None:
    done = didim("records", "backup", "--records", url, "--to", str(tmp_path / "kept"), "--json")
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)["written"]
    assert didim("records", "erase", "1", "--yes", DIDIM_RECORDS=url).returncode == 0
    checked = json.loads(didim("records", "check", "--json", DIDIM_RECORDS=url).stdout)
    assert (checked["rows"]["players"], checked["rows"]["marks"]) == (1, 0)
    assert didim("records", "restore", written, DIDIM_RECORDS=url).returncode == 1  # nobody said yes
    restored = didim("records", "restore", written, "--yes", "--json", DIDIM_RECORDS=url)
    assert json.loads(restored.stdout)["rows"]["players"] == 0  # erased stays erased, old is gone


def test_export_report_prune(url: str, tmp_path: Path) -> None:
    assert didim("records", "export", "1", "--to", str(tmp_path), DIDIM_RECORDS=url).returncode == 0
    assert (tmp_path / "player-1.json").is_file()
    assert (tmp_path / "player-1.csv").is_file()
    for whose in (("--player", "1"), ("--group", "1")):
        out = tmp_path / f"{whose[0]}.pdf"
        done = didim("records", "report", *whose, "--out", str(out), DIDIM_RECORDS=url)
        assert done.returncode == 0, done.stderr
        assert out.read_bytes().startswith(b"%PDF")
    assert json.loads(didim("records", "prune", "--json", DIDIM_RECORDS=url).stdout)["players"] == 1
    with open_book(url) as book:
        assert [entry.action for entry in book.audit.entries()] == ["records.pruned", "player.exported"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("export", "77"), 10, "no such player"),
        (("restore", "none.sqlite", "--yes"), 10, "no such file"),
        (("report", "--out", "x.pdf"), 2, "--player or --group"),
        (("check", "--records", "mysql://x/y"), 10, "sqlite or postgresql"),
    ],
)
def test_a_problem_is_a_sentence_and_its_code(
    arguments: tuple[str, ...], code: int, words: str, url: str, tmp_path: Path
) -> None:
    done = didim("records", *arguments, cwd=tmp_path, DIDIM_RECORDS=url)
    assert done.returncode == code
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
