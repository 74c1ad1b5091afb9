from __future__ import annotations

import itertools

import numpy as np
import pytest

from didim.geometry import FloatArray
from didim.track._assignment import assign


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
