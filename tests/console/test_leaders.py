"""Leaderboards: by effort or by progress, and none for under six unless the site wants it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from didim.console import Refused
from didim.records import Marks, Player, RoundBegan, RoundEnded
from tests.console.desks import Bench


def played(
    bench: Bench, player: Player, weeks_ago: float, *, effort_s: float | None, measured_s: float = 600
) -> None:
    """A round of ten minutes some weeks ago, with so much of it in effort."""
    at: datetime = bench.clock() - timedelta(weeks=weeks_ago)
    began = RoundBegan(f"{player.id} {weeks_ago}", "lily_pads", "floor", "6-9", at)
    number = bench.book.rounds.begin(began)
    split = None if effort_s is None else effort_s / 2
    light_s = None if effort_s is None else 50.0
    marks = Marks(
        1,
        player.id,
        measured_s=measured_s,
        active_s=400.0,
        light_s=light_s,
        moderate_s=split,
        vigorous_s=split,
        tracked_share=0.9,
        present_s=600.0,
    )
    bench.book.rounds.end(number, RoundEnded(at + timedelta(minutes=10), "finished", (marks,)))


def test_who_moved_most_leads_by_effort_and_who_grew_most_by_progress() -> None:
    bench = Bench()
    teacher, players, records = bench.somebody("instructor"), bench.service.players, bench.service.records
    group = players.add_group(teacher, "Tigers", "6-9")
    strong, growing, new, unseen = (players.add(teacher, group_id=group.id) for _ in range(4))
    for weeks_ago, share in ((5, 0.5), (1, 0.45)):
        played(bench, strong, weeks_ago, effort_s=600 * share)
    for weeks_ago, share in ((5, 0.2), (1, 0.3)):
        played(bench, growing, weeks_ago, effort_s=600 * share)
    played(bench, new, 1, effort_s=60)
    by_effort = records.leaderboard(teacher, group.id, "effort")
    assert [player.id for player, _ in by_effort] == [strong.id, growing.id, new.id]
    assert [percent for _, percent in by_effort] == pytest.approx([47.5, 25.0, 10.0])
    by_progress = records.leaderboard(teacher, group.id, "progress")
    assert [(player.id, round(percent)) for player, percent in by_progress] == [
        (growing.id, 10),
        (strong.id, -5),
    ]
    assert unseen.id not in {player.id for player, _ in by_effort}


def test_under_six_lead_only_where_the_site_wants_it_and_by_moving_at_all() -> None:
    bench = Bench()
    teacher, players, records = bench.somebody("instructor"), bench.service.players, bench.service.records
    group = players.add_group(teacher, "Ducklings", "3-5")
    child = players.add(teacher, group_id=group.id)
    played(bench, child, 1, effort_s=None)
    assert not records.leaderboard_allowed(teacher, group.id)
    with pytest.raises(Refused):
        records.leaderboard(teacher, group.id, "effort")
    bench.service.settings.set(bench.admin(), "leaderboards", "all")
    assert records.leaderboard(teacher, group.id, "effort")[0][1] == pytest.approx(100 * 400 / 600)
    bench.service.settings.set(bench.admin(), "leaderboards", "off")
    assert not records.leaderboard_allowed(teacher, group.id)
