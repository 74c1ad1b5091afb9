"""A whole console on a free port of loopback, for as long as somebody looks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from argon2 import PasswordHasher

from didim.console._listening import listen, serve
from didim.console.app import build
from didim.console.pages import mounted
from didim.console.service import Service
from didim.console.showing._records import write_records
from didim.console.showing._robots import RobotDesk
from didim.content import content_roots
from didim.geometry import Surface
from didim.play import discover, plan
from didim.records import Player, open_book
from didim.words import Language

FLOOR = Surface("floor", 4.0, 2.5)
PASSWORD = "lily pads at night"
RIG = """format = 1
name = "hall"
[[surface]]
name = "floor"
kind = "floor"
width_m = 4.0
height_m = 2.5
[[projector]]
name = "main"
surface = "floor"
display = 1
size_px = [1920, 1200]
projector_from_surface = [[480.0, 0.0, 0.0], [0.0, -480.0, 1199.0], [0.0, 0.0, 1.0]]
"""


@dataclass(frozen=True, slots=True)
class Show:
    """A console that answers.

    Attributes:
        address: "http://127.0.0.1:…".
        key: what the session's cookie of its admin holds. teacher_key: that of an instructor.
        desk: the robots on its floor.
        players: those with a record. folder: everything that it writes.
    """

    address: str
    key: str
    teacher_key: str
    desk: RobotDesk
    service: Service
    players: tuple[Player, ...]
    folder: Path


@contextmanager
def shown(
    language: Language = "en", *, seed: int = 3, look_s: float = 0.0, venue: str | None = None
) -> Iterator[Show]:
    """A console with made-up records and robots; it is gone afterwards, with all that it wrote.

    Args:
        venue: the virtual venue that the installer's page measures into a rig file that is not there yet.
    """
    from concurrent.futures import ThreadPoolExecutor  # here: whoever only imports the room needs none

    catalog = discover(content_roots("games")[:1])
    with tempfile.TemporaryDirectory(prefix="didim-show-") as kept:
        folder = Path(kept)
        rig_file = folder / "rig.toml"
        if venue is None:
            rig_file.write_text(RIG, "utf-8")
        with open_book(f"sqlite:///{folder / 'records.sqlite'}") as book:
            now = datetime.now(UTC)
            players = write_records(book, now, language=language, seed=seed)
            desk = RobotDesk(catalog, FLOOR, seed=seed, look_s=look_s)
            hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
            service = Service(desk, book, catalog, lambda: datetime.now(UTC), hasher=hasher)
            admin, teacher = ("관리자", "지도자") if language == "ko" else ("Admin", "Instructor")
            entry = service.door.set_up(service.door.code, admin, PASSWORD, "127.0.0.1")
            service.users.add(entry.actor, teacher, "instructor", PASSWORD)
            teaching = service.door.sign_in(teacher, PASSWORD, "127.0.0.1")
            saved = plan("6-9", 8, 40, "balance", "floor", seed, catalog)
            book.plans.save(
                "월요일" if language == "ko" else "Monday",
                msgspec.to_builtins(saved),
                schedule={"days": ["mon", "thu"], "at": "09:30"},
            )
            listening = listen("127.0.0.1", 0)
            app = build(service, pages=mounted(rig_file, venue))
            over: list[bool] = []
            with ThreadPoolExecutor(1) as pool:
                serving = pool.submit(serve, app, listening, lambda: bool(over))
                try:
                    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
                    yield Show(address, entry.key, teaching.key, desk, service, tuple(players), folder)
                finally:
                    over.append(True)
                    serving.result()
