"""The scribe writes whatever it is told once, however often it is told, and says what went wrong."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from didim.play import Plan, PlanItem
from didim.records import Book, DiskFull, Marks, Player, RoundBegan, SessionBegan, open_book
from didim.run import ledger
from didim.run.channel import Channel
from didim.run.commands import GamePart, RestPart, Seated, Start
from didim.run.jobs import ScribeJob
from didim.run.ledger import Condition, Due, Kept, Outbox, RoundEntry, SessionEntry
from didim.run.link import Link
from didim.run.processes import KEPT, LEDGER
from didim.run.scribe import Scribe, _Post

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
BEGAN = RoundBegan("a" * 32, "lily_pads", "floor", "6-9", NOON, 3, {"round_s": 60.0})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(f"sqlite:///{tmp_path}/records.sqlite") as opened:
        yield opened


def scribe_at(book: Book, now: datetime = NOON) -> Scribe:
    return Scribe(book, lambda: now)


def entry(seconds: float, state: str, *marks: Marks, began: RoundBegan = BEGAN) -> RoundEntry:
    at = NOON + timedelta(seconds=seconds)
    return msgspec.convert({"began": began, "at": at, "state": state, "marks": marks}, RoundEntry)


def player(book: Book) -> Player:
    return book.players.add()


def test_a_round_is_written_as_it_runs_and_kept_at_its_end(book: Book) -> None:
    me, scribe = player(book), scribe_at(book)
    assert scribe.write(entry(0, "running")) is None
    assert scribe.write(entry(1, "running", Marks(1, me.id, points=5, present_s=1.0))) is None
    (running,) = book.rounds.all()
    assert (running.state, running.progressed_at) == ("running", NOON + timedelta(seconds=1))
    ended = entry(60, "finished", Marks(1, me.id, points=50, present_s=60.0), Marks(2, None, points=9))
    ended = msgspec.structs.replace(ended, damped=3)
    assert scribe.write(ended) == Kept(BEGAN.key)
    assert scribe.write(ended) == Kept(BEGAN.key), "told again, answered again"
    (kept,) = book.rounds.all()
    assert (kept.state, kept.guests, kept.seed, kept.settings) == ("finished", 1, 3, {"round_s": 60.0})
    assert kept.damped == 3
    (result,) = book.rounds.of_player(me.id)
    assert result.marks.points == 50


def test_another_scribe_goes_on_where_one_died(book: Book) -> None:
    me = player(book)
    scribe_at(book).write(entry(1, "running", Marks(1, me.id, points=5)))
    scribe_at(book).write(entry(60, "finished", Marks(1, me.id, points=50)))
    scribe_at(book).write(entry(2, "running", Marks(1, me.id, points=6)))
    (kept,) = book.rounds.all()
    assert kept.state == "finished", "what is over stays over"
    assert book.rounds.of_player(me.id)[0].marks.points == 50


def test_a_round_that_was_heard_of_only_at_its_end_is_whole(book: Book) -> None:
    me = player(book)
    scribe_at(book).write(entry(60, "stopped", Marks(1, me.id, points=50)))
    assert book.rounds.all()[0].state == "stopped"


def test_a_round_of_an_unknown_session_is_kept_all_the_same(book: Book) -> None:
    scribe = scribe_at(book)
    lost = RoundBegan("b" * 32, "lily_pads", "floor", "6-9", NOON, session_id=77)
    assert scribe.write(entry(5, "finished", began=lost)) == Kept("b" * 32)
    assert scribe.write(SessionEntry(77, NOON, "finished", 1)) is None


def test_what_nobody_tells_of_any_more_broke_off_when_last_written(book: Book) -> None:
    session_id = book.sessions.begin(SessionBegan("s", "Monday", NOON))
    scribe = scribe_at(book)
    scribe.write(SessionEntry(session_id, NOON, "running", 2))
    scribe.write(entry(7, "running", Marks(1, None, points=3)))
    scribe.interrupt()
    assert book.rounds.all()[0].state == "interrupted"
    assert book.rounds.all()[0].ended_at == NOON + timedelta(seconds=7)
    assert book.sessions.get(session_id).state == "interrupted"
    assert book.sessions.get(session_id).checkpoint == {"part": 2}
    scribe.write(entry(9, "running", Marks(1, None, points=4)))
    assert book.rounds.all()[0].state == "running", "it was only silent"


def test_a_saved_plan_begins_by_itself_once(book: Book) -> None:
    items = (
        PlanItem(part="game", seconds=85, game="lily_pads", seed=5, settings={"round_s": 60.0}),
        PlanItem(part="rest", seconds=30),
    )
    plan = Plan(age_band="6-9", headcount=4, minutes=5, goal="agility", surface="floor", seed=9, items=items)
    book.plans.save("A broken one", msgspec.to_builtins(plan), schedule={"at": "noon"})
    book.plans.save("Monday noon", msgspec.to_builtins(plan), schedule={"at": "12:00", "days": ["mon"]})
    before = NOON - timedelta(minutes=1)
    assert scribe_at(book, before).begin_due(before - timedelta(minutes=1)) is None
    scribe = scribe_at(book)
    start = scribe.begin_due(before)
    assert start is not None
    assert start.parts == (GamePart("lily_pads", {"round_s": 60.0}, 5), RestPart(30.0))
    assert start.seats == ()
    assert start.title == "Monday noon"
    assert "A broken one" in scribe.complaint
    (session,) = book.sessions.all()
    assert (session.id, session.state, session.title) == (start.session_id, "running", "Monday noon")
    assert scribe_at(book).begin_due(before) is None, "a scribe that starts anew does not begin it twice"


def test_a_full_disk_is_told_before_a_session_begins(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    me = player(book)
    monkeypatch.setattr(book.sessions._store, "free_bytes", lambda: 3 * 2**20)
    scribe = scribe_at(book)
    with pytest.raises(DiskFull, match="3 MiB"):
        scribe.check_room()
    scribe.write(entry(60, "finished", Marks(1, me.id, points=50)))
    assert book.rounds.all()[0].state == "finished", "what runs is still written"


@pytest.fixture
def channels() -> Iterator[tuple[Channel, Channel]]:
    opened = Channel(LEDGER), Channel(KEPT)
    yield opened
    for each in opened:
        each.close()


def told(channel: Channel) -> list[ledger.Entry]:
    return [ledger.unpack_entry(packed) for _, packed in channel.since(0)]


def test_an_end_is_told_again_until_it_is_kept(channels: tuple[Channel, Channel]) -> None:
    to_scribe, from_scribe = channels
    outbox = Outbox(to_scribe, from_scribe, 0.0)
    outbox.put(entry(1, "running"), 0.0)
    outbox.put(entry(60, "finished"), 0.0)
    for now_s in (0.5, 1.1, 1.5, 2.2):
        assert outbox.read(now_s) == []
    assert [each.state for each in told(to_scribe)] == ["running", *["finished"] * 3]
    assert BEGAN.key in outbox.unkept
    from_scribe.publish(ledger.pack(Kept(BEGAN.key)))
    assert outbox.read(2.3) == [Kept(BEGAN.key)]
    outbox.read(9.0)
    assert len(told(to_scribe)) == 4
    assert BEGAN.key not in outbox.unkept


def test_the_outbox_knows_how_the_scribe_is(channels: tuple[Channel, Channel]) -> None:
    outbox = Outbox(*channels, 0.0)
    assert not outbox.silent(4.0)
    assert outbox.silent(6.0)
    start = Start((RestPart(20.0),), seats=(Seated(1, 2),))
    full = Condition(5, "disk_full", "make room")
    for answer in (full, Due(start)):
        channels[1].publish(ledger.pack(answer))
    assert outbox.read(7.0) == [Due(start)]
    assert outbox.condition == full
    assert not outbox.silent(8.0)


def test_the_largest_round_fits_the_ledger() -> None:
    figures: dict[str, Any] = {each.name: 12345.678901 for each in fields(Marks)}
    marks = [Marks(**figures | {"seat": n, "player_id": 10**6 + n}) for n in range(40)]
    settings = {f"setting_{n}": "a long value" for n in range(60)}
    began = RoundBegan("a" * 64, "g" * 40, "s" * 40, "senior", NOON, 2**60, settings)
    whole = RoundEntry(began, NOON, "finished", tuple(marks))
    assert len(ledger.pack(whole)) < LEDGER.message_bytes


def test_a_round_whose_stage_died_is_broken_off_by_the_next(book: Book) -> None:
    scribe = scribe_at(book)
    scribe.write(entry(7, "running", Marks(1, None, points=3)))
    following = RoundBegan("c" * 32, "lily_pads", "floor", "6-9", NOON + timedelta(seconds=9))
    scribe.write(entry(10, "running", began=following))
    assert {each.key: each.state for each in book.rounds.all()} == {
        BEGAN.key: "interrupted",
        following.key: "running",
    }


class Desk:
    """A scribe at channels of its own, looked at once a step."""

    def __init__(self, channels: tuple[Channel, Channel], job: ScribeJob) -> None:
        self.to_scribe, self.from_scribe = channels
        self.reports, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
        names = {LEDGER.name: self.to_scribe.name, KEPT.name: self.from_scribe.name}
        stop = multiprocessing.get_context("spawn").Event()
        self.post = _Post(Link("scribe", names, sender, stop), job)
        self.sender, self.heard = sender, 0

    def tell(self, *entries: ledger.Entry) -> list[ledger.Answer]:
        for each in entries:
            self.to_scribe.publish(ledger.pack(each))
        self.post.work()
        answers = self.from_scribe.since(self.heard)
        self.heard = answers[-1][0] if answers else self.heard
        return [ledger.unpack_answer(packed) for _, packed in answers]

    def close(self) -> None:
        self.post.close()
        self.reports.close()
        self.sender.close()


@pytest.fixture
def desk(channels: tuple[Channel, Channel], tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(channels, ScribeJob(f"sqlite:///{tmp_path}/records.sqlite", tmp_path / "backups"))
    yield opened
    opened.close()


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    real = time.monotonic
    monkeypatch.setattr("didim.run.scribe.time.monotonic", lambda: real() + seconds)


def test_the_post_keeps_answers_and_says_how_it_goes(desk: Desk, book: Book) -> None:
    answers = desk.tell(entry(1, "running"), entry(2, "running"), entry(60, "finished"))
    assert Kept(BEGAN.key) in answers
    (condition,) = [each for each in answers if isinstance(each, Condition)]
    assert condition.problem == ""
    assert book.rounds.all()[0].state == "finished"


def test_records_that_fail_are_told_and_tried_again(
    channels: tuple[Channel, Channel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records").write_text("in the way")
    desk = Desk(channels, ScribeJob(f"sqlite:///{tmp_path}/records/records.sqlite"))
    answers = desk.tell(entry(60, "finished"))
    assert [each.problem for each in answers if isinstance(each, Condition)] == ["records_failed"]
    assert Kept(BEGAN.key) not in answers
    (tmp_path / "records").unlink()
    later(monkeypatch, 5.0)
    assert Kept(BEGAN.key) in desk.tell(), "nothing was lost meanwhile"
    desk.close()


def test_a_full_disk_is_told_to_the_stage_and_what_runs_is_written(
    desk: Desk, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("didim.records._store.Store.free_bytes", lambda self: 2**20)
    answers = desk.tell(entry(60, "finished"))
    (condition,) = [each for each in answers if isinstance(each, Condition)]
    assert condition.problem == "disk_full"
    assert "1 MiB" in condition.text
    assert Kept(BEGAN.key) in answers
    assert book.rounds.all()[0].state == "finished"


def test_a_backup_is_made_at_night_and_only_while_nobody_plays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tell(entry(1, "running"))
    assert list(tmp_path.glob("backups/*")) == []
    later(monkeypatch, 100.0)
    desk.tell()
    (backup,) = tmp_path.glob("backups/*")
    assert backup.suffix == ".sqlite"
    later(monkeypatch, 10_000.0)
    desk.tell()
    assert list(tmp_path.glob("backups/*")) == [backup], "one a night"


def test_a_place_is_called_as_its_settings_say(desk: Desk, book: Book) -> None:
    book.settings.set("site_name", "Sunshine")
    (condition,) = [each for each in desk.tell() if isinstance(each, Condition)]
    assert condition.site == "Sunshine"
