"""Reports as PDF, Korean or English: of one child for the family, of a class for the school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from didim.records.report._figures import Period, voice
from didim.records.report._group import group_report
from didim.records.report._player import player_report
from didim.records.summary import Sums, mondays_within
from didim.words import Language

if TYPE_CHECKING:
    from didim.records._book import Book

__all__ = ["Period", "group_report", "player_report", "voice", "write_report"]


def write_report(
    book: Book,
    language: Language,
    *,
    until: datetime,
    days: int = 90,
    player_id: int | None = None,
    group_id: int | None = None,
    games: Mapping[str, str] | None = None,
) -> bytes:
    """The report of one player or one group over the days before `until`, as PDF.

    Args:
        games: what games are called in that language, by slug.

    Raises:
        NoSuchEntry: no such player or group. ValueError: neither or both are asked for.
    """
    if (player_id is None) == (group_id is None):
        raise ValueError("a report is of a player or of a group, got neither or both")
    since = until - timedelta(days=days)
    period = Period(since.astimezone().date(), until.astimezone().date())
    say = voice(language, until.astimezone(), games)
    if player_id is not None:
        player = book.players.get(player_id)
        return player_report(player, book.rounds.of_player(player_id, since=since, until=until), period, say)
    assert group_id is not None
    group, members = book.players.group(group_id), book.players.all(group_id=group_id)
    of_each: dict[int, dict[date, Sums]] = {player.id: {} for player in members}
    mondays = mondays_within(since, until)
    for (who, monday), own in book.rounds.sums_of_group(group_id, mondays, since=since, until=until).items():
        of_each[who][monday] = own
    return group_report(group, {player: of_each[player.id] for player in members}, period, say)
