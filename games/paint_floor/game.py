"""Paint the floor: paint where you walk; a drop of paint stepped on splashes wide."""

from __future__ import annotations

import math
from collections import defaultdict

from didim.play import (
    Burst,
    Canvas,
    Color,
    Cue,
    Finish,
    KitGame,
    Music,
    Player,
    Rng,
    Say,
    Score,
    Settings,
    Sound,
    Surface,
    Target,
    Tick,
    touching,
)

from .drops import GOLD, Drop, Wave, draw_cover, draw_shade
from .emblems import Emblems
from .paint import Brush, Paint, team_of

FULL = 0.85
BONUS = 5
TELL_FROM = 2  # percent of the floor, as points, told at a time
CANDIDATES = 6


class PaintFloor(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._paint, self._emblems = Paint(surface), Emblems(surface)
        self._drops: dict[int, Drop] = {}
        self._wave: Wave | None = None
        self._won: defaultdict[int, float] = defaultdict(float)  # percent, not yet told
        self._drop_share = min(1.0, min(surface.width_m, surface.height_m) / 2)
        root_m = math.sqrt(surface.width_m * surface.height_m)
        self._brush, self._splash_m = Brush(min(0.17, 0.045 * root_m)), min(0.6, 0.13 * root_m)

    def targets(self) -> list[Target]:
        return [Target(drop.place, drop.radius_m, drop.player_id) for drop in self._drops.values()]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        cues: list[Cue] = [Say("paint"), Music("paint", 108)] if tick.index == 0 else []
        if self._wave is not None:
            cues += self._rinse(self._wave)
        elif self._paint.covered >= FULL:
            cues += self._fill()
        else:
            here = {player.id for player in tick.players}
            self._drops = {who: drop for who, drop in self._drops.items() if who in here}
            cues += [cue for player in tick.players for cue in self._play(player, tick)]
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _play(self, player: Player, tick: Tick) -> list[Cue]:
        team, color = team_of(self._settings["teams"], tick.seats[player.id].number)
        cues = self._step_on_drop(player, team, color)
        self._won[player.id] += 100 * self._brush.walk(self._paint, player, team, color)
        points = math.floor(self._won[player.id] + 1e-6)
        if points >= TELL_FROM:
            self._won[player.id] -= points
            cues.append(Score(player.id, points, player.feet))
        return cues

    def _step_on_drop(self, player: Player, team: int, color: Color) -> list[Cue]:
        drop = self._drops.get(player.id)
        if drop is None:
            self._let_fall(player, team, color)
            return []
        if any(foot.distance_m(drop.place) <= drop.radius_m for foot in touching(player, self._surface)):
            del self._drops[player.id]
            self._challenge.tell(player.id, success=True)
            won = 100 * self._paint.stamp(team, color, drop.place, self._splash_m, seed=drop.born_s)
            self._won[player.id] += won
            self._floaters.add("points", drop.place, self._t_s, reader=player, points=max(1, round(won)))
            return [Sound("splash", drop.place, 12 * self._paint.covered), Burst(drop.place, color, 60)]
        if drop.left(self._t_s) <= 0:
            del self._drops[player.id]
            self._challenge.tell(player.id, success=False)
        return []

    def _let_fall(self, player: Player, team: int, color: Color) -> None:
        """A fresh drop, where it would win most; towards what is free where nothing in reach is."""
        radius_m = self._drop_share * self._challenge.between(player.id, 0.24, 0.17)
        asked = player, self._players, self.targets(), radius_m, self._rng
        tries = (self._places.find(*asked) for _ in range(CANDIDATES))
        found = [place for place in tries if place is not None]
        if found:
            place = self._paint.best(team, found, self._splash_m)
            share = self._challenge.beyond(player.id, 1.5, 0.6)
            life_s = self._settings.lasting_s(share * self._settings["drop_life_s"])
            of = self._seats[player.id]
            self._drops[player.id] = Drop(player.id, place, radius_m, self._t_s, life_s, of, color)

    def _fill(self) -> list[Cue]:
        """The floor is full: what is left runs together, everybody cheers."""
        self._wave = Wave(self._t_s)
        self._drops.clear()
        scores = [Score(player.id, BONUS, player.feet) for player in self._players]
        sprays = [Burst(player.feet, GOLD, 40, kind="confetti") for player in self._players]
        return [*scores, Say("full"), Sound("chime"), Sound("star"), *sprays]

    def _rinse(self, wave: Wave) -> list[Cue]:
        """Water takes the paint away from the left, and the floor is fresh."""
        before, share = wave.share(self._t_s - 1 / 60), wave.share(self._t_s)
        self._paint.wash(share)
        if wave.is_over(self._t_s):
            self._wave = None
            self._brush.lift()
            return [Say("rinse")]
        return [Sound("whoosh")] if before == 0 < share else []

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("studio")
        self._paint.draw(canvas)
        self._emblems.draw(canvas, self._paint)
        draw_cover(canvas, self._surface, self._paint.covered / FULL, GOLD)
        if self._wave is not None:
            self._wave.draw(canvas, self._t_s, self._surface)
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "full" if self._wave is not None else "paint")
        for drop in self._drops.values():
            drop.draw(canvas, self._t_s)
        draw_shade(canvas, self._players)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
