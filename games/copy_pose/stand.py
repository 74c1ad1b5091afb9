"""Where each player's figure stands on the wall."""

from __future__ import annotations

from collections.abc import Sequence

from didim.play import Player, Point, Signs, Surface

STATURE_MOST_M = 1.5
REACH = 1.14  # of the stature, with the arms up
GLIDE_PER_S = 3.0
LIFT = 0.12  # of the room that a small figure leaves is below it: it stands on the stage


class Stands:
    """Divides the wall among the players from left to right as they stand; figures glide to their part."""

    def __init__(self, surface: Surface, signs: Signs) -> None:
        self._surface = surface
        self._low_m = 2.6 * signs.cap_m  # above the points
        self._room_m = surface.height_m - self._low_m - 3.6 * signs.cap_m  # below the words
        self._x_m: dict[int, float] = {}
        self._order: list[int] = []

    @property
    def stature_m(self) -> float:
        part_m = self._surface.width_m / max(1, len(self._order))
        return min(STATURE_MOST_M, self._room_m / REACH, 0.84 * part_m)

    def update(self, players: Sequence[Player], dt_s: float) -> None:
        here = {player.id for player in players}
        if here != set(self._order):
            self._order = [player.id for player in sorted(players, key=lambda p: (p.feet.x_m, p.id))]
        for index, who in enumerate(self._order):
            goal_m = self._surface.width_m * (index + 0.5) / len(self._order)
            x_m = self._x_m.get(who, goal_m)
            self._x_m[who] = x_m + (goal_m - x_m) * min(1.0, GLIDE_PER_S * dt_s)
        self._x_m = {who: x_m for who, x_m in self._x_m.items() if who in here}

    def ground(self, player_id: int) -> Point:
        """Where the feet of a player's figure stand."""
        spare_m = self._room_m - REACH * self.stature_m
        return Point(self._x_m[player_id], self._low_m + LIFT * spare_m)

    def middle(self, player_id: int) -> Point:
        return self.ground(player_id).moved(0.0, 0.56 * self.stature_m)
