"""The report of a class: everybody in a row, nobody ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from statistics import median

from didim.records._player import Group, Player
from didim.records.report._charts import legend, share_bar, week_bars
from didim.records.report._emblems import draw_emblem
from didim.records.report._figures import Period, Voice
from didim.records.report._player import notes
from didim.records.report._sheet import ACCENT, FAINT, HEIGHT, INK, INNER, QUIET, RIM, WIDTH, Sheet
from didim.records.summary import Sums, Totals, Week, added, totals_of

ROW = 19.0
FOOT = RIM + 84
COLUMNS = (
    ("rounds", 0.56),
    ("active", 0.66),
    ("steps", 0.75),
    ("distance", 0.84),
    ("accuracy", 0.92),
    ("tracked", 1.0),
)
"""What stands right of the bars, and where it ends as a share of the width."""

BAR_FROM, BAR_TO = 0.27, 0.5


def group_report(
    group: Group, results: Mapping[Player, Mapping[date, Sums]], period: Period, say: Voice
) -> bytes:
    """A4 pages as PDF: what each player of a group did in the period, in the order of their records.

    Args:
        results: of each player, added up by the Monday of their week.
    """
    by_monday: defaultdict[date, list[Sums]] = defaultdict(list)
    for own in results.values():
        for monday, theirs in own.items():
            by_monday[monday].append(theirs)
    whole = totals_of(added(week for weeks in by_monday.values() for week in weeks))
    each = {player: totals_of(added(own.values())) for player, own in results.items()}
    sheet = Sheet(f"{say('title.group')} · {group.name}")
    y = _head(sheet, group, period, say, len(each))
    y = _leads(sheet, each, whole, say, y)
    sheet.text(RIM, y, say("head.weeks_group"), 11, INK, bold=True)
    by_week = [Week(monday, totals_of(added(by_monday[monday]))) for monday in sorted(by_monday)]
    week_bars(sheet, by_week, say, (RIM, y - 104, INNER, 76))
    y = _players_head(sheet, whole, say, y - 146)
    for player, whole_of in each.items():
        if y < FOOT:
            _foot(sheet, whole, say)
            sheet.turn()
            y = _players_head(sheet, whole, say, HEIGHT - RIM - 8)
        _row(sheet, player, whole_of, say, y)
        y -= ROW
    if not each:
        sheet.text(RIM, y, say("nobody"), 9, QUIET)
    _foot(sheet, whole, say)
    return sheet.pdf()


def _head(sheet: Sheet, group: Group, period: Period, say: Voice, players: int) -> float:
    y = HEIGHT - RIM
    sheet.text(RIM, y - 10, say("title.group"), 9.5, QUIET)
    sheet.text(RIM, y - 33, group.name, 21, INK, bold=True)
    age = say(f"age.{group.age}")
    sheet.text(RIM, y - 51, f"{age} · {say.how_many('players', players)} · {period}", 9.5, QUIET)
    sheet.rule(y - 68)
    return y - 90


def _leads(sheet: Sheet, each: Mapping[Player, Totals], whole: Totals, say: Voice, y: float) -> float:
    actives = [own.active_s for own in each.values() if own.active_s is not None]
    efforts = [own.effort_share for own in each.values() if own.effort_share is not None]
    shares = efforts or [own.active_share for own in each.values() if own.active_share is not None]
    spread = f"{min(shares):.0%} – {max(shares):.0%}" if len(shares) > 1 else ""
    leads = (
        (say("lead.rounds"), say.count(whole.rounds), ""),
        (say("lead.active_each"), say.minutes(median(actives) if actives else None), ""),
        (
            say("lead.effort_each" if efforts else "lead.active_share_each"),
            say.share(median(shares) if shares else None),
            spread,
        ),
    )
    for index, (what, value, beside) in enumerate(leads):
        x, known = RIM + index * INNER / 3, value != say.missing
        sheet.text(x, y, what, 9, QUIET)
        width = sheet.text(x, y - 26, value, 22 if known else 13, ACCENT if known else QUIET, bold=known)
        sheet.text(x + width + 7, y - 26, beside, 9, QUIET)
    return y - 60


def _players_head(sheet: Sheet, whole: Totals, say: Voice, y: float) -> float:
    sheet.text(RIM, y, say("head.players"), 11, INK, bold=True)
    legend(sheet, whole, say, RIM + BAR_FROM * INNER, y, shares=False)
    for key, ends in COLUMNS:
        sheet.text(RIM + ends * INNER, y - 17, say(f"column.{key}"), 7.5, FAINT, align="right")
    sheet.rule(y - 23)
    return y - 37


def _foot(sheet: Sheet, whole: Totals, say: Voice) -> None:
    ungraded = whole.active_share is not None and whole.effort_share is None
    seated = [say("why.seated")] if whole.seated else []
    notes(sheet, say, *seated, *([say("why.under_six")] if ungraded else []))
    sheet.text(WIDTH - RIM, RIM - 14, str(sheet.page), 7.5, FAINT, align="right")


def _row(sheet: Sheet, player: Player, own: Totals, say: Voice, y: float) -> None:
    draw_emblem(sheet, player.emblem, RIM + 7, y + 3, 6.2)
    sheet.fitted(RIM + 20, y, player.called(say.words.language), BAR_FROM * INNER - 26, 9)
    share_bar(sheet, own, RIM + BAR_FROM * INNER, y - 1.5, (BAR_TO - BAR_FROM) * INNER, 9)
    values = (
        f"{own.rounds}",
        "–" if own.active_s is None else f"{own.active_s / 60:.1f}",
        "–" if own.steps is None else f"{own.steps:,}",
        "–" if own.distance_m is None else f"{own.distance_m:,.0f}",
        "–" if own.accuracy is None else f"{own.accuracy:.0%}",
        "–" if own.tracked_share is None else f"{own.tracked_share:.0%}",
    )
    for (_, ends), value in zip(COLUMNS, values, strict=True):
        sheet.text(RIM + ends * INNER, y, value, 9, FAINT if value == "–" else INK, align="right")
    sheet.rule(y - 6, RIM, WIDTH - 2 * RIM)
