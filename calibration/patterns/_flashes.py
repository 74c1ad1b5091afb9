"""Light switched on and off at random: what the delay from frame to picture is read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Flashes:
    """When the light is switched, and to what.

    A fixed period would lock to the camera's; lengths differ from 0.8 to 1.2 times `hold_ns`.

    Attributes:
        on: (n,) bool; lengths_ns: (n,) int64, how long each is held.
    """

    on: NDArray[np.bool_]
    lengths_ns: NDArray[np.int64]


def random_flashes(rng: np.random.Generator, count: int = 40, hold_ns: int = 100_000_000) -> Flashes:
    """As many flashes on as off, never more than three alike in a row."""
    on = rng.permutation(np.arange(count) % 2 == 0)
    for k in range(3, count):
        if (on[k - 3 : k] == on[k]).all():
            on[k] = ~on[k]
    return Flashes(on, rng.integers(int(0.8 * hold_ns), int(1.2 * hold_ns), count))
