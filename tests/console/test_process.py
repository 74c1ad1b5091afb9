"""The console process: it comes, goes and comes back, and nobody has to sign in again."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from didim.console import process
from didim.console._settings import is_open
from didim.console.process import main
from didim.records import open_book
from didim.run import commands
from didim.run.channel import Channel
from didim.run.commands import Safe
from didim.run.jobs import ConsoleJob
from didim.run.link import Link
from didim.run.processes import COMMANDS, LIVE
from tests.console.desks import PASSWORD


@contextmanager
def running(job: ConsoleJob, channels: dict[str, Channel], capsys: Any) -> Iterator[tuple[str, str]]:
    """The console's process, here in a thread: its address, and what it says on the rig's screen."""
    reports, sender = multiprocessing.Pipe(duplex=False)
    link = Link(
        "console", {name: each.name for name, each in channels.items()}, sender, multiprocessing.Event()
    )
    thread = threading.Thread(target=main, args=(link, job))
    thread.start()
    try:
        assert reports.poll(30), "it reports that it has started"
        said = ""
        while "\n" not in said:
            time.sleep(0.02)
            said += capsys.readouterr().err
        time.sleep(0.1)
        said += capsys.readouterr().err
        yield said.split("console: ")[1].split()[0], said
    finally:
        link.stop.set()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def channels() -> Iterator[dict[str, Channel]]:
    made = {spec.name: Channel(spec) for spec in (COMMANDS, LIVE)}
    yield made
    for channel in made.values():
        channel.close()


def test_it_is_set_up_at_the_rig_and_comes_back_as_it_was(
    channels: dict[str, Channel], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = ConsoleJob(f"sqlite:///{tmp_path / 'records.sqlite'}", port=0)
    with httpx2.Client() as tablet:
        with running(job, channels, capsys) as (address, said):
            code = said.split("first admin is made: ")[1].split()[0]
            form = {"code": code, "name": "Head", "secret": PASSWORD}
            assert tablet.post(f"{address}/set-up", data=form).headers["location"] == "/"
        with running(job, channels, capsys) as (address, said):
            assert "set-up code" not in said
            assert tablet.get(f"{address}/api/v1/me").json()["name"] == "Head"
            assert httpx2.post(f"{address}/api/v1/sessions/current/safe").status_code == 202
    assert commands.unpack(channels["commands"].newest()[1]) == Safe()  # type: ignore[index]


def test_it_starts_anew_where_the_network_is_opened(
    channels: dict[str, Channel],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "LOOK_AT_BOOK_EVERY", 1)
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    with running(ConsoleJob(url, port=0), channels, capsys) as (address, _), open_book(url) as book:
        book.settings.set("network", True)
        assert is_open(book)
        assert answers_no_more(address)
    with running(ConsoleJob(url, port=0), channels, capsys) as (_, said):
        assert "console: http://this computer's address" in said


def answers_no_more(address: str) -> bool:
    """Whether it ends within twenty seconds."""
    for _ in range(200):
        try:
            httpx2.get(f"{address}/api/v1/me")
        except httpx2.HTTPError:
            return True
        time.sleep(0.1)
    return False
