"""A service over a book of its own, a desk without a rig, and a clock that tests turn."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from didim.console import Actor, Role
from didim.console.service import Service
from didim.content import content_roots
from didim.play import discover
from didim.records import AuditEntry, open_book
from didim.run.desk import MemoryDesk
from didim.run.live import Live

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CATALOG = discover(content_roots("games"))
PASSWORD = "correct horse"


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **time: float) -> None:
        self.now += timedelta(**time)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="didim-test-", ignore_cleanup_errors=True)


@cache
def _empty() -> Path:
    """An empty book, made once: its schema takes longer than a test."""
    path = Path(_scratch().name) / "empty.sqlite"
    open_book(f"sqlite:///{path}").close()
    return path


@dataclass
class LentAtOnce:
    """Devices that are free as soon as somebody asks, or never.

    Attributes:
        asked: how often.
    """

    free: bool = True
    asked: int = 0
    given_back: int = 0

    def want(self) -> bool:
        self.asked += 1
        return self.free

    def lent(self) -> bool:
        return self.free and self.asked > self.given_back

    def give_back(self) -> None:
        self.given_back = self.asked


@dataclass
class Bench:
    """The service and what stands around it."""

    clock: Clock = field(default_factory=Clock)
    desk: MemoryDesk = field(default_factory=lambda: MemoryDesk(Live(phase="idle")))
    devices: LentAtOnce = field(default_factory=LentAtOnce)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=_scratch().name))
        shutil.copy(_empty(), self.folder / "records.sqlite")
        self.book = open_book(f"sqlite:///{self.folder / 'records.sqlite'}", now=self.clock)
        self.service = self.restarted()

    def restarted(self) -> Service:
        """The service as a console has it that was just started."""
        return Service(self.desk, self.book, CATALOG, self.clock, devices=self.devices, hasher=QUICK)

    def admin(self) -> Actor:
        """Set the console up; the first admin, signed in."""
        door = self.service.door
        if door.needs_set_up:
            return door.set_up(door.code, "Head", PASSWORD, "10.0.0.1").actor
        return door.sign_in("Head", PASSWORD, "10.0.0.1").actor

    def somebody(self, role: Role) -> Actor:
        """Somebody of that role, signed in."""
        if role == "admin":
            return self.admin()
        secret = "4802164802"
        self.service.users.add(self.admin(), f"A {role}", role, secret)
        return self.service.door.sign_in(f"A {role}", secret, "10.0.0.2").actor

    @property
    def log(self) -> list[AuditEntry]:
        """The audit log, the newest entry first."""
        return self.book.audit.entries()
