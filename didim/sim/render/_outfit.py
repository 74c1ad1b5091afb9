"""What a person wears and how the hair falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from didim.sim._body import Body

Hair = Literal["short", "bob", "tail"]
Legs = Literal["short", "long", "skirt"]

_HAIR: tuple[Hair, ...] = ("short", "bob", "tail")
_LEGS: tuple[Legs, ...] = ("long", "short", "skirt")


@dataclass(frozen=True, slots=True)
class Outfit:
    """Clothes and hair.

    Attributes:
        stripes: how many stripes cross the shirt, 0 for none.
        girth: 1 is slim; multiplies the breadth of trunk and limbs.
    """

    sleeves: Literal["short", "long"] = "short"
    legs: Legs = "long"
    hair: Hair = "short"
    stripes: int = 0
    girth: float = 1.0

    @classmethod
    def of(cls, body: Body) -> Outfit:
        """What this body wears; the same body always the same."""
        rng = np.random.default_rng([int(body.height_m * 1e6), int(body.walk_speed_m_s * 1e6)])
        hair: Hair = _HAIR[int(rng.integers(3))]
        legs: Legs = _LEGS[int(rng.integers(2 if hair == "short" else 3))]
        return cls(
            sleeves="long" if rng.random() < 0.4 else "short",
            legs=legs,
            hair=hair,
            stripes=int(rng.choice([0, 1, 3])),
            girth=float(rng.uniform(0.96, 1.1)),
        )
