from __future__ import annotations

import numpy as np

from didim.track._filter import OneEuro

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
