from __future__ import annotations

import math

import numpy as np
import pytest

from didim.track._filter import LEAD_MOST_M, OneEuro

RATE_HZ = 30


def test_a_resting_point_is_calmed() -> None:
    rng = np.random.default_rng(1)
    one_euro = OneEuro(min_cutoff_hz=1.5, beta=8.0)
    shown = []
    for index in range(300):
        one_euro.add(np.array([1.0, 2.0]) + rng.normal(0, 0.01, 2), index / RATE_HZ)
        assert one_euro.value is not None
        shown.append(one_euro.value)
    assert np.std(shown[30:], axis=0).max() < 0.008
    assert np.allclose(np.mean(shown[30:], axis=0), [1.0, 2.0], atol=0.002)


def test_a_fast_point_is_followed_closely() -> None:
    one_euro = OneEuro(min_cutoff_hz=1.5, beta=8.0)
    for index in range(60):
        one_euro.add(np.array([2.0 * index / RATE_HZ, 0.0]), index / RATE_HZ)
    assert one_euro.value is not None
    assert 2.0 * 59 / RATE_HZ - one_euro.value[0] < 0.04
    assert np.allclose(one_euro.velocity_m_s, [2.0, 0.0], atol=0.01)


def test_the_lead_ends_with_the_motion() -> None:
    one_euro = OneEuro(min_cutoff_hz=1.5, beta=8.0)
    for index in range(30):
        one_euro.add(np.array([2.0 * index / RATE_HZ, 0.0]), index / RATE_HZ)
    assert one_euro.lead_m_s()[0] > 1.9
    one_euro.add(np.array([2.0 * 29 / RATE_HZ, 0.0]), 30 / RATE_HZ)
    assert one_euro.velocity_m_s[0] > 0.5
    assert np.allclose(one_euro.lead_m_s(), 0.0)


def _ran(t_s: float, speed_m_s: float, brake_m_s2: float) -> float:
    """How far somebody is who runs for a second and then brakes to a stop."""
    braked_s = min(max(t_s - 1.0, 0.0), speed_m_s / brake_m_s2)
    return speed_m_s * (min(t_s, 1.0) + braked_s) - brake_m_s2 * braked_s**2 / 2


@pytest.mark.parametrize("rate_hz", [15, 30])
@pytest.mark.parametrize("latency_s", [0.06, 0.1, 0.13])
@pytest.mark.parametrize(("speed_m_s", "brake_m_s2"), [(2.0, 6.0), (3.0, 8.0), (4.0, 9.0)])
def test_who_runs_and_stops_is_not_shown_beyond(
    rate_hz: int, latency_s: float, speed_m_s: float, brake_m_s2: float
) -> None:
    end_m, lags_m = _ran(9.0, speed_m_s, brake_m_s2), []
    for phase in np.linspace(0.0, 1.0, 5, endpoint=False):
        one_euro, rng = OneEuro(min_cutoff_hz=1.5, beta=8.0), np.random.default_rng(7)
        for index in range(2 * rate_hz):
            t_s = (index + phase) / rate_hz
            seen = np.array([_ran(t_s, speed_m_s, brake_m_s2), 0.0]) + rng.normal(0.0, 0.002, 2)
            one_euro.add(seen, t_s)
            assert one_euro.value is not None
            shown_m = one_euro.value[0] + one_euro.lead_m(latency_s)[0]
            assert shown_m < end_m + 0.08
            if 0.6 < t_s < 1.0 - latency_s:
                lags_m.append(_ran(t_s + latency_s, speed_m_s, brake_m_s2) - shown_m)
    reached_m = min(speed_m_s * latency_s, LEAD_MOST_M)
    assert np.mean(lags_m) < 0.06 + speed_m_s * latency_s - reached_m


@pytest.mark.parametrize("rate_hz", [15, 30])
@pytest.mark.parametrize(("speed_m_s", "radius_m", "latency_s"), [(2.0, 0.5, 0.1), (3.0, 1.2, 0.1)])
def test_who_turns_a_corner_is_shown_near_the_way(
    rate_hz: int, speed_m_s: float, radius_m: float, latency_s: float
) -> None:
    def way(t_s: float) -> list[float]:
        turned = min(max(speed_m_s * (t_s - 1.0), 0.0) / radius_m, math.pi / 2)
        on_m = max(speed_m_s * (t_s - 1.0) - radius_m * math.pi / 2, 0.0)
        straight_m = speed_m_s * min(t_s, 1.0)
        return [straight_m + radius_m * math.sin(turned), radius_m * (1 - math.cos(turned)) + on_m]

    whole = np.array([way(t_s) for t_s in np.linspace(0.0, 3.0, 1500)])
    one_euro = OneEuro(min_cutoff_hz=1.5, beta=8.0)
    for index in range(2 * rate_hz):
        one_euro.add(np.array(way(index / rate_hz)), index / rate_hz)
        assert one_euro.value is not None
        shown = one_euro.value + one_euro.lead_m(latency_s)
        assert np.linalg.norm(whole - shown, axis=1).min() < 0.08


def test_what_rests_is_not_predicted_and_points_do_not_share_their_speed() -> None:
    rng = np.random.default_rng(3)
    two = OneEuro(min_cutoff_hz=np.array([1.0, 1.5]), beta=np.array([5.0, 8.0]))
    leads_m = []
    for index in range(90):
        seen = np.array([[0.0, 0.0, 1.0], [2.0 * index / RATE_HZ, 0.0, 0.0]]) + rng.normal(0.0, 0.004, (2, 3))
        two.add(seen, index / RATE_HZ)
        leads_m.append(np.linalg.norm(two.lead_m(0.1), axis=1))
    assert np.median(leads_m, axis=0)[0] == 0.0
    assert np.median(leads_m[30:], axis=0)[1] == pytest.approx(0.2, abs=0.03)
