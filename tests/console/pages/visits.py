"""Somebody who opens pages without a browser, and the bench that stands behind them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation

from didim.console import Role
from didim.console.pages import Site, register
from didim.run.live import Live, Surroundings
from tests.console.desks import Bench

AT_REST = Live(number=1, rig="hall", phase="idle", surface=Surroundings("floor", 4.0, 2.25))


@contextmanager
def _modules_kept() -> Iterator[None]:
    """NiceGUI's simulation forgets the modules of the pages and their parents; other tests need them."""
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "didim"}
    try:
        yield
    finally:
        sys.modules.update(before)


@asynccontextmanager
async def visiting(
    bench: Bench, role: Role = "admin", *, language: str = "en", rig_file: Path | None = None
) -> AsyncIterator[User]:
    """Somebody of that role, before any page is open."""
    actor = bench.somebody(role)
    bench.desk.now = AT_REST if bench.desk.now.phase == "idle" else bench.desk.now
    with _modules_kept():
        async with user_simulation() as user:
            register(Site(bench.service, lambda request: actor, rig_file))
            user.http_client.cookies.set("didim_language", language)
            yield user
