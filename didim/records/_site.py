"""The shelves of the site: settings, saved plans, and the audit log."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from didim.records._clock import Clock
from didim.records._players import _inserted
from didim.records._problem import NoSuchEntry
from didim.records._schema import audit, plans, settings
from didim.records._store import Store
from didim.records._user import AuditEntry, SavedPlan

DEFAULTS: dict[str, Any] = {
    "retention_days": 180,
    "audit_days": 730,
    "backups_kept": 14,
    "real_names": False,
    "leaderboards": "6+",
    "language": "ko",
}
"""What a site's settings are until somebody changes them.

retention_days: results and players without newer ones are deleted after so long. audit_days: the same for
the audit log. backups_kept: nightly backups, the oldest go. real_names: whether the site wants names at
all. leaderboards: "off", "6+" (none for groups under six) or "all". language: of reports.
"""

_ACTION = re.compile(r"[a-z_]+(\.[a-z_]+){0,3}")


class Settings:
    """A site's settings by name; any JSON value."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def get(self, name: str) -> Any:
        """The value, or its default.

        Raises:
            KeyError: never set, and none of `DEFAULTS`.
        """
        with self._store.reading() as connection:
            row = connection.execute(select(settings.c.value).where(settings.c.name == name)).first()
        return DEFAULTS[name] if row is None else row[0]

    def set(self, name: str, value: Any) -> None:
        """Keep a value."""
        row = {"name": name, "value": value, "changed_at": self._now()}
        with self._store.writing() as connection:
            connection.execute(delete(settings).where(settings.c.name == name))
            connection.execute(insert(settings).values(**row))

    def all(self) -> dict[str, Any]:
        """Every value, defaults included."""
        with self._store.reading() as connection:
            rows = connection.execute(select(settings.c.name, settings.c.value))
            return DEFAULTS | {row.name: row.value for row in rows}


class Plans:
    """Session plans that were saved."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def all(self) -> list[SavedPlan]:
        """Every plan by name."""
        with self._store.reading() as connection:
            return [
                SavedPlan(**row._mapping) for row in connection.execute(select(plans).order_by(plans.c.name))
            ]

    def get(self, plan_id: int) -> SavedPlan:
        """One plan; raises NoSuchEntry."""
        found = [plan for plan in self.all() if plan.id == plan_id]
        if not found:
            raise NoSuchEntry(f"there is no plan {plan_id}; it was deleted, or never was")
        return found[0]

    def save(
        self, name: str, document: dict[str, Any], *, schedule: dict[str, Any] | None = None
    ) -> SavedPlan:
        """Keep a plan; one of the same name is replaced."""
        now = self._now()
        row: dict[str, Any] = {"document": document, "schedule": schedule, "changed_at": now}
        with self._store.writing() as connection:
            known = connection.execute(
                select(plans.c.id, plans.c.created_at).where(plans.c.name == name)
            ).first()
            if known is None:
                added = connection.execute(insert(plans).values(name=name, created_at=now, **row))
                return SavedPlan(id=_inserted(added), name=name, created_at=now, **row)
            connection.execute(update(plans).where(plans.c.id == known.id).values(**row))
            return SavedPlan(id=known.id, name=name, created_at=known.created_at, **row)

    def remove(self, plan_id: int) -> None:
        """Delete a plan."""
        with self._store.writing() as connection:
            connection.execute(delete(plans).where(plans.c.id == plan_id))


class Audit:
    """What was done and by whom, in numbers: there is no place in it for a name."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def note(
        self, action: str, *, user_id: int | None = None, subject_id: int | None = None, count: int = 1
    ) -> None:
        """Write that `action` was done.

        Raises:
            ValueError: the action is not dotted lower-case words, such as "player.erased".
        """
        if not _ACTION.fullmatch(action) or len(action) > 40:
            raise ValueError(f'an action is dotted lower-case words such as "player.erased", got {action!r}')
        row = {"at": self._now(), "action": action, "user_id": user_id}
        with self._store.writing() as connection:
            connection.execute(insert(audit).values(**row, subject_id=subject_id, count=count))

    def entries(self, *, since: datetime | None = None, limit: int = 500) -> list[AuditEntry]:
        """The newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(audit.c.at >= since)
        with self._store.reading() as connection:
            return [AuditEntry(**row._mapping) for row in connection.execute(query)]
