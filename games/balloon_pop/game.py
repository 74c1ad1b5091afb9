"""Balloon pop: reach for the balloons of your color; one on the other side of your body counts double."""

from __future__ import annotations

from didim.play import (
    Burst,
    Canvas,
    Color,
    Cue,
    Finish,
    KitGame,
    Music,
    Player,
    Point,
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

from .balloons import Balloon, Drift

PER_PLAYER = 2
POINTS, ACROSS_FACTOR = 5, 2
RISE_EVERY_S = 0.6
SKY = Color(0.35, 0.75, 1.3)


class BalloonPop(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._drift = Drift(surface, rng)
        self._balloons: list[Balloon] = []
        self._rose_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        return [Target(each.place, each.radius_m, each.player_id) for each in self._balloons]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        here = {player.id for player in tick.players}
        self._balloons = [each for each in self._balloons if each.player_id in here]
        cues: list[Cue] = [Say("pop"), Music("dance", 104)] if tick.index == 0 else []
        cues += self._fly_away()
        for player in tick.players:
            places = self._touched(player, tick)
            cues += [cue for each in list(self._balloons) for cue in self._touch(player, each, places)]
            self._blow_up(player, tick)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _fly_away(self) -> list[Cue]:
        gone = [each for each in self._balloons if each.left(self._t_s) <= 0]
        self._balloons = [each for each in self._balloons if each not in gone]
        return [self._challenge.tell(each.player_id, success=False) for each in gone]

    def _touched(self, player: Player, tick: Tick) -> list[Point]:
        """Where the player's hands are at the wall now, or came to it since the tick before."""
        side = self._settings["side"]
        told = [
            event.place
            for event in tick.events
            if event.kind == "touch" and event.player_id == player.id and side in (event.side, "both")
        ]
        return [*told, *touching(player, self._surface, side=side)]

    def _touch(self, player: Player, balloon: Balloon, places: list[Point]) -> list[Cue]:
        """A hand of its own player pops a balloon; nobody takes another's."""
        if balloon.player_id != player.id:
            return []
        if all(place.distance_m(balloon.place) > balloon.radius_m for place in places):
            return []
        self._balloons.remove(balloon)
        across = balloon.is_across(player)
        points = POINTS * (ACROSS_FACTOR if across else 1)
        key = "across" if across else "points"
        self._floaters.add(key, balloon.place, self._t_s, reader=player, points=points)
        pitch = 2.0 * (len(self._balloons) % 5)
        return [
            self._challenge.tell(player.id, success=True),
            Score(player.id, points, balloon.place),
            Sound("pop", balloon.place, pitch),
            *([Sound("star", balloon.place)] if across else []),
            Burst(balloon.place, balloon.color, count=60),
        ]

    def _blow_up(self, player: Player, tick: Tick) -> None:
        own = [each for each in self._balloons if each.player_id == player.id]
        if len(own) >= PER_PLAYER or tick.t_s - self._rose_s.get(player.id, -1.0) < RISE_EVERY_S:
            return
        self._rose_s[player.id] = tick.t_s
        most_m = 0.09 * min(self._surface.width_m, self._surface.height_m)
        radius_m = min(self._challenge.between(player.id, 0.19, 0.12), most_m)
        place = self._places.find(player, tick.players, self.targets(), radius_m, self._rng)
        if place is not None:
            life_s = self._settings.lasting_s(self._challenge.between(player.id, 6.0, 2.2))
            color = tick.seats[player.id].color
            symbol = tick.seats[player.id].symbol
            self._balloons.append(Balloon(player.id, place, radius_m, tick.t_s, life_s, color, symbol))

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("sky")
        self._drift.draw(canvas, self._t_s)
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "pop")
        for each in self._balloons:
            each.draw(canvas, self._t_s)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
