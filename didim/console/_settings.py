"""What a site has settled: how long things are kept, under which names, who may reach the console."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from didim.console._actor import Actor
from didim.console._door import Door
from didim.console._kept import kept
from didim.console._permissions import ADMIN, TECHNICAL, Area, Roles, guarded
from didim.console._problems import Conflict, Invalid, NotFound, Refused
from didim.records import AuditEntry, Book

DEFAULTS: dict[str, Any] = {"site_name": "", "network": False, "host_names": []}
"""The console's own, beside those of the records."""

HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*")


@dataclass(frozen=True, slots=True)
class Known:
    """A setting: who may change it, which values it takes, and what to say of others."""

    roles: Roles
    fits: Callable[[Any], bool]
    expected: str


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _one_of(*values: Any) -> Callable[[Any], bool]:
    return lambda value: type(value) is type(values[0]) and value in values


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 80 and (value == "" or value.isprintable())


def _host_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= 10
        and all(isinstance(each, str) and HOST_NAME.fullmatch(each) for each in value)
    )


SETTINGS: dict[str, Known] = {
    "site_name": Known(TECHNICAL, _text, "a text of at most 80 characters"),
    "language": Known(ADMIN, _one_of("ko", "en"), "ko, en"),
    "retention_days": Known(ADMIN, _whole(1, 3650), "1–3650"),
    "audit_days": Known(ADMIN, _whole(30, 3650), "30–3650"),
    "backups_kept": Known(ADMIN, _whole(1, 365), "1–365"),
    "real_names": Known(ADMIN, _one_of(False, True), "true, false"),
    "leaderboards": Known(ADMIN, _one_of("off", "6+", "all"), "off, 6+, all"),
    "network": Known(TECHNICAL, _one_of(False, True), "true, false"),
    "host_names": Known(TECHNICAL, _host_names, "at most 10 names, as in hall.example"),
}
"""Every setting of a site; docs/installers.md says what each does."""


@guarded("settings")
class Settings(Area):
    """The settings of a site, its backups, and what was done to its records."""

    def __init__(self, door: Door, book: Book, backups: Path | None) -> None:
        super().__init__(door)
        self._book, self._backups = book, backups

    def all(self, actor: Actor) -> Mapping[str, Any]:
        """Every setting."""
        return _known(self._book)

    def set(self, actor: Actor, name: str, value: Any) -> None:
        """Change a setting.

        Raises:
            NotFound: there is none of that name.
            Refused: it is another role's.
            Invalid: the value does not fit.
        """
        known = SETTINGS.get(name)
        if known is None:
            raise NotFound("no_setting", name=name)
        if actor.role not in known.roles:
            raise Refused("role", role=actor.role, roles=", ".join(known.roles))
        if not known.fits(value):
            raise Invalid("setting", name=name, expected=known.expected)
        with kept("no_setting"):
            self._book.settings.set(name, value)
        self._book.audit.note(f"setting.{name}", user_id=actor.user_id)

    def back_up(self, actor: Actor) -> str:
        """Write a backup now and check that it can be read back; its file's name.

        Raises:
            Conflict: this console has no folder for backups.
            Unavailable: the disk is full.
        """
        if self._backups is None:
            raise Conflict("no_backups")
        with kept("no_setting"):
            name = self._book.backup(self._backups).name
        self._book.audit.note("records.backed_up", user_id=actor.user_id)
        return name

    def audit(self, actor: Actor, limit: int = 500) -> list[AuditEntry]:
        """What was done, the newest first: numbers, no names."""
        return self._book.audit.entries(limit=limit)


def _known(book: Book) -> Mapping[str, Any]:
    stored = DEFAULTS | book.settings.all()
    return {name: stored[name] for name in SETTINGS}


def is_open(book: Book) -> bool:
    """Whether the console listens in the site's network, and not on the rig alone."""
    return bool(_known(book)["network"])


def host_names(book: Book) -> tuple[str, ...]:
    """The names under which the console may be opened, beside the rig's own and its addresses."""
    return tuple(_known(book)["host_names"])
