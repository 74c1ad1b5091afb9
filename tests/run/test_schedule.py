"""When a saved plan begins by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didim.run.schedule import WEEKDAYS, Schedule, ScheduleError, due, next_after, schedule_from

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=day, hours=int(hour), minutes=int(minute))


def test_it_is_due_once_when_its_time_passes() -> None:
    schedule = Schedule("09:30", ("mon", "wed"))
    assert due(schedule, at(0, "09:29"), at(0, "09:30")) == at(0, "09:30")
    assert due(schedule, at(0, "09:30"), at(0, "09:31")) is None
    assert due(schedule, at(0, "09:00"), at(0, "09:29")) is None
    assert due(schedule, at(1, "09:00"), at(1, "10:00")) is None, "no Tuesday"
    assert due(schedule, at(0, "10:00"), at(3, "10:00")) == at(2, "09:30"), "the newest of those missed"


def test_midnight_is_minded() -> None:
    assert due(Schedule("00:00"), at(0, "23:59"), at(1, "00:00")) == at(1, "00:00")
    assert due(Schedule("23:59"), at(0, "23:58"), at(1, "00:01")) == at(0, "23:59")


def test_it_holds_between_its_days_and_while_it_is_on() -> None:
    schedule = Schedule("08:00", first=date(2026, 1, 6), last=date(2026, 1, 7))
    days = [day for day in range(7) if due(schedule, at(day, "07:00"), at(day, "09:00"))]
    assert days == [1, 2]
    assert due(Schedule("08:00", on=False), at(0, "07:00"), at(0, "09:00")) is None
    assert next_after(schedule, at(0, "12:00")) == at(1, "08:00")
    assert next_after(schedule, at(2, "08:00")) is None


@given(st.integers(0, 23), st.integers(0, 59), st.sets(st.sampled_from(WEEKDAYS)), st.integers(1, 40))
def test_whoever_looks_often_enough_misses_none_and_hears_none_twice(
    hour: int, minute: int, days: set[str], step_min: int
) -> None:
    schedule = schedule_from({"at": f"{hour:02d}:{minute:02d}", "days": sorted(days)})
    told, now = [], MONDAY
    while now < MONDAY + timedelta(days=8):
        now, before = now + timedelta(minutes=step_min), now
        if moment := due(schedule, before, now):
            told.append(moment)
    wanted = [
        at(day, schedule.at)
        for day in range(9)
        if (not days or WEEKDAYS[day % 7] in days) and MONDAY < at(day, schedule.at) <= now
    ]
    assert told == wanted


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"at": "25:00"},
        {"at": "9:30"},
        {"at": "09:30:10"},
        {"at": "09:30", "days": ["monday"]},
        {"when": 1},
    ],
)
def test_what_is_no_schedule_is_refused_with_an_example(table: dict[str, object]) -> None:
    with pytest.raises(ScheduleError, match="09:30"):
        schedule_from(table)
