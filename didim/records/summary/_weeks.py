"""Progress over weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import fmean

from didim.records._player import Player
from didim.records._round import Result
from didim.records.summary._totals import Totals, totals


@dataclass(frozen=True, slots=True)
class Week:
    """A week's results.

    Attributes:
        monday: the day that it began, by the site's clock.
    """

    monday: date
    totals: Totals


def weeks(
    results: Sequence[Result], player: Player | None = None, *, zone: tzinfo | None = None
) -> tuple[Week, ...]:
    """Results by week, the oldest first; weeks without any are left out.

    Args:
        zone: the site's time zone; None for this computer's.
    """
    by_monday = by_week(results, zone=zone)
    return tuple(Week(monday, totals(by_monday[monday], player)) for monday in sorted(by_monday))


def by_week(results: Sequence[Result], *, zone: tzinfo | None = None) -> dict[date, list[Result]]:
    """Results by the Monday of their week."""
    by_monday: dict[date, list[Result]] = defaultdict(list)
    mondays: dict[datetime, date] = {}
    for result in results:
        began_at = result.round.began_at
        if began_at not in mondays:  # a class's results share their rounds
            mondays[began_at] = monday_of(began_at, zone)
        by_monday[mondays[began_at]].append(result)
    return by_monday


def mondays_within(since: datetime, until: datetime, zone: tzinfo | None = None) -> list[date]:
    """The Monday of every week that a span of time touches, the first one first."""
    first, last = monday_of(since, zone), monday_of(until, zone)
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def monday_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """The Monday of a moment's week by the clock of a zone; None for this computer's."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def progress(by_week: Sequence[Week], measure: str) -> float | None:
    """The newest week's value less the mean of the weeks before; None without two weeks that have it.

    Args:
        measure: a name of `Totals`, such as "effort_share".
    """
    values = [value for week in by_week if (value := getattr(week.totals, measure)) is not None]
    return None if len(values) < 2 else float(values[-1]) - fmean(values[:-1])
