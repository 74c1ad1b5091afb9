"""Who may use the console: users, tokens, and the audit log that names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from didim.words import Language

Role = Literal["instructor", "installer", "admin"]
Theme = Literal["night", "day", "auto"]
TokenKind = Literal["login", "client"]
"""A browser's login, or a program's access to the API."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a PIN or password.

    Attributes:
        failures, locked_until: wrong tries in a row, and until when none is taken.
        language, theme: what they read and see on whichever tablet; None: as the tablet is set.
    """

    id: int
    name: str
    role: Role
    created_at: datetime
    enabled: bool = True
    failures: int = 0
    locked_until: datetime | None = None
    language: Language | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that stands for a role; only its hash is kept.

    Attributes:
        name: what the client is called; empty for a login.
        user_id: whose it is; None for a client of the site's.
        expires_at: None for never.
    """

    id: int
    kind: TokenKind
    name: str
    role: Role
    user_id: int | None
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done; numbers only, no names.

    Attributes:
        action: dotted lower-case words such as "player.erased".
        user_id: who did it; None for didim itself.
        subject_id: the number of what it was done to, or None.
        count: how many entries it touched.
    """

    id: int
    at: datetime
    action: str
    user_id: int | None
    subject_id: int | None
    count: int


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A session plan that was saved.

    Attributes:
        document: the plan, a JSON object.
        schedule: when it runs by itself, a JSON object, or None.
    """

    id: int
    name: str
    document: dict[str, object]
    schedule: dict[str, object] | None
    created_at: datetime
    changed_at: datetime
