"""The scribe process: the only one that writes rounds down. What it has kept outlives a power cut."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from didim.play import Plan
from didim.problem import Problem
from didim.records import (
    Book,
    DiskFull,
    NoSuchEntry,
    RecordsError,
    RoundBegan,
    RoundEnded,
    SessionBegan,
    open_book,
)
from didim.run.channel import Channel
from didim.run.commands import Start, parts_of
from didim.run.jobs import ScribeJob
from didim.run.ledger import (
    Answer,
    Condition,
    Due,
    Entry,
    Kept,
    RoundEntry,
    SessionEntry,
    Trouble,
    pack,
    unpack_entry,
)
from didim.run.link import Link, Warned
from didim.run.processes import KEPT, LEDGER
from didim.run.schedule import Schedule, due, schedule_from

LOOK_EVERY_S = 0.03
TELL_EVERY_S = 1.0
TRY_AGAIN_S = 1.0
HOUSE_EVERY_S = 2.0
QUIET_S, FAREWELL_S = 1.0, 5.0
"""At the end the scribe waits until nobody has had anything to write for so long, and not for ever."""

GONE_S = 5.0
"""A round of which nothing was heard for so long broke off when it was last written."""

IDLE_S, BACK_UP_AGAIN_S = 60.0, 3600.0
"""Backups wait until nothing was written for a minute; one that failed is tried again after an hour."""

LATE_MOST = timedelta(minutes=2)
"""So late a plan still begins by itself; later, nobody expects it any more."""

Clock = Callable[[], datetime]


def main(link: Link, job: ScribeJob) -> int:
    """Run until told to stop; how many rounds were kept."""
    desk = _Post(link, job)
    link.started()
    while not link.stopped():
        desk.work()
        time.sleep(LOOK_EVERY_S)
    desk.busy_s = time.monotonic()  # whoever else ends now may still have something to write
    until_s = desk.busy_s + FAREWELL_S
    while time.monotonic() < min(until_s, desk.busy_s + QUIET_S):
        desk.work()
        time.sleep(LOOK_EVERY_S)
    return desk.close()


class Scribe:
    """Writes entries into a book; each as often as it is told, and only once.

    Attributes:
        kept: how many rounds it has written to their end.
        complaint: why a saved plan does not begin by itself, "" where nothing is wrong.

    Args:
        now: the time of day, with its zone.
    """

    def __init__(self, book: Book, now: Clock) -> None:
        self.kept = 0
        self.complaint = ""
        self._book, self._now = book, now
        self._ids: dict[str, int] = {}
        self._sessions: dict[int, SessionEntry] = {}

    def write(self, entry: Entry) -> Kept | None:
        """Write an entry; what there is to say of it.

        Raises:
            RecordsError: it could not be written; tell it again later.
        """
        if isinstance(entry, SessionEntry):
            self._write_session(entry)
            return None
        round_id = self._id_of(entry.began)
        if entry.state == "running":
            if entry.marks:
                self._book.rounds.progress(round_id, entry.marks, entry.at, damped=entry.damped)
            return None
        self._book.rounds.end(round_id, RoundEnded(entry.at, entry.state, entry.marks, entry.damped))
        self.kept += 1
        return Kept(entry.began.key)

    def interrupt(self) -> None:
        """Nobody plays any more: what still counts as running broke off when it was last written."""
        self._book.rounds.mark_interrupted()
        self._book.sessions.mark_interrupted()
        self._sessions.clear()

    def check_room(self) -> None:
        """Raises DiskFull where a new session would not fit."""
        self._book.sessions.check_room()

    def site(self) -> str:
        """The place's name; "" where it has none."""
        try:
            return str(self._book.settings.get("site_name"))
        except KeyError:
            return ""

    def nightly(self, folder: Path) -> None:
        """Drop what was kept long enough, and back up; raises RecordsError."""
        self._book.nightly(folder)

    def begin_due(self, since: datetime) -> Start | None:
        """A saved plan whose time has come since then, as a session that has begun; None: there is none.

        Raises:
            RecordsError: it cannot be begun.
        """
        now = self._now()
        for saved in self._book.plans.all():
            try:
                moment = due(schedule_from(saved.schedule), since, now) if saved.schedule else None
                plan = msgspec.convert(saved.document, Plan)
            except (Problem, msgspec.ValidationError) as problem:
                self.complaint = f"the plan {saved.name!r} does not begin by itself: {problem}"
                continue
            key = f"plan {saved.id} at {moment:%Y-%m-%dT%H:%M}" if moment else ""
            if moment is None or any(each.key == key for each in self._book.sessions.all(limit=20)):
                continue
            title = plan.title or saved.name
            began = SessionBegan(key, title, now, dict(saved.document))
            return Start(parts_of(plan), (), plan.seed, self._book.sessions.begin(began), title)
        return None

    def _id_of(self, began: RoundBegan) -> int:
        if began.key not in self._ids:
            self._book.rounds.mark_interrupted()  # a stage plays one round: the one before broke off
            if began.session_id is not None:
                try:
                    self._book.sessions.get(began.session_id)
                except NoSuchEntry:
                    began = replace(began, session_id=None)
            self._ids[began.key] = self._book.rounds.begin(began)
        return self._ids[began.key]

    def _write_session(self, entry: SessionEntry) -> None:
        known = self._sessions.get(entry.session_id)
        if known is not None and (known.part, known.state) == (entry.part, entry.state):
            return
        with suppress(NoSuchEntry):
            if entry.state == "running":
                self._book.sessions.checkpoint(entry.session_id, {"part": entry.part}, entry.at)
            else:
                self._book.sessions.end(entry.session_id, entry.state, entry.at)
        self._sessions[entry.session_id] = entry


class _Post:
    """The scribe at its channels: it reads, has written, answers, and says how that goes.

    Attributes:
        busy_s: when there last was something to write.
    """

    def __init__(self, link: Link, job: ScribeJob) -> None:
        self._link, self._job = link, job
        self._ledger: Channel = link.attach(LEDGER)
        self._answers: Channel = link.attach(KEPT)
        self._book: Book | None = None
        self._scribe: Scribe | None = None
        self._read = 0
        self._condition = Condition(0)
        self.busy_s = self._heard_s = time.monotonic()
        self._told_s = self._failed_s = self._kept_house_s = -HOUSE_EVERY_S
        self._interrupted, self._site = False, ""
        self._backed_up_at, self._no_backup_before_s = self._last_backup(), 0.0
        self._planned_until = self._now() - LATE_MOST

    def work(self) -> None:
        """One look at everything."""
        now_s = time.monotonic()
        if now_s - self._failed_s >= TRY_AGAIN_S:
            try:
                self._write_all(self._opened(), now_s)
                if now_s - self._kept_house_s >= HOUSE_EVERY_S:
                    self._kept_house_s = now_s
                    self._keep_house(self._opened(), now_s)
                self._condition = Condition(0, site=self._site)
            except RecordsError as error:
                self._failed_s = now_s
                kind: Trouble = "disk_full" if isinstance(error, DiskFull) else "records_failed"
                self._condition = Condition(0, kind, str(error), self._site)
                self._link.report(Warned(str(error)))
        if now_s - self._told_s >= TELL_EVERY_S:
            self._told_s = now_s
            self._say(msgspec.structs.replace(self._condition, at_ns=time.monotonic_ns()))

    def close(self) -> int:
        """Let go of the book; how many rounds were kept."""
        if self._book is not None:
            self._book.close()
        return self._scribe.kept if self._scribe else 0

    def _opened(self) -> Scribe:
        if self._scribe is None:
            self._book = open_book(self._job.records)
            self._scribe = Scribe(self._book, self._now)
        return self._scribe

    def _write_all(self, scribe: Scribe, now_s: float) -> None:
        """Write what is new; of a running round the newest alone counts."""
        fresh = [(number, unpack_entry(packed)) for number, packed in self._ledger.since(self._read)]
        newest = {entry.began.key: number for number, entry in fresh if isinstance(entry, RoundEntry)}
        for number, entry in fresh:
            self.busy_s = self._heard_s = now_s
            self._interrupted = False
            running = isinstance(entry, RoundEntry) and entry.state == "running"
            passed = isinstance(entry, RoundEntry) and running and newest[entry.began.key] != number
            answer = None if passed else scribe.write(entry)
            if answer is not None:
                self._say(answer)
            self._read = number

    def _keep_house(self, scribe: Scribe, now_s: float) -> None:
        """What is to be done now and then."""
        if now_s - self._heard_s > GONE_S and not self._interrupted:
            self._interrupted = True
            scribe.interrupt()
        self._site = scribe.site()
        self._back_up(scribe, now_s)
        scribe.check_room()
        now = self._now()
        start = scribe.begin_due(max(self._planned_until, now - LATE_MOST))
        self._planned_until = now
        if start is not None:
            self._say(Due(start))
        if scribe.complaint:
            self._link.report(Warned(scribe.complaint))
            scribe.complaint = ""

    def _back_up(self, scribe: Scribe, now_s: float) -> None:
        """Once a night, or as soon as nobody plays after a night without power."""
        folder, now = self._job.backups, self._now()
        if folder is None or now_s - self._heard_s < IDLE_S or now_s < self._no_backup_before_s:
            return
        if due(Schedule(self._job.backup_at), self._backed_up_at, now) is None:
            return
        self._no_backup_before_s = now_s + BACK_UP_AGAIN_S
        try:
            scribe.nightly(folder)
            self._backed_up_at = now
        except (RecordsError, OSError) as error:
            self._link.report(Warned(f"no backup was made: {error}"))

    def _last_backup(self) -> datetime:
        """When the newest backup was made; a day ago where there is none."""
        files = list(self._job.backups.glob("*")) if self._job.backups else []
        newest_s = max((path.stat().st_mtime for path in files), default=0.0)
        day_ago = self._now() - timedelta(days=1)
        return max(day_ago, datetime.fromtimestamp(newest_s).astimezone()) if files else day_ago

    def _say(self, answer: Answer) -> None:
        self._answers.publish(pack(answer))

    def _now(self) -> datetime:
        return datetime.now().astimezone()
