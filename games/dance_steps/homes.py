"""Where everybody dances: a place of one's own with four pads around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from didim.play import Player, Point, Surface, spread

PAD_M, PAD_SHARE = 0.15, 0.13
OUT_M, SEATED_OUT_M, OUT_SHARE = 0.34, 0.5, 0.27  # from a chair the pads are a hand's reach away
LINE_SHARE, RIM_SHARE = 0.08, 0.12
GLIDE_LEAST_M, GLIDE_MOST_M = 0.1, 0.5
DIRECTIONS = (0.0, math.pi / 2, math.pi, -math.pi / 2)
"""Of the pads seen from the middle: right, far, left, near."""


class Homes:
    """The places on a surface, at least `spacing_m` apart; who comes gets the nearest free one.

    Everybody's pads of the same direction lie as far apart as their homes do, so that a crowd that
    dances the same steps is never pulled together. Who finds no free place looks on.
    """

    def __init__(self, surface: Surface, spacing_m: float, *, seated: bool, at_least: int) -> None:
        short_m = min(surface.width_m, surface.height_m)
        self.pad_m, self.out_m = (
            min(PAD_M, PAD_SHARE * short_m),
            min(SEATED_OUT_M if seated else OUT_M, OUT_SHARE * short_m),
        )
        self.is_roomy = True  # the lines of words at the edges are nobody's place
        self.glide_m = GLIDE_MOST_M  # how far out steps begin to glide in
        self._surface, self.spacing_m = surface, spacing_m
        self._of: dict[int, Point] = {}
        self._asked, self._at_least = 0, at_least
        self._all: list[Point] = []

    def update(self, players: Sequence[Player]) -> None:
        count = max(len(players), self._at_least)
        if count > self._asked:
            self._asked = count
            self._lay_out(count)
        here = {player.id for player in players}
        self._of = {who: home for who, home in self._of.items() if who in here}
        for player in players:
            free = [home for home in self._all if home not in self._of.values()]
            if player.id not in self._of and free:
                self._of[player.id] = min(free, key=player.feet.distance_m)

    def _lay_out(self, count: int) -> None:
        """Places for that many; clear of the lines of words at the edges where there is room for that."""
        margin_m, line_m = self.out_m + self.pad_m + 0.03, LINE_SHARE * self._surface.height_m
        # nor are the points at the left and the right
        beside_m = margin_m + RIM_SHARE * min(self._surface.width_m, self._surface.height_m)
        roomy = spread(self._surface, (beside_m, margin_m + line_m), self.spacing_m, count)
        full = spread(self._surface, (beside_m, margin_m), self.spacing_m, count)
        self.is_roomy = len(roomy) >= min(count, len(full))
        self._all = roomy if self.is_roomy else full
        self._of.clear()
        apart_m = min((a.distance_m(b) for a, b in combinations(self._all, 2)), default=math.inf)
        rim_m = beside_m - margin_m + self.out_m + self.pad_m  # no step glides in from under the points
        beside_m = min((home.x_m for home in self._all), default=math.inf) - rim_m
        self.glide_m = max(GLIDE_LEAST_M, min(GLIDE_MOST_M, apart_m / 2 - self.out_m, beside_m))

    def items(self) -> list[tuple[int, Point]]:
        """Who has which place."""
        return list(self._of.items())

    def of(self, who: int) -> Point:
        """The place of one who has one."""
        return self._of[who]

    def pad(self, home: Point, direction: int, *, further_m: float = 0.0) -> Point:
        """The pad of a home in one of the `DIRECTIONS`, or a place further out."""
        away_m, angle_rad = self.out_m + further_m, DIRECTIONS[direction]
        return home.moved(away_m * math.cos(angle_rad), away_m * math.sin(angle_rad))
