from __future__ import annotations

import itertools

import numpy as np
import pytest

from didim.geometry import FloatArray
from didim.track._identity import Trail, assign


def _cost(costs: FloatArray, gates: FloatArray, pairs: list[tuple[int, int]]) -> float:
    alone = set(range(len(gates))) - {row for row, _ in pairs}
    return float(sum(costs[pair] for pair in pairs) + sum(gates[row] for row in alone))


def _best_cost(costs: FloatArray, gates: FloatArray) -> float:
    rows, columns = costs.shape
    best = np.inf
    for choice in itertools.product(range(-1, columns), repeat=rows):
        used = [column for column in choice if column >= 0]
        if len(set(used)) < len(used):
            continue
        pairs = [(row, column) for row, column in enumerate(choice) if column >= 0]
        if all(costs[row, column] <= gates[row] for row, column in pairs):
            best = min(best, _cost(costs, gates, pairs))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_pairs_are_the_cheapest_there_are(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 5, 2)
    costs, gates = rng.uniform(0, 1, (rows, columns)), rng.uniform(0.2, 0.9, rows)
    pairs = assign(costs, gates)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(costs[row, column] <= gates[row] for row, column in pairs)
    assert _cost(costs, gates, pairs) == pytest.approx(_best_cost(costs, gates))


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_or_nothing_pairs_nothing(shape: tuple[int, int]) -> None:
    assert assign(np.zeros(shape), np.ones(shape[0])) == []


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
