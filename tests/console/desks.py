"""A service over what forgets: the keyring in memory, a desk without a rig, a clock that tests turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from didim.console import Actor, Role
from didim.console._keyring import MemoryKeyring
from didim.console.service import Service
from didim.content import content_roots
from didim.play import discover
from didim.run.desk import MemoryDesk
from didim.run.live import Live

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CATALOG = discover(content_roots("games"))
PIN = "480216"
PASSWORD = "correct horse"


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Bench:
    """The service and what stands around it."""

    clock: Clock = field(default_factory=Clock)
    desk: MemoryDesk = field(default_factory=lambda: MemoryDesk(Live(phase="idle")))
    keyring: MemoryKeyring = field(default_factory=MemoryKeyring)
    log: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.service = Service(
            self.desk,
            self.keyring,
            CATALOG,
            self.clock,
            audit=lambda *entry: self.log.append(entry),
            hasher=QUICK,
        )

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
