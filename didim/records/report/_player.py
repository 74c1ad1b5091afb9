"""The report of one child: one page, for the family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reportlab.lib.utils import simpleSplit

from didim.records._player import Player
from didim.records._round import Result
from didim.records.report._charts import legend, parts, share_bar, week_bars
from didim.records.report._emblems import draw_emblem
from didim.records.report._figures import Period, Voice
from didim.records.report._sheet import ACCENT, HEIGHT, INK, INNER, QUIET, REGULAR, RIM, WASH, WIDTH, Sheet
from didim.records.summary import Totals, Week, progress, totals, weeks

GAMES_SHOWN = 6


def player_report(player: Player, results: Sequence[Result], period: Period, say: Voice) -> bytes:
    """One A4 page as PDF: what the player did in the period."""
    whole = totals(results, player)
    name = player.called(say.words.language)
    sheet = Sheet(f"{say('title.player')} · {name}")
    y = _head(sheet, player, name, period, whole, say)
    y = _leads(sheet, whole, say, y)
    y = _shares(sheet, whole, say, y)
    y = _weeks(sheet, weeks(results, player), say, y)
    _table(sheet, whole, say, y)
    _games(sheet, results, say, y)
    why = say.why_no_energy(whole)
    reaction = [] if whole.reaction_s is None else [say("note.reaction")]
    tries = [] if whole.accuracy is None else [say("note.accuracy")]
    seated = [say("why.seated")] if whole.seated else []
    notes(sheet, say, *seated, *reaction, *tries, say("note.energy") if why is None else why)
    return sheet.pdf()


def _head(sheet: Sheet, player: Player, name: str, period: Period, whole: Totals, say: Voice) -> float:
    y = HEIGHT - RIM
    sheet.box(RIM, y - 58, 58, 58, WASH, 12)
    draw_emblem(sheet, player.emblem, RIM + 29, y - 29, 19)
    sheet.text(RIM + 74, y - 12, say("title.player"), 9.5, QUIET)
    sheet.text(RIM + 74, y - 35, name, 21, INK, bold=True)
    sheet.text(RIM + 74, y - 53, f"{period} · {say.how_many('rounds', whole.rounds)}", 9.5, QUIET)
    sheet.rule(y - 76)
    return y - 100


def _leads(sheet: Sheet, whole: Totals, say: Voice, y: float) -> float:
    """Three large figures."""
    effort_s = (whole.effort_share or 0.0) * (whole.measured_s or 0.0)
    graded = whole.effort_share is not None
    leads = (
        (say("lead.active"), say.minutes(whole.active_s), say.share(whole.active_share)),
        (say("lead.effort"), say.minutes(effort_s if graded else None), say.share(whole.effort_share)),
        (say("lead.steps"), say.count(whole.steps), say.metres(whole.distance_m)),
    )
    step = INNER / len(leads)
    for index, (what, value, beside) in enumerate(leads):
        x, known = RIM + index * step, value != say.missing
        sheet.text(x, y, what, 9, QUIET)
        width = sheet.text(x, y - 26, value, 22 if known else 13, ACCENT if known else QUIET, bold=known)
        if known and beside != say.missing:
            sheet.text(x + width + 7, y - 26, beside, 10, QUIET)
    return y - 64


def _shares(sheet: Sheet, whole: Totals, say: Voice, y: float) -> float:
    sheet.text(RIM, y, say("head.effort"), 11, INK, bold=True)
    share_bar(sheet, whole, RIM, y - 29, INNER, 16)
    if parts(whole):
        legend(sheet, whole, say, RIM, y - 48)
    else:
        sheet.text(RIM, y - 48, say.missing, 8.5, QUIET)
    return y - 84


def _weeks(sheet: Sheet, by_week: Sequence[Week], say: Voice, y: float) -> float:
    """Minutes by week, and how the newest stands against those before."""
    sheet.text(RIM, y, say("head.weeks"), 11, INK, bold=True)
    for measure in ("effort_share", "active_share"):
        change = progress(by_week, measure)
        if change is not None:
            told = say(f"change.{measure}", n=f"{100 * change:+.0f}")
            sheet.text(WIDTH - RIM, y, told, 8.5, ACCENT, align="right")
            break
    week_bars(sheet, by_week, say, (RIM, y - 164, INNER, 132))
    return y - 212


def _table(sheet: Sheet, whole: Totals, say: Voice, y: float) -> None:
    """All other figures, on the left."""
    rows = (
        ("jumps", say.count(whole.jumps)),
        ("jump_height", say.jump(whole)),
        ("reaction", say.reaction(whole)),
        ("response", say.seconds(whole.response_s)),
        ("accuracy", say.share(whole.accuracy)),
        ("energy", say.energy(whole)),
        ("tracked", say.share(whole.tracked_share)),
    )
    width = 0.55 * INNER
    sheet.text(RIM, y, say("head.figures"), 11, INK, bold=True)
    for index, (key, value) in enumerate(rows):
        row = y - 23 - 19 * index
        known = value != say.missing
        sheet.text(RIM, row, say(f"row.{key}"), 9, QUIET)
        sheet.text(RIM + width, row, value, 9, INK if known else QUIET, bold=known, align="right")
        sheet.rule(row - 6, RIM, width)


def _games(sheet: Sheet, results: Sequence[Result], say: Voice, y: float) -> None:
    """The games played most, on the right."""
    by_game: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_game[result.round.game].append(result)
    x, width = RIM + 0.61 * INNER, 0.39 * INNER
    sheet.text(x, y, say("head.games"), 11, INK, bold=True)
    most = sorted(by_game.items(), key=lambda each: (-len(each[1]), each[0]))[:GAMES_SHOWN]
    for index, (slug, played) in enumerate(most):
        row = y - 23 - 19 * index
        sheet.fitted(x, row, say.game(slug), width - 62, 9)
        sheet.text(x + width, row, say.how_many("rounds", len(played)), 9, QUIET, align="right")
        sheet.rule(row - 6, x, width)


def notes(sheet: Sheet, say: Voice, *more: str) -> None:
    """How this was measured and what it is not, at the foot of the page."""
    made = say("note.made", date=f"{say.today:%Y.%m.%d}")
    lines = [say("note.effort"), say("note.missing"), *more, made]
    rows = sum(len(simpleSplit(line, REGULAR, 7.5, INNER)) for line in lines)
    y = RIM + 1.5 * (len(lines) - 1) + 1.45 * 7.5 * rows
    sheet.rule(y + 5)
    y -= 10
    for line in lines:
        y = sheet.paragraph(RIM, y, line, INNER, 7.5) - 1.5
