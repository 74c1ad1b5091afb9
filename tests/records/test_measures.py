"""Measures against players whose truth is known, and what is never told."""

from __future__ import annotations

import math
import random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didim.geometry import Point
from didim.people import EventKind
from didim.records import Marks
from didim.records.measures import (
    BAND_YEARS,
    Delay,
    Meter,
    Prompts,
    basal_kcal_a_day,
    energy,
    thresholds,
)
from didim.records.measures._effort import is_active
from tests.records.moving import event, player, still, walk, watch

KINDS: tuple[EventKind, ...] = get_args(EventKind)
AGES = st.floats(6, 90)
CADENCES = st.floats(0, 260)


def test_thresholds_are_those_published() -> None:
    young, old, grown = thresholds(7), thresholds(19), thresholds(40)
    assert young
    assert old
    assert grown
    assert (young.moderate, young.vigorous, young.moderate_met) == (128.4, 157.7, 4.0)
    assert old.moderate == pytest.approx(87.3)
    assert old.vigorous == pytest.approx(119.3)
    assert old.moderate_met == 3.0
    assert (grown.moderate, grown.vigorous) == (100.0, 130.0)
    assert all(thresholds(BAND_YEARS[band]) for band in ("6-9", "10-13", "adult", "senior"))
    assert thresholds(BAND_YEARS["3-5"]) is None
    assert thresholds(5.99) is None


@given(AGES, CADENCES, CADENCES, st.floats(0, 4))
def test_more_steps_are_never_less_effort(age: float, one: float, other: float, speed: float) -> None:
    by = thresholds(age)
    assert by
    order = ["still", "light", "moderate", "vigorous"]
    low, high = sorted((one, other))
    assert by.met(low, speed) <= by.met(high, speed)
    assert order.index(by.effort(low, speed)) <= order.index(by.effort(high, speed))
    assert (by.effort(low, speed) != "still") == is_active(low, speed)


@given(AGES)
def test_a_threshold_is_the_first_of_its_class(age: float) -> None:
    by = thresholds(age)
    assert by
    assert by.effort(by.moderate + 1e-6, 0.0) == "moderate"
    assert by.effort(by.moderate - 1e-3, 0.0) == "light"
    assert by.effort(by.vigorous + 1e-6, 0.0) == "vigorous"
    assert by.effort(by.vigorous - 1e-3, 0.0) == "moderate"


@pytest.mark.parametrize(
    ("age", "cadence", "effort"),
    [
        (7, 110, "light"),
        (7, 140, "moderate"),
        (7, 170, "vigorous"),
        (30, 110, "moderate"),
        (70, 140, "vigorous"),
    ],
)
def test_a_walk_is_put_in_its_class(age: float, cadence: float, effort: str) -> None:
    meter = Meter(1, age, player_id=5)
    watch(meter, 60.0, still)
    steps = walk(meter, 60.0, cadence)
    marks = meter.marks(60.0)
    assert marks.player_id == 5
    assert marks.steps == steps
    assert marks.measured_s == pytest.approx(60.0)
    told = {"light": marks.light_s, "moderate": marks.moderate_s, "vigorous": marks.vigorous_s}
    assert told.pop(effort) == pytest.approx(60.0, abs=2.1)
    assert sum(other or 0.0 for other in told.values()) <= 2.1
    assert marks.active_s == pytest.approx(60.0, abs=2.1)


@settings(max_examples=30, deadline=None)
@given(st.floats(30, 200), st.integers(0, 2**16))
def test_asking_every_second_changes_nothing(cadence: float, seed: int) -> None:
    rng = random.Random(seed)
    asked, unasked = Meter(1, 9), Meter(1, 9)
    falls = sorted(rng.uniform(0, 40) for _ in range(round(cadence * 40 / 60)))
    told = [(t_s + rng.uniform(0, 1.5), event("down", t_s)) for t_s in falls]
    told += [(t_s + rng.uniform(0, 1.9), event("jump", t_s + 0.02)) for t_s in falls if rng.random() < 0.2]
    for index in range(40 * 10 + 1):
        t_s = index / 10
        sight = player(Point(0.1 * t_s, 0.0)) if rng.random() < 0.95 else None
        for meter in (asked, unasked):
            meter.see(t_s, sight)
            for told_s, each in told:
                if t_s - 0.1 < told_s <= t_s:
                    meter.hear(each)
        if index % 10 == 0:
            asked.marks(t_s)
    one, other = asked.marks(43.0), unasked.marks(43.0)
    for name in Marks.__slots__:
        assert getattr(one, name) == pytest.approx(getattr(other, name)), name


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**16), st.floats(3, 80))
def test_times_add_up_whatever_comes(seed: int, age: float) -> None:
    rng = random.Random(seed)
    meter = Meter(1, age)
    t_s = 0.0
    while t_s < 30.0:
        t_s += rng.choice((1 / 30, 1 / 30, 1 / 10, 0.7))
        place = Point(rng.uniform(0, 5), rng.uniform(0, 4))
        meter.see(t_s, None if rng.random() < 0.1 else player(place))
        kind = rng.choice(KINDS)
        meter.hear(event(kind, t_s - rng.uniform(0, 1), score=rng.random()))
    marks = meter.marks(t_s)
    assert 0.0 <= (marks.tracked_share or 0.0) <= 1.0
    if marks.measured_s is not None:
        assert marks.active_s is not None
        assert 0.0 <= marks.active_s <= marks.measured_s + 1e-9 <= marks.present_s + 1e-6
    if marks.light_s is not None:
        assert marks.moderate_s is not None
        assert marks.vigorous_s is not None
        assert marks.light_s + marks.moderate_s + marks.vigorous_s == pytest.approx(marks.active_s)
        assert age >= 6


def test_under_six_only_moving_is_told() -> None:
    meter = Meter(1, 4)
    watch(meter, 30.0, still)
    walk(meter, 30.0, 150)
    marks = meter.marks(30.0)
    assert marks.active_s == pytest.approx(30.0, abs=1.0)
    assert (marks.light_s, marks.moderate_s, marks.vigorous_s, marks.met_minutes) == (None,) * 4
    assert energy(marks.met_minutes, age_years=4, sex="male", mass_kg=16.0).why_not == "under_six"


def test_who_was_hardly_seen_is_not_measured() -> None:
    meter = Meter(1, 9)
    watch(meter, 60.0, lambda t_s: still(t_s) if t_s % 4 < 2 else None)
    walk(meter, 60.0, 120)
    marks = meter.marks(60.0)
    assert marks.tracked_share == pytest.approx(0.5, abs=0.03)
    assert (marks.steps, marks.jumps, marks.distance_m, marks.active_s, marks.measured_s) == (None,) * 5


def test_a_lost_player_whom_the_tracker_keeps_is_not_in_sight() -> None:
    kept, gone = Meter(1, 9), Meter(1, 9)
    lost = player(Point(1, 1), seen=False)
    for index in range(600):
        sight = player(Point(1, 1)) if index % 2 else lost
        kept.see(index / 30, lost if index > 300 else sight)
        gone.see(index / 30, None if index > 300 else sight)
    assert kept.marks(20.0).tracked_share == pytest.approx(gone.marks(20.0).tracked_share, abs=0.01)
    assert kept.marks(20.0).tracked_share == pytest.approx(0.5, abs=0.02)


def test_a_glance_is_no_measurement() -> None:
    meter = Meter(1, 9)
    watch(meter, 3.0, still)
    assert meter.marks(3.0).steps is None
    assert Meter(1, 9).marks(10.0) == Marks(1, reactions=0)


def test_who_sits_has_a_way_but_no_steps() -> None:
    meter = Meter(1, 9)
    watch(meter, 20.0, lambda t_s: Point(0.2 * t_s, 0.0), plays="seated")
    meter.hear(event("down", 3.0))
    marks = meter.marks(20.0)
    assert (marks.steps, marks.jumps, marks.active_s, marks.met_minutes) == (None,) * 4
    assert marks.distance_m == pytest.approx(4.0, abs=0.2)


def test_before_a_wall_no_way_is_told() -> None:
    meter = Meter(1, 9, on_floor=False)
    watch(meter, 20.0, lambda t_s: Point(0.2 * t_s, 0.0))
    meter.score(3, 5.0)
    marks = meter.marks(20.0)
    assert (marks.steps, marks.distance_m, marks.active_s, marks.points) == (None, None, None, 3)


def test_a_landing_is_no_step() -> None:
    meter = Meter(1, 9)
    watch(meter, 30.0, still)
    steps = walk(meter, 10.0, 100)
    for t_s in (12.0, 14.0, 16.0):
        for foot_s in (0.0, 0.02):
            meter.hear(event("down", t_s + foot_s))
        meter.hear(event("jump", t_s, size_m=0.1 + t_s / 100, size_sd_m=0.03, lasted_s=0.3))
    meter.hear(event("hop", 18.0, size_m=0.05))
    meter.hear(event("down", 18.01))
    meter.hear(event("jump", 20.0, score=0.1))
    marks = meter.marks(30.0)
    assert (marks.steps, marks.jumps) == (steps, 4)
    assert marks.jump_height_m == pytest.approx(0.26)
    assert marks.jump_height_sd_m == 0.03


def test_jumping_on_the_spot_is_effort() -> None:
    meter = Meter(1, 9)
    watch(meter, 30.0, still)
    for index in range(1, 43):
        for _ in range(2):
            meter.hear(event("down", 0.7 * index))
        meter.hear(event("jump", 0.7 * index, size_m=0.1))
    marks = meter.marks(30.0)
    assert (marks.steps, marks.jumps) == (0, 42)
    assert marks.vigorous_s == pytest.approx(30.0, abs=2.0)


def test_swaying_is_no_distance_and_a_bend_is_hardly_cut() -> None:
    rng = random.Random(3)
    standing, circling = Meter(1, 9), Meter(1, 9)
    watch(standing, 60.0, lambda t_s: Point(1 + rng.gauss(0, 0.02), 1 + rng.gauss(0, 0.02)))
    watch(circling, 60.0, lambda t_s: Point(0.5 * math.cos(2 * t_s), 0.5 * math.sin(2 * t_s)))
    assert (standing.marks(60.0).distance_m or 0.0) < 0.5
    assert circling.marks(60.0).distance_m == pytest.approx(60.0, rel=0.02)


def test_what_lies_in_a_gap_is_no_distance() -> None:
    meter = Meter(1, 9)
    watch(meter, 20.0, lambda t_s: None if 8 < t_s < 12 else Point(0.5 * t_s, 0.0))
    assert meter.marks(20.0).distance_m == pytest.approx(8.0, abs=0.4)


def test_running_is_vigorous_even_where_no_step_is_felt() -> None:
    meter = Meter(1, 9)
    watch(meter, 20.0, lambda t_s: Point(2.5 * t_s, 0.0))
    assert meter.marks(20.0).vigorous_s == pytest.approx(20.0)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.15, 1.2), st.floats(0.0, 0.15), st.integers(3, 20))
def test_the_rigs_delay_is_taken_off(reaction_s: float, delay_s: float, count: int) -> None:
    meter = Meter(1, 9, delay=Delay(delay_s, 0.005))
    watch(meter, 5.0 * count + 5.0, still)
    for index in range(count):
        drawn_s = 5.0 * index + 1.0
        lift_s = drawn_s + delay_s + reaction_s
        meter.hear(event("up", lift_s))
        meter.hear(event("down", lift_s + 0.4))
        meter.score(1, lift_s + 0.5, drawn_s=drawn_s)
    marks = meter.marks(5.0 * count + 5.0)
    assert marks.reactions == marks.points == count
    assert marks.reaction_s == pytest.approx(reaction_s)
    assert marks.response_s == pytest.approx(reaction_s + 0.5)
    assert marks.reaction_sd_s is not None
    assert 0.005 <= marks.reaction_sd_s <= 0.02


def test_only_from_standing_is_a_reaction_timed() -> None:
    meter = Meter(1, 9)
    watch(meter, 60.0, still)
    for index in range(5):
        light_s = 10.0 * index + 2.0
        meter.hear(event("up", light_s - 0.2))  # was on the way already
        meter.hear(event("down", light_s + 0.3))
        meter.hear(event("up", light_s + 0.4))
        meter.score(1, light_s + 1.0, drawn_s=light_s)
    marks = meter.marks(60.0)
    assert (marks.reactions, marks.reaction_s, marks.reaction_sd_s) == (0, None, None)
    assert marks.response_s == pytest.approx(1.0)


def test_two_reactions_are_too_few() -> None:
    meter = Meter(1, 9)
    watch(meter, 60.0, still)
    for light_s in (2.0, 20.0):
        meter.hear(event("up", light_s + 0.4))
        meter.score(1, light_s + 1.0, drawn_s=light_s)
    assert (meter.marks(60.0).reactions, meter.marks(60.0).reaction_s) == (2, None)


def test_a_prompt_is_known_again_while_it_moves() -> None:
    prompts = Prompts()
    for index in range(60):
        t_s = index / 60
        places: list[tuple[Point, int | None]] = [(Point(0.5 * t_s, 1.0), None)]
        if t_s >= 0.5:
            places.append((Point(3.0, 3.0), 2))
        prompts.show(t_s, places)
    assert prompts.since(Point(0.5, 1.1), 1) == 0.0
    assert prompts.since(Point(3.0, 3.0), 2) == 0.5
    assert prompts.since(Point(3.0, 3.0), 1) is None
    prompts.show(1.0, [])
    assert prompts.since(Point(3.0, 3.0), 2) == 0.5  # hit, and so no longer lit
    prompts.show(1.02, [])
    assert prompts.since(Point(3.0, 3.0), 2) is None


def test_points_without_tries_are_no_accuracy() -> None:
    meter = Meter(1, 9)
    meter.score(2, 1.0)
    meter.score(0, 1.5)
    marks = meter.marks(2.0)
    assert (marks.points, marks.hits, marks.misses, marks.accuracy) == (2, None, None, None)
    meter.tried(hit=True)
    assert (meter.marks(2.0).misses, meter.marks(2.0).accuracy) == (0, 1.0)
    meter.tried(hit=False)
    assert (meter.marks(2.0).hits, meter.marks(2.0).accuracy) == (1, 0.5)


def test_calories_and_why_there_are_none() -> None:
    boy = energy(1440.0, age_years=8, sex="male", mass_kg=25.0)
    assert boy.kcal == pytest.approx(22.706 * 25 + 504.3)
    assert basal_kcal_a_day("female", 12, 40.0) == pytest.approx(13.384 * 40 + 692.6)
    assert basal_kcal_a_day("male", 12, 40.0) == pytest.approx(17.686 * 40 + 658.2)
    assert basal_kcal_a_day("female", 9, 30.0) == pytest.approx(20.315 * 30 + 485.9)
    assert energy(60.0, age_years=30, sex=None, mass_kg=70.0).kcal == pytest.approx(70.0)
    assert energy(60.0, age_years=None, sex=None, mass_kg=70.0).why_not == "no_age"
    assert energy(60.0, age_years=8, sex=None, mass_kg=25.0).why_not == "no_body"
    assert energy(None, age_years=8, sex="male", mass_kg=25.0).why_not == "not_measured"
    with pytest.raises(ValueError, match="3 to 17"):
        basal_kcal_a_day("male", 30, 70.0)
