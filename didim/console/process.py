"""The console process of the run table: pages, API and live state over one rig and its records.

It may come and go: what runs goes on in the stage, who is signed in stays so in the book.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime

from didim.console._listening import EVERYWHERE, Certificate, host_to_listen_on, listen, serve
from didim.console._settings import host_names, is_open
from didim.console.app import build
from didim.console.pages import mounted
from didim.console.service import Service
from didim.content import content_roots
from didim.play import PackError, discover
from didim.records import Book, open_book
from didim.run.desk import ChannelDesk
from didim.run.jobs import ConsoleJob
from didim.run.lending import Borrower
from didim.run.link import Link
from didim.run.processes import COMMANDS, LENT, LIVE, WANTED

LOOK_AT_BOOK_EVERY = 8
"""Every so many looks: the setting is read every two seconds."""


def main(link: Link, job: ConsoleJob) -> None:
    """Serve until told to stop, or until the site's network is opened or closed: then start anew.

    Raises:
        ListenError: the port is taken, or the certificate cannot be used.
        RecordsError: the records cannot be used.
    """
    certificate = Certificate(job.certificate, job.key) if job.certificate else None
    with open_book(job.records) as book:
        broken: dict[str, PackError] = {}
        catalog = discover(content_roots("games"), broken=broken)
        desk = ChannelDesk(link.attach(COMMANDS), link.attach(LIVE))
        held = job.rig_file is not None and job.venue is None  # a drawn room has cameras enough for two
        devices = Borrower(link.attach(WANTED), link.attach(LENT)) if held else None
        service = Service(desk, book, catalog, _now, backups=job.backups, devices=devices)
        open_now = is_open(book)
        listening = listen(host_to_listen_on(job.host, is_open=open_now), job.port)
        address = _address(listening.getsockname(), tls=certificate is not None)

        def ready() -> None:
            link.started()
            say_how_to_come_in(service, address)

        pages = mounted(job.rig_file, job.venue)
        app = build(service, names=lambda: host_names(book), tls=certificate is not None, pages=pages)
        serve(app, listening, _over(link, book, open_now), certificate=certificate, started=ready)


def _now() -> datetime:
    return datetime.now(UTC)


def say_how_to_come_in(service: Service, address: str) -> None:
    """Tell whoever stands at the rig where the console is, and the code of the first set-up."""
    print(f"console: {address}", file=sys.stderr, flush=True)
    if service.door.needs_set_up:
        print(
            f"set-up code, good until the first admin is made: {service.door.code}",
            file=sys.stderr,
            flush=True,
        )


def _over(link: Link, book: Book, open_now: bool) -> Callable[[], bool]:
    """Whether to end: told to, or the setting changed (the supervisor starts the console again)."""
    looks = 0

    def over() -> bool:
        nonlocal looks
        looks += 1
        return link.stopped() or (looks % LOOK_AT_BOOK_EVERY == 0 and is_open(book) != open_now)

    return over


def _address(bound: tuple[str, int], *, tls: bool) -> str:
    host = bound[0] if bound[0] not in (EVERYWHERE, "::") else "this computer's address"
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{bound[1]}"
