"""Totals, weeks, progress and leaderboards."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didim.records.summary import Totals, leaderboard, may_lead, progress, totals, weeks
from tests.records.conftest import START
from tests.records.made import UNDER_SIX, UNMEASURED, result, somebody


def test_sums_are_of_what_was_measured() -> None:
    both = totals([result(), result(**UNMEASURED)])
    assert (both.rounds, both.measured) == (2, 1)
    assert (both.steps, both.distance_m, both.present_s) == (150, 55.0, 200.0)
    assert both.active_share == pytest.approx(60 / 90)
    assert both.effort_share == pytest.approx(30 / 90)
    assert both.accuracy == pytest.approx(0.8)
    assert both.tracked_share == pytest.approx(0.9)


def test_what_was_never_measured_is_not_zero() -> None:
    none = totals([result(**UNMEASURED)])
    for name in Totals.__slots__:
        if name not in ("rounds", "measured", "seated", "present_s", "reactions", "energy"):
            assert getattr(none, name) is None, name
    assert none.energy.kcal is None
    assert totals([]).steps is None


@given(st.lists(st.tuples(st.floats(1, 90), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
def test_shares_add_up(parts: list[tuple[float, float, float]]) -> None:
    rounds = [
        result(
            measured_s=m,
            active_s=m * a,
            light_s=m * a * (1 - b),
            moderate_s=m * a * b / 2,
            vigorous_s=m * a * b / 2,
        )
        for m, a, b in parts
    ]
    whole = totals(rounds)
    assert whole.light_share is not None
    assert whole.effort_share is not None
    assert whole.light_share + whole.effort_share == pytest.approx(whole.active_share)


def test_a_median_of_many_outweighs_one_of_few() -> None:
    often, once = result(reaction_s=0.4, reactions=20), result(reaction_s=0.9, reactions=3)
    whole = totals([often, once])
    assert (whole.reaction_s, whole.reactions) == (0.4, 23)
    assert totals([result(reaction_sd_s=0.01), result(reaction_sd_s=0.03)]).reaction_sd_s == 0.03


def test_energy_goes_by_the_age_of_the_day() -> None:
    girl = somebody(birth_year=2017, sex="female", mass_kg=30.0)
    young, older = result(START), result(START.replace(year=2029))
    kcal = totals([young, older], girl).energy.kcal
    assert kcal == pytest.approx(4.0 * (20.315 * 30 + 485.9) / 1440 + 4.0 * (13.384 * 30 + 692.6) / 1440)
    assert totals([young], somebody(birth_year=2017)).energy.why_not == "no_body"
    assert totals([result(age="3-5", **UNDER_SIX)], somebody()).energy.why_not == "under_six"
    grown = somebody(mass_kg=60.0)
    assert totals([result(age="adult")], grown).energy.kcal == pytest.approx(4.0)


def test_weeks_begin_on_monday_by_the_sites_clock() -> None:
    late_sunday = START.replace(day=8, hour=23, minute=30)
    found = weeks([result(START), result(late_sunday), result(late_sunday + timedelta(hours=1))], zone=UTC)
    assert [(week.monday, week.totals.rounds) for week in found] == [
        (date(2026, 3, 2), 2),
        (date(2026, 3, 9), 1),
    ]


def test_progress_is_the_newest_week_against_those_before() -> None:
    rounds = [
        result(START + timedelta(weeks=week), vigorous_s=vigorous)
        for week, vigorous in enumerate((7.0, 16.0, 25.0))
    ]
    by_week = weeks(rounds, zone=UTC)
    assert progress(by_week, "effort_share") == pytest.approx(45 / 90 - (27 / 90 + 36 / 90) / 2)
    assert progress(by_week[:1], "effort_share") is None
    assert progress(weeks([result(**UNMEASURED)] * 3, zone=UTC), "steps") is None


def test_effort_leads_and_equals_share_a_place() -> None:
    one, two, three, four = (somebody(n) for n in range(1, 5))
    board = leaderboard(
        {
            one: [result()],
            two: [result(vigorous_s=20.0)],
            three: [result()],
            four: [result(measured_s=30.0)],
        },
        "effort",
    )
    assert [(place.rank, place.player.id) for place in board] == [(1, 2), (2, 1), (2, 3)]


def test_who_moves_least_can_lead_by_progress() -> None:
    weak, strong = somebody(1), somebody(2)
    before, now = START, START + timedelta(weeks=1)
    board = leaderboard(
        {
            weak: [result(before, vigorous_s=0.0), result(now, vigorous_s=9.0)],
            strong: [result(before, vigorous_s=40.0), result(now, vigorous_s=40.0)],
        },
        "progress",
        zone=UTC,
    )
    assert [place.player.id for place in board] == [1, 2]
    assert board[0].value == pytest.approx(0.1)


def test_under_six_there_is_no_leaderboard_unless_a_site_wants_it() -> None:
    assert not may_lead("6+", "3-5")
    assert may_lead("6+", "6-9")
    assert may_lead("all", "3-5")
    assert not may_lead("off", "adult")
    board = leaderboard({somebody(): [result(age="3-5", **UNDER_SIX)]}, "effort")
    assert board[0].value == pytest.approx(60 / 90)
