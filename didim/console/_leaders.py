"""Leaderboards that every child can lead: by effort, or by progress against oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from didim.records import Result

By = Literal["effort", "progress"]

SPAN = timedelta(weeks=4)
"""Effort is that of the last four weeks, progress is against the four before."""
MEASURED_LEAST_S = 300.0
"""Of each span, or there is no progress to tell."""


def standing(by: By, results: Sequence[Result], now: datetime) -> float | None:
    """What a player stands at; None where too little was measured.

    By effort: minutes in moderate and vigorous effort, or, where those are not told (under six), of moving
    at all. By progress: by how many percent the share of time in such effort has grown.
    """
    latest = [each for each in results if now - SPAN <= each.round.began_at]
    if by == "effort":
        seconds = [_effort_s(each) for each in latest]
        known = [each for each in seconds if each is not None]
        return sum(known) / 60 if known else None
    before = [each for each in results if now - 2 * SPAN <= each.round.began_at < now - SPAN]
    shares = _share(latest), _share(before)
    if shares[0] is None or not shares[1]:
        return None
    return 100 * (shares[0] / shares[1] - 1)


def _effort_s(result: Result) -> float | None:
    marks = result.marks
    if marks.moderate_s is not None and marks.vigorous_s is not None:
        return marks.moderate_s + marks.vigorous_s
    return marks.active_s


def _share(results: Sequence[Result]) -> float | None:
    told = [
        (effort_s, each.marks.measured_s) for each in results if (effort_s := _effort_s(each)) is not None
    ]
    measured_s = sum(measured_s or 0.0 for _, measured_s in told)
    return sum(effort_s for effort_s, _ in told) / measured_s if measured_s >= MEASURED_LEAST_S else None
