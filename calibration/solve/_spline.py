"""What a smooth model leaves over, as a cubic spline surface: uneven floors and unusual lenses.

P. H. C. Eilers, B. D. Marx, "Flexible smoothing with B-splines and penalties", Statistical Science 11 (1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray

GRID = (12, 9)
"""Spline cells across and down; 6 x 5 leave 4 mm of an 8 mm swell, 12 x 9 under 1 mm."""
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Spline:
    """A vector at each place of a rectangle, held at its rim.

    Attributes:
        low, high: (2,) corners of the rectangle.
        weights: (k, 2) of the spline's hills.
        spread: (k, k) covariance of either column of `weights`.
    """

    low: FloatArray
    high: FloatArray
    weights: FloatArray
    spread: FloatArray

    def apply(self, xy: FloatArray) -> FloatArray:
        """The vector at (n, 2) places, (n, 2)."""
        at = (np.clip(xy, self.low, self.high) - self.low) / np.maximum(self.high - self.low, 1e-9) * GRID
        cell = np.minimum(at.astype(int), np.array(GRID) - 1)
        hills = _four_hills(at - cell)  # no other hill reaches into the cell
        columns = GRID[0] + 3
        total = np.zeros((len(xy), 2))
        for down in range(4):
            for across in range(4):
                index = (cell[:, 1] + down) * columns + cell[:, 0] + across
                total += (hills[down][:, 1] * hills[across][:, 0])[:, None] * self.weights[index]
        return total

    def sigma(self, xy: FloatArray) -> FloatArray:
        """One standard deviation of either coordinate there, (n,)."""
        basis = self._basis(xy)
        return np.asarray(np.sqrt(np.einsum("ij,jk,ik->i", basis, self.spread, basis)))

    def _basis(self, xy: FloatArray) -> FloatArray:
        return _basis(np.clip(xy, self.low, self.high), self.low, self.high)


def fit_spline(xy: FloatArray, vectors: FloatArray, sigma: FloatArray, *, smoothness: float) -> Spline:
    """Fit robustly to (n, 2) vectors at (n, 2) places, each known to `sigma` (n,).

    Args:
        smoothness: the expected standard deviation of the second difference between neighbouring hills.
    """
    low, high = xy.min(axis=0), xy.max(axis=0)
    basis = _basis(xy, low, high)
    penalty = _roughness() / smoothness**2 + 1e-6 * np.eye(basis.shape[1])
    trust = 1 / sigma**2
    for _ in range(ROUNDS):
        weighted = basis * trust[:, None]
        normal = weighted.T @ basis + penalty
        weights = np.linalg.solve(normal, weighted.T @ vectors)
        off = np.linalg.norm(vectors - basis @ weights, axis=1) / sigma
        scale = max(1.0, float(np.median(off)) / 1.1774)  # the median of a Rayleigh distribution
        trust = 1 / (sigma * scale * np.maximum(1, off / (2.5 * scale))) ** 2
    weighted = basis * trust[:, None]
    spread = np.linalg.inv(weighted.T @ basis + penalty)
    return Spline(low, high, np.asarray(weights, np.float64), np.asarray(spread, np.float64))


def _basis(xy: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    at = (xy - low) / np.maximum(high - low, 1e-9) * GRID
    across, down = (_hills(at[:, k], cells) for k, cells in enumerate(GRID))
    return np.asarray((down[:, :, None] * across[:, None, :]).reshape(len(xy), -1))


def _hills(at: FloatArray, cells: int) -> FloatArray:
    """The cubic B-spline hills, (n, cells + 3), at places from 0 to `cells`."""
    far = np.abs(at[:, None] - np.arange(-1, cells + 2))
    near = (4 - 6 * far**2 + 3 * far**3) / 6
    wide = (2 - far) ** 3 / 6
    return np.where(far < 1, near, np.where(far < 2, wide, 0.0))


def _four_hills(share: FloatArray) -> tuple[FloatArray, ...]:
    """The four hills over a cell at (n, 2) places, 0 to 1, in it."""
    rest = 1 - share
    return (
        rest**3 / 6,
        (4 - 6 * share**2 + 3 * share**3) / 6,
        (4 - 6 * rest**2 + 3 * rest**3) / 6,
        share**3 / 6,
    )


def _roughness() -> FloatArray:
    columns, rows = (cells + 3 for cells in GRID)
    across = np.kron(np.eye(rows), _bends(columns))
    down = np.kron(_bends(rows), np.eye(columns))
    rough = np.concatenate([across, down])
    return np.asarray(rough.T @ rough)


def _bends(count: int) -> FloatArray:
    """Second differences of `count` numbers, (count - 2, count)."""
    return np.asarray(np.diff(np.eye(count), n=2, axis=0))
