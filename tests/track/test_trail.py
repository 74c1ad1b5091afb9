from __future__ import annotations

import numpy as np
import pytest

from didim.track._trail import Trail


def test_a_trail_learns_the_walk_and_fades_when_lost() -> None:
    trail = Trail(np.zeros(2), 0.0)
    for index in range(1, 60):
        trail.add(np.array([1.2 * index / 30, 0.0]), index / 30)
    assert np.allclose(trail.at(59 / 30 + 0.1), [1.2 * (59 / 30 + 0.1), 0.0], atol=0.03)
    far = trail.at(59 / 30 + 10.0)
    assert far[0] - 1.2 * 59 / 30 == pytest.approx(0.6, abs=0.05)


def test_the_gate_widens_while_lost_up_to_a_limit() -> None:
    trail = Trail(np.zeros(2), 0.0)
    assert trail.gate_m(0.03) < trail.gate_m(0.2) < trail.gate_m(5.0) == trail.gate_m(50.0)
