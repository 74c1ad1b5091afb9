"""What is kept: players, sessions, rounds and their measures; reports, exports, backups.

The words are plain dataclasses. SQLAlchemy is loaded by `open_book` and not before, so that a process that
only measures stays small.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from didim.records._clock import Clock, utc_now
from didim.records._emblem import COLORS, EMBLEMS, SIGNS, Emblem, EmblemColor, Sign, free_emblem
from didim.records._player import CONSENT_AGE, AgeBand, Consent, Group, Player, Purpose, Sex
from didim.records._problem import ConsentMissing, DiskFull, NoSuchEntry, RecordsError
from didim.records._round import (
    DAMPED_OF,
    Marks,
    Result,
    Round,
    RoundBegan,
    RoundEnded,
    RoundState,
    Session,
    SessionBegan,
    SessionState,
)
from didim.records._user import AuditEntry, Role, SavedPlan, Theme, Token, TokenKind, User

if TYPE_CHECKING:
    from didim.records._book import Book, Checked, restore
    from didim.records._upkeep import Pruned

__all__ = [
    "COLORS",
    "CONSENT_AGE",
    "DAMPED_OF",
    "EMBLEMS",
    "SIGNS",
    "AgeBand",
    "AuditEntry",
    "Book",
    "Checked",
    "Consent",
    "ConsentMissing",
    "DiskFull",
    "Emblem",
    "EmblemColor",
    "Group",
    "Marks",
    "NoSuchEntry",
    "Player",
    "Pruned",
    "Purpose",
    "RecordsError",
    "Result",
    "Role",
    "Round",
    "RoundBegan",
    "RoundEnded",
    "RoundState",
    "SavedPlan",
    "Session",
    "SessionBegan",
    "SessionState",
    "Sex",
    "Sign",
    "Theme",
    "Token",
    "TokenKind",
    "User",
    "backup_folder",
    "default_url",
    "free_emblem",
    "open_book",
    "restore",
]


def default_url() -> str:
    """Where records lie unless told otherwise: DIDIM_RECORDS, or a file in the user's data folder."""
    return os.environ.get("DIDIM_RECORDS") or f"sqlite:///{_folder() / 'records.sqlite'}"


def backup_folder() -> Path:
    """Where backups lie unless told otherwise."""
    return _folder() / "backups"


def _folder() -> Path:
    return platformdirs.user_data_path("didim", appauthor=False) / "records"


def open_book(url: str | None = None, *, now: Clock = utc_now) -> Book:
    """Open the records, made or brought up to this version's schema where need be.

    Args:
        url: `sqlite:////folder/records.sqlite` or `postgresql://user@host/name`; None for `default_url()`.
        now: the time of new entries.

    Raises:
        RecordsError: the database cannot be used; the message says what to do.
    """
    from didim.records._book import Book

    return Book(default_url() if url is None else url, now=now)


def __getattr__(name: str) -> Any:
    """`Book` and what comes with it, loaded when it is asked for."""
    if name in ("Book", "Checked", "restore"):
        from didim.records import _book

        return getattr(_book, name)
    if name == "Pruned":
        from didim.records._upkeep import Pruned

        return Pruned
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
