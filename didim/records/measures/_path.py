"""How far somebody went."""

from __future__ import annotations

import math

from didim.geometry import Point
from didim.records.measures._limits import RULER_M


class Path:
    """Walks along a way with a ruler: only what lies a ruler's length away is distance.

    Feet that sway, and places that tremble, stay within the ruler and add nothing; a bend is cut by less
    than 1 %.

    Attributes:
        length_m: so far.
    """

    def __init__(self) -> None:
        self.length_m = 0.0
        self._from: Point | None = None

    def go(self, place: Point) -> float:
        """The player is here now; how much that adds, metres."""
        if self._from is None:
            self._from = place
            return 0.0
        away_m = math.dist(self._from, place)
        if away_m < RULER_M:
            return 0.0
        self._from = place
        self.length_m += away_m
        return away_m

    def lift(self) -> None:
        """The player was out of sight: what lies between is no distance."""
        self._from = None
