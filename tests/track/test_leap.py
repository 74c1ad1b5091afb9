"""Flights told from how high soles and trunk are in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from didim.track._feet import FootSight
from didim.track._leap import Leap, Leaps, height_m

G_M_S2 = 9.81
M_A_PX = 0.008


def _foot(up_m: float) -> FootSight:
    sole_px = np.array([[300.0, 400.0], [320.0, 400.0]]) - [0.0, up_m / M_A_PX]
    return FootSight(np.array([1.0, 1.0]), 0.0, 0.0, 0.9, sole_px, M_A_PX, 1.0)


def _flown_m(t_s: float, left_s: float, flight_s: float) -> float:
    """How high a body is that was accelerated over a tenth of a second, flew, and came to rest as fast."""
    since_s, speed_m_s = t_s - left_s, 0.5 * G_M_S2 * flight_s
    if -0.1 < since_s < 0.0:
        return 0.5 * speed_m_s * (since_s + 0.1) ** 2 / 0.1 - 0.05 * speed_m_s
    if 0.0 <= since_s <= flight_s:
        return speed_m_s * since_s - 0.5 * G_M_S2 * since_s**2
    return -0.05 * speed_m_s if since_s < 0.0 else -min(speed_m_s * (since_s - flight_s), 0.1)


def _sole_m(t_s: float, left_s: float, flight_s: float) -> float:
    """On tiptoe when leaving and landing, and 5 cm lower before and after."""
    since_s = t_s - left_s
    if 0.0 <= since_s <= flight_s:
        return 0.05 + _flown_m(t_s, left_s, flight_s)
    near_s = -since_s if since_s < 0.0 else since_s - flight_s
    return 0.05 * max(1.0 - near_s / 0.07, 0.0)


def _told(
    flight_s: float, rate_hz: float, *, soles: float = 1.0, trunk: float = 1.0, seed: int = 0
) -> list[Leap]:
    rng, leaps = np.random.default_rng(seed), Leaps()
    told = []
    for t_s in np.arange(0.0, 3.0, 1.0 / rate_hz) + rng.uniform(0.0, 1.0 / rate_hz):
        noise_m = rng.normal(0.0, 0.004, 3)
        left_m, right_m = soles * _sole_m(t_s, 1.2, flight_s) + noise_m[:2]
        trunk_m = 1.0 + trunk * _flown_m(t_s, 1.2, flight_s) + noise_m[2]
        leap = leaps.see((_foot(left_m), _foot(right_m)), trunk_m, float(t_s))
        told += [leap] if leap else []
    return told


@pytest.mark.parametrize(("rate_hz", "off_m"), [(30.0, 0.05), (15.0, 0.09)])
@pytest.mark.parametrize("flight_s", [0.3, 0.4, 0.5])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_flight_is_told_once_with_its_length_and_height(
    rate_hz: float, off_m: float, flight_s: float, seed: int
) -> None:
    (leap,) = _told(flight_s, rate_hz, seed=seed)
    assert leap.foot is None
    assert leap.landed_s == pytest.approx(1.2 + flight_s, abs=0.04)
    assert leap.height_m == pytest.approx(height_m(flight_s), abs=off_m)


@pytest.mark.parametrize("flight_s", [0.44, 0.5])
def test_soles_that_rest_for_a_moment_on_the_way_down_have_not_landed(flight_s: float) -> None:
    leaps, told = Leaps(), []
    stays_s = 1.2 + 0.75 * flight_s
    for i in range(90):
        t_s = i / 30
        sole_m = _sole_m(stays_s if 0.0 < t_s - stays_s < 0.07 else t_s, 1.2, flight_s)
        leap = leaps.see((_foot(sole_m), _foot(sole_m)), 1.0 + _flown_m(t_s, 1.2, flight_s), t_s)
        told += [leap] if leap else []
    (leap,) = told
    assert leap.landed_s == pytest.approx(1.2 + flight_s, abs=0.04)


def test_who_rises_from_a_squat_does_not_fly() -> None:
    assert not _told(0.4, 30.0, soles=0.0)


def test_soles_that_rise_without_the_body_do_not_fly() -> None:
    assert not _told(0.4, 30.0, trunk=0.1)


def test_a_hop_is_that_of_the_foot_that_stood() -> None:
    leaps, told = Leaps(), []
    for i in range(90):
        t_s = i / 30
        feet = (_foot(_sole_m(t_s, 1.2, 0.3)), _foot(0.2 + max(_flown_m(t_s, 1.2, 0.3), 0.0)))
        leap = leaps.see(feet, 1.0 + _flown_m(t_s, 1.2, 0.3), t_s, (np.inf, 0.7))
        told += [leap] if leap else []
    assert [leap.foot for leap in told] == [0]


@pytest.mark.parametrize(
    ("higher_m", "bent_rad", "foot"),
    [
        pytest.param(0.3, (0.1, 0.6), 0, id="the right one held up"),
        pytest.param(-0.3, (0.6, 0.1), 1, id="the left one held up"),
        pytest.param(0.15, (0.1, 0.6), 0, id="a little, by a knee clearly bent"),
        pytest.param(0.3, (0.2, 0.2), None, id="one behind the other"),
        pytest.param(0.3, (0.1, 0.4), None, id="one behind the other, a knee ill seen"),
        pytest.param(0.3, (0.6, 0.1), None, id="the lower knee bent"),
        pytest.param(0.05, (0.1, 0.6), None, id="side by side, a knee turned out"),
    ],
)
def test_a_foot_held_up_so_still_that_it_seems_to_stand_is_told_by_its_knee(
    higher_m: float, bent_rad: tuple[float, float], foot: int | None
) -> None:
    leaps, told = Leaps(), []
    for i in range(90):
        t_s = i / 30
        sole_m = _sole_m(t_s, 1.2, 0.35)
        feet = (_foot(sole_m), _foot(sole_m + higher_m))
        leap = leaps.see(feet, 1.0 + _flown_m(t_s, 1.2, 0.35), t_s, bent_rad=bent_rad)
        told += [leap] if leap else []
    assert [leap.foot for leap in told] == [foot]


def test_a_take_off_shows_before_the_landing() -> None:
    leaps, told_s = Leaps(), []
    for i in range(90):
        t_s = i / 30
        foot = _foot(_sole_m(t_s, 1.2, 0.4))
        leaps.see((foot, foot), 1.0 + _flown_m(t_s, 1.2, 0.4), t_s)
        told_s += [(t_s, left_s)] if (left_s := leaps.take_off()) is not None else []
    ((told_at_s, left_s),) = told_s
    assert left_s == pytest.approx(1.2, abs=0.04)
    assert told_at_s < 1.35
