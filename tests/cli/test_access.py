"""`didim access`: from the rig's own command line, over the very service that pages use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from didim.cli._access import app
from didim.console._settings import host_names, is_open
from didim.console.service import Service
from didim.records import open_book
from didim.run.desk import MemoryDesk

PIN = "480216"


@pytest.fixture
def records(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


def run(records: str, *arguments: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, [*arguments, "--records", records], input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_users_are_added_reset_and_removed(records: str) -> None:
    run(records, "add-user", "Kim", typed=f"{PIN}\n{PIN}\n")
    assert "Kim" in run(records, "users")
    with open_book(records) as book:
        service = Service(MemoryDesk(), book, {}, lambda: datetime.now(UTC))
        entry = service.door.sign_in("kim", PIN, "here")
        run(records, "reset", "Kim", typed="715302\n715302\n")
        service.door.forget()
        with pytest.raises(Exception, match="Sign in"):
            service.door.actor_of_cookie(entry.key)
        assert service.door.sign_in("Kim", "715302", "here").actor.role == "instructor"
    run(records, "remove-user", "Kim")
    assert "Kim" not in run(records, "users")
    with pytest.raises(Exception, match="no user 'Kim'"):
        run(records, "reset", "Kim", typed=f"{PIN}\n{PIN}\n")


def test_a_token_is_printed_once_and_lets_its_program_in(records: str) -> None:
    token = run(records, "add-token", "Scoreboard", "--role", "installer", "--days", "7").strip()
    assert "Scoreboard" in run(records, "tokens")
    assert token not in run(records, "tokens")
    with open_book(records) as book:
        service = Service(MemoryDesk(), book, {}, lambda: datetime.now(UTC))
        assert service.door.actor_of_token(token).role == "installer"
        run(records, "remove-token", "1")
        service.door.forget()
        with pytest.raises(Exception, match="token"):
            service.door.actor_of_token(token)


def test_the_network_is_opened_and_closed(records: str) -> None:
    run(records, "open", "--name", "hall.example")
    run(records, "open", "--name", "gym.example")
    with open_book(records) as book:
        assert is_open(book)
        assert host_names(book) == ("hall.example", "gym.example")
        run(records, "close")
        assert not is_open(book)


def test_settings_are_set_as_they_are_typed(records: str) -> None:
    run(records, "set", "retention_days", "30")
    run(records, "set", "real_names", "true")
    run(records, "set", "site_name", "Hall 3")
    run(records, "set", "host_names", "hall.example, gym.example")
    with open_book(records) as book:
        kept = book.settings.all()
    assert (kept["retention_days"], kept["real_names"], kept["site_name"]) == (30, True, "Hall 3")
    assert kept["host_names"] == ["hall.example", "gym.example"]
    for name, value in (("retention_days", "ever"), ("leaderboards", "maybe"), ("colour", "red")):
        with pytest.raises(Exception, match=name):
            run(records, "set", name, value)
