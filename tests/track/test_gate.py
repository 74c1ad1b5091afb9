from __future__ import annotations

import math

import pytest

from didim.track._gate import Gate


def test_it_opens_where_the_value_crossed_and_not_where_it_was_found_out() -> None:
    gate = Gate(1.0, 0.5, hold_s=0.06)
    changes = [(i / 30, gate.open) for i in range(30) if gate.add(0.1 * i, i / 30)]
    assert [state for _, state in changes] == [True]
    assert gate.since_s == pytest.approx(10 / 30, abs=1e-6)
    assert changes[0][0] > gate.since_s


def test_between_the_bounds_it_stays() -> None:
    gate = Gate(1.0, 0.5)
    for i, value in enumerate([2.0] * 5 + [0.7] * 20):
        gate.add(value, i / 30)
    assert gate.open


def test_a_blink_changes_nothing_and_nan_is_no_news() -> None:
    gate = Gate(1.0, 0.5, hold_s=0.06)
    assert not any(gate.add(v, i / 30) for i, v in enumerate([0.0, 2.0, 0.0, math.nan, 2.0, math.nan, 0.0]))
