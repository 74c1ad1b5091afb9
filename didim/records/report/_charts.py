"""Charts: shares of effort as bars, weeks side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from didim.records.report._figures import Voice
from didim.records.report._sheet import (
    FAINT,
    LIGHT,
    MODERATE,
    QUIET,
    RULE,
    STILL,
    VIGOROUS,
    Color,
    Sheet,
)
from didim.records.summary import Totals, Week

MOST_WEEKS = 16


def parts(totals: Totals) -> list[tuple[str, float, Color]]:
    """The shares of time by effort, the strongest first, standing still last; where effort is not graded,
    moving and standing. Empty where nothing was measured."""
    if totals.light_share is None or totals.moderate_share is None or totals.vigorous_share is None:
        if totals.active_share is None:
            return []
        return [("active", totals.active_share, MODERATE), ("still", 1 - totals.active_share, STILL)]
    graded = totals.light_share + totals.moderate_share + totals.vigorous_share
    return [
        ("vigorous", totals.vigorous_share, VIGOROUS),
        ("moderate", totals.moderate_share, MODERATE),
        ("light", totals.light_share, LIGHT),
        ("still", max(0.0, 1 - graded), STILL),
    ]


def share_bar(sheet: Sheet, totals: Totals, x: float, y: float, width: float, height: float) -> None:
    """One bar of the shares of time; pale and empty where nothing was measured."""
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.roundRect(x, y, width, height, height / 2)
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    sheet.box(x, y, width, height, STILL if parts(totals) else (248, 249, 250))
    at = x
    for _, share, color in parts(totals):
        sheet.box(at, y, share * width, height, color)
        at += share * width
    sheet.canvas.restoreState()


def legend(sheet: Sheet, totals: Totals, say: Voice, x: float, y: float, *, shares: bool = True) -> None:
    """What the colors of `share_bar` are, with the shares."""
    for name, share, color in parts(totals):
        sheet.box(x, y - 0.5, 8, 8, color, 2)
        label = say(f"effort.{name}") + (f" {share:.0%}" if shares else "")
        x += 12 + sheet.text(x + 12, y, label, 8.5, QUIET) + 16


def week_bars(
    sheet: Sheet, by_week: Sequence[Week], say: Voice, box: tuple[float, float, float, float]
) -> None:
    """Minutes of movement by week, by effort where it is graded; `box` is x, y, width, height."""
    x, y, width, height = box
    shown = _with_gaps(by_week)[-MOST_WEEKS:]
    top_min = _round_up(max(((week.totals.active_s or 0.0) / 60 for week in shown), default=1.0))
    for share in (0.0, 0.5, 1.0):
        sheet.rule(y + share * height, x + 26, width - 26, RULE)
        sheet.text(x + 20, y + share * height - 3, f"{share * top_min:g}", 7.5, FAINT, align="right")
    sheet.text(x, y + height + 9, say("unit.minutes_axis"), 7.5, FAINT)
    slot = (width - 32) / max(len(shown), 6)
    for index, week in enumerate(shown):
        left = x + 32 + index * slot
        _week_bar(sheet, week, left + 0.19 * slot, y, 0.62 * slot, height / (60 * top_min))
        if len(shown) <= 9 or index % 2 == (len(shown) - 1) % 2:
            sheet.text(left + slot / 2, y - 11, f"{week.monday:%m.%d}", 7.5, QUIET, align="middle")


def _with_gaps(by_week: Sequence[Week]) -> list[Week]:
    """Weeks of the calendar from the first to the last, those without a result empty."""
    if not by_week:
        return []
    known = {week.monday: week for week in by_week}
    first, last = by_week[0].monday, by_week[-1].monday
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    return [known.get(monday, Week(monday, Totals())) for monday in mondays]


def _week_bar(sheet: Sheet, week: Week, x: float, y: float, width: float, per_s: float) -> None:
    moving = [each for each in parts(week.totals) if each[0] != "still"]
    if not moving:
        sheet.text(x + width / 2, y + 3, "–", 8, FAINT, align="middle")
        return
    whole = sum(share for _, share, _ in moving) or 1.0
    high = (week.totals.active_s or 0.0) * per_s
    for _, share, color in reversed(moving):  # the lightest at the foot
        sheet.box(x, y, width, high * share / whole, color)
        y += high * share / whole


def _round_up(minutes: float) -> float:
    """A round figure that the axis ends at."""
    if minutes <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(minutes))
    return next(step * scale for step in (1.0, 2.0, 4.0, 6.0, 8.0, 10.0) if minutes <= step * scale)
