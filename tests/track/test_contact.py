"""One sole in the picture: when it rests, when it left, and no step on flicker."""

from __future__ import annotations

import numpy as np
import pytest

from didim.geometry import FloatArray
from didim.track._contact import Beside, Contact, Touch
from didim.track._feet import FootSight

M_A_PX = 0.008
STANDS_S, SWING_S = 0.6, 0.4
FOOT_PX = np.array([[0.0, 0.0], [20.0, 0.0]])


def _sight(way_m: float, lift_m: float = 0.0, flaw_px: FloatArray | float = 0.0) -> FootSight:
    sole_px = FOOT_PX + np.array([100.0 + way_m / M_A_PX, 200.0]) + flaw_px
    return FootSight(np.array([way_m, 1.0]), 0.0, lift_m, 0.9, sole_px, M_A_PX, 0.7)


def _way_m(t_s: float) -> float:
    """Steps of half a metre: a stand, then a swing that comes to its end evenly."""
    count, since_s = divmod(t_s, STANDS_S + SWING_S)
    share = max(since_s - STANDS_S, 0.0) / SWING_S
    return 0.5 * (count + share)


def _felt(
    sights: list[FootSight], rate_hz: float, beside: Beside | None = None
) -> tuple[Contact, list[Touch]]:
    contact = Contact(sights[0], 0.0)
    return contact, [
        touch
        for i, sight in enumerate(sights)
        for touch in contact.add(sight, i / rate_hz, beside or Beside())
    ]


@pytest.mark.parametrize("rate_hz", [30, 15, 10])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_step_is_felt_once_and_at_its_time(rate_hz: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    times_s = np.arange(0.0, 10.3, 1.0 / rate_hz) + rng.uniform(0.0, 1.0 / rate_hz)
    sights = [_sight(_way_m(t_s), flaw_px=rng.normal(0.0, 0.6, (2, 2))) for t_s in times_s]
    _, touches = _felt(sights, rate_hz)
    landings_s = [touch.t_s + times_s[0] for touch in touches if touch.down]
    leavings_s = [touch.t_s + times_s[0] for touch in touches if not touch.down]
    true_s = np.arange(10) + STANDS_S + SWING_S
    assert len(landings_s) == 10
    assert np.median(np.abs(landings_s - true_s)) < 0.04
    assert np.median(np.abs(np.array(leavings_s[:10]) - (true_s - SWING_S))) < 0.05


def test_a_landing_is_told_soon() -> None:
    sights = [_sight(_way_m(i / 30)) for i in range(45)]
    contact = Contact(sights[0], 0.0)
    told_s = [
        i / 30
        for i, sight in enumerate(sights)
        for touch in contact.add(sight, i / 30, Beside())
        if touch.down
    ]
    assert told_s
    assert told_s[0] - (STANDS_S + SWING_S) < 0.15


def test_a_landmark_that_jumps_and_comes_back_is_no_step() -> None:
    for pictures in (1, 2):
        flaws = [25.0 if 30 <= i < 30 + pictures else 0.0 for i in range(60)]
        _, touches = _felt([_sight(0.0, flaw_px=flaw) for flaw in flaws], 30)
        assert not touches


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sole_rests_where_most_of_its_pictures_have_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    contact, off_m = Contact(_sight(0.0), 0.0), []
    for i in range(1, 90):
        sight = _sight(rng.normal(0.0, 0.01) + (0.08 if rng.random() < 0.1 else 0.0))
        contact.add(sight, i / 30, Beside())
        assert contact.rest is not None
        off_m.append(abs(contact.rest[0]))
    assert max(off_m[12:]) < 0.02


def test_a_foot_that_leaves_is_held_back_by_no_rest_and_rests_where_it_lands() -> None:
    contact = Contact(_sight(0.0), 0.0)
    for i in range(1, 120):
        way_m = _way_m(i / 30)
        contact.add(_sight(way_m), i / 30, Beside())
        if contact.rest is not None:
            assert contact.rest[0] == pytest.approx(way_m, abs=0.2)
        if i % 30 == 8:  # a quarter of a second after each landing
            assert contact.rest is not None
            assert contact.rest[0] == pytest.approx(way_m, abs=0.01)


def test_noise_is_no_step() -> None:
    rng = np.random.default_rng(5)
    sights = [_sight(0.0, flaw_px=rng.normal(0.0, 1.0, (2, 2))) for _ in range(900)]
    assert not _felt(sights, 30)[1]


def test_the_passing_leg_takes_no_standing_foot_along() -> None:
    flaws = [10.0 if 30 <= i < 38 else 0.0 for i in range(60)]
    sights = [_sight(0.0, flaw_px=flaw) for flaw in flaws]
    assert not _felt(sights, 30, Beside(swings=True, left_s=0.5))[1]


def test_nobody_stands_at_the_top_of_a_jump() -> None:
    way_m = [0.0] * 15 + [0.06 * (i + 1) for i in range(4)] + [0.26] * 6
    contact = Contact(_sight(0.0), 0.0)
    for i, each in enumerate(way_m):
        contact.add(_sight(each), i / 30, Beside(rises=i >= 15))
    assert not contact.down


def test_a_foot_out_of_sight_steps_nowhere() -> None:
    sights = [_sight(0.0)] * 20
    contact, touches = _felt(sights, 30)
    unseen = FootSight(np.full(2, np.nan), None, 0.0, 0.0, FOOT_PX, M_A_PX, 0.7)
    for i in range(20, 40):
        touches += contact.add(unseen, i / 30, Beside())
    touches += contact.add(_sight(1.0), 40 / 30, Beside())
    assert not touches
    assert contact.down
