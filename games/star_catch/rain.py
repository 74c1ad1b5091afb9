"""Which star falls when, and where: one for each player, now and then a great one for all."""

from __future__ import annotations

import math
from collections.abc import Sequence

from didim.play import Challenge, Places, Player, Point, Rng, Settings, Surface, Target

from .stars import Star, rim_beyond

NEXT_AFTER_S = 0.7
GREAT_LEAST_S = 5.0


class Rain:
    """Attributes: stars: those that fall now; challenge: how long each player's do."""

    def __init__(self, surface: Surface, rng: Rng, settings: Settings, nest: Target) -> None:
        self.stars: list[Star] = []
        self.challenge = Challenge(settings)
        self._surface = surface
        self._rng = rng
        self._settings = settings
        self._places = Places(surface, spacing_m=settings["spacing_m"], reach_m=settings["reach_m"])
        self._nest = nest
        self._next_s: dict[int, float] = {}
        self._great_s: float = settings["great_every_s"]

    @property
    def great(self) -> bool:
        """Whether the great star falls."""
        return any(star.great for star in self.stars)

    def targets(self) -> list[Target]:
        return [
            Target(star.place, star.radius_m, star.falls_for, due_s=star.due_s if star.great else None)
            for star in self.stars
        ]

    def fall(self, players: Sequence[Player], t_s: float) -> list[Star]:
        """Let go whatever is due for those who are there; what has begun to fall now."""
        here = {player.id for player in players}
        self.stars = [star for star in self.stars if star.great or star.falls_for in here]
        if t_s >= self._great_s and players:
            self._great_s = t_s + self._settings["great_every_s"] / self._settings.pace
            self.stars = [self._great(len(players), t_s)]
            return list(self.stars)
        fresh: list[Star] = []
        for player in players if not self.great else ():
            star = self._own(player, players, t_s)
            if star is not None:
                self.stars.append(star)
                fresh.append(star)
        return fresh

    def end(self, star: Star, players: Sequence[Player], t_s: float, *, caught: bool) -> None:
        """A star is down; the next one waits a moment."""
        self.stars.remove(star)
        for who in [player.id for player in players] if star.falls_for is None else [star.falls_for]:
            self._next_s[who] = t_s + NEXT_AFTER_S
        if star.falls_for is not None:
            self.challenge.tell(star.falls_for, success=caught)

    def _own(self, player: Player, players: Sequence[Player], t_s: float) -> Star | None:
        waiting = t_s < self._next_s.get(player.id, 0.0)
        if waiting or any(star.falls_for == player.id for star in self.stars):
            return None
        room_m = math.sqrt(self._surface.width_m * self._surface.height_m / len(players))
        radius_m = min(0.28, 0.14 * min(self._surface.width_m, self._surface.height_m), 0.17 * room_m)
        place = self._places.find(player, players, [*self.targets(), self._nest], radius_m, self._rng)
        if place is None:
            return None
        share = self.challenge.beyond(player.id, 1.3, 0.5) / self._settings.pace
        return self._star(player.id, place, radius_m, t_s, share * self._settings["fall_s"])

    def _great(self, players: int, t_s: float) -> Star:
        """It comes down on a side of the nest, with room for all."""
        radius_m = max(0.4, min(0.4 + 0.05 * players, 0.2 * self._surface.height_m))
        out_m = max(0.0, self._surface.width_m / 2 - radius_m - 0.1)
        side = self._rng.choice((-1, 1)) * self._rng.uniform(0.6, 0.9)
        fall_s = max(GREAT_LEAST_S, 0.6 * self._surface.width_m + 2.0) / self._settings.pace
        return self._star(None, self._nest.place.moved(side * out_m, 0.0), radius_m, t_s, fall_s)

    def _star(self, whose: int | None, place: Point, radius_m: float, t_s: float, fall_s: float) -> Star:
        return Star(whose, rim_beyond(place, self._nest.place, self._surface), place, radius_m, t_s, fall_s)
