"""Session plans: they fit the minutes and the class, and a file gives them back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didim.content import content_roots
from didim.play import (
    AGE_BANDS,
    PLAN_GOALS,
    AgeBand,
    GamePack,
    Plan,
    PlanError,
    PlanGoal,
    checked_settings,
    discover,
    plan,
    plan_from,
    plan_text,
    suited,
)
from didim.play._manifest import Intensity, Skill
from didim.play._plan import AROUND_S, YEARS


@cache
def shipped() -> dict[str, GamePack]:
    return discover(content_roots("games")[:1])


@st.composite
def catalogs(draw: st.DrawFn) -> dict[str, GamePack]:
    """Games that nobody has written yet."""
    pattern = next(iter(shipped().values()))
    packs = {}
    for number in range(draw(st.integers(1, 8))):
        least = draw(st.integers(1, 3))
        packs[f"game_{number}"] = replace(
            pattern,
            slug=f"game_{number}",
            folder=Path(f"game_{number}"),
            surfaces=draw(st.sampled_from([("floor",), ("wall",), ("floor", "wall")])),
            min_players=least,
            max_players=draw(st.integers(least, 10)),
            min_age=draw(st.integers(0, 14)),
            intensity=draw(st.sampled_from(get_args(Intensity))),
            skills=tuple(draw(st.sets(st.sampled_from(get_args(Skill)), max_size=3))),
        )
    return packs


CLASSES = {
    "age_band": st.sampled_from(AGE_BANDS),
    "headcount": st.integers(1, 40),
    "goal": st.sampled_from(PLAN_GOALS),
    "seed": st.integers(0, 99),
}


def made(
    catalog: dict[str, GamePack], age: AgeBand, count: int, minutes: int, goal: PlanGoal, seed: int
) -> Plan | None:
    """A plan, or None where it was refused in words that say what to change."""
    try:
        return plan(age, count, minutes, goal, "floor", seed, catalog)
    except PlanError as error:
        said = str(error)
    assert "change the" in said or "allow more time" in said
    return None


@settings(deadline=None, max_examples=150)
@given(catalog=catalogs(), minutes=st.integers(3, 180), **CLASSES)
def test_any_plan_fits_its_minutes_and_its_class(
    catalog: dict[str, GamePack],
    age_band: AgeBand,
    headcount: int,
    minutes: int,
    goal: PlanGoal,
    seed: int,
) -> None:
    found = made(catalog, age_band, headcount, minutes, goal, seed)
    if found is None:
        return
    young, old = YEARS[age_band]
    assert found.seconds == 60 * minutes
    assert [item.part for item in found.items].count("warm-up") == found.groups
    assert found.items[0].part == "warm-up"
    assert found.items[-1].part == "cool-down"
    assert any(item.part == "game" for item in found.items)
    for item in found.items:
        assert item.seconds > 0
        if item.part == "rest":
            continue
        pack = catalog[item.game]
        assert "floor" in pack.surfaces
        assert pack.min_age <= young
        assert pack.max_age >= old
        assert pack.min_players <= headcount // found.groups
        assert -(-headcount // found.groups) <= pack.max_players
        assert checked_settings(pack, item.settings).round_s == item.seconds - AROUND_S
        assert item.settings["players"] == found.group_size(item.group)


@settings(deadline=None, max_examples=100)
@given(catalog=catalogs(), minutes=st.integers(10, 90), **CLASSES)
def test_no_game_comes_again_while_another_that_suits_was_not_played(
    catalog: dict[str, GamePack],
    age_band: AgeBand,
    headcount: int,
    minutes: int,
    goal: PlanGoal,
    seed: int,
) -> None:
    found = made(catalog, age_band, headcount, minutes, goal, seed)
    if found is None:
        return
    pool, _ = suited(catalog, age_band, headcount, "floor", goal)
    blocks = [item.game for item in found.items if item.game and item.group <= 1]
    edges = {blocks[0], blocks[-1]}
    for index in range(1, len(blocks) - 1):
        earlier = {*blocks[:index], *edges}
        assert blocks[index] not in earlier or earlier >= set(pool)
    for before, after in pairwise(blocks[:-1]):
        assert before != after or len(pool) == 1


@pytest.mark.parametrize("goal", PLAN_GOALS)
@pytest.mark.parametrize("seed", range(5))
def test_hard_games_of_didims_own_never_follow_each_other_and_neither_begin_nor_end(
    goal: PlanGoal, seed: int
) -> None:
    found = plan("6-9", 6, 40, goal, "floor", seed, shipped())
    efforts = [shipped()[item.game].intensity for item in found.items if item.game]
    assert efforts[0] != "vigorous"
    assert efforts[-1] == "light"
    assert ("vigorous", "vigorous") not in list(pairwise(efforts))
    if goal == "calm":
        assert "vigorous" not in efforts
        assert all(item.settings.get("calm") for item in found.items if item.game)


def test_the_goal_decides_what_is_played() -> None:
    with_rhythm = [
        "dance_steps" in plan("6-9", 6, 15, "rhythm", "floor", seed, shipped()).games for seed in range(40)
    ]
    with_balance = [
        "dance_steps" in plan("6-9", 6, 15, "agility", "floor", seed, shipped()).games for seed in range(40)
    ]
    assert sum(with_rhythm) >= 38
    assert sum(with_balance) < sum(with_rhythm)


def test_the_same_seed_is_the_same_session_and_another_is_another() -> None:
    plans = [plan("6-9", 8, 30, "agility", "floor", seed, shipped()) for seed in (7, 7, 8)]
    assert plans[0] == plans[1]
    assert plans[0].games != plans[2].games or plans[0].items != plans[2].items
    seeds = [item.seed for item in plans[0].items if item.game]
    assert len(set(seeds)) == len(seeds)


def test_a_large_class_takes_turns_in_groups() -> None:
    found = plan("6-9", 20, 45, "team", "floor", 3, shipped())
    assert found.groups == 3
    assert [item.group for item in found.items if item.part == "warm-up"] == [1, 2, 3]
    with pytest.raises(PlanError, match="in 3 groups need 7 minutes at least, got 6"):
        plan("6-9", 20, 6, "team", "floor", 3, shipped())


def test_what_nobody_could_play_is_refused_with_what_to_change() -> None:
    with pytest.raises(PlanError, match="change the age, the number or the surface"):
        plan("3-5", 6, 20, "team", "floor", 0, {"run": shipped()["shuttle_run"]})
    with pytest.raises(PlanError, match="minutes of 3 to 180, got 2"):
        plan("3-5", 6, 2, "team", "floor", 0, shipped())


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_edits_keep_every_item_but_the_one_they_name(data: st.DataObject) -> None:
    before = plan("6-9", 8, 30, "balance", "floor", data.draw(st.integers(0, 20)), shipped())
    last = len(before.items) - 1
    index, to = data.draw(st.integers(0, last)), data.draw(st.integers(0, last))
    moved = before.moved(index, to)
    assert moved.items[to] == before.items[index]
    assert moved.moved(to, index) == before
    removed = before.removed(index)
    assert removed.seconds == before.seconds - before.items[index].seconds
    assert removed.added(index, before.items[index]) == before
    replaced = before.replaced(index, shipped()["lily_pads"])
    assert replaced.items[index].game == "lily_pads"
    assert replaced.items[index].seed == before.items[index].seed
    assert [*replaced.items[:index], *replaced.items[index + 1 :]] == list(removed.items)
    timed = before.timed(index, 90, shipped())
    assert timed.seconds == before.seconds - before.items[index].seconds + 90
    if timed.items[index].game:
        assert timed.items[index].settings["round_s"] == 90 - AROUND_S


def test_edits_out_of_range_are_refused() -> None:
    whole = plan("6-9", 8, 10, "balance", "floor", 1, shipped())
    with pytest.raises(PlanError, match="expected an item of 0 to"):
        whole.moved(0, len(whole.items))
    with pytest.raises(PlanError, match="45 to 625 s in steps of 5"):
        whole.timed(0, 47, shipped())
    with pytest.raises(PlanError, match="made for a wall"):
        whole.replaced(0, shipped()["balloon_pop"])
    while len(whole.items) > 1:
        whole = whole.removed(0)
    with pytest.raises(PlanError, match="at least one item"):
        whole.removed(0)


@settings(deadline=None, max_examples=40)
@given(minutes=st.integers(12, 60), title=st.text(max_size=30), **CLASSES)
def test_a_file_gives_the_very_same_plan_back(
    minutes: int, title: str, age_band: AgeBand, headcount: int, goal: PlanGoal, seed: int
) -> None:
    written = plan(age_band, headcount, minutes, goal, "floor", seed, shipped()).titled(title)
    assert plan_from(plan_text(written), shipped()) == written


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("format = 1", "format = 9"), "this didim reads format = 1"),
        (("headcount = 8", "headcont = 8"), "did you mean 'headcount'"),
        (("minutes = 10", "minutes = 0"), "minutes of 3 to 180"),
        (('game = "', 'game = "x_'), "no game 'x_"),
        (('surface = "floor"', 'surface = "wall"'), "not made for a wall"),
        (('age = "6-9"', 'age = "60"'), "setting 'age' is one of"),
        (("seconds = ", "seconds = 1"), "seconds in steps of 5"),
        (('part = "rest"', 'part = "game"'), "every other item has one"),
        (("[plan]", "[plan"), "cannot be read as TOML"),
    ],
)
def test_a_file_that_is_no_plan_says_why(change: tuple[str, str], told: str) -> None:
    text = plan_text(plan("6-9", 8, 10, "balance", "floor", 1, shipped()))
    assert change[0] in text
    with pytest.raises(PlanError, match=told):
        plan_from(text.replace(*change), shipped(), source="class.toml")
