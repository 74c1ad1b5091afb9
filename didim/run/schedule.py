"""When a saved plan begins by itself: a time of day, on some days. Pure; who asks tells the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args

import msgspec

from didim.problem import Problem

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class ScheduleError(Problem):
    """A schedule cannot be read; the message says what was expected."""


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When something begins by itself.

    Attributes:
        at: "HH:MM" by the clock on the wall.
        days: of the week; none named: every day.
        first, last: the days between which it holds, both included; None: open.
        on: False keeps it without minding it.
    """

    at: str
    days: tuple[Weekday, ...] = ()
    first: date | None = None
    last: date | None = None
    on: bool = True

    def __post_init__(self) -> None:
        try:
            time.fromisoformat(self.at)
        except ValueError:
            raise ValueError(f'at is a time of day such as "09:30", got {self.at!r}') from None
        if len(self.at) != 5:
            raise ValueError(f'at is a time of day such as "09:30", got {self.at!r}')

    def moment(self, day: date) -> time | None:
        """When it begins on that day; None: not at all."""
        begins = (
            self.on
            and (not self.days or WEEKDAYS[day.weekday()] in self.days)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
        )
        return time.fromisoformat(self.at) if begins else None


def schedule_from(table: Mapping[str, Any]) -> Schedule:
    """A schedule as it is saved beside a plan.

    Raises:
        ScheduleError: it is none.
    """
    try:
        return msgspec.convert(dict(table), Schedule)
    except msgspec.ValidationError as error:
        example = '{"at": "09:30", "days": ["mon", "wed"]}'
        raise ScheduleError(f"expected a schedule such as {example}: {error}") from None


def due(schedule: Schedule, since: datetime, now: datetime) -> datetime | None:
    """The newest moment after `since` and up to `now` at which it begins; None: there is none.

    Both times are of one zone, or of none. A moment that a clock change leaves out does not come; one that it
    repeats comes once where `since` tells of the first.
    """
    day = now.date()
    while day >= since.date():
        begins = schedule.moment(day)
        if begins is not None:
            moment = datetime.combine(day, begins, now.tzinfo)
            if since < moment <= now:
                return moment
        day -= timedelta(days=1)
    return None


def next_after(schedule: Schedule, now: datetime) -> datetime | None:
    """When it begins next after `now`; None: not within a year."""
    for ahead in range(367):
        day = now.date() + timedelta(days=ahead)
        begins = schedule.moment(day)
        if begins is not None and (moment := datetime.combine(day, begins, now.tzinfo)) > now:
            return moment
    return None
