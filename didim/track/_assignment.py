"""Pairs at the least total cost."""

from __future__ import annotations

import numpy as np

from didim.geometry import FloatArray


def assign(costs: FloatArray, gates: FloatArray) -> list[tuple[int, int]]:
    """Pair rows with columns at the least total cost; a row with nothing within its gate stays alone.

    `costs` is (n, m), `gates` (n,). A row alone costs its gate. Exact, by shortest augmenting paths:
    R. Jonker and A. Volgenant, Computing 38 (1987).
    """
    rows, columns = costs.shape
    alone = np.full((rows, rows), np.inf)
    np.fill_diagonal(alone, gates)
    table = np.hstack([np.where(costs <= gates[:, None], costs, 1e6), np.minimum(alone, 1e6)])
    owner = np.full(rows + columns, -1)
    row_price, column_price = np.zeros(rows), np.zeros(rows + columns)
    for row in range(rows):
        _augment(table, row, owner, row_price, column_price)
    return [(int(owner[column]), column) for column in range(columns) if owner[column] >= 0]


def _augment(
    table: FloatArray, row: int, owner: np.ndarray, row_price: FloatArray, column_price: FloatArray
) -> None:
    """Give `row` a column along the cheapest chain of moves; the prices keep all moves exact."""
    reach = np.full(table.shape[1], np.inf)
    came_from = np.full(table.shape[1], -1)
    done = np.zeros(table.shape[1], bool)
    column, length, current = -1, 0.0, row
    while True:
        path = length + table[current] - row_price[current] - column_price
        better = ~done & (path < reach)
        reach[better], came_from[better] = path[better], column
        column = int(np.argmin(np.where(done, np.inf, reach)))
        length, done[column] = reach[column], True
        if owner[column] < 0:
            break
        current = int(owner[column])
    settled = done & (reach <= length)
    row_price[row] += length
    holders = settled & (owner >= 0)
    row_price[owner[holders]] += length - reach[holders]
    column_price[settled] -= length - reach[settled]
    while column >= 0:
        previous = int(came_from[column])
        owner[column] = row if previous < 0 else owner[previous]
        column = previous
