"""Hop: step on the spot of your color; it moves on."""

from __future__ import annotations

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    KitGame,
    Player,
    Rng,
    Score,
    Settings,
    Sound,
    Surface,
    Target,
    Tick,
    touching,
)

SPOT_M = 0.22


class Hop(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._spots: dict[int, Target] = {}
        self._born_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        return list(self._spots.values())

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        here = {player.id for player in tick.players}
        self._spots = {who: spot for who, spot in self._spots.items() if who in here}
        cues = [cue for player in tick.players for cue in self._play(player, tick)]
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _play(self, player: Player, tick: Tick) -> list[Cue]:
        spot = self._spots.get(player.id)
        if spot is None:
            place = self._places.find(player, tick.players, self.targets(), SPOT_M, self._rng)
            if place is not None:
                self._spots[player.id] = Target(place, SPOT_M, player.id)
                self._born_s[player.id] = tick.t_s
            return []
        if any(foot.distance_m(spot.place) <= SPOT_M for foot in touching(player, self._surface)):
            del self._spots[player.id]
            hit = self._challenge.tell(player.id, success=True)
            self._floaters.add("points", spot.place, tick.t_s, reader=player, points=1)
            color = tick.seats[player.id].color
            return [hit, Score(player.id, 1, spot.place), Sound("plop", spot.place), Burst(spot.place, color)]
        if tick.t_s - self._born_s[player.id] > self._life_s(player.id):
            del self._spots[player.id]
            return [self._challenge.tell(player.id, success=False)]
        return []

    def _life_s(self, player_id: int) -> float:
        return self._settings.lasting_s(self._challenge.beyond(player_id, 6.0, 2.0))

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("meadow")
        self._signs.edges(canvas, "step")
        for player_id, spot in self._spots.items():
            seat = self._seats[player_id]
            left = 1 - (self._t_s - self._born_s[player_id]) / self._life_s(player_id)
            canvas.glow(spot.place, 2 * SPOT_M, seat.color, opacity=0.5)
            canvas.symbol(seat.symbol, spot.place, 0.6 * SPOT_M, seat.color)
            canvas.ring(spot.place, SPOT_M, seat.color, progress=min(1.0, max(0.0, left)))
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
